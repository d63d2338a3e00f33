import type { Db } from '../db.ts';
import { markOf, quoted, weekOf, weekWord } from './entry.ts';
import { datesBack } from './find-store.ts';
import type { Frequencies } from './frequency-store.ts';
import type { Term } from './query.ts';

/**
 * A common word stands in hundreds of thousands of entries. Instead of reading them all, a search looks through the newest
 * so many first; these are the steps.
 */
const STEPS = [20_000, 100_000, 400_000] as const;
/** So many matches may be read without looking at a clock. */
export const CHEAP = 4_000;
const KEPT_MS = 60_000;

/** How many entries a list of things looked for would find, and how many the rarest of them alone. */
export interface Estimate {
  matches: number;
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
  const joint = shares.reduce((product, one) => product * one, 1);
  return { matches: joint * entries, reads: Math.min(1, ...shares) * entries, share: joint };
}

/** The steps in which to look for at least so many matches; null stands for everything. */
export function stepsFor({ reads, share }: Estimate, wanted: number, entries: number): (number | null)[] {
  if (reads <= CHEAP) return [null];
  const steps = STEPS.filter((step) => step < entries / 2 && step * share >= wanted);
  return [...steps, null];
}

/** The weeks that hold the newest so many entries, as text of a `tsquery`. */
export async function newestWeeks(db: Db, agencyId: number, step: number): Promise<string> {
  const { newest, back } = await dates(db, agencyId);
  const mark = markOf(agencyId);
  const from = weekOf(back[STEPS.indexOf(step as (typeof STEPS)[number])] ?? null);
  const to = weekOf(newest);
  const weeks = Array.from({ length: Math.max(to - from + 1, 1) }, (_, index) => from + index);
  return `(${weeks.map((week) => `'${quoted(mark + weekWord(week))}'`).join('|')})`;
}

interface Dates {
  newest: string | null;
  back: (string | null)[];
}
const kept = new WeakMap<object, Map<number, { at: number; found: Promise<Dates> }>>();

/** How far back the steps reach moves slowly; where they begin is the newest entry or today. */
async function dates(db: Db, agencyId: number): Promise<Dates> {
  const ofDb = kept.get(db) ?? new Map<number, { at: number; found: Promise<Dates> }>();
  kept.set(db, ofDb);
  const known = ofDb.get(agencyId);
  if (known && performance.now() - known.at < KEPT_MS) return withNewest(db, agencyId, await known.found);
  const found = datesBack(db, agencyId, STEPS);
  ofDb.set(agencyId, { at: performance.now(), found });
  found.catch(() => ofDb.delete(agencyId));
  return found;
}

async function withNewest(db: Db, agencyId: number, known: Dates): Promise<Dates> {
  const { newest } = await datesBack(db, agencyId, [0]);
  return { ...known, newest };
}
