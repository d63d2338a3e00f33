import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { holds } from '../core/http/kept-pages.ts';

/** A file that everybody may have, by its content. */
export interface PublicFile {
  /** SHA-256. */
  digest: string;
  bytes: number;
  type: string;
  name: string;
  /** Opened by the browser; otherwise saved. */
  shown: boolean;
}

/** Asked for anew each time: once it is withdrawn nobody gets it from a store on the way. */
const ASK_FIRST = 'public, no-cache';

/** Sends a file whole, or the part that was asked for (RFC 9110, 14); nothing (304) to who has it already. */
export async function sendPublicFile(
  app: App,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { digest, bytes, type, name, shown }: PublicFile,
) {
  const etag = `"${digest}"`;
  reply.header('etag', etag).header('cache-control', ASK_FIRST).header('accept-ranges', 'bytes');
  if (request.headers['if-none-match'] !== undefined && holds(request.headers['if-none-match'], etag))
    return reply.code(304).send();
  reply
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    )
    .header(
      'content-disposition',
      `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .type(type);
  const part = partOf(request, etag, bytes);
  if (part === 'beyond') return reply.code(416).header('content-range', `bytes */${bytes}`).send();
  if (part) {
    reply
      .code(206)
      .header('content-range', `bytes ${part.start}-${part.end - 1}/${bytes}`)
      .header('content-length', part.end - part.start);
  } else reply.header('content-length', bytes);
  const { content } = await app.files.stream(digest, part ?? undefined);
  return reply.send(content);
}

/** One range of bytes; several at once, other units and a tag that has passed get the whole. */
function partOf(
  { headers }: FastifyRequest,
  etag: string,
  bytes: number,
): { start: number; end: number } | 'beyond' | null {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '');
  const [, from = '', to = ''] = found ?? [];
  if (!found || (from === '' && to === '')) return null;
  if (headers['if-range'] !== undefined && headers['if-range'] !== etag) return null;
  const start = from === '' ? Math.max(bytes - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? bytes : Math.min(Number(to) + 1, bytes);
  if (start >= bytes) return 'beyond';
  return end > start ? { start, end } : null;
}
