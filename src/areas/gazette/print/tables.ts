/** A table as it was written. */
export interface RawTable {
  caption: string;
  rows: { head: boolean; cells: { text: string; head: boolean; columns: number; rows: number }[] }[];
}

export interface GridCell {
  text: string;
  head: boolean;
  columns: number;
  rows: number;
}

/** A table every place of which is filled, cells in reading order. */
export interface Grid {
  /** Share of the width of each column. */
  widths: number[];
  /** Rows that are repeated on every page. */
  headRows: number;
  /** Where the row of the reader's eye begins anew: cells by row. */
  rows: GridCell[][];
}

/** More columns than this stand under one another, each part behind the first column. */
const COLUMNS_ABREAST = 12;
/** Beyond this a table is no table any more. */
const MOST_COLUMNS = 400;
const MOST_PLACES = 60_000;
const MOST_HEAD_ROWS = 5;
/** What was read in an earlier part is only called to mind in a further one. */
const SEEN_LENGTH = 60;

interface Placed extends GridCell {
  row: number;
  column: number;
}

/** A table in parts that fit a page; none when it is empty, null when it is beyond what can be drawn. */
export function gridsOf(raw: RawTable): Grid[] | null {
  const rows = raw.rows.filter(({ cells }) => cells.length > 0);
  if (rows.length === 0) return [];
  const placed = place(rows);
  if (placed === null) return null;
  const { cells, columns } = placed;
  const heads = headRowsOf(rows, cells);
  const width = Math.min(columns, COLUMNS_ABREAST);
  const parts = [gridOf(cells, rows.length, heads, { ranges: [range(0, width)], again: false })];
  for (let from = width; from < columns; from += COLUMNS_ABREAST - 1) {
    const to = Math.min(from + COLUMNS_ABREAST - 1, columns);
    parts.push(gridOf(cells, rows.length, heads, { ranges: [range(0, 1), range(from, to)], again: true }));
  }
  return parts;
}

interface Range {
  from: number;
  to: number;
}
const range = (from: number, to: number): Range => ({ from, to });

/** Gives every cell its place, as browsers do; what two cells claim belongs to the first. */
function place(rows: RawTable['rows']): { cells: Placed[]; columns: number } | null {
  const cells: Placed[] = [];
  /** Up to which row each column is taken from above. */
  const taken: number[] = [];
  let places = 0;
  for (const [row, { cells: given, head }] of rows.entries()) {
    let column = 0;
    for (const cell of given) {
      while ((taken[column] ?? 0) > row) column += 1;
      let width = 1;
      while (width < cell.columns && (taken[column + width] ?? 0) <= row) width += 1;
      const height = Math.min(cell.rows, rows.length - row);
      places += width * height;
      if (column + width > MOST_COLUMNS || places > MOST_PLACES) return null;
      cells.push({ text: cell.text, head: cell.head || head, columns: width, rows: height, row, column });
      for (let at = column; at < column + width; at++) taken[at] = row + height;
      column += width;
    }
  }
  return { cells, columns: Math.max(1, ...cells.map(({ column, columns }) => column + columns)) };
}

/** Leading rows of headings, as far as no cell reaches out of them. */
function headRowsOf(rows: RawTable['rows'], cells: readonly Placed[]): number {
  let heads = 0;
  while (heads < rows.length && rows[heads]?.head) heads += 1;
  for (let changed = true; changed; ) {
    changed = false;
    for (const { row, rows: height } of cells) {
      if (row < heads && row + height > heads) {
        heads = row + height;
        changed = true;
      }
    }
  }
  return heads >= rows.length || heads > MOST_HEAD_ROWS ? 0 : heads;
}

/** The part of a table in some columns; cells that reach beyond are cut, empty places are filled. */
function gridOf(
  cells: readonly Placed[],
  height: number,
  headRows: number,
  { ranges, again }: { ranges: readonly Range[]; again: boolean },
): Grid {
  const width = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const filled = new Uint8Array(height * width);
  const rows: GridCell[][] = Array.from({ length: height }, () => []);
  const lengths = new Array<number>(width).fill(2);
  const starts: { at: number; row: number; cell: GridCell }[] = [];
  for (const cell of cells) {
    for (const { at, columns } of piecesOf(cell, ranges)) {
      const seen = again && cell.column < (ranges.at(-1)?.from ?? 0);
      const text = seen && cell.text.length > SEEN_LENGTH ? `${cell.text.slice(0, SEEN_LENGTH)}…` : cell.text;
      starts.push({ at, row: cell.row, cell: { text, head: cell.head, columns, rows: cell.rows } });
      for (let row = cell.row; row < cell.row + cell.rows; row++)
        filled.fill(1, row * width + at, row * width + at + columns);
      if (columns === 1) lengths[at] = Math.max(lengths[at] ?? 2, widthOf(text));
    }
  }
  for (let row = 0; row < height; row++)
    for (let at = 0; at < width; at++)
      if (filled[row * width + at] === 0)
        starts.push({ at, row, cell: { text: '', head: row < headRows, columns: 1, rows: 1 } });
  starts.sort((a, b) => a.row - b.row || a.at - b.at);
  for (const { row, cell } of starts) rows[row]?.push(cell);
  return {
    widths: lengths.map((length) => Math.round(Math.sqrt(Math.min(length, 60)) * 100) / 100),
    headRows,
    rows,
  };
}

/** Where a cell lies within ranges of columns that stand side by side; parts that touch are one. */
function piecesOf(cell: Placed, ranges: readonly Range[]): { at: number; columns: number }[] {
  const pieces: { at: number; columns: number }[] = [];
  let offset = 0;
  for (const { from, to } of ranges) {
    const left = Math.max(cell.column, from);
    const right = Math.min(cell.column + cell.columns, to);
    const last = pieces.at(-1);
    const at = offset + left - from;
    if (left < right && last && last.at + last.columns === at) last.columns += right - left;
    else if (left < right) pieces.push({ at, columns: right - left });
    offset += to - from;
  }
  return pieces;
}

/** How wide the longest line of a cell is, in characters. */
function widthOf(text: string): number {
  let most = 0;
  for (const line of text.slice(0, 2000).split('\n'))
    most = Math.max(
      most,
      [...line].reduce((sum, sign) => sum + (sign < '\u0100' ? 0.5 : 1), 0),
    );
  return most;
}
