import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { composedOnce, prepared } from '../../core/prepared.ts';
import type { CubeCell, Narrowing } from './facets.ts';
import type { ItemFile, Validity } from './model.ts';
import './schema.ts';

/** What the public sees of the catalogue. Every query asks for published items itself: none trusts its caller to have done so. */

/** One line of a public list. Dates are ISO text. */
export interface PublicItem {
  id: number;
  indexNumber: string;
  title: string;
  abstract: string;
  columnId: number | null;
  unitName: string;
  genre: string;
  subject: string;
  documentNumber: string;
  issuingBody: string;
  formedOn: string | null;
  publishedOn: string;
  publishedAt: Date;
  amendedOn: string | null;
  validity: Validity;
}

/** null: everything. */
export interface PublicFilter extends Narrowing {
  /** Items of any of these columns, be it their own or a further one. */
  columnIds: readonly number[] | null;
}

/** Place in a list that runs from the newest to the oldest. */
export interface PublicPlace {
  publishedOn: string;
  id: number;
}

const listed = sql`i.id, i.index_number AS "indexNumber", i.title, i.abstract, i.column_id AS "columnId", i.genre, i.subject,
  i.document_number AS "documentNumber", i.issuing_body AS "issuingBody", i.formed_on AS "formedOn", i.published_on AS "publishedOn",
  i.published_at AS "publishedAt", i.amended_on AS "amendedOn", i.validity`;

/** Everything of the filter but the columns. */
function conditions(filter: PublicFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (filter.unitId !== null) parts.push(sql`i.unit_id = ${filter.unitId}`);
  if (filter.year !== null) {
    parts.push(
      sql`i.published_on BETWEEN make_date(${filter.year}::int, 1, 1) AND make_date(${filter.year}::int, 12, 31)`,
    );
  }
  if (filter.genre !== null) parts.push(sql`i.genre = ${filter.genre}`);
  if (filter.validity !== null) parts.push(sql`i.validity = ${filter.validity}`);
  return sql.join(parts, sql` AND `);
}

/** Whether a row lies where it is looked for, given its day and its id. */
type Beside = (publishedOn: RawBuilder<unknown>, id: RawBuilder<unknown>) => RawBuilder<unknown>;

/**
 * The first rows of a filter in an order. Each column is read along the index of its own items and that of those it gathers, and only
 * as far as needed, so that a page costs the same whatever the catalogue holds.
 */
function first(
  agencyId: RawBuilder<unknown>,
  columnIds: RawBuilder<unknown> | null,
  where: RawBuilder<unknown>,
  beside: Beside,
  { direction = 'DESC', limit }: { direction?: 'DESC' | 'ASC'; limit: number },
): RawBuilder<unknown> {
  const own = sql`FROM items i WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND ${where}
    AND ${beside(sql`i.published_on`, sql`i.id`)}`;
  const way = sql.raw(direction);
  // The number of rows stands in the text: without it a plan made for every value would expect a tenth of the table.
  const most = sql.raw(String(Math.trunc(limit)));
  const last = sql`ORDER BY i.published_on ${way}, i.id ${way} LIMIT ${most}`;
  if (columnIds === null) return sql`SELECT i.* ${own} ${last}`;
  return sql`SELECT i.* FROM (SELECT i.* FROM (
    SELECT o.* FROM unnest(${columnIds}) AS c (id) CROSS JOIN LATERAL (
      SELECT i.id, i.published_on ${own} AND i.column_id = c.id ${last}) o
    UNION
    SELECT o.* FROM unnest(${columnIds}) AS c (id) CROSS JOIN LATERAL (
      SELECT i.id, g.published_on FROM gathered_items g
        JOIN items i ON i.agency_id = g.agency_id AND i.id = g.item_id AND i.state = 'published'
      WHERE g.agency_id = ${agencyId} AND g.column_id = c.id AND ${where} AND ${beside(sql`g.published_on`, sql`g.item_id`)}
      ORDER BY g.published_on ${way}, g.item_id ${way} LIMIT ${most}) o) i ${last}) k
    JOIN items i ON i.agency_id = ${agencyId} AND i.id = k.id`;
}

/** Rows of `items` as `i`, as lists show them, as JSON; the newest first, null for none. `more` are cells of one's own. */
const asList = (rows: RawBuilder<unknown>, more: RawBuilder<unknown> = sql``) =>
  sql`(SELECT json_agg(j ORDER BY j."publishedOn" DESC, j.id DESC) FROM (
    SELECT ${listed}, u.name AS "unitName"${more} FROM ${rows}
    JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id) j)`;

/** The public ones of items, given as agency_id, relation and id, as JSON with their relation; the newest first, null for none. */
export const relatedJson = (given: RawBuilder<unknown>) =>
  asList(
    sql`(${given}) r JOIN items i ON i.agency_id = r.agency_id AND i.id = r.id AND i.state = 'published'`,
    sql`, r.relation`,
  );

/** An item of a list as JSON has it. */
export type ListedJson = Omit<PublicItem, 'publishedAt'> & { publishedAt: string };

/** As lists are told elsewhere: with instants in place of their texts. */
export const fromJson = <Json extends ListedJson>(item: Json) => ({
  ...item,
  publishedAt: new Date(item.publishedAt),
});

/** Which items of a list: the newest, those older than a place, or those newer than one and next to it. */
export interface ListPart {
  olderThan?: PublicPlace | null;
  newerThan?: PublicPlace | null;
  limit: number;
}

/** Published items older than a place, or those newer than one and next to it; always told from the newest to the oldest. */
export async function publicItemsBeside(
  db: Db,
  agencyId: number,
  filter: PublicFilter,
  { olderThan = null, newerThan = null, limit }: ListPart,
): Promise<PublicItem[]> {
  const at = olderThan ?? newerThan;
  const compared = sql.raw(olderThan ? '<' : '>');
  const place: Beside = (publishedOn, id) =>
    at ? sql`(${publishedOn}, ${id}) ${compared} (${at.publishedOn}::date, ${at.id}::bigint)` : sql`true`;
  const direction = !olderThan && newerThan ? 'ASC' : 'DESC';
  const columnIds = filter.columnIds && sql`${[...filter.columnIds]}::bigint[]`;
  const rows = first(sql`${agencyId}`, columnIds, conditions(filter), place, { direction, limit });
  // A list travels as one cell: the driver takes longer for three hundred than for the page made of them.
  const { rows: lists } = await sql<{
    items: ListedJson[] | null;
  }>`${prepared}SELECT ${asList(sql`(${rows}) i`)} AS items`.execute(db);
  return (lists[0]?.items ?? []).map(fromJson);
}

/** The newest items of these columns, or those older than a place. */
export interface ListQuestion {
  agencyId: number;
  columnIds: readonly number[];
  olderThan: PublicPlace | null;
}

const NEWER_THAN_ALL = { publishedOn: 'infinity', id: Number.MAX_SAFE_INTEGER };

/** Several lists in one query, at most `limit` items each: one for each question, in their order. */
export async function publicLists(
  db: Db,
  questions: readonly ListQuestion[],
  limit: number,
): Promise<PublicItem[][]> {
  const asked = JSON.stringify(
    questions.map(({ agencyId, columnIds, olderThan }, n) => ({
      n,
      agency_id: agencyId,
      column_ids: columnIds,
      published_on: (olderThan ?? NEWER_THAN_ALL).publishedOn,
      id: (olderThan ?? NEWER_THAN_ALL).id,
    })),
  );
  const older: Beside = (publishedOn, id) => sql`(${publishedOn}, ${id}) < (a.published_on, a.id)`;
  const rows = first(sql`a.agency_id`, sql`a.column_ids`, sql`true`, older, { limit });
  const { rows: lists } = await sql<{ n: number; items: ListedJson[] | null }>`${prepared}
    SELECT a.n, ${asList(sql`(${rows}) i`)} AS items
    FROM json_to_recordset(${asked}::json) AS a (n int, agency_id bigint, column_ids bigint[], published_on date, id bigint)`.execute(
    db,
  );
  const found = new Map(lists.map(({ n, items }) => [n, items]));
  return questions.map((_, n) => (found.get(n) ?? []).map(fromJson));
}

/** How many items of these columns share a unit, year, genre and validity, among `most` items. */
export async function publicCube(
  db: Db,
  agencyId: number,
  columnIds: readonly number[] | null,
  most: number,
): Promise<CubeCell[]> {
  const ids = columnIds && sql`${[...columnIds]}::bigint[]`;
  const ofAgency = sql`i.agency_id = ${agencyId} AND i.state = 'published'`;
  // Either half is bounded by itself, so that neither is read to its end to be told from the other.
  const sample = ids
    ? sql`((SELECT i.id FROM items i WHERE ${ofAgency} AND i.column_id = ANY (${ids}) LIMIT ${most})
      UNION (SELECT g.item_id FROM gathered_items g WHERE g.agency_id = ${agencyId} AND g.column_id = ANY (${ids}) LIMIT ${most})) s
      JOIN items i ON i.id = s.id`
    : sql`items i`;
  const { rows } = await sql<CubeCell>`${prepared}WITH sample AS MATERIALIZED (
      SELECT i.unit_id, extract(year FROM i.published_on)::int AS year, i.genre, i.validity FROM ${sample}
      WHERE ${ofAgency} LIMIT ${most}),
    cells AS (SELECT unit_id, year, genre, validity, count(*) AS count FROM sample GROUP BY 1, 2, 3, 4)
    SELECT c.unit_id AS "unitId", u.name AS "unitName", c.year, c.genre, c.validity, c.count
    FROM cells c JOIN units u ON u.agency_id = ${agencyId} AND u.id = c.unit_id`.execute(db);
  return rows;
}

/**
 * How many published items each column holds with all below it, in use or not, with the day of the newest: an item once in each
 * column, whether it stands there or below, as its own or a further one. Columns that hold nothing are left out.
 */
export async function countsByColumn(
  db: Db,
  agencyId: number,
): Promise<Map<number, { count: number; newestOn: string }>> {
  const { rows } = await sql<{ id: number; count: number; newestOn: string }>`
    WITH RECURSIVE above AS (
      SELECT id AS column_id, id, parent_id FROM catalogue_columns WHERE agency_id = ${agencyId}
      UNION ALL
      SELECT a.column_id, c.id, c.parent_id FROM above a
        JOIN catalogue_columns c ON c.agency_id = ${agencyId} AND c.id = a.parent_id),
    -- Along the index of each column: the items themselves are not read.
    own AS (
      SELECT c.id AS column_id, i.count, i.newest_on FROM catalogue_columns c CROSS JOIN LATERAL (
        SELECT count(*) AS count, max(i.published_on) AS newest_on FROM items i
        WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND i.column_id = c.id) i
      WHERE c.agency_id = ${agencyId} AND i.count > 0),
    -- Items that come to a column by further ones alone.
    gathered AS (
      SELECT DISTINCT a.id, g.item_id, g.published_on FROM gathered_items g
        JOIN items i ON i.agency_id = g.agency_id AND i.id = g.item_id
        JOIN above a ON a.column_id = g.column_id
      WHERE g.agency_id = ${agencyId} AND NOT EXISTS (SELECT FROM above o WHERE o.column_id = i.column_id AND o.id = a.id))
    SELECT id, sum(count) AS count, max(newest_on) AS "newestOn" FROM (
      SELECT a.id, o.count, o.newest_on FROM own o JOIN above a ON a.column_id = o.column_id
      UNION ALL SELECT id, count(*), max(published_on) FROM gathered GROUP BY id) held
    GROUP BY id`.execute(db);
  return new Map(rows.map(({ id, count, newestOn }) => [id, { count, newestOn }]));
}

/** A file that the public may read: of the live version of a published item, and of no other. */
export async function publicFile(
  db: Db,
  agencyId: number,
  itemId: number,
  digest: string,
): Promise<Pick<ItemFile, 'name' | 'type' | 'bytes' | 'kind'> | null> {
  const row = await db
    .selectFrom('item_files as f')
    .innerJoin('items as i', (join) =>
      join
        .onRef('i.agency_id', '=', 'f.agency_id')
        .onRef('i.id', '=', 'f.item_id')
        .onRef('i.live_version', '=', 'f.version'),
    )
    .select(['f.name', 'f.type', 'f.bytes', 'f.kind'])
    .where('f.agency_id', '=', agencyId)
    .where('f.item_id', '=', itemId)
    .where('f.digest', '=', digest)
    .where('i.state', '=', 'published')
    .where('f.released', '=', true)
    .orderBy('f.id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

const revisions = composedOnce(
  () =>
    sql<{ id: number; revision: number }>`${prepared}SELECT agency_id AS id, revision FROM content_revisions`,
);

/** Content revision of every agency that has one. */
export async function contentRevisions(db: Db): Promise<Map<number, number>> {
  return new Map((await revisions(db, {})).map(({ id, revision }) => [id, revision]));
}
