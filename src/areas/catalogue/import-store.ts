import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

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

/** One item of the past with all that makes it public. */
export interface PastItem {
  indexNumber: string;
  sourceId: string;
  unitId: number;
  title: string;
  abstract: string;
  body: string;
  plain: string;
  columnId: number | null;
  genre: string;
  subject: string;
  documentNumber: string;
  issuingBody: string;
  formedOn: string;
  publishedOn: string;
  normative: string;
  channels: readonly string[];
  digest: string;
}

/** Writes many at once: item, version and its review, the import. Returns the new ids by source. */
export async function insertPastItems(
  db: Db,
  agencyId: number,
  items: readonly PastItem[],
  review: { by: string; basis: string; at: Date },
): Promise<Map<string, number>> {
  const column = <K extends keyof PastItem>(name: K) => items.map((item) => item[name]);
  const channels = items.map((item) => item.channels.join(','));
  const { rows } = await sql<{ id: number; sourceId: string }>`
    WITH given AS (
      SELECT * FROM unnest(${column('indexNumber')}::text[], ${column('sourceId')}::text[], ${column('unitId')}::int[],
        ${column('title')}::text[], ${column('abstract')}::text[], ${column('body')}::text[], ${column('plain')}::text[],
        ${column('columnId')}::bigint[], ${column('genre')}::text[], ${column('subject')}::text[],
        ${column('documentNumber')}::text[], ${column('issuingBody')}::text[], ${column('formedOn')}::date[],
        ${column('publishedOn')}::date[], ${column('normative')}::text[], ${channels}::text[], ${column('digest')}::text[])
        AS g (index_number, source_id, unit_id, title, abstract, body, plain, column_id, genre, subject, document_number,
          issuing_body, formed_on, published_on, normative, channels, digest)
    ), item AS (
      INSERT INTO items (agency_id, index_number, unit_id, source_id, state, live_version, title, abstract, column_id, genre,
        subject, document_number, issuing_body, formed_on, published_on, published_at, normative)
      SELECT ${agencyId}, index_number, unit_id, source_id, 'published', 1, title, abstract, column_id, genre, subject,
        document_number, issuing_body, formed_on, published_on, published_on + time '09:00', normative FROM given
      RETURNING id, source_id
    ), version AS (
      INSERT INTO item_versions (agency_id, item_id, version, state, title, abstract, body, plain, column_id, genre, subject,
        document_number, issuing_body, source, formed_on, normative, channels, created_at, saved_at, published_at, digest)
      SELECT ${agencyId}, i.id, 1, 'published', g.title, g.abstract, g.body, g.plain, g.column_id, g.genre, g.subject,
        g.document_number, g.issuing_body, g.issuing_body, g.formed_on, g.normative, string_to_array(g.channels, ','),
        ${review.at}, ${review.at}, g.published_on + time '09:00', g.digest
      FROM given g JOIN item i USING (source_id)
    ), review AS (
      INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_name, opinion, basis, concluding, at)
      SELECT ${agencyId}, id, 1, 'import', 'passed', ${review.by}, '此前已公开，导入历史信息', ${review.basis}, true, ${review.at}
      FROM item
    )
    SELECT id, source_id AS "sourceId" FROM item`.execute(db);
  return new Map(rows.map(({ id, sourceId }) => [sourceId, id]));
}

/** Tells the planner what a large import made of the tables; otherwise the first lists would be read as if they were empty. */
export async function refreshItemStatistics(db: Db): Promise<void> {
  await sql`ANALYZE items, item_versions, item_reviews, channel_posts, search_entries`.execute(db);
}
