import type { DraftCell, DraftRow, FlowItem, GridCell } from './flow.ts';
import { tidyCell } from './lines.ts';

/** Excel's first sheets were as wide; no statutory table has more than thirty columns. */
const MAX_COLUMNS = 256;

/**
 * What a table of the file turns out to be: a table of data with its cells on the grid, followed by the tables that stood
 * in its cells; or layout, whose content comes out in reading order.
 */
export function settleTable(rows: readonly DraftRow[]): FlowItem[] {
  const cells = rows.flatMap((row) => row.cells).filter(({ continues }) => !continues);
  if (isLayout(rows, cells)) return cells.flatMap(({ items }) => items);
  const inside = cells.flatMap(({ items }) => items.filter(({ kind }) => kind === 'table'));
  return [{ kind: 'table', rows: onGrid(rows) }, ...inside];
}

function isLayout(rows: readonly DraftRow[], cells: readonly DraftCell[]): boolean {
  if (rows.every((row) => row.cells.length <= 1)) return true;
  const hosts = cells.filter(({ items }) => items.some(({ kind }) => kind !== 'line'));
  if (hosts.length > 0) {
    const own = cells.filter((cell) => !hosts.includes(cell) && cell.items.length > 0);
    if (own.length < 6 || own.length < 3 * hosts.length) return true;
  }
  return cells.some(isArticle);
}

/** Many paragraphs and a page of text: the body of a report stands in a cell of the page. */
function isArticle({ items }: DraftCell): boolean {
  if (items.length < 10) return false;
  const length = items.reduce((sum, item) => sum + (item.kind === 'line' ? item.text.length : 0), 0);
  return length > 800;
}

function onGrid(rows: readonly DraftRow[]): GridCell[][] {
  /** By column: the first row that is free again. */
  const free: number[] = [];
  const anchors = new Map<number, { cell: GridCell; until: number }>();
  const placed = rows.map(() => [] as GridCell[]);
  rows.forEach((row, index) => {
    let column = Math.min(row.skipped, MAX_COLUMNS);
    for (const draft of row.cells) {
      if (draft.continues) {
        const anchor = anchors.get(column);
        if (anchor?.until === index) {
          anchor.cell.rowSpan += 1;
          anchor.until += 1;
          column += anchor.cell.colSpan;
        } else column += draft.colSpan;
        continue;
      }
      while ((free[column] ?? 0) > index) column += 1;
      if (column >= MAX_COLUMNS) break;
      const cell: GridCell = {
        text: tidyCell(draft.items.flatMap(textOf)),
        column,
        colSpan: freeSpan(free, index, column, draft.colSpan),
        rowSpan: Math.min(draft.rowSpan === 0 ? rows.length : draft.rowSpan, rows.length - index),
      };
      for (let covered = column; covered < column + cell.colSpan; covered++)
        free[covered] = index + cell.rowSpan;
      anchors.set(column, { cell, until: index + 1 });
      placed[index]?.push(cell);
      column += cell.colSpan;
    }
  });
  return cutToWidth(placed);
}

function textOf(item: FlowItem): string[] {
  if (item.kind === 'line') return [item.text];
  return item.kind === 'cells' ? item.cells : [];
}

function freeSpan(free: readonly number[], row: number, column: number, wanted: number): number {
  let span = 1;
  while (span < wanted && column + span < MAX_COLUMNS && (free[column + span] ?? 0) <= row) span += 1;
  return span;
}

/** A last cell that spans more columns than any row has (`colspan="100"` for “all”) ends where the table ends. */
function cutToWidth(rows: GridCell[][]): GridCell[][] {
  let width = 0;
  for (const row of rows) {
    row.forEach((cell, index) => {
      const end = index < row.length - 1 ? cell.column + cell.colSpan : cell.column + 1;
      width = Math.max(width, end);
    });
  }
  for (const cell of rows.flat()) {
    cell.colSpan = Math.max(1, Math.min(cell.colSpan, width - cell.column));
  }
  return rows;
}
