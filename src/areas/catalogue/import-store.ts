import { sql } from 'kysely';
import { copyCells, copyInto } from '../../core/copy.ts';
import type { Db } from '../../core/db.ts';
import { type PreparedItem, preparedItemColumns, preparedVersionColumns } from './import-preparing.ts';
import './schema.ts';

/** Any fixed number will do. */
const IMPORT_LOCK = 4_920_712;

/** Held until the transaction ends: of two imports into one agency the second waits here, so that no source comes twice. */
export async function holdImports(db: Db, agencyId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${IMPORT_LOCK}, ${agencyId})`.execute(db);
}

/** Which of these sources are items already. */
export async function knownSources(
  db: Db,
  agencyId: number,
  sourceIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT source_id AS id FROM items WHERE agency_id = ${agencyId} AND source_id = ANY(${[...sourceIds]}::text[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** For a rehearsal: remembers these sources until the transaction ends and tells which of them it had not met. */
export async function meetSources(db: Db, sourceIds: readonly string[]): Promise<Set<string>> {
  await sql`CREATE TEMPORARY TABLE IF NOT EXISTS met_sources (source_id text PRIMARY KEY) ON COMMIT DROP`.execute(
    db,
  );
  const { rows } = await sql<{ id: string }>`
    INSERT INTO met_sources SELECT DISTINCT unnest(${[...sourceIds]}::text[]) ON CONFLICT DO NOTHING
    RETURNING source_id AS id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** So many ids of items, taken for good. */
export async function takeItemIds(db: Db, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval(pg_get_serial_sequence('items', 'id')) AS id FROM generate_series(1, ${count})`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Writes many at once by COPY: item, version and its review, the import. */
export async function copyPastItems(
  db: Db,
  agencyId: number,
  items: readonly { id: number; indexNumber: string; prepared: PreparedItem }[],
  review: { by: string; basis: string; at: Date },
): Promise<void> {
  const text = (lineOf: (item: (typeof items)[number]) => string) =>
    items.map((item) => `${lineOf(item)}\n`).join('');
  await copyInto(
    db,
    'items',
    ['agency_id', 'id', 'index_number', ...preparedItemColumns],
    text(({ id, indexNumber, prepared }) => `${copyCells([agencyId, id, indexNumber])}\t${prepared.item}`),
  );
  await copyInto(
    db,
    'item_versions',
    ['agency_id', 'item_id', ...preparedVersionColumns],
    text(({ id, prepared }) => `${copyCells([agencyId, id])}\t${prepared.version}`),
  );
  const { by, basis, at } = review;
  await copyInto(
    db,
    'item_reviews',
    'agency_id item_id version step result reviewer_name opinion basis concluding at'.split(' '),
    text(({ id }) =>
      copyCells([agencyId, id, 1, 'import', 'passed', by, '此前已公开，导入历史信息', basis, true, at]),
    ),
  );
}

/** Lets the database check now what it would check at the end, so that nobody waits for that with the last locks held. */
export async function checkNow(db: Db): Promise<void> {
  await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(db);
}

/** Tells the planner what an import made of the tables; otherwise lists would be read as if these were empty. */
export async function refreshItemStatistics(db: Db): Promise<void> {
  await sql`ANALYZE items, item_versions, item_reviews, channel_posts`.execute(db);
}
