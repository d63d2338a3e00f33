import type { Db } from '../db.ts';
import { Counting, type Divided, undivided } from './divide.ts';
import { type RankedRow, rankEntries, readBodies, readEntries } from './find-store.ts';
import { fold } from './fold.ts';
import { frequencies } from './frequency-store.ts';
import { excerpt, mark, type Piece } from './highlight.ts';
import { type FoundIds, Matching } from './matching.ts';
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

export interface SearchResult extends Divided {
  /** How many can be listed. */
  total: number;
  /** There are more than `total`. */
  more: boolean;
  hits: SearchHit[];
  /** Nothing holds everything that was looked for; these hold part of it. */
  loose: boolean;
}

const nothing: SearchResult = { total: 0, more: false, hits: [], ...undivided, loose: false };

/** What everybody may find with a query as it was typed; any text is a query. */
export async function findEntries(db: Db, agencyId: number, ask: SearchAsk): Promise<SearchResult> {
  const query = readQuery(ask.query, await agencySynonyms(db, agencyId));
  if (query.terms.length === 0) return nothing;
  const known = await frequencies(db, db);
  const matching = new Matching(db, agencyId, query, ask.filters ?? {}, known);
  let terms: readonly Term[] = query.terms;
  const counting = new Counting(db, agencyId, matching, query);
  // Of very many it is known beforehand that they will be counted: beside the search for the best of them.
  if (ask.facets && matching.expectsMany(terms)) counting.begin(terms);
  let found = await matching.everything(terms);
  if (found.matched.length === 0) {
    terms = byPairs(query.terms);
    found = await matching.everything(terms);
  }
  const loose = offersLoose(query, found.matched.length) ? await matching.anything(found.matched) : [];
  const reading = new Reading(db, agencyId, query);
  if (query.phrases.length > 0) found = await reading.holding(found);
  const looseIds = loose.map(({ id }) => id);
  const ids = [...new Set([...found.matched, ...looseIds])];
  const from = ask.offset ?? 0;
  const to = from + ask.limit;
  const listed = async () => {
    const rows =
      ask.sort === 'date'
        ? await readEntries(db, agencyId, ids.slice(from, to))
        : (await ordered(reading, matching, found, loose, to)).slice(from, to);
    const bodies = await reading.bodiesOf(rows);
    return rows.map((row) => hitOf(row, bodies.get(row.id)?.body ?? '', query));
  };
  const [hits, divided] = await Promise.all([
    listed(),
    ask.facets ? counting.of(found, ids, terms) : undivided,
  ]);
  return {
    total: ids.length,
    more: found.more,
    hits,
    ...divided,
    loose: found.matched.length === 0 && ids.length > 0,
  };
}

/** With next to nothing found, entries that hold most of what was looked for are offered too; never beside a number. */
function offersLoose({ terms, phrases, documentNumber }: SearchQuery, found: number): boolean {
  if (terms.length < 2 || phrases.length > 0) return false;
  return found === 0 || (found < FEW && terms.length > 2 && documentNumber === '');
}

/** The best of what was found, in their final order, at least so many while there are any. */
async function ordered(
  reading: Reading,
  matching: Matching,
  found: FoundIds,
  loose: readonly RankedRow[],
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
  const beside = lacking - rest.length <= 0 ? [] : await reading.reordered(matching, loose);
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
    const rows = await rankEntries(this.#db, this.#agencyId, ids, terms, Math.max(most, REORDERED), 0);
    return this.reordered(matching, rows);
  }

  async reordered(matching: Matching, rows: readonly RankedRow[]): Promise<RankedRow[]> {
    const first = rows.slice(0, REORDERED);
    const texts = await this.bodiesOf(first);
    const worth = this.#query.terms.map((term) => ({ term, worth: matching.worth(term) }));
    return [...betterOrder(first, texts, this.#query, worth), ...rows.slice(REORDERED)];
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
