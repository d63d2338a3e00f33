import type { Db } from '../db.ts';
import { type Estimate, estimate, lastWeeksOf, newestSpans, shareOf, stepsFor, termShare } from './bounds.ts';
import { OLDER_LAYOUT_WORDS, quoted, sampleWord } from './entry.ts';
import { markOf } from './facet-words.ts';
import {
  countEach,
  findByLevels,
  findCandidates,
  type RankedRow,
  type RankedTerm,
  rankEntries,
} from './find-store.ts';
import type { Frequencies } from './frequency-store.ts';
import { type Filters, filterWords, missingParts, type SearchQuery, type Term } from './query.ts';
import { isAspectWord } from './words.ts';

/** Beyond so many results it is only told about how many there are. */
export const MOST_COUNTED = 1_000;
/** Titles that are compared for the order; of a small index more. */
const MOST_TITLED = 100;
const MOST_TITLED_OF_FEW = 300;
const FEW_ENTRIES = 30_000;
/** A step in which so many are expected is enough when it holds at least the lesser number. */
const WANTED_IN_STEP = 400;
const ENOUGH_IN_STEP = 200;
/** A word that stands in more entries than this is none of the rare ones. */
const RARE = 2_000;
const MOST_LOOSE = 3_000;
const LOOSE_CANDIDATES = 300;
const LOOSE_ENOUGH = 60;
/** Entries that hold part of what was looked for: the best so many. */
export const MOST_PARTIAL = 100;
/** Of so many words any two are looked for together. */
const MOST_TOGETHER = 6;
const LEAST_LOOSE_SHARE = 0.25;
const LEAST_SHARE_BESIDE = 0.5;
/** What a pair of characters that perhaps mean nothing, or a date, is worth beside a word. */
const BESIDE_WORTH = 0.3;
const SYNONYM_WORTH = 0.7;
/** A date is found by the day of publication, which weighs least of all words. */
const FACET_WORTH = 4;

/** An entry that holds part of what was looked for. */
export interface PartialRow {
  row: RankedRow;
  /** What it lacks, as a reader would name it. */
  missing: string[];
}

export interface FoundIds {
  titled: number[];
  /** The newest first. */
  matched: number[];
  more: boolean;
}

/** One search: what it looks for, within which limits, and how common its words are. */
export class Matching {
  readonly #db: Db;
  readonly #agencyId: number;
  readonly #query: SearchQuery;
  readonly #filters: Filters;
  /** The words that filters ask for. */
  readonly #limiting: readonly string[];
  readonly #known: Frequencies;
  readonly #mark: string;
  readonly #share: (word: string) => number;
  readonly #titleShare: (word: string) => number;
  /** In how many entries a term stands, where that was counted. */
  readonly #counted = new Map<Term, number>();

  constructor(db: Db, agencyId: number, query: SearchQuery, filters: Filters, known: Frequencies) {
    this.#db = db;
    this.#agencyId = agencyId;
    this.#query = query;
    this.#filters = filters;
    this.#limiting = filterWords(filters);
    this.#known = known;
    this.#mark = markOf(agencyId);
    this.#share = shareOf(known.words, known, this.#mark);
    this.#titleShare = shareOf(known.titleWords, known, this.#mark);
  }

  /** Entries that hold everything; of very many the newest. */
  async everything(terms: readonly Term[]): Promise<FoundIds> {
    const { entries } = this.#known;
    const text = this.all(terms);
    const excludes = this.#query.excluded.length > 0;
    const titles = estimate(terms, this.#limiting, this.#titleShare, entries);
    const mostTitled = entries <= FEW_ENTRIES ? MOST_TITLED_OF_FEW : MOST_TITLED;
    const [titleSpan] = this.#spans(titles, mostTitled);
    const spans = this.#spans(this.estimated(terms), WANTED_IN_STEP);
    let found = { titled: [] as number[], matched: [] as number[] };
    for (const [index, span] of spans.entries()) {
      const within = await span();
      found = await findCandidates(this.#db, this.#agencyId, {
        // A word that is left out may stand outside the title: titles alone cannot tell.
        title: index === 0 && !excludes ? and(text, (await titleSpan?.()) ?? '') : '',
        words: and(text, within),
        mostTitled,
        mostMatched: MOST_COUNTED + 1,
      }).then(({ titled, matched }) => ({ titled: index === 0 ? titled : found.titled, matched }));
      if (within === '' || found.matched.length >= ENOUGH_IN_STEP)
        return {
          titled: found.titled,
          matched: found.matched.slice(0, MOST_COUNTED),
          more: within !== '' || found.matched.length > MOST_COUNTED,
        };
    }
    return { ...found, more: false };
  }

  /** Of all agencies. */
  get entries(): number {
    return this.#known.entries;
  }

  /** Whether parts taken by chance tell of all: entries of an older layout, until they are written anew, belong to none. */
  get partsTell(): boolean {
    return !OLDER_LAYOUT_WORDS.some((word) => this.#known.words.has(this.#mark + word));
  }

  /** Whether there are so many that they are not read one by one. */
  expectsMany(terms: readonly Term[]): boolean {
    return this.#spans(this.estimated(terms), WANTED_IN_STEP).length > 1;
  }

  /** Where to look first, and where then: texts of `tsquery`; '' stands for everywhere and is the last. */
  #spans(expected: Estimate, wanted: number): (() => Promise<string>)[] {
    const { entries } = this.#known;
    const year = Number(this.#filters.year);
    if (Number.isInteger(year)) {
      const weeks = lastWeeksOf(this.#agencyId, year, expected, { wanted, entries });
      return [...(weeks === '' ? [] : [async () => weeks]), async () => ''];
    }
    return stepsFor(expected, wanted, entries).map((step) => () => this.#newest(step));
  }

  /** How many entries the rarest of the terms and filters would make one read, and which share holds all. */
  estimated(terms: readonly Term[]) {
    return estimate(terms, this.#limiting, this.#share, this.#known.entries);
  }

  /**
   * Entries that hold part of it, the best first: those with nearly all of its words, then with fewer. A word that
   * stands nowhere counts as missing; characters that mean nothing together do not. `known` hold all of it. What the reader
   * narrowed by (`within`) takes of these and adds none, so that they divide as their counts said.
   */
  async anything(known: readonly number[], within: string): Promise<PartialRow[]> {
    await this.#count();
    const present = this.#query.terms.filter((term) => this.#holds(term) > 0);
    const byRarity = present.toSorted((a, b) => this.#holds(a) - this.#holds(b));
    const rarest = byRarity[0];
    if (!rarest) return [];
    const levels = this.#levels(byRarity).map(async (level) => {
      const [span] = this.#spans(level, 100);
      return and([level.text, ...this.#limits()].join('&'), (await span?.()) ?? '');
    });
    const ids = await findByLevels(this.#db, this.#agencyId, await Promise.all(levels), {
      enough: LOOSE_ENOUGH,
      mostTitled: LOOSE_CANDIDATES / 2,
      mostMatched: LOOSE_CANDIDATES,
    });
    const seen = new Set(known);
    // A word that stands nowhere weighs as much as the rarest that does.
    const most = this.rarity(rarest);
    const whole = this.#query.terms
      .filter((term) => term.kind === 'word' || this.#holds(term) > 0)
      .reduce((sum, term) => sum + Math.min(this.worth(term), most), 0);
    const least = known.length === 0 ? LEAST_LOOSE_SHARE : LEAST_SHARE_BESIDE;
    const rows = await rankEntries(
      this.#db,
      this.#agencyId,
      ids.filter((id) => !seen.has(id)).slice(0, 2 * LOOSE_CANDIDATES),
      present.map((term) => this.ranked(term)),
      MOST_PARTIAL,
      { leastWorth: least * whole, within },
    );
    return rows.map((row) => {
      const held = new Set(row.held?.map((place) => present[place]?.text ?? ''));
      return { row, missing: missingParts(this.#query, held) };
    });
  }

  /** What may be looked for instead, from nearly everything to one rare word; with what it costs. */
  #levels(byRarity: readonly Term[]): { text: string; reads: number; share: number }[] {
    const all = byRarity.slice(0, MOST_TOGETHER);
    const text = (terms: readonly Term[]) => `(${terms.map((term) => this.one(term)).join('&')})`;
    const of = (sets: readonly (readonly Term[])[]) => ({
      text: `(${sets.map(text).join('|')})`,
      reads: sets.reduce((sum, [rarest]) => sum + (rarest ? this.#holds(rarest) : 0), 0),
      share: 0.05,
    });
    // What is asked of a matter is given up before the matter.
    const matters = all.filter((term) => !isAspectWord(term.text));
    const butOne = all.map((_, left) => all.toSpliced(left, 1));
    const two = all.flatMap((a, index) => all.slice(index + 1).map((b) => [a, b]));
    const rare = byRarity.filter((term, index) => index === 0 || this.#holds(term) <= MOST_LOOSE);
    return [
      ...(all.length > 1 && byRarity.length < this.#query.terms.length ? [of([all])] : []),
      ...(matters.length > 0 && matters.length < all.length ? [of([matters])] : []),
      ...(all.length > 2 ? [of(butOne)] : []),
      ...(all.length > 3 ? [of(two)] : []),
      of(rare.slice(0, MOST_TOGETHER).map((term) => [term])),
    ];
  }

  /** Looks up how common the terms are that the statistics do not know. */
  async #count(): Promise<void> {
    const unknown = this.#query.terms.filter((term) => this.#share1(term) * this.#known.entries <= RARE);
    const counts = await countEach(
      this.#db,
      this.#agencyId,
      unknown.map((term) => this.one(term)),
      RARE,
    );
    for (const [index, term] of unknown.entries()) this.#counted.set(term, counts[index] ?? 0);
  }

  #share1(term: Term): number {
    return termShare(term, this.#share);
  }

  #holds(term: Term): number {
    return this.#counted.get(term) ?? Math.max(1, this.#share1(term) * this.#known.entries);
  }

  /** What finding it says about an entry: the rarer, the more. */
  rarity(term: Term): number {
    const { entries } = this.#known;
    if (entries === 0) return 1;
    const holds = this.#counted.get(term) ?? this.#share1(term) * entries;
    return Math.log(1 + (entries - Math.min(holds, entries) + 0.5) / (holds + 0.5));
  }

  worth(term: Term): number {
    return this.rarity(term) * (term.kind === 'word' ? 1 : BESIDE_WORTH);
  }

  ranked(term: Term): RankedTerm {
    const worth = this.worth(term);
    return {
      worth,
      queries: term.alternatives.map((words, index) => ({
        query: this.#words(words),
        words: words.map((word) => this.#words([word])),
        worth: worth * (words[0]?.startsWith('~') ? FACET_WORTH : index === 0 ? 1 : SYNONYM_WORTH),
      })),
    };
  }

  all(terms: readonly Term[]): string {
    return [...terms.map((term) => this.one(term)), ...this.#limits()].join('&');
  }

  /** Text of the `tsquery` that finds what matches, halved by chance so many times. */
  sample(terms: readonly Term[], halved: number): string {
    return halved === 0 ? this.all(terms) : `${this.all(terms)}&${this.#words([sampleWord(halved)])}`;
  }

  async #newest(step: number | null): Promise<string> {
    return step === null ? '' : newestSpans(this.#db, this.#agencyId, step);
  }

  /** Text of the `tsquery` of what the reader narrowed by; '' when by nothing. */
  get narrowing(): string {
    return this.#limiting.map((word) => this.#words([word])).join('&');
  }

  #limits(): string[] {
    return [
      ...this.#limiting.map((word) => this.#words([word])),
      ...this.#query.excluded.map((words) => `!${this.#words(words)}`),
    ];
  }

  one({ alternatives }: Term): string {
    return `(${alternatives.map((words) => this.#words(words)).join('|')})`;
  }

  #words(words: readonly string[]): string {
    return `(${words.map((word) => `'${quoted(this.#mark + word)}'`).join('&')})`;
  }
}

const and = (text: string, within: string) => (within === '' ? text : `${text}&${within}`);
