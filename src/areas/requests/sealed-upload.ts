import type { SealedFiles } from '../../core/vault/index.ts';
import type { RequestCtx } from './case-actions.ts';
import { filePlace } from './file-actions.ts';
import type { NewFile, RequestFileKind } from './model.ts';

/** A file whose kind was told from its content and which was found harmless. */
export interface CheckedUpload {
  kind: RequestFileKind;
  name: string;
  type: string;
  content: Uint8Array;
}

/** Largest file an applicant may send, in bytes. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

/** Keeps it sealed. The caller takes it away again when what it belongs to is not written. @throws Refusal `file-too-large` */
export async function sealUpload(
  ctx: RequestCtx,
  sealedFiles: SealedFiles,
  { content, ...file }: CheckedUpload,
): Promise<NewFile> {
  const stored = await sealedFiles.put(content, {
    context: filePlace(ctx.agencyId),
    maxBytes: MAX_UPLOAD_BYTES,
  });
  const { sha256, bytes } = stored.plain;
  return { ...file, sealedDigest: stored.sha256, digest: ctx.vault.digest('content', sha256), bytes };
}
