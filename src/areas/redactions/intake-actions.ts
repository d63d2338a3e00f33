import { randomBytes } from 'node:crypto';
import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { megabytes, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { regimeAt } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { destroy } from './discard.ts';
import { redactionLimits } from './engine/index.ts';
import { severingGround } from './grounds.ts';
import { caseToRedact, holdJob, redactionFilePlace, redactionNamePlace, subjectOf } from './job-access.ts';
import type { JobRef, RedactionCtx } from './model.ts';
import { insertJob, insertOriginals } from './store.ts';

/** A file as it was chosen. */
export interface ChosenFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Takes in a file to redact: seals the original and, where it is no PDF, the PDF made of it. Returns the job's id.
 * @throws InvalidForm, UnreadableFile in words for whoever chose the files; NotFound for a case that is not there
 */
export async function startRedaction(
  ctx: RedactionCtx,
  input: { requestId: number | null; files: readonly ChosenFile[] },
): Promise<number> {
  demand(ctx.actor, 'requests.redact');
  const { files } = input;
  const request = input.requestId === null ? null : await caseToRedact(ctx, input.requestId);
  demandBounds(files);
  const prepared = await ctx.redactor.prepare(files.map(({ bytes }) => bytes));
  const { agencyId, actor } = ctx;
  const context = redactionFilePlace(agencyId);
  const kept: string[] = [];
  const keep = async (bytes: Uint8Array) => {
    const { sha256 } = await ctx.sealedFiles.put(bytes, { context, maxBytes: redactionLimits.bytes * 4 });
    kept.push(sha256);
    return sha256;
  };
  try {
    const originals: { sealedDigest: string; bytes: number }[] = [];
    for (const { bytes } of files) originals.push({ sealedDigest: await keep(bytes), bytes: bytes.length });
    const workingDigest = prepared.kind === 'pdf' ? null : await keep(prepared.pdf);
    const token = randomBytes(16).toString('hex');
    const regime = request?.regime ?? regimeAt(ctx.clock.today()).code;
    return await transact(ctx, async (ctx) => {
      const id = await insertJob(ctx.db, agencyId, {
        requestId: input.requestId,
        regime,
        token,
        nameSealed: ctx.vault.seal(nameOf(files), redactionNamePlace(agencyId, token)),
        kind: prepared.kind,
        workingDigest,
        pages: prepared.pages,
        createdBy: actor.kind === 'staff' ? actor.staffId : null,
        createdByName: actor.name,
        createdAt: instantOf(ctx.clock),
      });
      await insertOriginals(ctx.db, agencyId, id, originals);
      await record(ctx, {
        act: 'redactions.start',
        ground: severingGround(regime),
        subject: subjectOf(id),
        after: {
          kind: prepared.kind,
          files: files.length,
          pages: prepared.pages.length,
          ...(request && { request: request.number }),
        },
      });
      return id;
    });
  } catch (error) {
    for (const sha256 of kept) await ctx.sealedFiles.remove(sha256);
    throw error;
  }
}

function demandBounds(files: readonly ChosenFile[]): void {
  if (files.length === 0) throw new InvalidForm({ files: '请选择要处理的文件。' });
  if (files.length > redactionLimits.files) {
    throw new InvalidForm({ files: `一次最多选择 ${redactionLimits.files} 张图片。` });
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > redactionLimits.bytes) {
    throw new UnreadableFile(
      'too-large',
      `所选文件共 ${megabytes(bytes)}，超过 ${megabytes(redactionLimits.bytes)}。请拆分后分别处理。`,
    );
  }
}

const nameOf = (files: readonly ChosenFile[]) =>
  files.length === 1 ? files[0]!.name : `${files[0]!.name} 等 ${files.length} 张`;

/**
 * Destroys the original, the working file and every export of a redaction; what was handed to the case stays there, and so
 * does the record of who did what.
 * @throws NotFound, Refusal
 */
export async function discardRedaction(ctx: RedactionCtx, ref: JobRef): Promise<void> {
  await transact(ctx, async (ctx) => {
    const job = await holdJob(ctx, ref);
    if (job.state === 'exporting') throw new Refusal('redaction-exporting', '正在导出，请先取消导出。');
    await destroy(ctx, job);
  });
}
