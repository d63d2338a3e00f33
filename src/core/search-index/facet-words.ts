export type Facet = 'kind' | 'column' | 'unit' | 'year' | 'genre' | 'validity';
const facetMarks: Readonly<Record<Facet, string>> = {
  kind: '~k',
  column: '~c',
  unit: '~u',
  year: '~y',
  genre: '~g',
  validity: '~v',
};

/** Every word of an agency begins so. */
export const markOf = (agencyId: number): string => `${agencyId.toString(36)}.`;
export const facetWord = (facet: Facet, value: string | number): string =>
  `${facetMarks[facet]}${String(value).slice(0, 60)}`;
/** The week a civil date lies in, counted from 1970; 0 without a date. */
export function weekOf(date: string | null): number {
  if (date === null) return 0;
  return Math.max(1, Math.floor((Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 3) / 7));
}
export const weekWord = (week: number): string => `~w${week}`;
