import type { GridCell } from '../flow.ts';
import { closeBlanks, tidyCell } from '../lines.ts';
import { isLevel, middle, type Piece } from './geometry.ts';
import type { Grid } from './grids.ts';
import { type Line, linesOf } from './rows.ts';

/** The cells of a ruled table with the text that stands in them; the pieces taken are left out of `pieces`. */
export function fillGrid(grid: Grid, pieces: readonly Piece[]): { rows: GridCell[][]; left: Piece[] } {
  const inside = grid.cells.map(() => [] as Piece[]);
  const left: Piece[] = [];
  for (const piece of pieces) {
    if (!isInside(grid, piece)) left.push(piece);
    else for (const part of partsOf(grid, piece)) inside[ownerAt(grid, part)]?.push(part);
  }
  const rows: GridCell[][] = Array.from({ length: grid.ys.length - 1 }, () => []);
  grid.cells.forEach(({ row, column, rowSpan, colSpan }, index) => {
    const right = grid.xs[column + colSpan] ?? grid.right;
    rows[row]?.push({ text: cellText(inside[index] ?? [], right), column, colSpan, rowSpan });
  });
  for (const row of rows) row.sort((a, b) => a.column - b.column);
  return { rows: withoutSlivers(rows, grid.ys), left };
}

/** No line of text fits in less; where a page ends in the middle of a row, its borders leave such rows. */
const LOWEST_ROW = 9;

function withoutSlivers(rows: GridCell[][], ys: readonly number[]): GridCell[][] {
  const isSliver = (row: readonly GridCell[], index: number) =>
    (ys[index + 1] as number) - (ys[index] as number) < LOWEST_ROW &&
    row.every(({ text, rowSpan }) => text === '' && rowSpan === 1);
  const slivers = rows.map(isSliver);
  rows.forEach((row, index) => {
    for (const cell of row) {
      cell.rowSpan -= slivers.slice(index + 1, index + cell.rowSpan).filter(Boolean).length;
    }
  });
  return rows.filter((_, index) => !slivers[index]);
}

function isInside(grid: Grid, piece: Piece): boolean {
  const x = (piece.left + piece.right) / 2;
  const y = middle(piece);
  return x > grid.left && x < grid.right && y > grid.top && y < grid.bottom;
}

function ownerAt(grid: Grid, piece: Piece): number {
  const row = slot(grid.ys, middle(piece));
  const column = slot(grid.xs, (piece.left + piece.right) / 2);
  return grid.owner[row]?.[column] ?? -1;
}

function slot(lines: readonly number[], at: number): number {
  let found = 0;
  while (found < lines.length - 2 && (lines[found + 1] as number) <= at) found += 1;
  return found;
}

/** A piece that runs across a rule is two texts written in one go: it is cut at the rule. */
function partsOf(grid: Grid, piece: Piece): Piece[] {
  if (!isLevel(piece)) return [piece];
  const row = slot(grid.ys, middle(piece));
  const cuts = grid.xs.filter((x, index) => {
    if (x <= piece.left + 0.6 * piece.size || x >= piece.right - 0.6 * piece.size) return false;
    return grid.owner[row]?.[index - 1] !== grid.owner[row]?.[index];
  });
  if (cuts.length === 0) return [piece];
  const characters = [...piece.text];
  const widths = characters.map((character) => (character.charCodeAt(0) < 0x2000 ? 0.5 : 1));
  const unit = (piece.right - piece.left) / widths.reduce((sum, width) => sum + width, 0);
  const parts: Piece[] = [];
  let from = 0;
  let left = piece.left;
  let at = piece.left;
  characters.forEach((_, index) => {
    const end = at + (widths[index] as number) * unit;
    const cut = cuts[parts.length];
    if (cut !== undefined && (at + end) / 2 < cut && end + (widths[index + 1] ?? 0) * (unit / 2) >= cut) {
      parts.push({ ...piece, text: characters.slice(from, index + 1).join(''), left, right: end });
      from = index + 1;
      left = end;
    }
    at = end;
  });
  parts.push({ ...piece, text: characters.slice(from).join(''), left, right: piece.right });
  return parts.filter(({ text }) => text.trim() !== '');
}

function cellText(pieces: readonly Piece[], right: number): string {
  const lines = linesOf(pieces, Number.POSITIVE_INFINITY);
  const texts: string[] = [];
  lines.forEach((line, index) => {
    const text = line.pieces.map((piece) => piece.text).join(' ');
    if (index > 0 && isBrokenNumber(lines[index - 1] as Line, text, right)) {
      texts.push(`${texts.pop() ?? ''}${text}`);
    } else texts.push(text);
  });
  return closeBlanks(tidyCell(texts));
}

/** A number too long for its cell goes on in the next line. */
function isBrokenNumber(before: Line, text: string, right: number): boolean {
  const start = before.pieces.at(-1)?.text ?? '';
  return /[\d.,]$/.test(start) && /^[\d.,]/.test(text) && before.right > right - 1.5 * before.size;
}
