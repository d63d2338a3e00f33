import type { Db } from '../db.ts';
import { estimate, newestSpans, shareOf, stepsFor, termShare } from './bounds.ts';
import { markOf, quoted } from './entry.ts';
import {
  countFacets,
  type FacetCounts,
  findCandidates,
  type RankedRow,
  rankEntries,
  readBodies,
  readEntries,
} from './find-store.ts';
import { fold } from './fold.ts';
import { type Frequencies, frequencies } from './frequency-store.ts';
import { excerpt, mark, type Piece } from './highlight.ts';
import { byPairs, type Filters, filterWords, readQuery, type SearchQuery, type Term } from './query.ts';
import { betterOrder } from './ranking-rules.ts';
import { agencySynonyms } from './synonym-store.ts';

/** Beyond so many results only “more” is said. */
export const MOST_COUNTED = 1_000;
const MOST_TITLED = 120;
const MOST_RANKED = 500;
/** Of so many that only the newest are looked at, and of which many say it in their titles. */
const RANKED_OF_MANY = 80;
const RANKED_OF_NEWEST = 200;
/** Entries whose texts are looked at for the final order. */
const REORDERED = 20;
/** With fewer results than this, entries that hold only part of what was looked for are offered as well. */
const FEW = 10;
const MOST_LOOSE = 3_000;
const LEAST_LOOSE_SHARE = 0.3;
const LEAST_SHARE_BESIDE = 0.5;
const PHRASE_CANDIDATES = 300;
const ENOUGH_IN_STEP = 300;

export interface SearchAsk {
  query: string;
  limit: number;
  offset?: number;
  sort?: 'relevance' | 'date';
  filters?: Filters;
  facets?: boolean;
}

export interface SearchHit {
  ref: string;
  kind: string;
  sourceId: string | null;
  href: string;
  title: readonly Piece[];
  excerpt: readonly Piece[];
  documentNumber: string;
  validity: string;
  publishedOn: string | null;
  score: number;
}

export interface SearchResult {
  total: number;
  /** There are more than `total`. */
  more: boolean;
  hits: SearchHit[];
  facets: FacetCounts[];
  /** Nothing holds everything that was looked for; these hold part of it. */
  loose: boolean;
}

const nothing: SearchResult = { total: 0, more: false, hits: [], facets: [], loose: false };

/** What everybody may find with a query as it was typed; any text is a query. */
export async function findEntries(db: Db, agencyId: number, ask: SearchAsk): Promise<SearchResult> {
  const query = readQuery(ask.query, await agencySynonyms(db, agencyId));
  if (query.terms.length === 0) return nothing;
  const search = new Search(db, agencyId, query, filterWords(ask.filters ?? {}), await frequencies(db, db));
  let found = await search.everything(query.terms);
  if (found.matched.length === 0) found = await search.everything(byPairs(query.terms));
  const loose = offersLoose(query, found.matched.length) ? await search.anything(found.matched) : [];
  if (query.phrases.length > 0) found = await search.holding(found);
  const ids = [...new Set([...found.matched, ...loose])];
  const offset = ask.offset ?? 0;
  const page = { from: offset, to: offset + ask.limit };
  const rows =
    ask.sort === 'date'
      ? await readEntries(db, agencyId, ids.slice(page.from, page.to))
      : (await search.ranked(found, loose, page.to)).slice(page.from, page.to);
  const bodies = await search.bodiesOf(rows);
  return {
    total: ids.length,
    more: found.more,
    hits: rows.map((row) => hitOf(row, bodies.get(row.id)?.body ?? '', query)),
    facets: ask.facets ? await countFacets(db, agencyId, ids) : [],
    loose: found.matched.length === 0 && ids.length > 0,
  };
}

/** With next to nothing found, entries that hold most of what was looked for are offered too; never beside a number. */
function offersLoose({ terms, phrases, documentNumber }: SearchQuery, found: number): boolean {
  if (terms.length < 2 || phrases.length > 0) return false;
  return found === 0 || (found < FEW && terms.length > 2 && documentNumber === '');
}

interface FoundIds {
  titled: number[];
  matched: number[];
  more: boolean;
}

/** One search: what it looks for, within which limits, and how common its words are. */
class Search {
  readonly #db: Db;
  readonly #agencyId: number;
  readonly #query: SearchQuery;
  readonly #filters: readonly string[];
  readonly #known: Frequencies;
  readonly #mark: string;
  readonly #share: (word: string) => number;
  readonly #titleShare: (word: string) => number;
  readonly #texts = new Map<number, { body: string }>();

  constructor(db: Db, agencyId: number, query: SearchQuery, filters: readonly string[], known: Frequencies) {
    this.#db = db;
    this.#agencyId = agencyId;
    this.#query = query;
    this.#filters = filters;
    this.#known = known;
    this.#mark = markOf(agencyId);
    this.#share = shareOf(known.words, known, this.#mark);
    this.#titleShare = shareOf(known.titleWords, known, this.#mark);
  }

  /** Entries that hold everything. */
  async everything(terms: readonly Term[]): Promise<FoundIds> {
    const { entries } = this.#known;
    const text = this.#all(terms);
    const excludes = this.#query.excluded.length > 0;
    const titles = estimate(terms, this.#filters, this.#titleShare, entries);
    const words = estimate(terms, this.#filters, this.#share, entries);
    const [titleStep] = stepsFor(titles, MOST_TITLED, entries);
    const steps = stepsFor(words, MOST_COUNTED, entries);
    let found = { titled: [] as number[], matched: [] as number[] };
    for (const [index, step] of steps.entries()) {
      found = await findCandidates(this.#db, this.#agencyId, {
        // A word that is left out may stand outside the title: titles alone cannot tell.
        title: index === 0 && !excludes ? await this.#within(text, titleStep ?? null) : '',
        words: await this.#within(text, step),
        mostTitled: MOST_TITLED,
        mostMatched: MOST_COUNTED + 1,
      }).then(({ titled, matched }) => ({ titled: index === 0 ? titled : found.titled, matched }));
      if (step === null || found.matched.length >= ENOUGH_IN_STEP)
        return {
          titled: found.titled,
          matched: found.matched.slice(0, MOST_COUNTED),
          more: step !== null || found.matched.length > MOST_COUNTED,
        };
    }
    return { ...found, more: false };
  }

  /** Entries that hold some of it: those with its rarest words. */
  async anything(known: readonly number[]): Promise<number[]> {
    const { entries } = this.#known;
    const byRarity = this.#query.terms.toSorted(
      (a, b) => termShare(a, this.#share) - termShare(b, this.#share),
    );
    const rare: Term[] = [];
    let reads = 0;
    for (const term of byRarity) {
      reads += termShare(term, this.#share) * entries;
      if (rare.length > 0 && reads > MOST_LOOSE) break;
      rare.push(term);
    }
    const rarest = rare[0];
    if (!rarest) return [];
    const text = [`(${rare.map((term) => this.#one(term)).join('|')})`, ...this.#limits()].join('&');
    const [step] = stepsFor(estimate([rarest], this.#filters, this.#share, entries), 100, entries);
    const { matched } = await findCandidates(this.#db, this.#agencyId, {
      title: '',
      words: await this.#within(text, step ?? null),
      mostTitled: 0,
      mostMatched: MOST_LOOSE,
    });
    const seen = new Set(known);
    const rows = await this.#rank(
      matched.filter((id) => !seen.has(id)),
      MOST_RANKED,
      known.length === 0 ? LEAST_LOOSE_SHARE : LEAST_SHARE_BESIDE,
    );
    return rows.map(({ id }) => id);
  }

  /** Of the entries found, those in which every phrase stands as it was written. */
  async holding(found: FoundIds): Promise<FoundIds> {
    const ids = [...new Set([...found.titled, ...found.matched])].slice(0, PHRASE_CANDIDATES);
    const texts = await readBodies(this.#db, this.#agencyId, ids);
    const holds = (id: number) => {
      const text = texts.get(id);
      const whole = fold(`${text?.title}\n${text?.body}`);
      return text !== undefined && this.#query.phrases.every((phrase) => whole.includes(phrase));
    };
    const matched = ids.filter(holds);
    const held = new Set(matched);
    return { titled: found.titled.filter((id) => held.has(id)), matched, more: found.more };
  }

  /** Texts of these entries; what was read before is not read again. */
  async bodiesOf(rows: readonly RankedRow[]): Promise<ReadonlyMap<number, { body: string }>> {
    const missing = rows.map(({ id }) => id).filter((id) => !this.#texts.has(id));
    for (const [id, text] of await readBodies(this.#db, this.#agencyId, missing)) this.#texts.set(id, text);
    return this.#texts;
  }

  async ranked(found: FoundIds, loose: readonly number[], most: number): Promise<RankedRow[]> {
    const often = found.titled.length >= MOST_TITLED ? RANKED_OF_MANY : RANKED_OF_NEWEST;
    const ranked = found.more ? often : MOST_RANKED;
    const ids = [...new Set([...found.titled, ...found.matched.slice(0, ranked), ...loose])];
    const rows = await this.#rank(ids, Math.max(most, REORDERED), 0);
    const first = rows.slice(0, REORDERED);
    const texts = await this.bodiesOf(first);
    const worth = this.#query.terms.map((term) => ({ term, worth: this.#rarity(term) }));
    const rest = found.matched;
    const ordered = [...betterOrder(first, texts, this.#query, worth), ...rows.slice(REORDERED)];
    if (ordered.length >= most || rest.length === 0) return ordered;
    const shown = new Set(ordered.map(({ id }) => id));
    const older = rest.filter((id) => !shown.has(id)).slice(0, most - ordered.length);
    return [...ordered, ...(await readEntries(this.#db, this.#agencyId, older))];
  }

  #rank(ids: readonly number[], most: number, leastShare: number): Promise<RankedRow[]> {
    const terms = this.#query.terms.map((term) => ({
      queries: term.alternatives.map((words, index) => ({
        query: this.#words(words),
        worth: this.#rarity(term) * (index === 0 ? 1 : 0.7),
      })),
      worth: this.#rarity(term),
    }));
    return rankEntries(this.#db, this.#agencyId, ids, terms, most, leastShare);
  }

  /** What finding it says about an entry: the rarer, the more. */
  #rarity(term: Term): number {
    const { entries } = this.#known;
    if (entries === 0) return 1;
    const holds = termShare(term, this.#share) * entries;
    return Math.log(1 + (entries - holds + 0.5) / (holds + 0.5));
  }

  async #within(text: string, step: number | null): Promise<string> {
    const spans = step === null ? '' : await newestSpans(this.#db, this.#agencyId, step);
    return spans === '' ? text : `${text}&${spans}`;
  }

  #all(terms: readonly Term[]): string {
    return [...terms.map((term) => this.#one(term)), ...this.#limits()].join('&');
  }

  #limits(): string[] {
    return [
      ...this.#filters.map((word) => this.#words([word])),
      ...this.#query.excluded.map((words) => `!${this.#words(words)}`),
    ];
  }

  #one({ alternatives }: Term): string {
    return `(${alternatives.map((words) => this.#words(words)).join('|')})`;
  }

  #words(words: readonly string[]): string {
    return `(${words.map((word) => `'${quoted(this.#mark + word)}'`).join('&')})`;
  }
}

function hitOf(row: RankedRow, body: string, query: SearchQuery): SearchHit {
  return {
    ref: row.ref,
    kind: row.kind,
    sourceId: row.sourceId,
    href: row.href,
    title: mark(row.title, query.marks),
    excerpt: excerpt(body, query.marks),
    documentNumber: row.documentNumber,
    validity: row.validity,
    publishedOn: row.publishedOn,
    score: Math.round(row.score * 1000) / 1000,
  };
}
