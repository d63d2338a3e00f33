import type { Validity } from './model.ts';

/** Nothing here waits or reads: counts of public lists come from a cube that was read once. */

/** What a public list may be narrowed by; null: everything. */
export interface Narrowing {
  unitId: number | null;
  /** Of first publication. */
  year: number | null;
  genre: string | null;
  validity: Validity | null;
}

/** How many items share a unit, year, genre and validity. */
export interface CubeCell {
  unitId: number;
  unitName: string;
  year: number;
  genre: string;
  validity: Validity;
  count: number;
}

export interface PublicCounts {
  /** How many items the filter finds. */
  total: number;
  units: { id: number; name: string; count: number }[];
  years: { year: number; count: number }[];
  genres: { genre: string; count: number }[];
  validities: { validity: Validity; count: number }[];
}

const keys = ['unitId', 'year', 'genre', 'validity'] as const;

/** What a list holds by unit, year, genre and validity: each counted under the other filters. */
export function countsOf(cube: readonly CubeCell[], wanted: Narrowing): PublicCounts {
  const counts = { unitId: new Map(), year: new Map(), genre: new Map(), validity: new Map() } as {
    [K in (typeof keys)[number]]: Map<CubeCell[K], number>;
  };
  const names = new Map<number, string>();
  const filtered = keys.filter((key) => wanted[key] !== null);
  const add = <T>(to: Map<T, number>, value: T, count: number) => to.set(value, (to.get(value) ?? 0) + count);
  let total = 0;
  for (const cell of cube) {
    names.set(cell.unitId, cell.unitName);
    const missed = filtered.filter((key) => wanted[key] !== cell[key]);
    if (missed.length > 1) continue;
    // A cell that only one filter leaves out is counted under that one.
    const [only] = missed;
    if (only === undefined) total += cell.count;
    if (only === undefined || only === 'unitId') add(counts.unitId, cell.unitId, cell.count);
    if (only === undefined || only === 'year') add(counts.year, cell.year, cell.count);
    if (only === undefined || only === 'genre') add(counts.genre, cell.genre, cell.count);
    if (only === undefined || only === 'validity') add(counts.validity, cell.validity, cell.count);
  }
  const most = <T>(of: Map<T, number>): [T, number][] =>
    [...of].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    total,
    units: most(counts.unitId).map(([id, count]) => ({ id, name: names.get(id) ?? '', count })),
    years: [...counts.year].sort(([a], [b]) => b - a).map(([year, count]) => ({ year, count })),
    genres: most(counts.genre)
      .filter(([genre]) => genre !== '')
      .map(([genre, count]) => ({ genre, count })),
    validities: most(counts.validity).map(([validity, count]) => ({ validity, count })),
  };
}
