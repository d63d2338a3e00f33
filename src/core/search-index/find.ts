import type { Db } from '../db.ts';
import { Counting, type Divided, undivided } from './divide.ts';
import { type RankedRow, rankEntries, readBodies, readEntries } from './find-store.ts';
import { fold } from './fold.ts';
import { frequencies } from './frequency-store.ts';
import { excerpt, mark, type Piece } from './highlight.ts';
import { type FoundIds, Matching, type PartialRow } from './matching.ts';
import { byPairs, type Filters, readQuery, type SearchQuery, type Term } from './query.ts';
import { betterOrder, titleOrder } from './ranking-rules.ts';
import { agencySynonyms } from './synonym-store.ts';

/** With so many titles that say it all, nothing else comes before them. */
const TITLES_ENOUGH = 15;
const MOST_RANKED = 200;
/** Entries whose texts are looked at for the final order. */
const REORDERED = 20;
/** With fewer results than this, entries that hold only part of what was looked for are offered as well. */
const FEW = 10;
const PHRASE_CANDIDATES = 300;

export interface SearchAsk {
  query: string;
  limit: number;
  offset?: number;
  sort?: 'relevance' | 'date';
  filters?: Filters;
  facets?: boolean;
  /** Only what holds every word, however little that is. */
  everyWord?: boolean;
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
  /** It holds only part of what was looked for. */
  partial: boolean;
  /** Of what was typed, what it lacks; folded. */
  missing: readonly string[];
}

export interface SearchResult extends Divided {
  /** How many can be listed. */
  total: number;
  /** There are more than `total`. */
  more: boolean;
  hits: SearchHit[];
  /** How many of `total` hold only part of what was looked for; they come behind those that hold all of it. */
  partial: number;
  /** Nothing holds everything that was looked for; these hold part of it. */
  loose: boolean;
  /** The words by which entries were found that hold part of it, and those that none of them holds. */
  words: { held: readonly string[]; missing: readonly string[] };
}

const nothing: SearchResult = {
  total: 0,
  more: false,
  hits: [],
  ...undivided,
  partial: 0,
  loose: false,
  words: { held: [], missing: [] },
};

/** What everybody may find with a query as it was typed; any text is a query. */
export async function findEntries(db: Db, agencyId: number, ask: SearchAsk): Promise<SearchResult> {
  const query = readQuery(ask.query, await agencySynonyms(db, agencyId));
  if (query.terms.length === 0) return nothing;
  const known = await frequencies(db, db);
  const matching = new Matching(db, agencyId, query, ask.filters ?? {}, known);
  const counting = new Counting(db, agencyId, matching, query);
  // Of very many it is known beforehand that they will be counted: beside the search for the best of them.
  if (ask.facets && matching.expectsMany(query.terms)) counting.begin(query.terms);
  const whole = await everyWord(matching, query);
  const open = () => new Matching(db, agencyId, query, {}, known);
  const partial = ask.everyWord ? [] : await holdingPart(matching, open, query, whole.found);
  const reading = new Reading(db, agencyId, query);
  const found = query.phrases.length > 0 ? await reading.holding(whole.found) : whole.found;
  const ids = [...new Set([...found.matched, ...partial.map(({ row }) => row.id)])];
  const from = ask.offset ?? 0;
  const to = from + ask.limit;
  const listed = async () => {
    const rows =
      ask.sort === 'date'
        ? await byDate(reading, found, partial, from, to)
        : (await ordered(reading, matching, found, partial, to)).slice(from, to);
    const bodies = await reading.bodiesOf(rows);
    const missing = new Map(partial.map(({ row, missing }) => [row.id, missing]));
    return rows.map((row) => hitOf(row, bodies.get(row.id)?.body ?? '', query, missing.get(row.id)));
  };
  const [hits, divided] = await Promise.all([
    listed(),
    ask.facets ? counting.of(found, ids, whole.terms) : undivided,
  ]);
  return {
    total: ids.length,
    more: found.more,
    hits,
    ...divided,
    partial: partial.length,
    loose: found.matched.length === 0 && ids.length > 0,
    words: wordsOf(query, partial),
  };
}

/** Entries that hold every word, and the terms by which they are found. */
async function everyWord(
  matching: Matching,
  query: SearchQuery,
): Promise<{ found: FoundIds; terms: readonly Term[] }> {
  const found = await matching.everything(query.terms);
  if (found.matched.length > 0) return { found, terms: query.terms };
  const terms = byPairs(query.terms);
  return { found: await matching.everything(terms), terms };
}

/**
 * Entries that hold part of it, where next to nothing holds all of it. Whether they are offered, and which, does not hang on
 * what the reader narrowed by: `open` searches without that.
 */
async function holdingPart(
  matching: Matching,
  open: () => Matching,
  query: SearchQuery,
  found: FoundIds,
): Promise<PartialRow[]> {
  if (!offersPart(query, found.matched.length)) return [];
  if (matching.narrowing === '') return matching.anything(found.matched, '');
  const everywhere = open();
  const { matched } = (await everyWord(everywhere, query)).found;
  return offersPart(query, matched.length) ? everywhere.anything(matched, matching.narrowing) : [];
}

/** The words of the entries that hold part of it; what none of them holds is missing. */
function wordsOf(query: SearchQuery, partial: readonly PartialRow[]): SearchResult['words'] {
  if (partial.length === 0) return nothing.words;
  const lacked = (text: string) => partial.every(({ missing }) => missing.includes(text));
  const texts = query.parts.map(({ text }) => text);
  return { held: texts.filter((text) => !lacked(text)), missing: texts.filter(lacked) };
}

/** With next to nothing found, entries that hold most of what was looked for are offered too; never beside a number. */
function offersPart({ terms, phrases, documentNumber }: SearchQuery, found: number): boolean {
  if (terms.length < 2 || phrases.length > 0) return false;
  return found === 0 || (found < FEW && terms.length > 2 && documentNumber === '');
}

/** The newest first; what holds part of it behind what holds all of it. */
async function byDate(
  reading: Reading,
  found: FoundIds,
  partial: readonly PartialRow[],
  from: number,
  to: number,
): Promise<RankedRow[]> {
  const whole = await reading.read(found.matched.slice(from, to));
  const newest = partial
    .map(({ row }) => row)
    .toSorted((a, b) => (b.publishedOn ?? '').localeCompare(a.publishedOn ?? '') || b.id - a.id);
  const [before, until] = [from, to].map((place) => Math.max(0, place - found.matched.length));
  return [...whole, ...newest.slice(before, until)];
}

/** The best of what was found, in their final order, at least so many while there are any. */
async function ordered(
  reading: Reading,
  matching: Matching,
  found: FoundIds,
  partial: readonly PartialRow[],
  most: number,
): Promise<RankedRow[]> {
  const strict =
    found.titled.length >= TITLES_ENOUGH
      ? await reading.titlesFirst(found.titled)
      : await reading.ranked(matching, found, most);
  const shown = new Set(strict.map(({ id }) => id));
  const lacking = most - strict.length;
  const older = lacking <= 0 ? [] : found.matched.filter((id) => !shown.has(id)).slice(0, lacking);
  const rest = older.length === 0 ? [] : await reading.read(older);
  const beside =
    lacking - rest.length <= 0
      ? []
      : await reading.reordered(
          matching,
          partial.map(({ row }) => row),
        );
  return [...strict, ...rest, ...beside];
}

/** Reads and orders entries that were found. */
class Reading {
  readonly #db: Db;
  readonly #agencyId: number;
  readonly #query: SearchQuery;
  readonly #texts = new Map<number, { body: string }>();

  constructor(db: Db, agencyId: number, query: SearchQuery) {
    this.#db = db;
    this.#agencyId = agencyId;
    this.#query = query;
  }

  read(ids: readonly number[]): Promise<RankedRow[]> {
    return readEntries(this.#db, this.#agencyId, ids);
  }

  /** Of the entries found, those in which every phrase stands as it was written. */
  async holding(found: FoundIds): Promise<FoundIds> {
    const candidates = [...new Set([...found.titled, ...found.matched])];
    const ids = candidates.slice(0, PHRASE_CANDIDATES);
    const texts = await readBodies(this.#db, this.#agencyId, ids);
    const holds = (id: number) => {
      const text = texts.get(id);
      const whole = fold(`${text?.title}\n${text?.body}`);
      return text !== undefined && this.#query.phrases.every((phrase) => whole.includes(phrase));
    };
    const matched = ids.filter(holds);
    const held = new Set(matched);
    return {
      titled: found.titled.filter((id) => held.has(id)),
      matched,
      more: found.more || candidates.length > ids.length,
    };
  }

  /** Texts of these entries; what was read before is not read again. */
  async bodiesOf(rows: readonly RankedRow[]): Promise<ReadonlyMap<number, { body: string }>> {
    const missing = rows.map(({ id }) => id).filter((id) => !this.#texts.has(id));
    for (const [id, text] of await readBodies(this.#db, this.#agencyId, missing)) this.#texts.set(id, text);
    return this.#texts;
  }

  /** Entries whose titles hold everything: how they say it decides, their texts need not be looked at. */
  async titlesFirst(ids: readonly number[]): Promise<RankedRow[]> {
    return titleOrder(await this.read(ids), this.#query, Date.now());
  }

  async ranked(matching: Matching, found: FoundIds, most: number): Promise<RankedRow[]> {
    const ids = [...new Set([...found.titled, ...found.matched])].slice(0, MOST_RANKED);
    const terms = this.#query.terms.map((term) => matching.ranked(term));
    const rows = await rankEntries(this.#db, this.#agencyId, ids, terms, Math.max(most, REORDERED));
    return this.reordered(matching, rows);
  }

  async reordered(matching: Matching, rows: readonly RankedRow[]): Promise<RankedRow[]> {
    const first = rows.slice(0, REORDERED);
    const texts = await this.bodiesOf(first);
    const worth = this.#query.terms.map((term) => ({ term, worth: matching.worth(term) }));
    return [...betterOrder(first, texts, this.#query, worth), ...rows.slice(REORDERED)];
  }
}

function hitOf(
  row: RankedRow,
  body: string,
  query: SearchQuery,
  missing: readonly string[] | undefined,
): SearchHit {
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
    partial: missing !== undefined,
    missing: missing ?? [],
  };
}
