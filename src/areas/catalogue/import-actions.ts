import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { analyseEntries } from '../../core/search-index/index.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand, findAgencyById, listUnits } from '../organisations/index.ts';
import { listColumns } from './column-store.ts';
import { rehearse } from './import-checking.ts';
import { putImport } from './import-desk-store.ts';
import { isRejection, lineReader, type Rejection } from './import-lines.ts';
import type { ImportCheck, LineNote } from './import-model.ts';
import type { ImportSetting, PreparedChunk } from './import-preparing.ts';
import { lockRun, openRun, postponedLines } from './import-run-store.ts';
import { refreshItemStatistics } from './import-store.ts';
import { openPreparing, type Preparing } from './import-threads.ts';
import { writePart } from './import-writing.ts';

export interface ItemImportOptions {
  /** Name of the file, for the ledger. */
  fileName: string;
  /** SHA-256 of the file, in hex: an import of it that was interrupted goes on where it stood. */
  digest?: string;
  /** Checks everything and changes nothing. */
  dryRun?: boolean;
  /** One bad line keeps all others out; otherwise only itself. */
  strict?: boolean;
  /** Threads that sanitise and cut into words beside this one. */
  threads?: number;
  /** Told how many lines were read and how many of them are items now. */
  progress?: (read: number, imported: number) => void;
  /** Goes on with this one as long as it runs; otherwise with that of the same file, or begins a new one. */
  run?: number;
  /** Asked after each transaction; false leaves the rest for another time. */
  goOn?: () => boolean;
}

export interface ItemImportResult {
  read: number;
  imported: number;
  unchanged: number;
  /** Lines that an earlier, interrupted import of the same file had done. */
  doneBefore: number;
  /** In file order; the first 100 000. */
  rejected: Rejection[];
  /** What else is to be told of lines, as far as they were read now. */
  notes: LineNote[];
  /** `stopped` by somebody, or `paused` because `goOn` said so: the same file goes on where it stands. */
  ended: 'finished' | 'stopped' | 'paused';
}

/** The file from its beginning; strict imports read it twice. */
export type ItemRecords = () => AsyncIterable<SheetRecord[]>;

const NOTES_KEPT = 100_000;
/** Of a check that people look at. */
const NOTES_SHOWN = 500;
/** Lines of one transaction: well under a second, as long as somebody who begins an item may have to wait for its number. */
export const ITEMS_AT_ONCE = 500;
/** The planner is told after the first transaction, and anew each time there are so many times as many items. */
const GROWTH = 4;

/**
 * Imports published history: what was public before, with this import recorded as its review. Some hundred lines are one
 * transaction with its line in the ledger; a source that is there already changes nothing. Memory does not grow with the file.
 */
export async function importItems(
  ctx: Ctx,
  records: ItemRecords,
  options: ItemImportOptions,
): Promise<ItemImportResult> {
  demand(ctx.actor, 'catalogue.import');
  const setting = await settingOf(ctx);
  const preparing = openPreparing(options.threads ?? 0);
  try {
    if (options.dryRun) return await wouldImport(ctx, records, { setting, preparing }, options);
    if (options.strict) {
      const checked = await check(records, setting, options);
      if (checked.rejected.length > 0) return checked;
    }
    return await importAll(ctx, records, setting, options, preparing);
  } finally {
    await preparing.close();
  }
}

/** What an import of a file would do, for people: columns, counts and the first faults. Writes nothing. */
export async function checkHistory(
  ctx: Ctx,
  records: ItemRecords,
  { threads, progress }: Pick<ItemImportOptions, 'threads' | 'progress'>,
): Promise<ImportCheck> {
  demand(ctx.actor, 'catalogue.import');
  const setting = await settingOf(ctx);
  const preparing = openPreparing(threads ?? 0);
  try {
    return await rehearse(ctx, chunksOf(records()), { setting, preparing, notesKept: NOTES_SHOWN, progress });
  } finally {
    await preparing.close();
  }
}

async function settingOf({ db, agencyId, clock }: Ctx): Promise<ImportSetting> {
  const agency = await findAgencyById(db, agencyId);
  return {
    agencyId,
    units: (await listUnits(db, agencyId)).map(({ id, code, name }) => ({ id, code, name })),
    columns: (await listColumns(db, agencyId)).map(({ id, slug, name }) => ({ id, slug, name })),
    today: clock.today().toString(),
    issuingBody: agency?.name ?? '',
    house: agency?.creditCode || (agency?.code ?? '').toUpperCase(),
    at: instantOf(clock).toISOString(),
  };
}

const nothing = (): ItemImportResult => ({
  read: 0,
  imported: 0,
  unchanged: 0,
  doneBefore: 0,
  rejected: [],
  notes: [],
  ended: 'finished',
});

/** Only looks for lines that cannot be taken. */
async function check(
  records: ItemRecords,
  setting: ImportSetting,
  { progress }: ItemImportOptions,
): Promise<ItemImportResult> {
  const result = nothing();
  for await (const chunk of chunksOf(records())) {
    checked(chunk, setting, result);
    progress?.(result.read, 0);
  }
  return result;
}

/** Counts a chunk; what cannot be taken of it is told in the result. */
function checked(chunk: readonly SheetRecord[], setting: ImportSetting, result: ItemImportResult): void {
  result.read += chunk.length;
  keep(result, chunk.map(lineReader(setting)).filter(isRejection));
}

function keep(result: ItemImportResult, rejected: readonly Rejection[]): void {
  result.rejected.push(...rejected.slice(0, NOTES_KEPT - result.rejected.length));
}

/** Tells what an import would do, in the shape of its result. */
async function wouldImport(
  ctx: Ctx,
  records: ItemRecords,
  { setting, preparing }: { setting: ImportSetting; preparing: Preparing },
  { progress, strict }: ItemImportOptions,
): Promise<ItemImportResult> {
  const found = await rehearse(ctx, chunksOf(records()), {
    setting,
    preparing,
    notesKept: NOTES_KEPT,
    progress,
  });
  const [rejected, notes] = [
    found.notes.filter(({ kind }) => kind === 'rejected'),
    found.notes.filter(({ kind }) => kind !== 'rejected'),
  ];
  return {
    ...nothing(),
    read: found.read,
    imported: strict && found.rejected > 0 ? 0 : found.fresh,
    unchanged: found.unchanged,
    rejected: rejected.map(({ line, field, problem }) => ({ line, field, problem })),
    notes,
  };
}

async function importAll(
  ctx: Ctx,
  records: ItemRecords,
  setting: ImportSetting,
  options: ItemImportOptions,
  preparing: Preparing,
): Promise<ItemImportResult> {
  const { db, agencyId } = ctx;
  const { digest = null, fileName: name } = options;
  const run =
    options.run === undefined
      ? await openRun(db, agencyId, { digest, name }, { actor: ctx.actor, at: new Date(setting.at) })
      : await lockRun(db, agencyId, options.run);
  const result = { ...nothing(), imported: run.imported, unchanged: run.unchanged };
  const underWay: { chunk: SheetRecord[]; prepared: Promise<PreparedChunk> }[] = [];
  let told = result.imported;
  let toldNextAt = told + ITEMS_AT_ONCE;
  const write = async (last: boolean): Promise<void> => {
    const next = underWay.shift();
    if (!next || result.ended !== 'finished') return;
    const { items, rejected } = await next.prepared;
    const lines = { first: next.chunk[0]?.line ?? 0, last: lastOf(next.chunk) };
    const part = await writePart(ctx, { items, rejected, lines, run: run.id, name, last }, setting);
    if (part === 'stopped') {
      result.ended = 'stopped';
      return;
    }
    keep(result, rejected);
    result.notes.push(...part.notes.slice(0, NOTES_KEPT - result.notes.length));
    if (!last) result.read += next.chunk.length;
    result.imported += part.imported;
    result.unchanged += part.unchanged;
    if (result.imported >= toldNextAt) {
      await refreshItemStatistics(db);
      told = result.imported;
      toldNextAt = Math.max(told, ITEMS_AT_ONCE) * GROWTH;
    }
    options.progress?.(result.read, result.imported);
    if (options.goOn && !options.goOn()) result.ended = 'paused';
  };
  const take = async (chunk: SheetRecord[], last: boolean): Promise<void> => {
    const prepared = preparing.prepare(chunk, setting);
    // Waited for in its turn; that it failed is told there.
    prepared.catch(() => {});
    underWay.push({ chunk, prepared });
    if (underWay.length >= preparing.width) await write(last);
  };
  for await (const chunk of chunksOf(records())) {
    if (lastOf(chunk) <= run.linesDone) {
      checked(chunk, setting, result);
      result.doneBefore += chunk.length;
      continue;
    }
    await take(chunk, false);
    if (result.ended !== 'finished') break;
  }
  while (underWay.length > 0) await write(false);
  const postponed = result.ended === 'finished' ? await postponedLines(db, agencyId, run.id) : new Set();
  if (postponed.size > 0) {
    // What these interpret came further down, or never.
    for await (const chunk of chunksOf(only(records(), postponed))) {
      if (lastOf(chunk) <= run.postponedDone) continue;
      await take(chunk, true);
      if (result.ended !== 'finished') break;
    }
    while (underWay.length > 0) await write(true);
  }
  result.notes.sort((a, b) => a.line - b.line);
  if (result.ended === 'finished') await close(ctx, run.id, options);
  if (result.imported - told >= ITEMS_AT_ONCE) await refreshItemStatistics(db);
  // What is common among words is counted once, at the end: it takes seconds.
  if (result.ended === 'finished' && result.imported >= ITEMS_AT_ONCE) await analyseEntries(db);
  return result;
}

const lastOf = (chunk: readonly SheetRecord[]): number => chunk.at(-1)?.line ?? 0;

/** Only these lines of a file. */
async function* only(
  batches: AsyncIterable<SheetRecord[]>,
  lines: ReadonlySet<unknown>,
): AsyncGenerator<SheetRecord[]> {
  for await (const batch of batches) {
    const wanted = batch.filter(({ line }) => lines.has(line));
    if (wanted.length > 0) yield wanted;
  }
}

/** The act that ends an import, with what it came to. */
async function close(ctx: Ctx, id: number, { fileName, digest }: ItemImportOptions): Promise<void> {
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const { state, imported, unchanged, rejected } = await lockRun(db, agencyId, id);
    if (state !== 'running') return;
    await putImport(db, agencyId, id, { state: 'finished', finished_at: instantOf(ctx.clock) });
    await record(ctx, {
      act: 'catalogue.finish-import',
      subject: { kind: 'item-import', id, label: fileName },
      after: { imported, unchanged, rejected, ...(digest !== undefined && { digest }) },
    });
  });
}

async function* chunksOf(batches: AsyncIterable<SheetRecord[]>): AsyncGenerator<SheetRecord[]> {
  let waiting: SheetRecord[] = [];
  for await (const batch of batches) {
    for (const one of batch) {
      waiting.push(one);
      if (waiting.length < ITEMS_AT_ONCE) continue;
      yield waiting;
      waiting = [];
    }
  }
  if (waiting.length > 0) yield waiting;
}
