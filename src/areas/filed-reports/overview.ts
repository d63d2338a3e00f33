import type { Ctx } from '../../core/context.ts';
import { inSnapshot } from '../../core/db.ts';
import { actsOf, type TimelineAct } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { livingCorrections } from './correction-store.ts';
import { countRules, findingsPage } from './finding-list-store.ts';
import { matrixUnits, standingsOfUnits, summariesOf, yearsFiled } from './matrix-store.ts';
import type {
  CorrectionStanding,
  FindingFilter,
  ListedFinding,
  MatrixCell,
  MatrixFilter,
  MatrixRow,
  Page,
  YearSummary,
} from './model.ts';
import { pageSize } from './paging.ts';
import type { Standing } from './report-store.ts';
import { cellState, isYear } from './rules.ts';

/** Years a matrix shows beside each other at most. */
const MOST_YEARS = 6;

/** Units down, years across, in the order of the unit list. At most six years. */
export async function matrix(
  ctx: Ctx,
  years: readonly number[],
  filter: MatrixFilter,
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<MatrixRow>> {
  demand(ctx.actor, 'filed-reports.read');
  const shown = [...new Set(years)].filter(isYear).slice(0, MOST_YEARS);
  if (shown.length === 0) return { items: [], next: null };
  const today = ctx.clock.today().toString();
  return inSnapshot(ctx.db, async (db) => {
    const { agencyId } = ctx;
    const { after = null, limit } = page;
    const units = await matrixUnits(db, agencyId, shown, filter, today, { after, limit: pageSize(limit) });
    const ids = units.items.map(({ id }) => id);
    const standings = await standingsOfUnits(db, agencyId, ids, shown);
    const corrections = await livingCorrections(db, agencyId, ids, shown, today);
    const filed = new Map(standings.map((one) => [`${one.unitId}/${one.year}`, one]));
    const items = units.items.map((unit) => ({
      unit,
      cells: shown.map((year) => {
        const place = `${unit.id}/${year}`;
        return cellOf(unit, year, filed.get(place) ?? null, corrections.get(place) ?? null);
      }),
    }));
    return { items, next: units.next };
  });
}

/** One cell of the matrix. */
export function cellOf(
  unit: { expectedFrom: number; expectedTo: number | null },
  year: number,
  filed: Standing | null,
  correction: CorrectionStanding | null,
): MatrixCell {
  return {
    year,
    state: cellState(filed?.state ?? null, unit, year),
    version: filed?.version ?? 0,
    checking: filed !== null && filed.version > 0 && filed.checkDue,
    correction,
    wrong: filed?.wrong ?? 0,
    doubtful: filed?.doubtful ?? 0,
    unassessable: filed?.unassessable ?? 0,
    notices: filed?.notices ?? 0,
    settled: filed?.settled ?? 0,
  };
}

/** How the reports of each year stand, in the order asked for. */
export async function yearSummaries(ctx: Ctx, years: readonly number[]): Promise<YearSummary[]> {
  demand(ctx.actor, 'filed-reports.read');
  const today = ctx.clock.today().toString();
  return inSnapshot(ctx.db, (db) => summariesOf(db, ctx.agencyId, years.filter(isYear), today));
}

/** Years with a report filed, newest first. */
export async function filedYears(ctx: Ctx): Promise<number[]> {
  demand(ctx.actor, 'filed-reports.read');
  return yearsFiled(ctx.db, ctx.agencyId);
}

/** Problems first, differences second, what cannot be assessed last. */
export async function worstFindings(
  ctx: Ctx,
  filter: FindingFilter,
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<ListedFinding>> {
  demand(ctx.actor, 'filed-reports.read');
  if (!isYear(filter.year)) return { items: [], next: null };
  const { after = null, limit } = page;
  return findingsPage(ctx.db, ctx.agencyId, filter, { after, limit: pageSize(limit) });
}

/** How often each rule was broken in a year's reports, most often first. */
export async function rulesBroken(ctx: Ctx, year: number): Promise<{ rule: string; findings: number }[]> {
  demand(ctx.actor, 'filed-reports.read');
  return isYear(year) ? countRules(ctx.db, ctx.agencyId, year) : [];
}

/** What was done with a unit's report of a year, newest first. */
export async function filedReportActs(ctx: Ctx, unitId: number, year: number): Promise<TimelineAct[]> {
  demand(ctx.actor, 'filed-reports.read');
  return actsOf(ctx.db, ctx.agencyId, 'filed-report', `${unitId}/${year}`);
}
