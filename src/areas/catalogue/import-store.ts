import { sql } from 'kysely';
import { copyCells, copyInto } from '../../core/copy.ts';
import type { Db } from '../../core/db.ts';
import { normaliseDocumentNumber } from '../../law/index.ts';
import { type PreparedItem, preparedItemColumns, preparedVersionColumns } from './import-preparing.ts';
import type { NormativeKind } from './model.ts';
import './schema.ts';

/** Any fixed number will do. */
const IMPORT_LOCK = 4_920_712;

/** Held until the transaction ends: of two imports into one agency the second waits here, so that no source comes twice. */
export async function holdImports(db: Db, agencyId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${IMPORT_LOCK}, ${agencyId})`.execute(db);
}

/** Which of these sources are items already, with the digest of what each said when it came. */
export async function knownSources(
  db: Db,
  agencyId: number,
  sourceIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ source: string; digest: string }>`
    SELECT i.source_id AS source, coalesce((SELECT v.digest FROM item_versions v
      WHERE v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = 1), '') AS digest
    FROM items i WHERE i.agency_id = ${agencyId} AND i.source_id = ANY(${[...sourceIds]}::text[])`.execute(
    db,
  );
  return new Map(rows.map(({ source, digest }) => [source, digest]));
}

/** An item as others may refer to it. */
export interface ReferencedItem {
  id: number;
  sourceId: string | null;
  indexNumber: string;
  documentNumber: string;
  normative: NormativeKind;
}

/** Items with one of these sources, index numbers or document numbers. */
export async function referencedItems(
  db: Db,
  agencyId: number,
  references: readonly string[],
): Promise<ReferencedItem[]> {
  if (references.length === 0) return [];
  const given = [...new Set(references)];
  const numbers = [...new Set([...given, ...given.map(normaliseDocumentNumber)])];
  const columns = sql`id, source_id AS "sourceId", index_number AS "indexNumber", document_number AS "documentNumber", normative`;
  const ofAgency = sql`FROM items WHERE agency_id = ${agencyId} AND state <> 'discarded'`;
  const { rows } = await sql<ReferencedItem>`
    SELECT ${columns} ${ofAgency} AND source_id = ANY(${given}::text[])
    UNION ALL SELECT ${columns} ${ofAgency} AND index_number = ANY(${given}::text[])
    UNION ALL SELECT ${columns} ${ofAgency} AND document_number <> '' AND document_number = ANY(${numbers}::text[])`.execute(
    db,
  );
  return rows;
}

/** For a rehearsal: remembers these lines until the transaction ends and tells which of their sources it had not met. */
export async function meetSources(
  db: Db,
  lines: readonly { sourceId: string; documentNumber: string }[],
): Promise<Set<string>> {
  await sql`CREATE TEMPORARY TABLE IF NOT EXISTS met_sources (source_id text PRIMARY KEY) ON COMMIT DROP`.execute(
    db,
  );
  await sql`CREATE TEMPORARY TABLE IF NOT EXISTS met_numbers (number text PRIMARY KEY) ON COMMIT DROP`.execute(
    db,
  );
  const numbers = lines.map(({ documentNumber }) => documentNumber).filter((number) => number !== '');
  if (numbers.length > 0)
    await sql`INSERT INTO met_numbers SELECT DISTINCT unnest(${numbers}::text[]) ON CONFLICT DO NOTHING`.execute(
      db,
    );
  const { rows } = await sql<{ id: string }>`
    INSERT INTO met_sources SELECT DISTINCT unnest(${lines.map(({ sourceId }) => sourceId)}::text[]) ON CONFLICT DO NOTHING
    RETURNING source_id AS id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** For a rehearsal: remembers what lines refer to. */
export async function meetReferences(
  db: Db,
  given: readonly { line: number; reference: string }[],
): Promise<void> {
  await sql`CREATE TEMPORARY TABLE IF NOT EXISTS met_references (line integer, reference text, number text) ON COMMIT DROP`.execute(
    db,
  );
  if (given.length === 0) return;
  await sql`INSERT INTO met_references SELECT * FROM unnest(${given.map(({ line }) => line)}::int[],
    ${given.map(({ reference }) => reference)}::text[],
    ${given.map(({ reference }) => normaliseDocumentNumber(reference))}::text[])`.execute(db);
}

/** For a rehearsal: the first references that neither an item nor a line that was met answers to. */
export async function metNowhere(
  db: Db,
  agencyId: number,
  limit: number,
): Promise<{ line: number; reference: string }[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<{ line: number; reference: string }>`
    SELECT r.line, r.reference FROM met_references r
    WHERE NOT EXISTS (SELECT FROM met_sources s WHERE s.source_id = r.reference)
      AND NOT EXISTS (SELECT FROM met_numbers n WHERE n.number = r.number)
      AND NOT EXISTS (SELECT FROM items i WHERE i.agency_id = ${agencyId} AND i.state <> 'discarded' AND i.source_id = r.reference)
      AND NOT EXISTS (SELECT FROM items i WHERE i.agency_id = ${agencyId} AND i.state <> 'discarded' AND i.index_number = r.reference)
      AND NOT EXISTS (SELECT FROM items i WHERE i.agency_id = ${agencyId} AND i.state <> 'discarded' AND i.document_number <> ''
        AND i.document_number IN (r.reference, r.number))
    ORDER BY r.line LIMIT ${limit}`.execute(db);
  return rows;
}

/** So many ids of items, taken for good. */
export async function takeItemIds(db: Db, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval(pg_get_serial_sequence('items', 'id')) AS id FROM generate_series(1, ${count})`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** An item to be written: what was prepared of its line, and what only the database knows. */
export interface PastItem {
  id: number;
  prepared: PreparedItem;
  /** What it interprets. */
  interprets: readonly number[];
  digest: string;
}

/** Writes many at once by COPY: item, version and its review, which is this part of the import. */
export async function copyPastItems(
  db: Db,
  agencyId: number,
  items: readonly (PastItem & { indexNumber: string })[],
  review: { by: string; basis: string; at: Date; part: number },
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
    ['agency_id', 'item_id', 'digest', 'interprets', ...preparedVersionColumns],
    text(({ id, digest, interprets, prepared }) => {
      const cells = copyCells([agencyId, id, digest, interprets.map(String)]);
      return `${cells}\t${prepared.version}`;
    }),
  );
  const { by, basis, at, part } = review;
  await copyInto(
    db,
    'item_reviews',
    'agency_id item_id version step result reviewer_name opinion basis concluding at import_part'.split(' '),
    text(({ id }) =>
      copyCells([agencyId, id, 1, 'import', 'passed', by, '此前已公开，导入历史信息', basis, true, at, part]),
    ),
  );
}

/**
 * Lets the database check now what it would check of each item at the end, so that nobody waits for that with the last locks
 * held. That the ledger tells of them it can see only then.
 */
export async function checkNow(db: Db): Promise<void> {
  await sql`SET CONSTRAINTS item_versions_reviewed, items_live, items_agency_id_id_live_version_fkey IMMEDIATE`.execute(
    db,
  );
}

/** Tells the planner what an import made of the tables; otherwise lists would be read as if these were empty. */
export async function refreshItemStatistics(db: Db): Promise<void> {
  await sql`ANALYZE items, item_versions, item_reviews, channel_posts`.execute(db);
}
