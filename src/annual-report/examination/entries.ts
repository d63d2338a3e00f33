import type { CellRef, Format } from '../formats/format.ts';
import type { Grid } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import type { ReadReport } from '../reading/model.ts';

/** Names of cells that a message lists before it only counts them. */
const MOST_NAMED = 6;

interface FigureCell {
  ref: CellRef;
  power: boolean;
}

/** Every cell of a table that the grid holds. */
export function cellsOfTable(grid: Grid, table: string): FigureCell[] {
  return grid.codes.flatMap((code) =>
    grid
      .columns(code)
      .map(({ id }) => grid.ref(code, id))
      .filter((ref) => ref.table === table)
      .map((ref) => ({ ref, power: grid.spec(code).power !== undefined })),
  );
}

/**
 * Rule B1, for the formats that print 0: blank cells, which do not tell whether anybody looked, and marks such as `/` where
 * a number is due. Only bodies without rule-making power may mark 规章 as not applicable.
 */
export function blankCells(format: Format, grid: Grid, report: ReadReport): Finding[] {
  if (format.blankPrintedAs === '') return [];
  return format.tables.flatMap(({ id, title }) => {
    const cells = cellsOfTable(grid, id);
    const state = ({ row, column }: CellRef) => grid.state(row, column);
    const blank = cells.filter(({ ref }) => state(ref) === 'blank').map(({ ref }) => ref);
    const marked = cells
      .filter(({ ref, power }) => state(ref) === 'not-applicable' && !power && printedAt(report, ref) !== '')
      .map(({ ref }) => ref);
    return [
      ...entryFinding(
        'B1',
        blank,
        `“${title}”有 ${blank.length} 格空白：${named(grid, blank)}。没有发生的应填 0，空白不能当作 0`,
      ),
      ...entryFinding(
        'B2',
        marked,
        `“${title}”有 ${marked.length} 格填“/”等符号：${named(grid, marked)}。应填数字，没有发生的填 0`,
      ),
    ];
  });
}

export function named(grid: Grid, cells: readonly CellRef[]): string {
  const names = cells.slice(0, MOST_NAMED).map(({ row, column }) => grid.name(row, column));
  return names.join('、') + (cells.length > MOST_NAMED ? ' 等' : '');
}

export function printedAt(report: ReadReport, { table, row, column }: CellRef): string {
  return report.cells[`${table}/${row}/${column}`]?.text ?? '';
}

function entryFinding(rule: string, cells: CellRef[], message: string): Finding[] {
  if (cells.length === 0) return [];
  return [
    {
      rule,
      severity: 'notice',
      verdict: 'uncertain',
      message: `${message}。`,
      cells,
      left: null,
      right: 0,
      difference: null,
      tolerance: 0,
    },
  ];
}
