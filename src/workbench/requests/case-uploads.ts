import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { App } from '../../app.ts';
import {
  dropWaiting,
  filePlace,
  keepWaiting,
  type NewFile,
  type RequestCtx,
  type RequestFileKind,
  type WaitingPlace,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type UploadedFile } from '../../core/uploads/index.ts';
import type { Given } from '../request.ts';
import { FILE_BYTES, numberOrNull } from './request.ts';

/** What a file dialog offers; what a file truly is, is told from its content. */
export const SCANS = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt';

/** Names one showing of a page, for the files that wait with it. */
export const newPageKey = (): string => randomUUID();

/** The name that a page sent; a new one where it sent none. */
export const pageKeyOf = (given: Given): string =>
  /^[\w-]{16,64}$/.test(given('pageKey')) ? given('pageKey') : newPageKey();

/**
 * Keeps the files of a form before anything of it is judged: a browser does not send the same file twice by itself. Those that
 * may be kept wait, also beside one that may not. `drop`: ids of waiting files that are taken off the form.
 * @throws InvalidForm at the fields of files that may not be kept
 */
export async function keepPosted(
  app: App,
  ctx: RequestCtx,
  key: string,
  posted: { files: readonly UploadedFile[]; drop: readonly string[] },
  kindOf: Readonly<Record<string, RequestFileKind>>,
): Promise<void> {
  for (const id of posted.drop) if (numberOrNull(id) !== null) await dropWaiting(ctx, key, Number(id));
  const wrong: Record<string, string> = {};
  for (const file of posted.files) {
    const kind = kindOf[file.field];
    if (!kind) continue;
    try {
      await keep(app, ctx, { key, field: file.field }, await seal(app, ctx, file, kind));
    } catch (error) {
      if (!(error instanceof InvalidForm)) throw error;
      Object.assign(wrong, error.fields);
    }
  }
  if (Object.keys(wrong).length > 0) throw new InvalidForm(wrong);
}

async function keep(app: App, ctx: RequestCtx, place: WaitingPlace, sealed: NewFile): Promise<void> {
  try {
    await keepWaiting(ctx, place, [sealed]);
  } catch (error) {
    await app.sealedFiles.remove(sealed.sealedDigest);
    throw error;
  }
}

/** @throws InvalidForm at the field of a file that may not be kept */
async function seal(app: App, ctx: RequestCtx, file: UploadedFile, kind: RequestFileKind): Promise<NewFile> {
  const type = await typeOf(app, file);
  const kept = await app.sealedFiles.put(createReadStream(file.path), {
    context: filePlace(ctx.agencyId),
    maxBytes: FILE_BYTES,
  });
  return {
    kind,
    sealedDigest: kept.sha256,
    digest: ctx.vault.digest('content', kept.plain.sha256),
    name: file.name,
    type,
    bytes: kept.plain.bytes,
  };
}

async function typeOf(app: App, file: UploadedFile): Promise<string> {
  try {
    return await checkAttachment(app.scanner, { name: file.name, path: file.path });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new InvalidForm({ [file.field]: error.message });
  }
}
