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

/** What a list holds by unit, year, genre and validity: each counted under the other filters. */
export function countsOf(cube: readonly CubeCell[], wanted: Narrowing): PublicCounts {
  const fits = (cell: CubeCell, but?: keyof Narrowing): boolean =>
    (['unitId', 'year', 'genre', 'validity'] as const).every(
      (key) => key === but || wanted[key] === null || wanted[key] === cell[key],
    );
  const by = <K extends keyof Narrowing>(key: K): [CubeCell[K], number][] => {
    const counts = new Map<CubeCell[K], number>();
    for (const cell of cube)
      if (fits(cell, key)) counts.set(cell[key], (counts.get(cell[key]) ?? 0) + cell.count);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  };
  const names = new Map(cube.map(({ unitId, unitName }) => [unitId, unitName]));
  return {
    total: cube.reduce((sum, cell) => sum + (fits(cell) ? cell.count : 0), 0),
    units: by('unitId').map(([id, count]) => ({ id, name: names.get(id) ?? '', count })),
    years: by('year')
      .map(([year, count]) => ({ year, count }))
      .sort((a, b) => b.year - a.year),
    genres: by('genre')
      .filter(([genre]) => genre !== '')
      .map(([genre, count]) => ({ genre, count })),
    validities: by('validity').map(([validity, count]) => ({ validity, count })),
  };
}
