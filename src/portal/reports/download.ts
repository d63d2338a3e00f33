import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompiledReport } from '../../annual-report/index.ts';
import { isRenderable, renderers } from '../../annual-report/render/index.ts';
import type { RenderedFile, RenderedFiles } from '../../annual-report/rendering/index.ts';
import { NotFound } from '../../core/refusal.ts';

/** For an hour caches need not ask; after that they ask and are mostly told that nothing changed. */
const AN_HOUR = 'public, max-age=3600';

/** Answers a download of a published report from its file on disk; 304 for a reader who has it already. */
export async function sendReportFile(
  files: RenderedFiles,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  report: CompiledReport,
  kind: string,
) {
  if (!isRenderable(kind)) throw new NotFound('没有这种文件格式。');
  const file = await files.find(report, kind);
  reply
    .header('cache-control', AN_HOUR)
    .header('etag', file.etag)
    .header('last-modified', file.modified.toUTCString());
  if (isKnown(request, file)) return reply.code(304).send();
  reply
    .header('content-disposition', disposition(report, kind))
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    )
    .header('content-length', file.bytes)
    .type(renderers[kind].mime);
  return reply.send(createReadStream(file.path));
}

const disposition = (report: CompiledReport, kind: string): string =>
  `${kind === 'pdf' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(`${report.title}.${kind}`)}`;

/** RFC 9110 13.2.2: a tag is believed before a date; dates of HTTP are whole seconds. */
function isKnown({ headers }: FastifyRequest, { etag, modified }: RenderedFile): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(modified.getTime() / 1000) * 1000 <= since;
}
