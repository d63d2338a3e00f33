import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { PostChange } from './post-store.ts';
import './schema.ts';

export interface ClaimedPost {
  agencyId: number;
  id: number;
  since: Date;
}

/**
 * Takes the next post whose hour has come, of any agency, for this process alone; another that asks at the same moment
 * gets another one.
 */
export async function claimDuePost(db: Db, now: Date): Promise<ClaimedPost | null> {
  const { rows } = await sql<ClaimedPost>`
    UPDATE channel_posts p SET state = 'sending', sending_since = ${now}, attempts = attempts + 1
    FROM (
      SELECT agency_id, id FROM channel_posts WHERE state = 'scheduled' AND publish_at <= ${now}
      ORDER BY publish_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) due
    WHERE p.agency_id = due.agency_id AND p.id = due.id
    RETURNING p.agency_id AS "agencyId", p.id, p.sending_since AS since`.execute(db);
  return rows[0] ?? null;
}

/** Writes to a post that is still this process's to send; false when it was taken for dead meanwhile. */
export async function changeClaimed(db: Db, claimed: ClaimedPost, change: PostChange): Promise<boolean> {
  const result = await db
    .updateTable('channel_posts')
    .set(change)
    .where('agency_id', '=', claimed.agencyId)
    .where('id', '=', claimed.id)
    .where('state', '=', 'sending')
    .where('sending_since', '=', claimed.since)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Posts whose process has gone silent. */
export async function abandonedPosts(db: Db, before: Date): Promise<(ClaimedPost & { stage: string })[]> {
  const rows = await db
    .selectFrom('channel_posts')
    .select(['agency_id as agencyId', 'id', 'sending_since as since', 'stage'])
    .where('state', '=', 'sending')
    .where('sending_since', '<', before)
    .orderBy('sending_since')
    .limit(200)
    .execute();
  return rows.flatMap(({ since, ...row }) => (since === null ? [] : [{ ...row, since }]));
}

export interface ItemToSend {
  indexNumber: string;
  unitId: number;
  abstract: string;
  body: string;
  plain: string;
  issuingBody: string;
  state: string;
  pictures: { digest: string; name: string; type: string; bytes: number }[];
}

/** What is live of an item, as channels show it; null when it is public no more. */
export async function itemToSend(db: Db, agencyId: number, itemId: number): Promise<ItemToSend | null> {
  const { rows } = await sql<ItemToSend>`
    SELECT i.index_number AS "indexNumber", i.unit_id AS "unitId", v.abstract, v.body, v.plain,
      v.issuing_body AS "issuingBody", i.state,
      coalesce((SELECT jsonb_agg(jsonb_build_object('digest', f.digest, 'name', f.name, 'type', f.type, 'bytes', f.bytes)
          ORDER BY f.position, f.id)
        FROM item_files f WHERE f.agency_id = v.agency_id AND f.item_id = v.item_id AND f.version = v.version
          AND f.kind = 'picture' AND f.released AND f.type IN ('image/jpeg', 'image/png', 'image/gif')), '[]') AS pictures
    FROM items i JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version
    WHERE i.agency_id = ${agencyId} AND i.id = ${itemId} AND i.state = 'published'`.execute(db);
  return rows[0] ?? null;
}
