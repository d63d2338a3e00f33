import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type KeptPagesSettings, keepPages } from './kept-pages.ts';
import { refuseBrokenText } from './plain-text.ts';
import { endSlowBodies } from './slow-bodies.ts';

export interface HttpSettings {
  secret: string;
  /** True when pages are served over HTTPS: cookies are marked secure and HSTS is sent. */
  https: boolean;
  trustProxy: boolean | string[];
  maxUploadBytes: number;
  /** Requests per minute and address, and refusal while the event loop lags; null turns both off (tests). */
  requestsPerMinute: number | null;
  logger: FastifyBaseLogger | false;
  /** How answers of routes marked `kept` are kept; null: every answer is made. */
  keptPages: KeptPagesSettings | null;
}

/** A Fastify instance with everything every face needs and nothing of any area. */
export async function buildHttpServer(settings: HttpSettings): Promise<FastifyInstance> {
  const server = Fastify({
    ...(settings.logger ? { loggerInstance: settings.logger } : { logger: false }),
    trustProxy: settings.trustProxy,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    forceCloseConnections: true,
    rewriteUrl: ({ url = '/' }) => decodable(url),
  });
  const keepWhatIsSent = settings.keptPages && keepPages(server, settings.keptPages);
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(cookie, { secret: settings.secret, parseOptions: { secure: settings.https } });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    hsts: settings.https ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  await server.register(csrf, {
    cookieKey: 'gongkai-csrf',
    cookieOpts: { signed: true, httpOnly: true, sameSite: 'lax', path: '/', secure: settings.https },
    // Multipart bodies are streamed after the check, so their token travels in the address.
    getToken: (request) =>
      tokenIn(request.body) ?? tokenIn(request.query) ?? String(request.headers['x-csrf-token'] ?? ''),
  });
  await server.register(formbody, { bodyLimit: 2 * 1024 * 1024 });
  await server.register(multipart, {
    limits: { fileSize: settings.maxUploadBytes, files: 20, fields: 200, fieldSize: 1024 * 1024, parts: 250 },
  });
  if (settings.requestsPerMinute !== null) {
    await server.register(underPressure, { maxEventLoopDelay: 5000, retryAfter: 10 });
    await server.register(rateLimit, { max: settings.requestsPerMinute, timeWindow: '1 minute' });
  }
  keepWhatIsSent?.();
  endSlowBodies(server);
  server.addHook('preValidation', refuseBrokenText);
  return server;
}

/** An address whose path cannot be decoded becomes one that nobody has, so that it meets the same page and headers as others. */
function decodable(url: string): string {
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return url;
  } catch {
    return `/${encodeURIComponent(url.toWellFormed().slice(0, 100))}`;
  }
}

function tokenIn(values: unknown): string | null {
  if (typeof values !== 'object' || values === null) return null;
  const value = (values as Record<string, unknown>)._csrf;
  return typeof value === 'string' ? value : null;
}
