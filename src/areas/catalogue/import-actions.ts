import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { putEntries } from '../../core/search-index/index.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { indexNumber } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { recordPastPosts } from '../channels/index.ts';
import { demand, findAgencyById, listUnits } from '../organisations/index.ts';
import { listColumns } from './column-store.ts';
import { emptyContent } from './content-rules.ts';
import { digestOf } from './digest.ts';
import { type ImportLine, isRejection, lineReader, type Rejection } from './import-lines.ts';
import { insertPastItems, knownSources, type PastItem, refreshItemStatistics } from './import-store.ts';
import { raiseContentRevision, takeIndexSerials } from './item-store.ts';
import { itemHref } from './public.ts';

export interface ItemImportOptions {
  /** Name of the file, for the ledger. */
  fileName: string;
  dryRun?: boolean;
  skipInvalid?: boolean;
  /** Told how many lines were read so far. */
  progress?: (read: number) => void;
}

export interface ItemImportResult {
  read: number;
  imported: number;
  unchanged: number;
  rejected: Rejection[];
}

const REJECTIONS_KEPT = 100_000;
const BATCH = 1000;
/** From here on the planner's picture of the tables is out of date. */
const MANY = 500;

/** Ends the transaction without a trace; nothing is wrong. */
class NothingWritten extends Error {}

/**
 * Imports published history: what was public before, with this import recorded as its review. One file is one transaction
 * unless `skipInvalid` is given; a source that is there already changes nothing. Memory does not grow with the file.
 */
export async function importItems(
  ctx: Ctx,
  batches: AsyncIterable<SheetRecord[]>,
  options: ItemImportOptions,
): Promise<ItemImportResult> {
  demand(ctx.actor, 'catalogue.import');
  const result: ItemImportResult = { read: 0, imported: 0, unchanged: 0, rejected: [] };
  try {
    await transact(ctx, async (ctx) => {
      await importAll(ctx, batches, options, result);
      if (result.rejected.length > 0 && !options.skipInvalid) throw new NothingWritten();
      if (options.dryRun || result.imported === 0) throw new NothingWritten();
      await raiseContentRevision(ctx.db, ctx.agencyId);
      if (result.imported >= MANY) await refreshItemStatistics(ctx.db);
      await record(ctx, {
        act: 'catalogue.import',
        ground: GROUND,
        subject: { kind: 'item-import', id: options.fileName, label: options.fileName },
        after: { ...result, rejected: result.rejected.length },
      });
    });
  } catch (error) {
    if (!(error instanceof NothingWritten)) throw error;
    if (result.rejected.length > 0 && !options.skipInvalid) result.imported = 0;
  }
  return result;
}

const GROUND = '《中华人民共和国政府信息公开条例》';

async function importAll(
  ctx: Ctx,
  batches: AsyncIterable<SheetRecord[]>,
  options: ItemImportOptions,
  result: ItemImportResult,
): Promise<void> {
  const { db, agencyId } = ctx;
  const agency = await findAgencyById(db, agencyId);
  const read = lineReader({
    units: await listUnits(db, agencyId),
    columns: await listColumns(db, agencyId),
    today: ctx.clock.today().toString(),
  });
  const house = { name: agency?.name ?? '', code: agency?.creditCode || (agency?.code ?? '').toUpperCase() };
  let waiting: ImportLine[] = [];
  const flush = async () => {
    await write(ctx, waiting, house, result);
    waiting = [];
  };
  for await (const batch of batches) {
    for (const line of batch.map(read)) {
      result.read += 1;
      if (!isRejection(line)) waiting.push(line);
      else if (result.rejected.length < REJECTIONS_KEPT) result.rejected.push(line);
      if (waiting.length >= BATCH) await flush();
    }
    options.progress?.(result.read);
  }
  await flush();
}

async function write(
  ctx: Ctx,
  lines: readonly ImportLine[],
  house: { name: string; code: string },
  result: ItemImportResult,
): Promise<void> {
  if (lines.length === 0) return;
  const { db, agencyId } = ctx;
  const known = await knownSources(
    db,
    agencyId,
    lines.map(({ sourceId }) => sourceId),
  );
  const fresh = new Map<string, ImportLine>();
  for (const line of lines) {
    if (known.has(line.sourceId) || fresh.has(line.sourceId)) result.unchanged += 1;
    else fresh.set(line.sourceId, line);
  }
  const items = await numbered(ctx, [...fresh.values()], house);
  if (items.length === 0) return;
  const at = new Date(ctx.clock.now().epochMilliseconds);
  const ids = await insertPastItems(db, agencyId, items, { by: ctx.actor.name, basis: GROUND, at });
  const idOf = ({ sourceId }: PastItem) => ids.get(sourceId) as number;
  await recordPastPosts(
    ctx,
    items.flatMap((item) =>
      (fresh.get(item.sourceId) as ImportLine).channels.map((channel) => ({
        itemId: idOf(item),
        channel,
        title: item.title,
        address: channel === 'website' ? itemHref(item.indexNumber) : '',
        postedOn: item.publishedOn,
      })),
    ),
  );
  await putEntries(
    db,
    agencyId,
    items.map((item) => ({
      kind: 'item',
      ref: String(idOf(item)),
      sourceId: item.sourceId,
      href: itemHref(item.indexNumber),
      title: item.title,
      body: item.plain,
      documentNumber: item.documentNumber,
      unitId: item.unitId,
      columnId: item.columnId,
      genre: item.genre,
      validity: 'in-force',
      publishedOn: item.publishedOn,
    })),
  );
  result.imported += items.length;
}

/** Gives each its index number: a serial of the year it was formed in. */
async function numbered(
  ctx: Ctx,
  lines: readonly ImportLine[],
  house: { name: string; code: string },
): Promise<PastItem[]> {
  const years = Map.groupBy(lines, ({ formedOn }) => Number(formedOn.slice(0, 4)));
  const items: PastItem[] = [];
  for (const [year, ofYear] of years) {
    const first = await takeIndexSerials(ctx.db, ctx.agencyId, year, ofYear.length);
    for (const [index, { line: _line, ...line }] of ofYear.entries()) {
      const digest = digestOf({ ...emptyContent, ...line, issuingBody: house.name });
      items.push({
        ...line,
        issuingBody: house.name,
        digest,
        indexNumber: indexNumber(house.code, year, first + index),
      });
    }
  }
  return items;
}
