import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import type { Jobs } from '../../core/jobs.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { findAgencyById } from '../organisations/index.ts';
import { addFiles, filePlace } from '../requests/index.ts';
import { type ExportRow, findExport, insertExport, noteRequestFile } from './access-store.ts';
import { type Box, type Pattern, patterns } from './engine/index.ts';
import { grounds, severingGround } from './grounds.ts';
import { demandJob, holdJob, openOriginal, redactionFilePlace, subjectOf, workingPdf } from './job-access.ts';
import type { JobRef, RedactionBox, RedactionCtx, StillLegible } from './model.ts';
import { demandDraft, uncovered } from './rules.ts';
import { boxesOf, findJob, type JobRow, lockJob, noteProgress, updateJob } from './store.ts';

export const EXPORT_REDACTION = 'export-redaction';

/** What is looked for once more before anything is exported: numbers, which are recognised with few mistakes. */
const CHECKED: readonly Pattern[] = ['identity', 'phone', 'bank-card', 'email', 'labelled-name'];

/** Personal data that no box covers yet, for the officer to decide upon; in scans nothing can be found. */
export async function stillLegible(ctx: RedactionCtx, id: number): Promise<StillLegible[]> {
  const { job, pdf } = await openOriginal(ctx, id);
  const boxes = await boxesOf(ctx.db, ctx.agencyId, job.id);
  const queries = CHECKED.map((pattern) => ({ pattern }));
  const found = await ctx.redactor.findOccurrences({ pdf, pages: job.pages.length }, queries);
  const left: StillLegible[] = [];
  // A number that is one thing is not told again as another.
  const told: Box[] = [...boxes];
  for (const [index, pattern] of CHECKED.entries()) {
    const places = uncovered(found[index] ?? [], told);
    told.push(...places);
    if (places.length === 0) continue;
    left.push({ pattern, count: places.length, pages: [...new Set(places.map(({ page }) => page))] });
  }
  return left;
}

/** Queues the export; `exportRedaction` makes it. @throws Refusal */
export async function requestExport(
  ctx: RedactionCtx,
  { jobs }: { jobs: Pick<Jobs, 'enqueue'> },
  ref: JobRef,
  left: readonly StillLegible[] = [],
): Promise<void> {
  await transact(ctx, async (ctx) => {
    const job = await holdJob(ctx, ref);
    demandDraft(job.state);
    const { db, agencyId } = ctx;
    const boxes = await boxesOf(db, agencyId, job.id);
    const exportBy = ctx.actor.name;
    await updateJob(db, agencyId, job.id, { state: 'exporting', pagesDone: 0, exportBy, fault: '' });
    await jobs.enqueue(db, EXPORT_REDACTION, { agencyId, id: job.id });
    await record(ctx, {
      act: 'redactions.export',
      ground: severingGround(job.regime),
      subject: subjectOf(job.id),
      after: {
        pages: job.pages.length,
        boxes: countsOf(boxes),
        // Told before the officer went on all the same.
        ...(left.length > 0 && {
          legible: Object.fromEntries(left.map(({ pattern, count }) => [patterns[pattern], count])),
        }),
      },
    });
  });
}

const countsOf = (boxes: readonly RedactionBox[]) =>
  Object.fromEntries(
    [...Map.groupBy(boxes, ({ ground }) => grounds[ground].label)].map(([label, of]) => [label, of.length]),
  );

/** Back to the boxes: while an export is being made, or to go on after one. @throws Refusal */
export async function resumeRedaction(ctx: RedactionCtx, ref: JobRef): Promise<void> {
  await transact(ctx, async (ctx) => {
    const job = await holdJob(ctx, ref);
    if (job.state === 'draft') return;
    await updateJob(ctx.db, ctx.agencyId, job.id, { state: 'draft', pagesDone: 0, exportBy: null });
    await record(ctx, {
      act: 'redactions.resume',
      subject: subjectOf(job.id),
      before: { state: job.state },
      after: { state: 'draft' },
    });
  });
}

/** Somebody went back to the boxes while the export was being made. */
class Abandoned extends Error {}

/**
 * Makes the export that was asked for, page by page. Safe to run twice: a job that is not being exported is left alone,
 * and an export that was called off leaves nothing behind. A file that cannot be exported goes back to its officer.
 */
export async function exportRedaction(ctx: RedactionCtx, id: number): Promise<void> {
  const { db, agencyId } = ctx;
  const job = await findJob(db, agencyId, id);
  if (job?.state !== 'exporting') return;
  const boxes = await boxesOf(db, agencyId, id);
  try {
    const { pdf, sm3 } = await ctx.redactor.redact(
      { pdf: await workingPdf(ctx, job), pages: job.pages.length },
      boxes.map(({ ground, ...box }) => ({ ...box, ground: grounds[ground] })),
      await indexWords(ctx, job, boxes.length),
      async (done) => {
        if (!(await noteProgress(db, agencyId, id, done))) throw new Abandoned();
      },
    );
    await settle(ctx, job, { pdf, sm3, boxes: boxes.length });
  } catch (error) {
    if (error instanceof Abandoned) return;
    if (!(error instanceof UnreadableFile)) throw error;
    await giveBack(ctx, job, error.message);
  }
}

async function indexWords(ctx: RedactionCtx, { regime, pages }: JobRow, boxes: number) {
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  return {
    title: '政府信息区分处理索引',
    preface: [
      `本文件由${agency?.name ?? '本机关'}依据${severingGround(regime)}作区分处理后制成，共 ${pages.length} 页，遮盖 ${boxes} 处，依据标注在各处遮盖上，并列于下表。`,
      '本文件由原件逐页转为图像后重新生成，被遮盖的文字和图像已从文件中移除，不能恢复；原件由本机关封存。',
    ],
  };
}

async function settle(
  ctx: RedactionCtx,
  job: JobRow,
  made: { pdf: Uint8Array; sm3: string; boxes: number },
): Promise<void> {
  const { agencyId } = ctx;
  const { sha256 } = await ctx.sealedFiles.put(made.pdf, {
    context: redactionFilePlace(agencyId),
    maxBytes: made.pdf.length,
  });
  const settled = await transact(ctx, async (ctx) => {
    const now = await lockJob(ctx.db, agencyId, job.id);
    if (now?.state !== 'exporting' || now.version !== job.version) return false;
    await insertExport(ctx.db, agencyId, {
      jobId: job.id,
      sealedDigest: sha256,
      sm3: made.sm3,
      bytes: made.pdf.length,
      boxes: made.boxes,
      madeBy: job.exportBy ?? ctx.actor.name,
      madeAt: instantOf(ctx.clock),
    });
    await updateJob(ctx.db, agencyId, job.id, { state: 'exported' });
    await record(ctx, {
      act: 'redactions.exported',
      ground: severingGround(job.regime),
      subject: subjectOf(job.id),
      after: { sm3: made.sm3, bytes: made.pdf.length, boxes: made.boxes },
    });
    return true;
  });
  if (!settled) await ctx.sealedFiles.remove(sha256);
}

async function giveBack(ctx: RedactionCtx, job: JobRow, fault: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    const now = await lockJob(ctx.db, ctx.agencyId, job.id);
    if (now?.state !== 'exporting') return;
    await updateJob(ctx.db, ctx.agencyId, job.id, { state: 'draft', fault });
    await record(ctx, { act: 'redactions.export-failed', subject: subjectOf(job.id), reason: fault });
  });
}

/** The exported file, for downloading, which is recorded. @throws NotFound */
export async function openExport(
  ctx: RedactionCtx,
  jobId: number,
  exportId: number,
): Promise<{ pdf: Buffer; made: ExportRow }> {
  const job = await demandJob(ctx, jobId);
  const made = await demandExport(ctx, jobId, exportId);
  const pdf = await exportedPdf(ctx, made);
  await transact(ctx, async (ctx) => {
    await record(ctx, {
      act: 'redactions.open-export',
      subject: subjectOf(job.id),
      after: { sm3: made.sm3 },
    });
  });
  return { pdf, made };
}

/**
 * Puts an export among the files of its case that are to go out with the reply. Returns the file's id there.
 * @throws NotFound; Refusal when it has no case or is there already
 */
export async function handToCase(
  ctx: RedactionCtx,
  jobId: number,
  exportId: number,
  name: string,
): Promise<number> {
  const job = await demandJob(ctx, jobId);
  const { requestId } = job;
  if (requestId === null) throw new Refusal('redaction-without-case', '这份文件没有关联申请件。');
  const made = await demandExport(ctx, jobId, exportId);
  if (made.requestFileId !== null) throw new Refusal('redaction-handed', '这份文件已经放入案卷。');
  const { agencyId } = ctx;
  const pdf = await exportedPdf(ctx, made);
  const kept = await ctx.sealedFiles.put(pdf, { context: filePlace(agencyId), maxBytes: pdf.length });
  try {
    return await transact(ctx, async (ctx) => {
      await lockJob(ctx.db, agencyId, jobId);
      if ((await demandExport(ctx, jobId, exportId)).requestFileId !== null)
        throw new Refusal('redaction-handed', '这份文件已经放入案卷。');
      const [fileId] = await addFiles(ctx, requestId, [
        {
          kind: 'released',
          sealedDigest: kept.sha256,
          digest: ctx.vault.digest('content', kept.plain.sha256),
          name,
          type: 'application/pdf',
          bytes: made.bytes,
        },
      ]);
      await noteRequestFile(ctx.db, agencyId, exportId, fileId!);
      await record(ctx, {
        act: 'redactions.hand-over',
        subject: subjectOf(jobId),
        after: { request: requestId, file: fileId, sm3: made.sm3 },
      });
      return fileId!;
    });
  } catch (error) {
    await ctx.sealedFiles.remove(kept.sha256);
    throw error;
  }
}

async function demandExport(ctx: RedactionCtx, jobId: number, exportId: number): Promise<ExportRow> {
  const made = await findExport(ctx.db, ctx.agencyId, jobId, exportId);
  if (!made) throw new NotFound('没有找到这个导出的文件。');
  return made;
}

async function exportedPdf(ctx: RedactionCtx, { sealedDigest }: ExportRow): Promise<Buffer> {
  if (!sealedDigest) throw new NotFound('这个导出的文件已经销毁。');
  return ctx.sealedFiles.read(sealedDigest, redactionFilePlace(ctx.agencyId));
}
