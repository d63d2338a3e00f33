import type { Power } from '../formats/format.ts';
import type { Grid } from '../formats/grid.ts';

/** What the families of checks read. */
export interface Subject {
  year: number;
  grid: Grid;
  previous: Grid | null;
  subordinates: readonly { name: string; grid: Grid }[];
  own: Grid | null;
  /** Null where nobody knows. */
  powers: readonly Power[] | null;
}
