import type { GridCell } from '../flow.ts';
import { closeBlanks, tidyCell } from '../lines.ts';
import type { Piece } from './geometry.ts';
import type { Line } from './rows.ts';

interface Column {
  left: number;
  right: number;
}

/** A table without rulings: at least three lines in sequence whose pieces stand in the same three columns or more. */
export function columnTable(lines: readonly Line[]): { rows: GridCell[][]; taken: number } | null {
  const taken = runLength(lines);
  const run = lines.slice(0, taken);
  const most = Math.max(0, ...run.map(({ pieces }) => pieces.length));
  // Headings above several columns would melt them into one; the fullest lines tell the columns.
  const fullest = run.filter(({ pieces }) => pieces.length >= 3 && pieces.length >= 0.8 * most);
  if (fullest.length < 3) return null;
  const columns = columnsOf(fullest.flatMap(({ pieces }) => pieces));
  if (columns.length < 3) return null;
  const rows: GridCell[][] = [];
  for (const { pieces } of run) {
    const row = rowOf(pieces, columns);
    if (!row) return null;
    rows.push(row);
  }
  return { rows, taken };
}

/** Lines of several pieces; one of a single piece between them is a label whose cells are empty or that goes on. */
function runLength(lines: readonly Line[]): number {
  let end = 0;
  for (let at = 0; at < lines.length && at <= end + 1; at++) {
    const count = lines[at]?.pieces.length ?? 0;
    if (count >= 3 || (count === 2 && end === at)) end = at + 1;
  }
  return (lines[0]?.pieces.length ?? 0) < 2 ? 0 : end;
}

function columnsOf(pieces: readonly Piece[]): Column[] {
  const columns: Column[] = [];
  for (const { left, right } of [...pieces].sort((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last && left < last.right) last.right = Math.max(last.right, right);
    else columns.push({ left, right });
  }
  return columns;
}

function rowOf(pieces: readonly Piece[], columns: readonly Column[]): GridCell[] | null {
  const row: GridCell[] = [];
  let next = 0;
  const blanks = (until: number) => {
    for (; next < until; next++) row.push({ text: '', column: next, colSpan: 1, rowSpan: 1 });
  };
  for (const piece of pieces) {
    const covered = columns.flatMap(({ left, right }, index) =>
      piece.left < right && piece.right > left ? [index] : [],
    );
    const first = covered[0];
    const last = covered.at(-1);
    if (first === undefined || last === undefined || first < next) return null;
    blanks(first);
    row.push({
      text: closeBlanks(tidyCell([piece.text])),
      column: first,
      colSpan: last - first + 1,
      rowSpan: 1,
    });
    next = last + 1;
  }
  blanks(columns.length);
  return row;
}
