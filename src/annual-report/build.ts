import { instantOf } from '../core/clock.ts';
import { inSnapshot } from '../core/db.ts';
import { composeReport, countReport, demandFormat, previousReport, type ReportCtx } from './compose.ts';
import type { Format } from './formats/index.ts';
import type { CompiledReport } from './model.ts';
import { chaptersOf, explanationsOf, findReport } from './store.ts';

/**
 * Compiles the report of a year as the records stand now and composes it, writing nothing: for the command line and for
 * trying out. Chapters and explanations of an opened report are used; the format is that of the year unless one is given.
 * @throws NotFound when no format is known for the year
 */
export async function buildReport(ctx: ReportCtx, year: number, given?: Format): Promise<CompiledReport> {
  return inSnapshot(ctx.db, async (db) => {
    const within = { ...ctx, db };
    const format = given ?? demandFormat(year);
    const row = await findReport(db, ctx.agencyId, year);
    const sameFormat = row?.format === format.id;
    const cells = await countReport(within, {
      year,
      format: format.id,
      consolidated: row?.consolidated ?? false,
    });
    const chapters = row && sameFormat ? await chaptersOf(db, ctx.agencyId, row.id) : [];
    const explanations = row ? await explanationsOf(db, ctx.agencyId, row.id) : [];
    return composeReport(within, {
      row: {
        id: row?.id ?? 0,
        year,
        status: row?.status ?? 'draft',
        version: row?.version ?? 1,
        consolidated: row?.consolidated ?? false,
        foot: row?.foot ?? {},
        correction_reason: row?.correction_reason ?? '',
      },
      format,
      previous: await previousReport(within, year),
      cells,
      compiledAt: instantOf(ctx.clock),
      sources: new Map(chapters.map(({ key, source }) => [key, source])),
      explanations: new Map(explanations.map(({ finding, explanation }) => [finding, explanation])),
    });
  });
}
