import { type Grid, gridOf } from '../formats/grid.ts';
import type { CompiledTable } from '../model.ts';
import type { NarrativeContext } from './reference.ts';

/** The context of one report's chapters. Blank totals stay blank here: prose shows what the table shows. */
export function narrativeContext(report: {
  agency: string;
  year: number;
  tables: readonly CompiledTable[];
  /** Tables of last year's report, for `{{prev:…}}` and `{{…|change}}`. */
  previous?: readonly CompiledTable[] | undefined;
}): NarrativeContext {
  const now = gridOf(report.tables);
  const before = report.previous ? gridOf(report.previous) : null;
  return {
    variables: {
      agency: report.agency,
      year: String(report.year),
      lastYear: String(report.year - 1),
      nextYear: String(report.year + 1),
    },
    cell: ({ row, column, previous }) => {
      const known = readCell(now, row, column);
      if (known === undefined || !previous) return known;
      return before && isSameRow(now, before, row) ? (readCell(before, row, column) ?? null) : null;
    },
  };
}

/** Codes recur between formats with other meanings. */
function isSameRow(now: Grid, before: Grid, row: string): boolean {
  return before.has(row) && before.ref(row, '').table === now.ref(row, '').table;
}

function readCell(grid: Grid, row: string, column: string | null): number | null | undefined {
  if (!grid.has(row)) return undefined;
  const columns = grid.columns(row);
  const id = column ?? (columns.length === 1 ? columns[0]!.id : null);
  return columns.some((each) => each.id === id) && id ? grid.reported(row, id) : undefined;
}
