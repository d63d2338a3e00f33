import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { analyseEntries, copyEntries } from '../../core/search-index/index.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { indexNumber } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { recordPastPosts } from '../channels/index.ts';
import { demand, findAgencyById, listUnits } from '../organisations/index.ts';
import { listColumns } from './column-store.ts';
import { isRejection, lineReader, type Rejection } from './import-lines.ts';
import type { ImportSetting, PreparedChunk, PreparedItem } from './import-preparing.ts';
import { finishRun, lockRun, moveRun, openRun } from './import-run-store.ts';
import {
  checkNow,
  copyPastItems,
  holdImports,
  knownSources,
  meetSources,
  refreshItemStatistics,
  takeItemIds,
} from './import-store.ts';
import { openPreparing, type Preparing } from './import-threads.ts';
import { raiseContentRevision, takeIndexSerials } from './item-store.ts';
import { itemHref } from './public.ts';

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
}

export interface ItemImportResult {
  read: number;
  imported: number;
  unchanged: number;
  /** Lines that an earlier, interrupted import of the same file had done. */
  doneBefore: number;
  /** In file order; the first 100 000. */
  rejected: Rejection[];
}

/** The file from its beginning; strict imports read it twice. */
export type ItemRecords = () => AsyncIterable<SheetRecord[]>;

const REJECTIONS_KEPT = 100_000;
/** Lines of one transaction: well under a second, as long as somebody who begins an item may have to wait for its number. */
export const ITEMS_AT_ONCE = 500;
/** The planner is told after the first transaction, and anew each time there are so many times as many items. */
const GROWTH = 4;
const GROUND = '《中华人民共和国政府信息公开条例》';

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
  if (options.dryRun) return rehearse(ctx, records, setting, options);
  if (options.strict) {
    const checked = await check(records, setting, options);
    if (checked.rejected.length > 0) return checked;
  }
  const preparing = openPreparing(options.threads ?? 0);
  try {
    return await importAll(ctx, records, setting, options, preparing);
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

const nothing = (): ItemImportResult => ({ read: 0, imported: 0, unchanged: 0, doneBefore: 0, rejected: [] });

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

/** What can be taken of a chunk; what cannot is told in the result. */
function checked(chunk: readonly SheetRecord[], setting: ImportSetting, result: ItemImportResult): string[] {
  const read = chunk.map(lineReader(setting));
  result.read += chunk.length;
  keep(result, read.filter(isRejection));
  return read.flatMap((line) => (isRejection(line) ? [] : [line.sourceId]));
}

function keep(result: ItemImportResult, rejected: readonly Rejection[]): void {
  result.rejected.push(...rejected.slice(0, REJECTIONS_KEPT - result.rejected.length));
}

/** Tells what an import would do. */
async function rehearse(
  ctx: Ctx,
  records: ItemRecords,
  setting: ImportSetting,
  { progress, strict }: ItemImportOptions,
): Promise<ItemImportResult> {
  const result = nothing();
  await transact(ctx, async ({ db, agencyId }) => {
    for await (const chunk of chunksOf(records())) {
      const sources = checked(chunk, setting, result);
      const met = await meetSources(db, sources);
      const known = await knownSources(db, agencyId, [...met]);
      result.imported += met.size - known.size;
      result.unchanged += sources.length - met.size + known.size;
      progress?.(result.read, result.imported);
    }
  });
  if (strict && result.rejected.length > 0) result.imported = 0;
  return result;
}

async function importAll(
  ctx: Ctx,
  records: ItemRecords,
  setting: ImportSetting,
  options: ItemImportOptions,
  preparing: Preparing,
): Promise<ItemImportResult> {
  const { db, agencyId } = ctx;
  const { digest, fileName: name } = options;
  const at = new Date(setting.at);
  const run = digest === undefined ? null : await openRun(db, agencyId, { digest, name }, at);
  const result = { ...nothing(), imported: run?.imported ?? 0, unchanged: run?.unchanged ?? 0 };
  const underWay: { chunk: SheetRecord[]; prepared: Promise<PreparedChunk> }[] = [];
  let told = result.imported;
  let toldNextAt = told + ITEMS_AT_ONCE;
  const write = async () => {
    const next = underWay.shift();
    if (!next) return;
    const { items, rejected } = await next.prepared;
    keep(result, rejected);
    await writeChunk(ctx, { items, rejected, chunk: next.chunk }, setting, options, result);
    if (result.imported >= toldNextAt) {
      await refreshItemStatistics(db);
      told = result.imported;
      toldNextAt = Math.max(told, ITEMS_AT_ONCE) * GROWTH;
    }
    options.progress?.(result.read, result.imported);
  };
  for await (const chunk of chunksOf(records())) {
    if (run && lastOf(chunk) <= run.linesDone) {
      checked(chunk, setting, result);
      result.doneBefore += chunk.length;
      continue;
    }
    const prepared = preparing.prepare(chunk, setting);
    // Waited for in its turn; that it failed is told there.
    prepared.catch(() => {});
    underWay.push({ chunk, prepared });
    if (underWay.length >= preparing.width) await write();
  }
  while (underWay.length > 0) await write();
  if (digest !== undefined) await finishRun(db, agencyId, digest, at);
  if (result.imported - told >= ITEMS_AT_ONCE) await refreshItemStatistics(db);
  // What is common among words is counted once, at the end: it takes seconds.
  if (result.imported >= ITEMS_AT_ONCE) await analyseEntries(db);
  return result;
}

const lastOf = (chunk: readonly SheetRecord[]): number => chunk.at(-1)?.line ?? 0;

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

/** One transaction: the items, that they are public, how far the file has come, and the line in the ledger. */
async function writeChunk(
  ctx: Ctx,
  { items, rejected, chunk }: PreparedChunk & { chunk: readonly SheetRecord[] },
  setting: ImportSetting,
  { fileName, digest }: ItemImportOptions,
  result: ItemImportResult,
): Promise<void> {
  const nested = ctx.db.isTransaction;
  const imported = await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    await holdImports(db, agencyId);
    const run = digest === undefined ? null : await lockRun(db, agencyId, digest);
    const fresh = await freshOf(ctx, items);
    const after = {
      imported: fresh.length,
      unchanged: items.length - fresh.length,
      rejected: rejected.length,
    };
    if (fresh.length > 0) {
      await writeItems(ctx, fresh, setting);
      // The act that the items belong to goes on: what it checks at its end is its own affair.
      if (!nested) await checkNow(db);
    }
    if (run && digest !== undefined) {
      await moveRun(db, agencyId, digest, {
        linesDone: Math.max(run.linesDone, lastOf(chunk)),
        imported: run.imported + after.imported,
        unchanged: run.unchanged + after.unchanged,
      });
    }
    if (fresh.length === 0) return 0;
    await raiseContentRevision(db, agencyId);
    await record(ctx, {
      act: 'catalogue.import',
      ground: GROUND,
      subject: { kind: 'item-import', id: fileName, label: fileName },
      after: { ...after, lines: `${chunk[0]?.line}—${lastOf(chunk)}` },
    });
    return fresh.length;
  });
  result.read += chunk.length;
  result.imported += imported;
  result.unchanged += items.length - imported;
}

/** Those whose source is not there yet; of the same source twice, the first. */
async function freshOf({ db, agencyId }: Ctx, items: readonly PreparedItem[]): Promise<PreparedItem[]> {
  const sources = items.map(({ sourceId }) => sourceId);
  const met = await knownSources(db, agencyId, sources);
  return items.filter(({ sourceId }) => {
    if (met.has(sourceId)) return false;
    met.add(sourceId);
    return true;
  });
}

async function writeItems(
  ctx: Ctx,
  fresh: readonly PreparedItem[],
  { house, at }: ImportSetting,
): Promise<void> {
  const { db, agencyId, actor } = ctx;
  const ids = await takeItemIds(db, fresh.length);
  const numbers = await indexNumbersOf(ctx, fresh, house);
  const items = fresh.map((prepared, index) => ({
    prepared,
    id: ids[index] as number,
    indexNumber: numbers.get(prepared) as string,
  }));
  await copyPastItems(db, agencyId, items, { by: actor.name, basis: GROUND, at: new Date(at) });
  await recordPastPosts(
    ctx,
    items.flatMap(({ id, indexNumber, prepared: { channels, title, publishedOn } }) =>
      channels.map((channel) => ({
        itemId: id,
        channel,
        title,
        address: channel === 'website' ? itemHref(indexNumber) : '',
        postedOn: publishedOn,
      })),
    ),
  );
  await copyEntries(
    db,
    agencyId,
    items.map(({ id, indexNumber, prepared }) => ({
      ref: String(id),
      href: itemHref(indexNumber),
      entry: prepared.entry,
    })),
  );
}

/** Each gets a serial of the year it was formed in, in the order of the file. */
async function indexNumbersOf(
  { db, agencyId }: Ctx,
  items: readonly PreparedItem[],
  house: string,
): Promise<Map<PreparedItem, string>> {
  const numbers = new Map<PreparedItem, string>();
  // In one order, so that two imports do not wait for each other.
  const years = [...Map.groupBy(items, ({ year }) => year)].sort(([a], [b]) => a - b);
  for (const [year, ofYear] of years) {
    const first = await takeIndexSerials(db, agencyId, year, ofYear.length);
    for (const [index, item] of ofYear.entries()) numbers.set(item, indexNumber(house, year, first + index));
  }
  return numbers;
}
