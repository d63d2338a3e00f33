import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { prepared } from '../../core/prepared.ts';
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

/** Items that stand in these columns besides their own. */
const further = (agencyId: number, ids: RawBuilder<unknown>) =>
  sql`SELECT v.item_id FROM item_versions v WHERE v.agency_id = ${agencyId} AND v.state = 'published'
    AND v.further_columns <> '{}' AND v.further_columns && ${ids}`;

/**
 * The first rows of a filter in an order. Each column is read along its own index and only as far as needed, so that a page
 * costs the same whatever the catalogue holds.
 */
function first(
  agencyId: number,
  columnIds: readonly number[] | null,
  where: RawBuilder<unknown>,
  { direction = 'DESC', limit }: { direction?: 'DESC' | 'ASC'; limit: number },
): RawBuilder<unknown> {
  const within = sql`FROM items i WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND ${where}`;
  const way = sql.raw(direction);
  // The number of rows stands in the text: without it a plan made for every value would expect a tenth of the table.
  const most = sql.raw(String(Math.trunc(limit)));
  const last = sql`ORDER BY i.published_on ${way}, i.id ${way} LIMIT ${most}`;
  if (columnIds === null) return sql`SELECT i.* ${within} ${last}`;
  const keys = sql`SELECT i.id, i.published_on ${within}`;
  const ids = sql`${[...columnIds]}::bigint[]`;
  return sql`SELECT i.* FROM (SELECT i.* FROM (
    SELECT o.* FROM unnest(${ids}) AS c (id) CROSS JOIN LATERAL (${keys} AND i.column_id = c.id ${last}) o
    UNION
    (${keys} AND i.id IN (${further(agencyId, ids)}) ${last})) i ${last}) k
    JOIN items i ON i.agency_id = ${agencyId} AND i.id = k.id`;
}

/** The public ones of items, given as agency_id, relation and id, as JSON with their relation; the newest first, null for none. */
export const relatedJson = (given: RawBuilder<unknown>) =>
  sql`(SELECT json_agg(j ORDER BY j."publishedOn" DESC, j.id DESC) FROM (
    SELECT r.relation, ${listed}, u.name AS "unitName" FROM (${given}) r
    JOIN items i ON i.agency_id = r.agency_id AND i.id = r.id AND i.state = 'published'
    JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id) j)`;

export type ListedJson = Omit<PublicItem, 'publishedAt'> & { publishedAt: string };

/** These rows of `items` as lists show them, the newest first. */
export const listedItems = (db: Db, agencyId: number, rows: RawBuilder<unknown>) =>
  sql<PublicItem>`${prepared}SELECT ${listed}, u.name AS "unitName" FROM (${rows}) i
    JOIN units u ON u.agency_id = ${agencyId} AND u.id = i.unit_id ORDER BY i.published_on DESC, i.id DESC`
    .execute(db)
    .then(({ rows }) => rows);

/** Published items older than a place, or those newer than one and next to it; always told from the newest to the oldest. */
export function publicItemsBeside(
  db: Db,
  agencyId: number,
  filter: PublicFilter,
  {
    olderThan = null,
    newerThan = null,
    limit,
  }: { olderThan?: PublicPlace | null; newerThan?: PublicPlace | null; limit: number },
): Promise<PublicItem[]> {
  const at = olderThan ?? newerThan;
  const compared = sql.raw(olderThan ? '<' : '>');
  const place = at
    ? sql`(i.published_on, i.id) ${compared} (${at.publishedOn}::date, ${at.id}::bigint)`
    : sql`true`;
  const direction = !olderThan && newerThan ? 'ASC' : 'DESC';
  const where = sql`${conditions(filter)} AND ${place}`;
  return listedItems(db, agencyId, first(agencyId, filter.columnIds, where, { direction, limit }));
}

/** How many items of these columns share a unit, year, genre and validity, among `most` items. */
export async function publicCube(
  db: Db,
  agencyId: number,
  columnIds: readonly number[] | null,
  most: number,
): Promise<CubeCell[]> {
  const ids = columnIds && sql`${[...columnIds]}::bigint[]`;
  const inColumns = ids
    ? sql`(i.column_id = ANY (${ids}) OR i.id IN (${further(agencyId, ids)}))`
    : sql`true`;
  const { rows } = await sql<CubeCell>`${prepared}WITH sample AS MATERIALIZED (
      SELECT i.unit_id, extract(year FROM i.published_on)::int AS year, i.genre, i.validity FROM items i
      WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND ${inColumns} LIMIT ${most}),
    cells AS (SELECT unit_id, year, genre, validity, count(*) AS count FROM sample GROUP BY 1, 2, 3, 4)
    SELECT c.unit_id AS "unitId", u.name AS "unitName", c.year, c.genre, c.validity, c.count
    FROM cells c JOIN units u ON u.agency_id = ${agencyId} AND u.id = c.unit_id`.execute(db);
  return rows;
}

/** How many published items each column holds of its own, with the day of the newest. */
export async function countsByColumn(
  db: Db,
  agencyId: number,
): Promise<Map<number, { count: number; newestOn: string }>> {
  const rows = await db
    .selectFrom('items')
    .select([
      'column_id',
      (eb) => eb.fn.countAll<number>().as('count'),
      (eb) => eb.fn.max('published_on').as('newestOn'),
    ])
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'published')
    .where('column_id', 'is not', null)
    .groupBy('column_id')
    .execute();
  return new Map(
    rows.map(({ column_id, count, newestOn }) => [column_id ?? 0, { count, newestOn: newestOn ?? '' }]),
  );
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

/** Content revision of every agency that has one. */
export async function contentRevisions(db: Db): Promise<Map<number, number>> {
  const rows = await db.selectFrom('content_revisions').select(['agency_id', 'revision']).execute();
  return new Map(rows.map(({ agency_id, revision }) => [agency_id, revision]));
}
