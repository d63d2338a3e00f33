import type { ReadReport } from '../../annual-report/reading/model.ts';
import type { Ctx } from '../../core/context.ts';
import { demand } from '../organisations/index.ts';
import type { CellState, MatrixCell } from './model.ts';
import { childrenAt, standingsAt } from './standing-store.ts';
import { revivedReading } from './stored-reading.ts';

/** Where a unit and year stand, without what only the matrix needs. */
export type ReportStanding = Pick<
  MatrixCell,
  'year' | 'state' | 'wrong' | 'doubtful' | 'unassessable' | 'checking'
>;

/** Where the reports of these units and years stand, by `unit.year`; places without a report are left out. */
export async function standingsOf(
  ctx: Ctx,
  places: readonly { unitId: number; year: number }[],
): Promise<Map<string, ReportStanding>> {
  demand(ctx.actor, 'filed-reports.read');
  const rows = await standingsAt(ctx.db, ctx.agencyId, places);
  return new Map(rows.map((row) => [`${row.unitId}.${row.year}`, row]));
}

/** A unit directly below another with its report of a year. */
export interface ChildReport extends ReportStanding {
  unitId: number;
  name: string;
  /** The newest version's numbers, without its prose; null when there is none. */
  report: ReadReport | null;
}

const CHILDREN_COMPARED = 500;

/** The reports of the units directly below one, in list order; those still missing are among them. */
export async function childReports(ctx: Ctx, unitId: number, year: number): Promise<ChildReport[]> {
  demand(ctx.actor, 'filed-reports.read');
  const rows = await childrenAt(ctx.db, ctx.agencyId, unitId, year, CHILDREN_COMPARED);
  return rows.map(({ report, state, ...row }) => ({
    ...row,
    state: state ?? ('missing' satisfies CellState),
    report: report === null ? null : revivedReading(report),
  }));
}
