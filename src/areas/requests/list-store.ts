import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import {
  bySearch,
  type Condition,
  hasWords,
  narrowSources,
  ofColumns,
  ofFacets,
  residue,
  seen,
  spans,
} from './list-condition-store.ts';
import { facetsOf, isSpan, type ListFilter, type ListScope, type ListSort } from './list-filter.ts';
import type { RequestCase } from './model.ts';
import './schema.ts';

/** A request as a list shows it. */
export interface ListedRequest extends Omit<RequestCase, 'formId' | 'part' | 'clockFrom'> {
  unitName: string | null;
  handlerName: string | null;
}

/** Where a page begins: behind this request in the order of the list. */
export interface ListPlace {
  key: string;
  id: number;
}

export interface ListOrder {
  sort: ListSort;
  descending: boolean;
}

export interface ListedPage {
  behind: ListPlace | null;
  limit: number;
  /** Rows walked along before another way is taken; a test makes them few. */
  walk?: number;
}

/** What is asked of the lists: the requests of the filter that the scope lets the person see. */
export interface ListQuestion {
  scope: ListScope;
  filter: ListFilter;
}

interface Found {
  id: number;
  key: string;
}

/** Rows looked at in the order of the list before the words of the filter are followed one by one. */
const WALKED = 50_000;
/** Words of a filter whose beginnings are laid together without walking first. */
const MERGED_AT_ONCE = 600;
/** Newest titles by which words are told to be rare: in no more than one of a thousand. */
const SAMPLED = 5000;
/** Titles looked at one by one; of more the index of their pieces is asked. */
const LOOKED_AT = 25_000;

/** The requests behind a place, in the order asked for. Whatever the filter, little more is read than the page. */
export async function requestsBehind(
  db: Db,
  agencyId: number,
  question: ListQuestion,
  order: ListOrder,
  page: ListedPage,
): Promise<(ListedRequest & { key: string })[]> {
  const found = await keysBehind(db, new Reading(agencyId, question, order, page));
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const byId = new Map((await listedRequests(db, agencyId, ids)).map((row) => [row.id, row]));
  return found.flatMap(({ id, key }) => {
    const row = byId.get(id);
    return row ? [{ ...row, key }] : [];
  });
}

/**
 * Three ways to read a page, each fast where the others are slow: what a unit, a person or a search narrows to a few
 * thousand is gathered and sorted; what is common is found by walking in the order of the list; what is rare among a million
 * is laid together from the beginnings of the single words of the filter.
 */
async function keysBehind(db: Db, reading: Reading): Promise<Found[]> {
  const { filter, facets } = reading;
  if (facets?.length === 0) return [];
  const run = async (query: RawBuilder<Found>) => (await query.execute(db)).rows;
  const enough = (rows: Found[]) => rows.length === reading.limit;
  if (filter.search?.by === 'title') {
    if (await isFew(db, reading)) return run(reading.gathered(reading.lookedThrough()));
    const sources = reading.sources();
    if (sources !== null) return run(reading.gathered(sources));
    const near = (await areRare(db, reading)) ? [] : await run(reading.walked(reading.walk));
    return enough(near) ? near : run(reading.gathered([reading.searched()]));
  }
  const sources = reading.sources();
  if (sources !== null) return run(reading.gathered(sources));
  if (reading.needsGathering()) return run(reading.gathered([sql`true`]));
  if (facets === null) return run(reading.walked(null));
  if (facets.length <= MERGED_AT_ONCE) return run(reading.merged(facets));
  const near = await run(reading.walked(reading.walk));
  return enough(near) ? near : run(reading.merged(facets));
}

/** Whether so few requests are left without the words of titles that each may be looked at. */
async function isFew(db: Db, { agencyId, scope, filter, fewest }: Reading): Promise<boolean> {
  const { it } = await countUpTo(
    db,
    agencyId,
    { it: { scope, filter: { ...filter, search: null } } },
    fewest,
  );
  return it <= fewest;
}

/** Whether the words stand in hardly any of the newest titles: walking would find none, the index of pieces all. */
async function areRare(db: Db, { agencyId, filter, sampled }: Reading): Promise<boolean> {
  const words = filter.search?.by === 'title' ? filter.search.words : [];
  const { rows } = await sql<{ hits: number }>`
    SELECT count(*)::int AS hits FROM (
      SELECT title FROM requests WHERE agency_id = ${agencyId} ORDER BY id DESC LIMIT ${sampled}
    ) r WHERE ${hasWords(words)}`.execute(db);
  return (rows[0]?.hits ?? 0) <= sampled / 1000;
}

const columns = {
  due: { ref: sql.ref('r.due_key'), type: sql.raw('date') },
  received: { ref: sql.ref('r.received_key'), type: sql.raw('date') },
  number: { ref: sql.ref('r.number'), type: sql.raw('text') },
} as const;

/** One page of one list, and the queries that find it. */
class Reading {
  readonly agencyId: number;
  readonly scope: ListScope;
  readonly filter: ListFilter;
  readonly facets: readonly string[] | null;
  readonly limit: number;
  readonly walk: number;
  readonly fewest: number;
  readonly sampled = SAMPLED;
  private readonly order: ListOrder;
  private readonly behind: ListPlace | null;

  constructor(agencyId: number, { scope, filter }: ListQuestion, order: ListOrder, page: ListedPage) {
    this.agencyId = agencyId;
    this.scope = scope;
    this.order = order;
    this.limit = page.limit;
    this.walk = page.walk ?? WALKED;
    this.fewest = page.walk ?? LOOKED_AT;
    this.facets = facetsOf(filter);
    const cut = cutAt(filter, order, page.behind);
    this.filter = cut.filter;
    this.behind = cut.behind;
  }

  /** A span of days other than those the list is ordered by: what lies in it is gathered and then put in order. */
  needsGathering(): boolean {
    const { received, due } = this.filter;
    const { sort } = this.order;
    return (isSpan(received) && sort !== 'received') || (isSpan(due) && sort !== 'due');
  }

  /** Along the index of the order, looking at no more than so many rows. */
  walked(most: number | null): RawBuilder<Found> {
    const { scope, filter, agencyId } = this;
    const { ref } = columns[this.order.sort];
    const { search } = filter;
    return sql`
      SELECT r.id, r.key::text AS key FROM (
        SELECT r.*, ${ref} AS key FROM requests r
        WHERE r.agency_id = ${agencyId} AND ${spans(filter)} AND ${this.after()}
        ORDER BY ${this.inOrder(ref)} ${most === null ? sql`` : sql`LIMIT ${most}`}
      ) r
      WHERE ${ofColumns(filter)} AND ${search?.by === 'title' ? hasWords(search.words) : sql`true`} AND ${residue(scope, filter)}
      ORDER BY ${this.inOrder(sql`r.key`)} LIMIT ${this.limit}`;
  }

  /** The first rows of every word of the filter, laid together. */
  merged(facets: readonly string[]): RawBuilder<Found> {
    const { ref } = columns[this.order.sort];
    return sql`
      SELECT r.id, r.key::text AS key FROM unnest(${facets}::text[]) f (facet) CROSS JOIN LATERAL (
        SELECT r.id, ${ref} AS key FROM requests r
        WHERE r.agency_id = ${this.agencyId} AND r.facet = f.facet AND ${spans(this.filter)} AND ${this.after()}
        ORDER BY ${this.inOrder(ref)} LIMIT ${this.limit}
      ) r ORDER BY ${this.inOrder(sql`r.key`)} LIMIT ${this.limit}`;
  }

  /** All that the sources and the filter leave, put in order afterwards; the sources hold no request twice. */
  gathered(sources: readonly Condition[]): RawBuilder<Found> {
    const { ref } = columns[this.order.sort];
    const parts = sources.map(
      (source) => sql`
        SELECT r.id, ${ref} AS key FROM ${ofFacets(this.facets)}
        WHERE r.agency_id = ${this.agencyId} AND ${source} AND ${spans(this.filter)} AND ${this.after()}`,
    );
    return sql`
      SELECT r.id, r.key::text AS key FROM (${sql.join(parts, sql` UNION ALL `)} OFFSET 0) r
      ORDER BY ${this.inOrder(sql`r.key`)} LIMIT ${this.limit}`;
  }

  sources(): Condition[] | null {
    return narrowSources(this.agencyId, this.scope, this.filter);
  }

  /** The sources without the index of titles' pieces: every title is looked at. */
  lookedThrough(): Condition[] {
    const { search } = this.filter;
    const sources = narrowSources(this.agencyId, this.scope, { ...this.filter, search: null }) ?? [sql`true`];
    const words = search?.by === 'title' ? hasWords(search.words) : sql`true`;
    return sources.map((source) => sql`${source} AND ${words}`);
  }

  searched(): Condition {
    return bySearch(this.agencyId, this.filter.search);
  }

  private inOrder(key: Condition): Condition {
    const direction = sql.raw(this.order.descending ? 'DESC' : 'ASC');
    // A number is one request's only.
    return this.order.sort === 'number'
      ? sql`${key} ${direction}`
      : sql`${key} ${direction}, r.id ${direction}`;
  }

  private after(): Condition {
    if (this.behind === null) return sql`true`;
    const { ref, type } = columns[this.order.sort];
    const { key, id } = this.behind;
    const beyond = sql.raw(this.order.descending ? '<' : '>');
    return this.order.sort === 'number'
      ? sql`${ref} ${beyond} ${key}::${type}`
      : sql`(${ref}, r.id) ${beyond} (${key}::${type}, ${id}::bigint)`;
  }
}

/** A page that begins within the span of the list's own days needs no other beginning: two would be tried one by one. */
function cutAt(
  filter: ListFilter,
  { sort, descending }: ListOrder,
  behind: ListPlace | null,
): { filter: ListFilter; behind: ListPlace | null } {
  if (behind === null || sort === 'number') return { filter, behind };
  const { from, to } = filter[sort];
  const before = descending ? to !== null && behind.key > to : from !== null && behind.key < from;
  if (before) return { filter, behind: null };
  return { filter: { ...filter, [sort]: descending ? { from, to: null } : { from: null, to } }, behind };
}

/** Requests by id, in no order. */
async function listedRequests(db: Db, agencyId: number, ids: readonly number[]): Promise<ListedRequest[]> {
  return db
    .selectFrom('requests as r')
    .leftJoin('units as u', (join) =>
      join.onRef('u.agency_id', '=', 'r.agency_id').onRef('u.id', '=', 'r.unit_id'),
    )
    .leftJoin('staff as s', (join) =>
      join.onRef('s.agency_id', '=', 'r.agency_id').onRef('s.id', '=', 'r.handler_id'),
    )
    .select([
      'r.id',
      'r.number',
      'r.title',
      'r.applicant_kind as applicantKind',
      'r.channel',
      'r.submitted_on as submittedOn',
      'r.received_on as receivedOn',
      'r.regime',
      'r.state',
      'r.unit_id as unitId',
      'r.handler_id as handlerId',
      'u.name as unitName',
      's.name as handlerName',
      'r.clock_state as clockState',
      'r.first_due_on as firstDueOn',
      'r.due_on as dueOn',
      'r.provisional',
      'r.suspended_until as suspendedUntil',
      'r.result_code as resultCode',
      'r.concluded_on as concludedOn',
      'r.version',
    ])
    .where('r.agency_id', '=', agencyId)
    .where('r.id', 'in', [...ids])
    .execute();
}

/** Of these ids the requests that the scope lets a person see, in the order given. */
export async function chosenRequests(
  db: Db,
  agencyId: number,
  scope: ListScope,
  ids: readonly number[],
): Promise<ListedRequest[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    SELECT r.id FROM requests r
    WHERE r.agency_id = ${agencyId} AND r.id = ANY(${[...ids]}::bigint[]) AND ${scope === null ? sql`true` : seen(scope)}`.execute(
    db,
  );
  if (rows.length === 0) return [];
  const shown = await listedRequests(
    db,
    agencyId,
    rows.map(({ id }) => id),
  );
  const found = new Map(shown.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** How many requests each question finds, but no more than `most + 1` of any. */
export async function countUpTo<Name extends string>(
  db: Db,
  agencyId: number,
  questions: Readonly<Record<Name, ListQuestion>>,
  most: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(questions) as Name[];
  const counts = names.map((name) => counted(agencyId, questions[name], most));
  const { rows } = await sql<{
    counts: number[];
  }>`SELECT ARRAY[${sql.join(counts)}]::int[] AS counts`.execute(db);
  const found = rows[0]?.counts ?? [];
  return Object.fromEntries(names.map((name, index) => [name, found[index] ?? 0])) as Record<Name, number>;
}

function counted(agencyId: number, { scope, filter }: ListQuestion, most: number): Condition {
  const facets = facetsOf(filter);
  if (facets?.length === 0) return sql`0`;
  const limit = sql`LIMIT ${most + 1}`;
  const narrow = narrowSources(agencyId, scope, filter);
  const sources = filter.search?.by === 'title' ? (narrow ?? [bySearch(agencyId, filter.search)]) : narrow;
  if (sources !== null) {
    const parts = sources.map(
      (source) => sql`SELECT FROM ${ofFacets(facets)}
        WHERE r.agency_id = ${agencyId} AND ${source} AND ${spans(filter)}`,
    );
    return sql`(SELECT count(*) FROM (${sql.join(parts, sql` UNION ALL `)} ${limit}) c)`;
  }
  if (facets === null) {
    return sql`(SELECT count(*) FROM (
      SELECT FROM requests r WHERE r.agency_id = ${agencyId} AND ${spans(filter)} ${limit}) c)`;
  }
  return sql`(SELECT count(*) FROM (
    SELECT FROM unnest(${facets}::text[]) f (facet) CROSS JOIN LATERAL (
      SELECT FROM requests r WHERE r.agency_id = ${agencyId} AND r.facet = f.facet AND ${spans(filter)} ${limit}
    ) one ${limit}) c)`;
}

/** The sealed applicants of requests, with the number of the form that they are bound to; those disposed of are left out. */
export async function sealedApplicants(
  db: Db,
  agencyId: number,
  ids: readonly number[],
): Promise<{ id: number; number: string; applicant: string }[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('requests as r')
    .innerJoin('request_forms as f', (join) =>
      join.onRef('f.agency_id', '=', 'r.agency_id').onRef('f.id', '=', 'r.form_id'),
    )
    .select(['r.id', 'f.number', 'f.applicant_sealed as applicant'])
    .where('r.agency_id', '=', agencyId)
    .where('r.id', 'in', [...ids])
    .execute();
  return rows.flatMap(({ id, number, applicant }) => (applicant === null ? [] : [{ id, number, applicant }]));
}

/**
 * The open requests of a question, as a query of their ids and due dates, and of who is at work on them when `whose`; its
 * filter names no search.
 */
export function openRows(
  agencyId: number,
  { scope, filter }: ListQuestion,
  whose = false,
): RawBuilder<{ id: number; due_key: string; unit_id?: number | null; handler_id?: number | null }> {
  const facets = facetsOf({ ...filter, group: 'open' }) ?? [];
  const sources = narrowSources(agencyId, scope, filter) ?? [sql`true`];
  const parts = sources.map(
    (
      source,
    ) => sql`SELECT r.id, r.due_key ${whose ? sql`, r.unit_id, r.handler_id` : sql``} FROM ${ofFacets(facets)}
      WHERE r.agency_id = ${agencyId} AND ${source} AND ${spans(filter)}`,
  );
  return sql`${sql.join(parts, sql` UNION ALL `)}`;
}
