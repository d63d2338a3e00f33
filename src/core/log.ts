import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/**
 * The program's log: JSON lines on standard output. It tells what was asked and how it went, never who asked or with
 * what: no network address, no query string (searches and tracking codes), no form field, no header.
 */
export function openLog(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const settings = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      req: (request: { id?: string; method?: string; url?: string }) => ({
        method: request.method,
        path: request.url?.split('?')[0],
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      err: pino.stdSerializers.err,
    },
    redact: {
      paths: ['password', 'token', 'secret', 'authorization', 'cookie', 'err.parameters', 'err.detail'],
      censor: '[hidden]',
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
