import {
  cellAt,
  changedCells,
  demandFormat,
  formats,
  lastYearsCells,
  laterChanges,
  listReports,
  liveEvidence,
  type ReportCtx,
  type ReportDesk,
  reportScope,
  subordinateReports,
  versionsOf,
} from '../../annual-report/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { actsBetween } from '../../ledger/index.ts';
import type { CellView } from './cell.tsx';
import type { CellChange } from './changes.tsx';
import type { ListedReport } from './list.tsx';

const EVIDENCE_PAGE = 50;

/** Reports with their statutory due dates and whether those have passed unpublished. */
export async function listedReports(ctx: ReportCtx): Promise<ListedReport[]> {
  const today = ctx.clock.today().toString();
  const rows = await listReports(ctx.db, ctx.agencyId);
  return Promise.all(
    rows.map(async (row) => {
      const versions = await versionsOf(ctx.db, ctx.agencyId, row.id);
      const publishedOn = versions.find((version) => version.published_on)?.published_on ?? null;
      return {
        year: row.year,
        status: row.status,
        version: row.version,
        publishedOn,
        due: demandFormat(row.year).due.map(({ role, monthDay }) => {
          const on = `${row.year + 1}-${monthDay}`;
          return { role, on, late: publishedOn === null && today > on };
        }),
      };
    }),
  );
}

/** Years that can be reported on and are not yet, newest first: those a known format governs, up to the present year. */
export function openableYears(thisYear: number, opened: readonly number[]): number[] {
  const known = formats.flatMap(({ years }) => {
    const to = Math.min(years.to ?? thisYear, thisYear);
    return Array.from({ length: Math.max(0, to - years.from + 1) }, (_, index) => years.from + index);
  });
  return known.filter((year) => !opened.includes(year)).sort((a, b) => b - a);
}

/** One cell with the way its value came about and a page of its evidence. @throws NotFound for an unknown cell */
export async function cellView(
  ctx: ReportCtx,
  desk: ReportDesk,
  ref: { table: string; row: string; column: string },
  after: string | null,
): Promise<CellView> {
  const found = cellAt(desk.report.tables, ref);
  if (!found) throw new NotFound('统计表中没有这一格。');
  const { row, column, cell } = found;
  const figure = cell.figure ? (ctx.sources.figures.get(cell.figure) ?? null) : null;
  const evidence = cell.figure
    ? await liveEvidence(ctx.db, ctx.sources, reportScope(ctx.agencyId, desk.report.year), cell.figure, {
        after,
        limit: EVIDENCE_PAGE,
      })
    : { records: [], next: null };
  const here = `/workbench/reports/${desk.report.year}/cells/${ref.table}/${ref.row}/${ref.column}`;
  return {
    desk,
    code: row.spec.code,
    name: found.name,
    unit: found.unit,
    definition: row.spec.definition ?? null,
    signed: column.signed === true,
    cell,
    before: lastYearsCells(desk)[`${ref.table}/${ref.row}/${ref.column}`]?.value,
    figure,
    evidence,
    parts: found.parts.map((part) => ({
      ...part,
      href: `/workbench/reports/${desk.report.year}/cells/${ref.table}/${part.row}/${part.column}`,
    })),
    subordinates: cell.subordinates
      ? (await subordinateReports(ctx, desk.report.year)).map(({ name, tables }) => ({
          name,
          value: cellAt(tables, ref)?.cell.value ?? null,
        }))
      : [],
    moreHref: evidence.next === null ? null : `${here}?after=${encodeURIComponent(evidence.next)}`,
  };
}

/** Changed cells between the last two compiles, each with the acts on its figure's kinds of record in between. */
export async function changesOf(ctx: ReportCtx, desk: ReportDesk): Promise<CellChange[]> {
  const { compile, previousCompile } = desk;
  if (!compile || !previousCompile) return [];
  const changes = changedCells(desk.format, previousCompile.cells, compile.cells);
  return withActs(ctx, desk, changes, { from: previousCompile.ledger_seq, to: compile.ledger_seq });
}

/** Cells that the records of a signed report would fill otherwise now; null while it is not signed. */
export async function laterChangesOf(ctx: ReportCtx, desk: ReportDesk): Promise<CellChange[] | null> {
  const later = await laterChanges(ctx, desk);
  return later && withActs(ctx, desk, later.cells, { from: later.fromAct, to: later.throughAct });
}

/** Changed cells, each with the acts on its figure's kinds of record between two acts. */
function withActs(
  ctx: ReportCtx,
  desk: ReportDesk,
  changes: ReturnType<typeof changedCells>,
  acts: { from: number; to: number },
): Promise<CellChange[]> {
  return Promise.all(
    changes.map(async ({ table, row, column, before, after }) => {
      const figure = after?.figure ? ctx.sources.figures.get(after.figure) : undefined;
      const kinds = [
        ...(before?.returns.count !== after?.returns.count ||
        before?.returns.quantity !== after?.returns.quantity
          ? ['return', 'return-import']
          : []),
        ...(before?.records.count !== after?.records.count ||
        before?.records.quantity !== after?.records.quantity
          ? (figure?.subjects ?? [])
          : []),
      ];
      const within = await actsBetween(ctx.db, ctx.agencyId, acts.from, acts.to, kinds, 20);
      const label = cellAt(desk.report.tables, { table, row: row.code, column })?.name ?? row.label;
      return { code: row.code, label, table, column, before, after, acts: within };
    }),
  );
}
