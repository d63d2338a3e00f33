import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand, listUnits } from '../organisations/index.ts';
import {
  type ImportLine,
  isRejection,
  lineReader,
  type Rejection,
  type ResolveFigure,
} from './import-lines.ts';
import { insertStaged, openStaging, refreshStatistics, settleStaging, stage } from './import-store.ts';
import { figureIds } from './line-store.ts';

export interface ImportOptions {
  /** Name of the file, for the ledger. */
  fileName: string;
  resolveFigure: ResolveFigure;
  /** Checks everything and changes nothing. */
  dryRun?: boolean;
  /** Imports the good lines although others are rejected. */
  skipInvalid?: boolean;
  /** Told how many lines were read so far. */
  progress?: (read: number) => void;
}

export interface ImportResult {
  read: number;
  imported: number;
  unchanged: number;
  /** In file order; the first 100 000. */
  rejected: Rejection[];
}

const REJECTIONS_KEPT = 100_000;
const BATCH = 5000;
/** From here on the planner's picture of the table is out of date. */
const MANY_LINES = 50_000;

/**
 * Imports history: reviewed elsewhere, so it arrives accepted, with this import recorded as its act. One file is one
 * transaction: unless `skipInvalid` is given, one bad line keeps all others out. Memory does not grow with the file.
 */
export async function importReturns(
  ctx: Ctx,
  batches: AsyncIterable<SheetRecord[]>,
  options: ImportOptions,
): Promise<ImportResult> {
  demand(ctx.actor, 'returns.review');
  const result: ImportResult = { read: 0, imported: 0, unchanged: 0, rejected: [] };
  try {
    await transact(ctx, async (trx) => {
      await stageAll(trx, batches, options, result);
      const settled = await settleStaging(trx.db, trx.agencyId);
      result.unchanged = settled.unchanged;
      for (const one of settled.rejected) keep(result, one);
      result.rejected.sort((a, b) => a.line - b.line);
      if (result.rejected.length > 0 && !options.skipInvalid) throw new NothingWritten();
      const written = await insertStaged(trx.db, trx.agencyId, instantOf(trx.clock));
      result.imported = written.lines;
      if (options.dryRun || written.lines === 0) throw new NothingWritten();
      await record(trx, {
        act: 'returns.import',
        ground: '国办发〔2014〕32号',
        subject: { kind: 'return-import', id: options.fileName, label: options.fileName },
        after: { ...result, rejected: result.rejected.length, returns: written.returns },
      });
    });
  } catch (error) {
    if (!(error instanceof NothingWritten)) throw error;
    if (result.rejected.length > 0 && !options.skipInvalid) result.imported = 0;
    return result;
  }
  if (result.imported >= MANY_LINES && !ctx.db.isTransaction) await refreshStatistics(ctx.db);
  return result;
}

/** Ends the transaction without a trace; nothing is wrong. */
class NothingWritten extends Error {}

async function stageAll(
  ctx: Ctx,
  batches: AsyncIterable<SheetRecord[]>,
  options: ImportOptions,
  result: ImportResult,
): Promise<void> {
  const units = await listUnits(ctx.db, ctx.agencyId);
  const read = lineReader({
    units,
    resolveFigure: options.resolveFigure,
    today: ctx.clock.today().toString(),
  });
  const ids = new Map<string, number>();
  let waiting: ImportLine[] = [];
  const flush = async () => {
    const fresh = [...new Set(waiting.map(({ figure }) => figure))].filter((code) => !ids.has(code));
    for (const [code, id] of await figureIds(ctx.db, fresh)) ids.set(code, id);
    await stage(ctx.db, waiting, ids);
    waiting = [];
  };
  await openStaging(ctx.db);
  for await (const batch of batches) {
    for (const record of batch) {
      result.read += 1;
      const line = read(record);
      if (isRejection(line)) keep(result, line);
      else waiting.push(line);
      if (waiting.length >= BATCH) await flush();
    }
    options.progress?.(result.read);
  }
  if (waiting.length > 0) await flush();
}

function keep(result: ImportResult, rejection: Rejection): void {
  if (result.rejected.length < REJECTIONS_KEPT) result.rejected.push(rejection);
}
