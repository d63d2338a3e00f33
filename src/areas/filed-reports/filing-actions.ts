import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import type { Jobs } from '../../core/jobs.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { openArchive } from './archive.ts';
import {
  batchesPage,
  countBatch,
  countFiles,
  filesByDigest,
  filesPage,
  findBatch,
  findFile,
  insertBatch,
  insertFile,
} from './file-store.ts';
import type { Batch, BatchProgress, FiledFile, FileState, Page, UnitSuggestion } from './model.ts';
import { pageSize } from './paging.ts';
import { READ_FILED_REPORTS } from './placement.ts';
import { FIRST_YEAR, isYear } from './rules.ts';
import { keyInFileName, nameKey } from './unit-names.ts';
import { lockFiling, suggestUnits } from './unit-store.ts';

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

/** Most files of one batch, those inside archives counted. */
export const MOST_FILES = 500;
const NAME_LENGTH = 300;

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

interface KeptFile {
  name: string;
  digest: string;
  bytes: number;
}

interface Taken {
  kept: KeptFile[];
  skipped: Filing['skipped'];
}

async function keepAll(files: FileStore, given: Upload['files']): Promise<Taken> {
  const taken: Taken = { kept: [], skipped: [] };
  for (const file of given) {
    const archive = await openArchive(file);
    if (!archive) {
      await keep(files, taken, file.name, async () => createReadStream(file.path));
      continue;
    }
    try {
      if (archive.files.length > MOST_FILES) throw tooMany();
      if (archive.files.length === 0) taken.skipped.push({ name: file.name, why: '压缩包里没有文件。' });
      for (const inside of archive.files) await keep(files, taken, inside.name, inside.open);
    } finally {
      archive.close();
    }
  }
  return taken;
}

async function keep(
  files: FileStore,
  taken: Taken,
  name: string,
  open: () => Promise<Readable>,
): Promise<void> {
  const shown = visibleLine(name).slice(-NAME_LENGTH) || '未命名';
  if (taken.kept.length >= MOST_FILES) throw tooMany();
  try {
    const { sha256, bytes } = await files.put(await open());
    if (bytes === 0) taken.skipped.push({ name: shown, why: '文件是空的。' });
    else taken.kept.push({ name: shown, digest: sha256, bytes });
  } catch (error) {
    // One file too large must not keep the others out. What a zip declares and does not hold fails while it is unpacked.
    if (error instanceof Refusal) taken.skipped.push({ name: shown, why: error.message });
    else if (isUnpacking(error))
      taken.skipped.push({ name: shown, why: '压缩包中的这个文件已损坏，无法解压。' });
    else throw error;
  }
}

/** zlib's faults have codes of their own; yauzl tells of wrong sizes and methods in words. */
const isUnpacking = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('Z_')) ||
    /too many bytes|not enough bytes|invalid (distance|block|stored|code|bit)|unsupported compression/i.test(
      error.message,
    ));

function nothingKept(skipped: Filing['skipped']): string {
  const [first] = skipped;
  return first ? `没有可以接收的文件。“${first.name}”：${first.why}` : '没有可以接收的文件。';
}

const tooMany = () =>
  new InvalidForm({ files: `一批最多 ${MOST_FILES} 个文件（压缩包内的文件计算在内），请分几批上传。` });

/** Returns how many of them were there before. */
async function insertFiles(ctx: Ctx, batchId: number, kept: readonly KeptFile[]): Promise<number> {
  const { db, agencyId } = ctx;
  const known = await filesByDigest(
    db,
    agencyId,
    kept.map(({ digest }) => digest),
  );
  const addedAt = new Date(ctx.clock.now().epochMilliseconds);
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
    at: new Date(clock.now().epochMilliseconds),
  };
}

/** @throws NotFound */
export async function batchProgress(ctx: Ctx, batchId: number): Promise<BatchProgress> {
  demand(ctx.actor, 'filed-reports.read');
  const found = await findBatch(ctx.db, ctx.agencyId, batchId);
  if (!found) throw new NotFound('没有找到这一批文件。');
  const { byId: _, ...batch } = found;
  const { states, checking, outcomes } = await countBatch(ctx.db, ctx.agencyId, batchId);
  const of = (state: FileState) => states.get(state) ?? 0;
  const counts = {
    waiting: of('waiting'),
    read: of('read'),
    unreadable: of('unreadable'),
    unfiled: of('unfiled'),
    same: of('same'),
    discarded: of('discarded'),
  };
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { batch, total, counts, checking, outcomes, finished: counts.waiting === 0 && checking === 0 };
}

/** Newest first. */
export async function listBatches(
  ctx: Ctx,
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<Batch & { files: number }>> {
  demand(ctx.actor, 'filed-reports.read');
  return batchesPage(ctx.db, ctx.agencyId, { after: page.after ?? null, limit: pageSize(page.limit) });
}

/** In the order they came. */
export async function batchFiles(
  ctx: Ctx,
  batchId: number,
  page: { state?: FileState; after?: string | null; limit?: number } = {},
): Promise<Page<FiledFile>> {
  demand(ctx.actor, 'filed-reports.read');
  const { state, after = null, limit } = page;
  const filter = { batchId, ...(state ? { state } : {}) };
  return filesPage(ctx.db, ctx.agencyId, filter, { after, limit: pageSize(limit) });
}

/** Files that need a person: not readable, or read but of no unit or year that is known. Oldest first. */
export async function filesApart(
  ctx: Ctx,
  state: 'unreadable' | 'unfiled',
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<FiledFile & { suggestions: UnitSuggestion[] }>> {
  demand(ctx.actor, 'filed-reports.read');
  const found = await filesPage(
    ctx.db,
    ctx.agencyId,
    { state },
    { after: page.after ?? null, limit: pageSize(page.limit) },
  );
  const items = [];
  for (const file of found.items) items.push(await withSuggestions(ctx, file));
  return { items, next: found.next };
}

/** @throws NotFound */
export async function readFiledFile(
  ctx: Ctx,
  fileId: number,
): Promise<FiledFile & { suggestions: UnitSuggestion[] }> {
  demand(ctx.actor, 'filed-reports.read');
  const file = await findFile(ctx.db, ctx.agencyId, fileId);
  if (!file) throw new NotFound('没有找到这个文件。');
  return withSuggestions(ctx, file);
}

async function withSuggestions(
  ctx: Ctx,
  file: FiledFile,
): Promise<FiledFile & { suggestions: UnitSuggestion[] }> {
  if (file.unitId !== null || (file.state !== 'unfiled' && file.state !== 'unreadable'))
    return { ...file, suggestions: [] };
  const keys = [nameKey(file.agencyInText ?? ''), keyInFileName(file.name)].filter((key) => key !== '');
  const best = new Map<number, UnitSuggestion>();
  for (const key of keys) {
    for (const one of await suggestUnits(ctx.db, ctx.agencyId, key))
      if (one.likeness > (best.get(one.unitId)?.likeness ?? 0)) best.set(one.unitId, one);
  }
  return { ...file, suggestions: [...best.values()].sort((a, b) => b.likeness - a.likeness).slice(0, 5) };
}
