import type { FastifyReply } from 'fastify';

/** A file to be saved under its Chinese name; the browser itself never shows what it holds. */
export function asDownload(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff');
}
