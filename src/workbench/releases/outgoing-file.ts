import type { App } from '../../app.ts';
import { checkForRelease, cleanFindings, type ReleaseView } from '../../areas/releases/index.ts';
import {
  addFiles,
  type CaseFile,
  type CaseView,
  filePlace,
  type RequestCtx,
  takeOffFile,
} from '../../areas/requests/index.ts';
import { NotFound } from '../../core/refusal.ts';
import type { SealedFile } from '../../core/vault/index.ts';

/** What content is called by its kind; a cleaned file may be of another kind than it was. */
const types: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** The file of a case that goes out with its reply. @throws NotFound */
export function outgoingFile({ files }: CaseView, id: number): CaseFile {
  const file = files.find((found) => found.id === id && found.kind === 'released');
  if (!file) throw new NotFound('没有找到这份答复附件。');
  return file;
}

/** The file that a check looks at, while the case still has it. */
export function fileOfCheck(
  { files }: CaseView,
  { digest }: Pick<ReleaseView, 'digest'>,
): CaseFile | undefined {
  return files.find((file) => file.digest === digest && file.kind === 'released');
}

/** Whether the redaction desk takes it. */
export const isRedactable = ({ type }: CaseFile): boolean =>
  type === 'application/pdf' || type === types.docx || type === 'image/jpeg' || type === 'image/png';

/** Inspects an outgoing file of a case; returns the check's id. */
export async function checkOutgoing(
  app: App,
  ctx: RequestCtx,
  view: CaseView,
  file: CaseFile,
): Promise<number> {
  const bytes = await app.sealedFiles.read(file.sealedDigest, filePlace(ctx.agencyId));
  const subject = { kind: 'request', id: view.case.id } as const;
  return checkForRelease(ctx, app, { subject, file: { name: file.name, bytes } });
}

/** Cleans an outgoing file: the new one takes the place of the old among the files of the case. */
export async function cleanOutgoing(
  app: App,
  ctx: RequestCtx,
  { check, view, file }: { check: { id: number; version: number }; view: CaseView; file: CaseFile },
  keys: readonly string[] | 'all',
): Promise<void> {
  const place = filePlace(ctx.agencyId);
  const bytes = await app.sealedFiles.read(file.sealedDigest, place);
  let kept: SealedFile | null = null;
  try {
    await cleanFindings(ctx, app, check, { bytes, keys }, async (ctx, cleaned) => {
      kept = await app.sealedFiles.put(cleaned.bytes, { context: place, maxBytes: cleaned.bytes.length });
      const within = { ...ctx, vault: app.vault };
      await addFiles(within, view.case.id, [
        {
          kind: 'released',
          sealedDigest: kept.sha256,
          digest: app.vault.digest('content', kept.plain.sha256),
          name: cleaned.name,
          type: types[cleaned.name.split('.').at(-1) ?? ''] ?? file.type,
          bytes: cleaned.bytes.length,
        },
      ]);
      // What was sent with a concluded case stays on record; the cleaned file stands beside it.
      if (view.case.concludedOn === null) await takeOffFile(within, view.case.id, file.id);
    });
  } catch (error) {
    if (kept) await app.sealedFiles.remove((kept as SealedFile).sha256);
    throw error;
  }
}
