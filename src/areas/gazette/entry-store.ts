import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Candidate, Entry } from './model.ts';
import './schema.ts';

/** Issues that are out and printed the item `i`, as `2018年第3期`. */
const earlierIssues = (agencyId: number, but: number) => sql`coalesce((
    SELECT array_agg(g.year || '年第' || g.number || '期' ORDER BY g.total) FROM gazette_entries o
      JOIN gazette_issues g ON g.agency_id = o.agency_id AND g.id = o.issue_id AND g.state = 'published'
    WHERE o.agency_id = ${agencyId} AND o.item_id = i.id AND o.issue_id <> ${but}), '{}')`;

/** Entries of an issue by position, each with what its item is today. */
export async function entriesOf(db: Db, agencyId: number, issueId: number): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    SELECT e.item_id AS "itemId", e.version, e.section, e.position, v.title, v.document_number AS "documentNumber",
      v.formed_on AS "formedOn", i.index_number AS "indexNumber", u.name AS "unitName", i.state AS "itemState",
      i.live_version AS "liveVersion", i.validity, i.validity_on AS "validityOn", i.withdrawn_on AS "withdrawnOn",
      i.amended_on AS "amendedOn", length(v.plain) AS characters, ${earlierIssues(agencyId, issueId)} AS earlier
    FROM gazette_entries e
    JOIN items i ON i.agency_id = e.agency_id AND i.id = e.item_id
    JOIN item_versions v ON v.agency_id = e.agency_id AND v.item_id = e.item_id AND v.version = coalesce(e.version, i.live_version)
    JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
    WHERE e.agency_id = ${agencyId} AND e.issue_id = ${issueId} ORDER BY e.position, e.item_id`.execute(db);
  return rows;
}

/** What is printed of an entry. */
export interface EntryText {
  itemId: number;
  version: number;
  section: string;
  title: string;
  documentNumber: string;
  issuingBody: string;
  formedOn: string | null;
  body: string;
  plain: string;
  /** SM3 of the version. */
  digest: string;
  pictures: { digest: string; type: string; bytes: number }[];
}

/** The texts of an issue in printed order: the versions submitted, or what is live while it is composed. */
export async function entryTexts(db: Db, agencyId: number, issueId: number): Promise<EntryText[]> {
  const { rows } = await sql<EntryText>`
    SELECT e.item_id AS "itemId", v.version, e.section, v.title, v.document_number AS "documentNumber",
      v.issuing_body AS "issuingBody", v.formed_on AS "formedOn", v.body, v.plain, v.digest,
      coalesce((SELECT json_agg(json_build_object('digest', f.digest, 'type', f.type, 'bytes', f.bytes) ORDER BY f.id)
        FROM item_files f WHERE f.agency_id = e.agency_id AND f.item_id = e.item_id AND f.version = v.version
          AND f.kind = 'picture' AND f.released), '[]') AS pictures
    FROM gazette_entries e
    JOIN items i ON i.agency_id = e.agency_id AND i.id = e.item_id
    JOIN item_versions v ON v.agency_id = e.agency_id AND v.item_id = e.item_id AND v.version = coalesce(e.version, i.live_version)
    WHERE e.agency_id = ${agencyId} AND e.issue_id = ${issueId} ORDER BY e.position, e.item_id`.execute(db);
  return rows;
}

/** What an issue answers for of each entry, in printed order: the version and its SM3, without the text. */
export async function entryDigests(
  db: Db,
  agencyId: number,
  issueId: number,
): Promise<Pick<EntryText, 'itemId' | 'version' | 'section' | 'digest'>[]> {
  return db
    .selectFrom('gazette_entries as e')
    .innerJoin('item_versions as v', (join) =>
      join
        .onRef('v.agency_id', '=', 'e.agency_id')
        .onRef('v.item_id', '=', 'e.item_id')
        .onRef('v.version', '=', 'e.version'),
    )
    .select(['e.item_id as itemId', 'v.version', 'e.section', 'v.digest'])
    .where('e.agency_id', '=', agencyId)
    .where('e.issue_id', '=', issueId)
    .orderBy('e.position')
    .orderBy('e.item_id')
    .execute();
}

/** Puts items behind the others, in the order given; those that are in the issue stay where they are. Returns the new ones. */
export async function insertEntries(
  db: Db,
  agencyId: number,
  issueId: number,
  given: { itemIds: readonly number[]; section: string; position: number },
): Promise<number[]> {
  const { rows } = await sql<{ item_id: number }>`
    INSERT INTO gazette_entries (agency_id, issue_id, item_id, section, position)
    SELECT ${agencyId}, ${issueId}, i.id, ${given.section}, ${given.position} + g.place
    FROM unnest(${[...given.itemIds]}::bigint[]) WITH ORDINALITY AS g (id, place)
    JOIN items i ON i.agency_id = ${agencyId} AND i.id = g.id AND i.state = 'published'
    ON CONFLICT DO NOTHING RETURNING item_id`.execute(db);
  return rows.map(({ item_id: id }) => id);
}

export async function deleteEntry(
  db: Db,
  agencyId: number,
  issueId: number,
  itemId: number,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('gazette_entries')
    .where('agency_id', '=', agencyId)
    .where('issue_id', '=', issueId)
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Writes section and place of every entry, in the order given. */
export async function writeOrder(
  db: Db,
  agencyId: number,
  issueId: number,
  order: readonly { itemId: number; section: string }[],
): Promise<void> {
  const rows = JSON.stringify(order.map(({ itemId, section }, place) => ({ itemId, section, place })));
  await sql`UPDATE gazette_entries e SET section = g.section, position = g.place + 1
    FROM jsonb_to_recordset(${rows}::jsonb) AS g ("itemId" bigint, section text, place integer)
    WHERE e.agency_id = ${agencyId} AND e.issue_id = ${issueId} AND e.item_id = g."itemId"
      AND (e.section, e.position) IS DISTINCT FROM (g.section, g.place + 1)`.execute(db);
}

/** Chooses the versions that are live now for the whole issue; with `null`, lets go of them. */
export async function chooseVersions(
  db: Db,
  agencyId: number,
  issueId: number,
  choice: 'live' | null,
): Promise<void> {
  const version = choice === null ? sql`NULL` : sql`i.live_version`;
  await sql`UPDATE gazette_entries e SET version = ${version} FROM items i
    WHERE e.agency_id = ${agencyId} AND e.issue_id = ${issueId} AND i.agency_id = e.agency_id AND i.id = e.item_id`.execute(
    db,
  );
}

/** Keeps the items of an issue as they are until the transaction ends. */
export async function holdItems(db: Db, agencyId: number, issueId: number): Promise<void> {
  await sql`SELECT i.id FROM items i WHERE i.agency_id = ${agencyId} AND i.id IN (
      SELECT item_id FROM gazette_entries WHERE agency_id = ${agencyId} AND issue_id = ${issueId})
    ORDER BY i.id FOR SHARE`.execute(db);
}

const candidates = (agencyId: number, issueId: number) => sql`
  SELECT i.id AS "itemId", i.title, i.document_number AS "documentNumber", i.index_number AS "indexNumber",
    u.name AS "unitName", i.published_on AS "publishedOn", i.normative <> 'none' AS normative,
    ${earlierIssues(agencyId, issueId)} AS earlier
  FROM items i JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
  WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND NOT EXISTS (SELECT FROM gazette_entries x
    JOIN gazette_issues g ON g.agency_id = x.agency_id AND g.id = x.issue_id AND g.state <> 'discarded'
    WHERE x.agency_id = i.agency_id AND x.item_id = i.id AND (x.issue_id = ${issueId} OR g.state <> 'published'))`;

/** Items that chose the gazette and wait for it, and are in no issue that is composed; the oldest first. */
export async function waitingItems(
  db: Db,
  agencyId: number,
  issueId: number,
  limit: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`${candidates(agencyId, issueId)}
    AND i.id IN (SELECT p.item_id FROM channel_posts p WHERE p.agency_id = ${agencyId} AND p.channel = 'gazette'
      AND p.state IN ('waiting', 'scheduled', 'failed') AND p.item_id IS NOT NULL)
    ORDER BY i.published_on, i.id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Those of these items that may be taken in, in the order given. */
export async function candidatesAmong(
  db: Db,
  agencyId: number,
  issueId: number,
  itemIds: readonly number[],
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`${candidates(agencyId, issueId)}
    AND i.id = ANY (${[...itemIds]}::bigint[])
    ORDER BY array_position(${[...itemIds]}::bigint[], i.id)`.execute(db);
  return rows;
}

/** How many entries each of these issues has. */
export async function entryCounts(
  db: Db,
  agencyId: number,
  issueIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{
    id: number;
    count: number;
  }>`SELECT issue_id AS id, count(*) AS count FROM gazette_entries
    WHERE agency_id = ${agencyId} AND issue_id = ANY (${[...issueIds]}::bigint[]) GROUP BY 1`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}
