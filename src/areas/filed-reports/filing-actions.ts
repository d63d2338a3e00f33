import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import type { Jobs } from '../../core/jobs.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { countFiles, findBatch, insertBatch } from './batch-store.ts';
import { filesByDigest, insertFile } from './file-store.ts';
import { type KeptFile, keepAll, MOST_FILES, tooMany } from './intake.ts';
import { READ_FILED_REPORTS } from './placement.ts';
import { FIRST_YEAR, isYear } from './rules.ts';
import { lockFiling } from './unit-store.ts';

/** What filing needs of the application. */
export interface FilingHost {
  files: FileStore;
  jobs: Pick<Jobs, 'enqueue'>;
}

/** Files spooled to disk; they are copied before `fileReports` returns. */
export interface Upload {
  /** The reporting year of all of them; null when the reports tell. */
  year: number | null;
  /**
   * Adds to a batch of one's own instead of opening one, as when a page sends many files one by one.
   * `year` is then the batch's own.
   */
  batchId?: number;
  files: readonly { name: string; path: string; size: number }[];
}

export interface Filing {
  batchId: number;
  /** Files taken in to be read. */
  waiting: number;
  /** Files whose bytes were there before: nothing changes. */
  same: number;
  /** Taken out of archives or refused, with the reason. */
  skipped: { name: string; why: string }[];
}

/**
 * Takes in many reports at once and queues their reading. Archives (zip) are opened and their files taken one by one.
 * @throws InvalidForm when there is no file, or more than `MOST_FILES`; UnreadableFile for a hostile archive
 */
export async function fileReports(ctx: Ctx, host: FilingHost, upload: Upload): Promise<Filing> {
  demand(ctx.actor, 'filed-reports.file');
  if (upload.files.length === 0) throw new InvalidForm({ files: '请选择要报送的文件。' });
  if (upload.year !== null && !isYear(upload.year))
    throw new InvalidForm({ year: `年度应为 ${FIRST_YEAR} 年以后的年份。` });
  if (upload.batchId !== undefined) await demandOwnBatch(ctx, upload.batchId);
  const taken = await keepAll(host.files, upload.files);
  if (taken.kept.length === 0 && upload.batchId === undefined)
    throw new InvalidForm({ files: nothingKept(taken.skipped) });
  return transact(ctx, async (ctx) => {
    await lockFiling(ctx.db, ctx.agencyId);
    const batchId =
      upload.batchId ?? (await insertBatch(ctx.db, ctx.agencyId, { year: upload.year, ...stamp(ctx) }));
    const before = await countFiles(ctx.db, ctx.agencyId, batchId);
    if (before + taken.kept.length > MOST_FILES) throw tooMany();
    const same = await insertFiles(ctx, batchId, taken.kept);
    const waiting = taken.kept.length - same;
    if (taken.kept.length > 0) {
      await record(ctx, {
        act: 'filed-reports.file',
        ground: '《政府信息公开条例》第五十条',
        subject: { kind: 'filed-batch', id: batchId, label: `年报接收第 ${batchId} 批` },
        after: { files: taken.kept.map(({ name }) => name), waiting, same },
      });
    }
    if (waiting > 0) await host.jobs.enqueue(ctx.db, READ_FILED_REPORTS, { agencyId: ctx.agencyId });
    return { batchId, waiting, same, skipped: taken.skipped };
  });
}

async function demandOwnBatch(ctx: Ctx, batchId: number): Promise<void> {
  const batch = await findBatch(ctx.db, ctx.agencyId, batchId);
  const by = ctx.actor.kind === 'staff' ? ctx.actor.staffId : null;
  if (!batch || batch.byId !== by) throw new NotFound('没有找到这一批文件，或者它不是您上传的。');
}

function nothingKept(skipped: Filing['skipped']): string {
  const [first] = skipped;
  return first ? `没有可以接收的文件。“${first.name}”：${first.why}` : '没有可以接收的文件。';
}

/** Returns how many of them were there before. */
async function insertFiles(ctx: Ctx, batchId: number, kept: readonly KeptFile[]): Promise<number> {
  const { db, agencyId } = ctx;
  const known = await filesByDigest(
    db,
    agencyId,
    kept.map(({ digest }) => digest),
  );
  const addedAt = instantOf(ctx.clock);
  let same = 0;
  for (const file of kept) {
    const sameAs = known.get(file.digest) ?? null;
    const id = await insertFile(db, agencyId, { ...file, batchId, addedAt, sameAs });
    if (sameAs === null) known.set(file.digest, id);
    else same += 1;
  }
  return same;
}

function stamp({ actor, clock }: Ctx): { byId: number | null; byName: string; at: Date } {
  return {
    byId: actor.kind === 'staff' ? actor.staffId : null,
    byName: actor.name,
    at: instantOf(clock),
  };
}
