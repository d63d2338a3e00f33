import type { ReadReport } from '../../annual-report/reading/model.ts';
import type { Ctx } from '../../core/context.ts';
import { demand } from '../organisations/index.ts';
import { filesPage } from './file-store.ts';
import type { CellState, MatrixCell } from './model.ts';
import { childrenAt, standingsAt } from './standing-store.ts';
import { revivedReading } from './stored-reading.ts';
import { nameKey } from './unit-names.ts';
import { unitsByKeys } from './unit-store.ts';

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

/** A report of a body that is on no list, with the name and the year it states. */
export interface StrangeReport {
  fileId: number;
  fileName: string;
  agency: string;
  year: number;
}

const STRANGE_AT_ONCE = 200;

/** Reports that wait only because no unit bears the name they state; the oldest of them. */
export async function strangeReports(ctx: Ctx): Promise<StrangeReport[]> {
  demand(ctx.actor, 'filed-reports.read');
  const page = { after: null, limit: STRANGE_AT_ONCE };
  const { items } = await filesPage(ctx.db, ctx.agencyId, { state: 'unfiled' }, page);
  const named = items.flatMap(({ id, name, agencyInText, yearInText }) =>
    agencyInText === null || yearInText === null
      ? []
      : [{ fileId: id, fileName: name, agency: agencyInText, year: yearInText }],
  );
  const keys = named.map(({ agency }) => nameKey(agency));
  const known = await unitsByKeys(ctx.db, ctx.agencyId, keys);
  return named.filter(({ agency }) => !known.has(nameKey(agency)));
}
