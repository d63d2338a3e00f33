import type { Grid, GridCell, GridRow, GridSection } from './grid.ts';

/** How the width of the row names is shared by their levels, outermost first. */
const shares: Readonly<Record<number, readonly number[]>> = { 2: [0.3, 0.7], 3: [0.13, 0.22, 0.65] };
const wide = 5;
/** Columns of names take more room than one column of them. */
const more = 0.06;

/**
 * Row names of a wide table as the official form prints them: a heading stands once at the left of the rows below it
 * (三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密). On a screen one indented column reads better, so this is for paper.
 */
export function nestLabels(grid: Grid): Grid {
  const [section] = grid.sections;
  const levels = 1 + Math.max(0, ...(section?.rows ?? []).map(({ level }) => level));
  const share = shares[levels];
  const [name, ...values] = grid.widths;
  const nests =
    grid.sections.length === 1 &&
    grid.columns >= wide &&
    section?.rows.some(({ kind }) => kind === 'heading');
  if (!nests || !section || !share || name === undefined) return grid;
  return {
    ...grid,
    nested: true,
    widths: [
      ...share.map((part) => part * (name + more)),
      ...values.map((value) => value * ((1 - name - more) / (1 - name))),
    ],
    sections: [{ ...section, header: nestedHeader(section, levels), rows: nestedRows(section.rows, levels) }],
  };
}

function nestedHeader({ header }: GridSection, levels: number): GridCell[][] {
  return header.map((cells, index) =>
    cells.map((cell, position) => (index === 0 && position === 0 ? { ...cell, span: levels } : cell)),
  );
}

function nestedRows(rows: readonly GridRow[], levels: number): GridRow[] {
  let waiting: GridCell[] = [];
  return rows.flatMap((row, index): GridRow[] => {
    const [label, ...values] = row.cells;
    if (!label) return [row];
    if (row.kind === 'heading') {
      waiting = [...waiting, { ...label, span: 1, rows: rowsBelow(rows, index) }];
      return [];
    }
    const cells = [...waiting, { ...label, span: levels - row.level }, ...values];
    waiting = [];
    return [{ ...row, level: 0, cells }];
  });
}

/** Rows with figures under a heading, down to the next row of its rank. */
function rowsBelow(rows: readonly GridRow[], heading: number): number {
  const level = rows[heading]?.level ?? 0;
  const after = rows.slice(heading + 1);
  const end = after.findIndex((row) => row.level <= level);
  return after.slice(0, end < 0 ? after.length : end).filter(({ kind }) => kind !== 'heading').length;
}
