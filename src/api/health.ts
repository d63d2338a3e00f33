import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { missingMigrations } from '../core/migrations.ts';
import { NotFound } from '../core/refusal.ts';

/** A database that does not answer within this time is not ready. */
const READY_MS = 3000;

/** What machines ask of the process itself. Left out of the limit of requests: a probe must always be answered. */
export const healthRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const unlimited = { config: { rateLimit: false }, schema: { hide: true } } as const;

    server.get('/healthz', unlimited, async () => ({ alive: true }));

    server.get('/readyz', unlimited, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const problem = await whyNotReady(app).catch((err) => {
        request.log.warn({ err }, 'not ready');
        return { code: 'database-unreachable', message: '数据库没有应答' };
      });
      return problem ? reply.code(503).send({ ready: false, ...problem }) : { ready: true };
    });

    server.get('/metrics', unlimited, async (request, reply) => {
      if (!mayReadMetrics(request, app.config.metricsToken)) throw new NotFound();
      return reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .send(server.metrics.text(app.connection.pool));
    });
  };

async function whyNotReady(app: App): Promise<{ code: string; message: string } | null> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${READY_MS} ms`)), READY_MS).unref();
  });
  const missing = await Promise.race([missingMigrations((sql) => app.connection.pool.query(sql)), late]);
  return missing.length === 0
    ? null
    : { code: 'migrations-missing', message: `数据库尚有 ${missing.length} 项迁移没有执行` };
}

/**
 * The token, or a caller on this very machine. A request that a proxy passed on comes from loopback too, so one that
 * carries a forwarding header is never taken as local.
 */
function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token !== null && given !== undefined && sameSecret(given, token)) return true;
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => request.headers[name] !== undefined,
  );
  const address = request.socket.remoteAddress ?? '';
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
