import { type RawBuilder, type Sql, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
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
export interface PublicFilter {
  /** Items of any of these columns, be it their own or a further one. */
  columnIds: readonly number[] | null;
  unitId: number | null;
  /** Of first publication. */
  year: number | null;
  genre: string | null;
  validity: Validity | null;
}

/** Place in a list that runs from the newest to the oldest. */
export interface PublicPlace {
  publishedOn: string;
  id: number;
}

const listed = sql`i.id, i.index_number AS "indexNumber", i.title, i.abstract, i.column_id AS "columnId", i.unit_id, i.genre, i.subject,
  i.document_number AS "documentNumber", i.issuing_body AS "issuingBody", i.formed_on AS "formedOn", i.published_on AS "publishedOn",
  i.published_at AS "publishedAt", i.amended_on AS "amendedOn", i.validity`;

/** Everything of the filter but the columns. */
function conditions(filter: PublicFilter, but?: keyof PublicFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (filter.unitId !== null && but !== 'unitId') parts.push(sql`i.unit_id = ${filter.unitId}`);
  if (filter.year !== null && but !== 'year') {
    parts.push(
      sql`i.published_on BETWEEN make_date(${filter.year}::int, 1, 1) AND make_date(${filter.year}::int, 12, 31)`,
    );
  }
  if (filter.genre !== null && but !== 'genre') parts.push(sql`i.genre = ${filter.genre}`);
  if (filter.validity !== null && but !== 'validity') parts.push(sql`i.validity = ${filter.validity}`);
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
  const last = sql`ORDER BY i.published_on ${way}, i.id ${way} LIMIT ${limit}`;
  if (columnIds === null) return sql`SELECT i.* ${within} ${last}`;
  const keys = sql`SELECT i.id, i.published_on ${within}`;
  const ids = sql`${[...columnIds]}::bigint[]`;
  return sql`SELECT i.* FROM (SELECT i.* FROM (
    SELECT o.* FROM unnest(${ids}) AS c (id) CROSS JOIN LATERAL (${keys} AND i.column_id = c.id ${last}) o
    UNION
    (${keys} AND i.id IN (${further(agencyId, ids)}) ${last})) i ${last}) k
    JOIN items i ON i.agency_id = ${agencyId} AND i.id = k.id`;
}

/** These rows of `items` as lists show them, the newest first. */
export const listedItems = (db: Db, agencyId: number, rows: RawBuilder<unknown>) =>
  sql<PublicItem & { unit_id: number }>`SELECT ${listed}, u.name AS "unitName" FROM (${rows}) i
    JOIN units u ON u.agency_id = ${agencyId} AND u.id = i.unit_id ORDER BY i.published_on DESC, i.id DESC`
    .execute(db)
    .then(({ rows }) => rows.map(({ unit_id: _, ...item }): PublicItem => item));

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

export interface PublicCounts {
  /** How many items the filter finds, counted to `most` and no further. */
  total: number;
  units: { id: number; name: string; count: number }[];
  years: { year: number; count: number }[];
  genres: { genre: string; count: number }[];
  validities: { validity: Validity; count: number }[];
}

/** What the list holds by unit, year, genre and validity: each counted under the other filters, among `most` items. */
export async function publicCounts(
  db: Db,
  agencyId: number,
  filter: PublicFilter,
  most: number,
): Promise<PublicCounts> {
  const by = (dimension: keyof PublicFilter, key: Sql | RawBuilder<unknown>) =>
    sql`SELECT ${sql.lit(dimension)} AS dimension, (${key})::text AS key, count(*) AS count FROM sample i
      WHERE ${conditions(filter, dimension)} GROUP BY 2`;
  const ids = filter.columnIds && sql`${[...filter.columnIds]}::bigint[]`;
  const inColumns = ids
    ? sql`(i.column_id = ANY (${ids}) OR i.id IN (${further(agencyId, ids)}))`
    : sql`true`;
  const { rows } = await sql<{ dimension: string; key: string; name: string | null; count: number }>`
    WITH sample AS MATERIALIZED (SELECT i.unit_id, i.published_on, i.genre, i.validity FROM items i
      WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND ${inColumns} LIMIT ${most}),
    counted AS (
      ${by('unitId', sql`i.unit_id`)} UNION ALL
      ${by('year', sql`extract(year FROM i.published_on)`)} UNION ALL
      ${by('genre', sql`i.genre`)} UNION ALL
      ${by('validity', sql`i.validity`)} UNION ALL
      SELECT 'total', '', count(*) FROM sample i WHERE ${conditions(filter)})
    SELECT c.*, u.name FROM counted c LEFT JOIN units u ON c.dimension = 'unitId' AND u.agency_id = ${agencyId}
      AND u.id::text = c.key ORDER BY c.count DESC, c.key`.execute(db);
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension);
  return {
    total: of('total')[0]?.count ?? 0,
    units: of('unitId').map(({ key, name, count }) => ({ id: Number(key), name: name ?? '', count })),
    years: of('year')
      .map(({ key, count }) => ({ year: Number(key), count }))
      .sort((a, b) => b.year - a.year),
    genres: of('genre')
      .filter(({ key }) => key !== '')
      .map(({ key, count }) => ({ genre: key, count })),
    validities: of('validity').map(({ key, count }) => ({ validity: key as Validity, count })),
  };
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

/** A published item by its id, as lists show it. */
export async function publicItem(db: Db, agencyId: number, id: number): Promise<PublicItem | null> {
  const [item] = await listedItems(
    db,
    agencyId,
    sql`SELECT i.* FROM items i WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND i.id = ${id}`,
  );
  return item ?? null;
}

/** The next newer and the next older item of the same column. */
export async function neighboursOf(
  db: Db,
  agencyId: number,
  item: { columnId: number | null } & PublicPlace,
): Promise<{ newer: PublicItem | null; older: PublicItem | null }> {
  const beside = (comparison: '<' | '>', direction: 'ASC' | 'DESC') =>
    listedItems(
      db,
      agencyId,
      sql`SELECT i.* FROM items i WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND i.column_id = ${item.columnId}
        AND (i.published_on, i.id) ${sql.raw(comparison)} (${item.publishedOn}::date, ${item.id}::bigint)
        ORDER BY i.published_on ${sql.raw(direction)}, i.id ${sql.raw(direction)} LIMIT 1`,
    );
  const [[newer], [older]] = await Promise.all([beside('>', 'ASC'), beside('<', 'DESC')]);
  return { newer: newer ?? null, older: older ?? null };
}

/** Published items that took the place of this one's predecessors: what it repealed or replaced. */
export function replacedBy(db: Db, agencyId: number, id: number): Promise<PublicItem[]> {
  return listedItems(
    db,
    agencyId,
    sql`SELECT i.* FROM items i WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND i.replaced_by = ${id}
      ORDER BY i.id LIMIT 20`,
  );
}

/** Why a document has the validity it has now. */
export async function validityGround(db: Db, agencyId: number, itemId: number): Promise<string> {
  const row = await db
    .selectFrom('item_validity')
    .select('ground')
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', itemId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.ground ?? '';
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
