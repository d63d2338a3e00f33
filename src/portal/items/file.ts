import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { publicFile } from '../../areas/catalogue/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { sendPublicFile } from '../public-file.ts';

const SHOWN: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** Whether a browser shows the type, in the page or in a tab of its own; every other is saved and never opened by it. */
export const isShown = (type: string): boolean => SHOWN.has(type);

/** `/files/items/{item}/{sha256}`. */
export async function sendItemFile(
  app: App,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { itemId, digest }: { itemId: number; digest: string },
) {
  const file = await publicFile(app.connection.db, request.page?.agency.id ?? 0, itemId, digest);
  if (!file) throw new NotFound('没有这个文件，或者它已经不再公开。');
  const shown = isShown(file.type);
  const type = shown || file.type.startsWith('application/vnd.') ? file.type : 'application/octet-stream';
  return sendPublicFile(app, { request, reply }, { ...file, digest, type, shown });
}
