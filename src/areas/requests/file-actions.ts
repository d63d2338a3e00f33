import { instantOf } from '../../core/clock.ts';
import type { Actor } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { reasonToRead } from './applicant-actions.ts';
import { demandCase, demandKept, type RequestCtx, subjectOf } from './case-actions.ts';
import { type FileRow, filesOfCase, findFile, insertFormFile, removeFile } from './form-store.ts';
import { fileKinds, type NewFile, type RequestFileKind } from './model.ts';

/** A file of a request; what people handed in goes by its kind, since its name may be theirs (张三身份证.jpg). */
export interface CaseFile {
  id: number;
  requestId: number | null;
  formId: number;
  kind: RequestFileKind;
  sealedDigest: string;
  digest: string;
  name: string;
  type: string;
  bytes: number;
  addedBy: string;
  addedAt: Date;
}

/** What the sealed bytes of every file of a case are bound to; the file store asks for it. */
export const filePlace = (agencyId: number) => `request-file/${agencyId}`;
export const namePlace = (agencyId: number, formId: number) => `request-file-name/${agencyId}/${formId}`;

/** Notes files that are already kept sealed; within the act that brings them. */
export async function keepFiles(
  ctx: RequestCtx,
  place: { formId: number; requestId: number | null },
  files: readonly NewFile[],
): Promise<number[]> {
  const addedAt = instantOf(ctx.clock);
  const ids: number[] = [];
  for (const { name, ...file } of files) {
    const nameSealed = ctx.vault.seal(name, namePlace(ctx.agencyId, place.formId));
    ids.push(
      await insertFormFile(ctx.db, ctx.agencyId, place, {
        ...file,
        nameSealed,
        addedBy: ctx.actor.name,
        addedAt,
      }),
    );
  }
  return ids;
}

/** What the applicant handed in or filled in: his name and more of him may stand in it. */
const ofApplicant: readonly RequestFileKind[] = [
  'attachment',
  'identity',
  'scan',
  'correction',
  'explanation',
  'evidence',
];
/** Named by people outside the office, or after them. */
const ofPeople: readonly RequestFileKind[] = [...ofApplicant, 'opinion', 'proof'];

/** Files of a request and of its form, those of people by their kind: “申请附件 1.jpg”. */
export async function filesOf(ctx: RequestCtx, requestId: number): Promise<CaseFile[]> {
  const rows = await rowsOf(ctx, requestId);
  return rows.map((row) => (ofPeople.includes(row.kind) ? namedByKind(row, rows) : opened(ctx, row)));
}

/** The same with every name in clear, for acts that record why. */
export async function namedFilesOf(ctx: RequestCtx, requestId: number): Promise<CaseFile[]> {
  const rows = await rowsOf(ctx, requestId);
  return rows.map((row) => opened(ctx, row));
}

async function rowsOf(ctx: RequestCtx, requestId: number): Promise<FileRow[]> {
  const request = await demandCase(ctx, requestId);
  return filesOfCase(ctx.db, ctx.agencyId, request.formId, requestId);
}

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'text/plain': '.txt',
};

function namedByKind({ nameSealed: _sealed, ...row }: FileRow, all: readonly FileRow[]): CaseFile {
  const nth = all.filter(({ kind, id }) => kind === row.kind && id <= row.id).length;
  const extension = extensions[row.type.split(';')[0] ?? ''] ?? '';
  return { ...row, name: `${fileKinds[row.kind]} ${nth}${extension}` };
}

/**
 * A file of this very request (or of its form), for downloading; that it was opened is recorded.
 * @throws NotFound, also for a file of another case; Refusal as `reasonToRead` for what comes from the applicant
 */
export async function openFile(ctx: RequestCtx, requestId: number, fileId: number): Promise<CaseFile> {
  demand(ctx.actor, 'requests.read');
  return transact(ctx, async (ctx) => {
    const request = await demandCase(ctx, requestId);
    const row = await findFile(ctx.db, ctx.agencyId, fileId);
    const own =
      row && row.formId === request.formId && (row.requestId === null || row.requestId === requestId);
    if (!own) throw new NotFound('没有找到这个文件。');
    const reason = ofApplicant.includes(row.kind) ? await reasonToRead(ctx, request, null) : '';
    await record(ctx, {
      act: 'requests.open-file',
      subject: subjectOf(request),
      after: { file: fileId, kind: row.kind },
      ...(reason !== '' && { reason }),
    });
    // Without a reason on record the name stays behind.
    return ofPeople.includes(row.kind) && reason === ''
      ? namedByKind(row, await rowsOf(ctx, requestId))
      : opened(ctx, row);
  });
}

/** @throws Refusal (403) for whoever may not add files of these kinds by hand */
export function demandToAdd(actor: Actor, kinds: readonly RequestFileKind[]): void {
  demand(
    actor,
    kinds.every((kind) => kind === 'scan' || kind === 'proof') ? 'requests.register' : 'requests.handle',
  );
}

/** Adds files to a case: scans, records found, proofs of delivery, answers of those consulted, and what is to go out. */
export async function addFiles(
  ctx: RequestCtx,
  requestId: number,
  files: readonly NewFile[],
): Promise<number[]> {
  demandToAdd(
    ctx.actor,
    files.map(({ kind }) => kind),
  );
  return transact(ctx, async (ctx) => {
    const request = await demandCase(ctx, requestId);
    await demandKept(ctx, request);
    const ids = await keepFiles(ctx, { formId: request.formId, requestId }, files);
    await record(ctx, {
      act: 'requests.add-files',
      subject: subjectOf(request),
      after: { files: files.map(({ kind, digest, bytes }, at) => ({ id: ids[at], kind, digest, bytes })) },
    });
    return ids;
  });
}

/** Takes a file off a case that is not concluded; its record stays. @throws NotFound for a file of another case */
export async function takeOffFile(ctx: RequestCtx, requestId: number, fileId: number): Promise<void> {
  demand(ctx.actor, 'requests.handle');
  await transact(ctx, async (ctx) => {
    const request = await demandCase(ctx, requestId);
    const row = await findFile(ctx.db, ctx.agencyId, fileId);
    if (row?.requestId !== requestId || request.concludedOn !== null)
      throw new NotFound('没有找到可以移除的文件。');
    await removeFile(ctx.db, ctx.agencyId, fileId, instantOf(ctx.clock));
    await record(ctx, {
      act: 'requests.remove-file',
      subject: subjectOf(request),
      before: { file: fileId, kind: row.kind },
    });
  });
}

function opened(ctx: RequestCtx, { nameSealed, ...row }: FileRow): CaseFile {
  return { ...row, name: ctx.vault.open(nameSealed, namePlace(ctx.agencyId, row.formId)) };
}
