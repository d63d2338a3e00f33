import { createReadStream } from 'node:fs';
import type { App } from '../../app.ts';
import {
  dropWaiting,
  filePlace,
  keepWaiting,
  type NewFile,
  type RequestCtx,
  type RequestFileKind,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type UploadedFile } from '../../core/uploads/index.ts';
import { FILE_BYTES, numberOrNull } from './request.ts';

/** What a file dialog offers; what a file truly is, is told from its content. */
export const SCANS = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt';

/**
 * Seals the files of a form and hands them to `work`; they are taken away again when it fails. `kindOf` tells what the files of
 * a field are.
 * @throws InvalidForm at the field of a file that may not be kept
 */
export async function withSealed<T>(
  app: App,
  ctx: RequestCtx,
  files: readonly UploadedFile[],
  kindOf: Readonly<Record<string, RequestFileKind>>,
  work: (sealed: NewFile[]) => Promise<T>,
): Promise<T> {
  const sealed: NewFile[] = [];
  try {
    for (const file of files) {
      const kind = kindOf[file.field];
      if (kind) sealed.push(await seal(app, ctx, file, kind));
    }
    return await work(sealed);
  } catch (error) {
    await letGo(app, sealed);
    throw error;
  }
}

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
  const wrong: Record<string, string> = {};
  for (const file of posted.files) {
    try {
      await withSealed(app, ctx, [file], kindOf, (sealed) =>
        keepWaiting(ctx, { key, field: file.field }, sealed),
      );
    } catch (error) {
      if (!(error instanceof InvalidForm)) throw error;
      Object.assign(wrong, error.fields);
    }
  }
  for (const id of posted.drop) if (numberOrNull(id) !== null) await dropWaiting(ctx, key, Number(id));
  if (Object.keys(wrong).length > 0) throw new InvalidForm(wrong);
}

/** Takes sealed files away that nothing refers to. */
async function letGo(app: App, sealed: readonly NewFile[]): Promise<void> {
  for (const { sealedDigest } of sealed) await app.sealedFiles.remove(sealedDigest);
}

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
