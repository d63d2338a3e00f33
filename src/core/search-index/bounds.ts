import type { Db } from '../db.ts';
import { quoted } from './entry.ts';
import { facetWord, markOf, weekOf, weekWord } from './facet-words.ts';
import { datesBack } from './find-store.ts';
import type { Frequencies } from './frequency-store.ts';
import type { Term } from './query.ts';

/**
 * A common word stands in hundreds of thousands of entries. Instead of reading them all, a search looks through the newest
 * so many first; these are the steps.
 */
const STEPS = [2_500, 7_000, 20_000, 100_000, 400_000] as const;
/** So many matches may be read without looking at a clock. */
const CHEAP = 3_000;
/** Between 0 (words always stand together) and 1 (only by chance). */
const TOGETHER = 0.2;
/** So many entries are never too many. */
const SMALL = 30_000;
const KEPT_MS = 60_000;

/** How many entries the rarest of the things looked for would make one read, and which share of all entries holds everything. */
export interface Estimate {
  reads: number;
  share: number;
}

export function shareOf(
  shares: ReadonlyMap<string, number>,
  { leastShare, entries }: Frequencies,
  mark: string,
): (word: string) => number {
  return (word) => shares.get(mark + word) ?? Math.max(leastShare / 2, 0.5 / Math.max(entries, 1));
}

export const termShare = (term: Term, share: (word: string) => number): number =>
  Math.min(
    1,
    term.alternatives.reduce((sum, words) => sum + Math.min(1, ...words.map(share)), 0),
  );

export function estimate(
  terms: readonly Term[],
  further: readonly string[],
  share: (word: string) => number,
  entries: number,
): Estimate {
  const shares = [...terms.map((term) => termShare(term, share)), ...further.map(share)];
  const rarest = Math.min(1, ...shares);
  // Words that are looked for together stand together far more often than by chance; a step that proves too small is followed by the next.
  const others = shares.reduce((product, one) => product * one, 1) / rarest;
  return { reads: rarest * entries, share: rarest * others ** TOGETHER };
}

/** The steps in which to look for at least so many matches; null stands for everything. */
export function stepsFor({ reads, share }: Estimate, wanted: number, entries: number): (number | null)[] {
  if (reads <= CHEAP || entries <= SMALL) return [null];
  const steps = STEPS.filter((step) => step < entries / 2 && step * share >= wanted);
  // Too small twice, it is looked for everywhere.
  return [...steps.slice(0, 2), null];
}

/** Of many alternatives each entry is asked for every one: sixty weeks cost ten times what a year costs. */
const MOST_SPANS = 8;
const WEEKS = 53;

const spansText = (agencyId: number, words: readonly string[]) =>
  `(${words.map((word) => `'${quoted(markOf(agencyId) + word)}'`).join('|')})`;

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** The last weeks of a year that hold so many matches, as text of a `tsquery`; '' when the whole year is to be read. */
export function lastWeeksOf(
  agencyId: number,
  year: number,
  { share }: Estimate,
  { wanted, entries }: { wanted: number; entries: number },
): string {
  const expected = share * entries;
  // Words that are looked for come and go with the seasons: some weeks more than the average would need.
  const weeks = Math.ceil((WEEKS * wanted * 1.5) / Math.max(expected, 1));
  if (expected <= CHEAP || entries <= SMALL || weeks > MOST_SPANS) return '';
  const end = `${year}-12-31`;
  const last = weekOf(end < tomorrow() ? end : tomorrow());
  return spansText(agencyId, span(last - weeks + 1, last).map(weekWord));
}

/** The weeks or, when they are many, the years that hold the newest so many entries, as text of a `tsquery`; '' when even they are many. */
export async function newestSpans(db: Db, agencyId: number, step: number): Promise<string> {
  const { newest: known, back } = await dates(db, agencyId);
  // What was published since stands in these days.
  const newest = known !== null && known > tomorrow() ? known : tomorrow();
  const oldest = back[STEPS.indexOf(step as (typeof STEPS)[number])] ?? null;
  if (oldest === null) return '';
  const weeks = span(weekOf(oldest), weekOf(newest)).map(weekWord);
  const years = span(Number(oldest.slice(0, 4)), Number(newest.slice(0, 4))).map((year) =>
    facetWord('year', year),
  );
  const words = weeks.length <= MOST_SPANS ? weeks : years;
  if (words.length > MOST_SPANS) return '';
  return spansText(agencyId, words);
}

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

interface Dates {
  newest: string | null;
  back: (string | null)[];
}
const kept = new WeakMap<object, Map<number, { at: number; found: Promise<Dates> }>>();

/** How far back the steps reach moves slowly: what was read is used while it is read anew, once a minute. */
async function dates(db: Db, agencyId: number): Promise<Dates> {
  const ofDb = kept.get(db) ?? new Map<number, { at: number; found: Promise<Dates> }>();
  kept.set(db, ofDb);
  const known = ofDb.get(agencyId);
  if (known && performance.now() - known.at < KEPT_MS) return known.found;
  const found = datesBack(db, agencyId, STEPS);
  ofDb.set(agencyId, { at: performance.now(), found: known ? known.found : found });
  found.then(
    (dates) => ofDb.set(agencyId, { at: performance.now(), found: Promise.resolve(dates) }),
    () => ofDb.delete(agencyId),
  );
  return known ? known.found : found;
}
