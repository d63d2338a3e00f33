import type { Rule, Rules } from './geometry.ts';

/** How far rules may miss one another and still meet. */
const TOUCH = 3.5;
/** Lines of the grid closer than this are one. */
const SAME = 4;
const MAX_CELLS = 20_000;

/** The cells that rules enclose; a cell that no rule divides covers several columns and rows. */
export interface Grid {
  top: number;
  bottom: number;
  left: number;
  right: number;
  xs: number[];
  ys: number[];
  /** By row and column: index into `cells`. */
  owner: number[][];
  cells: GridArea[];
}

export interface GridArea {
  row: number;
  column: number;
  rowSpan: number;
  colSpan: number;
}

/** Every table that the rules of a page draw, from top to bottom. A box with a single cell is no table. */
export function gridsOf(rules: Rules): Grid[] {
  return components(rules)
    .map(gridOf)
    .filter((grid): grid is Grid => grid !== null && grid.cells.length > 1)
    .sort((a, b) => a.top - b.top || a.left - b.left);
}

function components({ horizontal, vertical }: Rules): Rules[] {
  const parent = [...horizontal, ...vertical].map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  horizontal.forEach((h, i) => {
    vertical.forEach((v, j) => {
      const meet =
        v.at >= h.from - TOUCH && v.at <= h.to + TOUCH && h.at >= v.from - TOUCH && h.at <= v.to + TOUCH;
      if (meet) parent[root(i)] = root(horizontal.length + j);
    });
  });
  const found = new Map<number, Rules>();
  const at = (index: number) => {
    const key = root(index);
    const rules = found.get(key) ?? { horizontal: [], vertical: [] };
    found.set(key, rules);
    return rules;
  };
  for (const [i, rule] of horizontal.entries()) at(i).horizontal.push(rule);
  for (const [j, rule] of vertical.entries()) at(horizontal.length + j).vertical.push(rule);
  return [...found.values()].filter((rules) => rules.horizontal.length > 1 && rules.vertical.length > 0);
}

function gridOf({ horizontal, vertical }: Rules): Grid | null {
  // Tables open at the sides end where their horizontal rules end.
  const xs = positions(
    vertical.map(({ at }) => at),
    horizontal.flatMap(({ from, to }) => [from, to]),
  );
  const ys = positions(
    horizontal.map(({ at }) => at),
    vertical.flatMap(({ from, to }) => [from, to]),
  );
  const columns = xs.length - 1;
  const rows = ys.length - 1;
  if (columns < 1 || rows < 1 || columns * rows > MAX_CELLS) return null;
  const right = xs.slice(1, -1).map((x) => near(vertical, x));
  const below = ys.slice(1, -1).map((y) => near(horizontal, y));
  const dividedRight = (row: number, column: number) =>
    covers(right[column], ((ys[row] as number) + (ys[row + 1] as number)) / 2);
  const dividedBelow = (row: number, column: number) =>
    covers(below[row], ((xs[column] as number) + (xs[column + 1] as number)) / 2);
  const owner = Array.from({ length: rows }, () => new Array<number>(columns).fill(-1));
  const cells: GridArea[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (owner[row]?.[column] !== -1) continue;
      cells.push(spread(owner, row, column, cells.length, dividedRight, dividedBelow));
    }
  }
  return {
    top: ys[0] as number,
    bottom: ys.at(-1) as number,
    left: xs[0] as number,
    right: xs.at(-1) as number,
    xs,
    ys,
    owner,
    cells,
  };
}

/** Gives a cell all that can be reached from its first corner without crossing a rule. */
function spread(
  owner: number[][],
  row: number,
  column: number,
  index: number,
  dividedRight: (row: number, column: number) => boolean,
  dividedBelow: (row: number, column: number) => boolean,
): GridArea {
  let bottom = row;
  let right = column;
  let left = column;
  const waiting: [number, number][] = [[row, column]];
  (owner[row] as number[])[column] = index;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [r, c] = next;
    bottom = Math.max(bottom, r);
    right = Math.max(right, c);
    left = Math.min(left, c);
    const step = (r2: number, c2: number, divided: boolean) => {
      if (divided || owner[r2]?.[c2] !== -1) return;
      (owner[r2] as number[])[c2] = index;
      waiting.push([r2, c2]);
    };
    step(r, c + 1, dividedRight(r, c));
    step(r + 1, c, dividedBelow(r, c));
    if (c > 0) step(r, c - 1, dividedRight(r, c - 1));
    if (r > 0) step(r - 1, c, dividedBelow(r - 1, c));
  }
  return { row, column: left, rowSpan: bottom - row + 1, colSpan: right - left + 1 };
}

function positions(rules: readonly number[], ends: readonly number[]): number[] {
  const found: number[] = [];
  for (const at of [...rules].sort((a, b) => a - b)) {
    if (found.length === 0 || at - (found.at(-1) as number) > SAME) found.push(at);
  }
  const first = Math.min(...ends);
  const last = Math.max(...ends);
  if (found.length === 0 || first < (found[0] as number) - 2 * SAME) found.unshift(first);
  if (last > (found.at(-1) as number) + 2 * SAME) found.push(last);
  return found;
}

function near(rules: readonly Rule[], at: number): Rule[] {
  return rules.filter((rule) => rule.at >= at - 1 && rule.at <= at + SAME);
}

function covers(rules: readonly Rule[] | undefined, at: number): boolean {
  return rules?.some(({ from, to }) => from <= at && to >= at) ?? false;
}
