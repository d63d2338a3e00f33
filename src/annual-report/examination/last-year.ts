import { cellKey } from '../compile.ts';
import { samePairs } from '../formats/crosswalk.ts';
import type { Format } from '../formats/format.ts';
import { type CellStates, type Grid, gridOf } from '../formats/grid.ts';
import { buildTables, figureRows, formatById } from '../formats/index.ts';
import type { CompiledTable, Finding } from '../model.ts';
import type { ReadCell, ReadReport } from '../reading/model.ts';
import { cellsOfTable } from './entries.ts';

export interface LastYear {
  tables: readonly CompiledTable[];
  states: CellStates;
}

/** What each cell of a read report shows. */
export function statesOf({ cells }: Pick<ReadReport, 'cells'>): CellStates {
  return ({ table, row, column }) => cells[cellKey(table, row, column)]?.state ?? 'absent';
}

/**
 * Last year's report as this year's checks can use it. Where the format has changed in between, only the cells that mean the
 * same in both stand in it, and all others are absent.
 */
export function lastYearFor(format: Format, report: ReadReport): LastYear {
  const old = report.format === null ? null : formatById(report.format);
  if (!old || old.id === format.id) return { tables: report.tables, states: statesOf(report) };
  const pairs = samePairs(old, format);
  const tableOf = new Map(figureRows(old).map(({ table, row }) => [row.code, table.id]));
  const cells: Record<string, ReadCell> = {};
  const values: Record<string, Record<string, number | null>> = {};
  for (const { table, section, row } of figureRows(format))
    for (const { id } of section.columns) {
      const before = pairs.get(`${row.code}/${id}`);
      const cell = before && report.cells[cellKey(tableOf.get(before.row) ?? '', before.row, before.column)];
      if (cell) cells[cellKey(table.id, row.code, id)] = cell;
      values[row.code] = { ...values[row.code], [id]: cell?.value ?? null };
    }
  return { tables: buildTables(format, values), states: statesOf({ cells }) };
}

/** Rule B4: cells of last year's report that could not be read, so that this year's stay without comparison. */
export function unreadLastYear(format: Format, grid: Grid, previous: ReadReport): Finding[] {
  if (previous.format !== format.id) return [];
  const last = gridOf(previous.tables, statesOf(previous));
  const cells = format.tables
    .flatMap(({ id }) => cellsOfTable(grid, id))
    .map(({ ref }) => ref)
    .filter(
      ({ row, column }) =>
        last.has(row) &&
        ['text', 'absent'].includes(last.state(row, column)) &&
        ['number', 'zero'].includes(grid.state(row, column)),
    );
  if (cells.length === 0) return [];
  return [
    {
      rule: 'B4',
      severity: 'notice',
      verdict: 'unassessable',
      message: `上年报告有 ${cells.length} 格没有读出数字，本年对应的数没有与上年核对。`,
      cells,
      left: null,
      right: null,
      difference: null,
      tolerance: 0,
    },
  ];
}
