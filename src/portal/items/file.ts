import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { publicFile } from '../../areas/catalogue/index.ts';
import { holds } from '../../core/http/kept-pages.ts';
import { NotFound } from '../../core/refusal.ts';

/** Shown in the page or in a tab of its own; every other type is saved and never opened by the browser. */
const SHOWN: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** A file is asked for anew each time: once its item is withdrawn nobody gets it from a store on the way. */
const ASK_FIRST = 'public, no-cache';

/** `/files/items/{item}/{sha256}`: whole, or the part that was asked for (RFC 9110, 14). */
export async function sendItemFile(
  app: App,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { itemId, digest }: { itemId: number; digest: string },
) {
  const file = await publicFile(app.connection.db, request.page?.agency.id ?? 0, itemId, digest);
  if (!file) throw new NotFound('没有这个文件，或者它已经不再公开。');
  const etag = `"${digest}"`;
  const shown = SHOWN.has(file.type);
  reply.header('etag', etag).header('cache-control', ASK_FIRST).header('accept-ranges', 'bytes');
  if (holds(request.headers['if-none-match'], etag) && request.headers['if-none-match'] !== undefined)
    return reply.code(304).send();
  reply
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    )
    .header(
      'content-disposition',
      `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    .type(shown || file.type.startsWith('application/vnd.') ? file.type : 'application/octet-stream');
  const part = partOf(request, etag, file.bytes);
  if (part === 'beyond') return reply.code(416).header('content-range', `bytes */${file.bytes}`).send();
  if (part) {
    reply
      .code(206)
      .header('content-range', `bytes ${part.start}-${part.end - 1}/${file.bytes}`)
      .header('content-length', part.end - part.start);
  } else reply.header('content-length', file.bytes);
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
