import { NotFound, Refusal } from '../../core/refusal.ts';
import type { SealedFiles } from '../../core/vault/index.ts';
import { demandReleased } from '../releases/index.ts';
import { demandCase, type RequestCtx } from './case-actions.ts';
import { type CaseFile, filePlace, filesOf } from './file-actions.ts';
import { findPublished } from './publication-store.ts';

/** A file on its way out of the house. */
export interface OutgoingFile {
  bytes: Buffer;
  name: string;
  type: string;
}

/** Files that go with the reply of this very request. */
export async function releasedFiles(ctx: RequestCtx, requestId: number): Promise<CaseFile[]> {
  const files = await filesOf(ctx, requestId);
  return files.filter((file) => file.kind === 'released' && file.requestId === requestId);
}

/** The same as the applicant sees them: from the day the reply went out. */
export async function replyFiles(ctx: RequestCtx, requestId: number): Promise<CaseFile[]> {
  const { concludedOn } = await demandCase(ctx, requestId);
  return concludedOn === null ? [] : releasedFiles(ctx, requestId);
}

/** One of them, for its applicant. @throws NotFound, also for a file of another request or one the gate holds back */
export async function openReplyFile(
  ctx: RequestCtx,
  sealedFiles: SealedFiles,
  place: { formId: number; requestId: number },
  fileId: number,
): Promise<OutgoingFile> {
  const { formId } = await demandCase(ctx, place.requestId);
  const files = formId === place.formId ? await replyFiles(ctx, place.requestId) : [];
  return letOut(ctx, sealedFiles, place.requestId, files, fileId);
}

/** Files published with an answer, for everybody. */
export async function answerFiles(ctx: RequestCtx, publicationId: number): Promise<CaseFile[]> {
  const answer = await findPublished(ctx.db, ctx.agencyId, publicationId);
  if (!answer || answer.fileIds.length === 0) return [];
  const files = await releasedFiles(ctx, answer.requestId);
  return files.filter(({ id }) => answer.fileIds.includes(id));
}

/** One of them. @throws NotFound */
export async function openAnswerFile(
  ctx: RequestCtx,
  sealedFiles: SealedFiles,
  publicationId: number,
  fileId: number,
): Promise<OutgoingFile> {
  const files = await answerFiles(ctx, publicationId);
  const requestId = files[0]?.requestId ?? 0;
  return letOut(ctx, sealedFiles, requestId, files, fileId);
}

async function letOut(
  ctx: RequestCtx,
  sealedFiles: SealedFiles,
  requestId: number,
  files: readonly CaseFile[],
  fileId: number,
): Promise<OutgoingFile> {
  const file = files.find(({ id }) => id === fileId);
  if (!file) throw new NotFound('没有找到这个文件');
  try {
    await demandReleased(ctx, { kind: 'request', id: requestId }, [file.digest]);
  } catch (error) {
    // What the gate found is for the office; to everybody else the file is not there.
    throw error instanceof Refusal ? new NotFound('没有找到这个文件') : error;
  }
  const bytes = await sealedFiles.read(file.sealedDigest, filePlace(ctx.agencyId));
  return { bytes, name: file.name, type: file.type };
}
