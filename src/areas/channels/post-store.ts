import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ChannelKind, ChannelPost, PostState } from './model.ts';
import './schema.ts';

const posts = (db: Db, agencyId: number) =>
  db
    .selectFrom('channel_posts as p')
    .leftJoin('channel_accounts as a', (join) =>
      join.onRef('a.agency_id', '=', 'p.agency_id').onRef('a.id', '=', 'p.account_id'),
    )
    .select([
      'p.id',
      'p.item_id as itemId',
      'p.account_id as accountId',
      'a.name as accountName',
      'p.channel',
      'p.title',
      'p.address',
      'p.state',
      'p.publish_at as publishAt',
      'p.posted_on as postedOn',
      'p.posted_at as postedAt',
      'p.reads',
      'p.attempts',
      'p.stage',
      'p.remote_id as remoteId',
      'p.sending_since as sendingSince',
      'p.error',
      'p.by_name as byName',
      'p.created_at as createdAt',
    ])
    .where('p.agency_id', '=', agencyId);

export async function findPost(db: Db, agencyId: number, id: number): Promise<ChannelPost | null> {
  return (await posts(db, agencyId).where('p.id', '=', id).executeTakeFirst()) ?? null;
}

/** Held until the transaction ends: whoever acts second waits here. */
export async function lockPost(db: Db, agencyId: number, id: number): Promise<ChannelPost | null> {
  const row = await posts(db, agencyId).where('p.id', '=', id).forNoKeyUpdate('p').executeTakeFirst();
  return row ?? null;
}

/** Every post of an item, in the order they were opened. */
export async function postsOfItem(db: Db, agencyId: number, itemId: number): Promise<ChannelPost[]> {
  return posts(db, agencyId).where('p.item_id', '=', itemId).orderBy('p.id').execute();
}

/** The same, held until the transaction ends: none of them is sent meanwhile. */
export async function lockPostsOfItem(db: Db, agencyId: number, itemId: number): Promise<ChannelPost[]> {
  return posts(db, agencyId).where('p.item_id', '=', itemId).orderBy('p.id').forNoKeyUpdate('p').execute();
}

/** Every post of these items on a channel, held until the transaction ends. */
export async function postsOfItems(
  db: Db,
  agencyId: number,
  itemIds: readonly number[],
  channel: ChannelKind,
): Promise<ChannelPost[]> {
  return posts(db, agencyId)
    .where('p.item_id', 'in', [...itemIds, 0])
    .where('p.channel', '=', channel)
    .orderBy('p.id')
    .forNoKeyUpdate('p')
    .execute();
}

export interface NewPost {
  itemId: number | null;
  accountId: number | null;
  channel: ChannelKind;
  title: string;
  address: string;
  state: PostState;
  publishAt: Date | null;
  postedOn: string | null;
  postedAt: Date | null;
  reads: number | null;
  sourceId: string | null;
  byId: number | null;
  byName: string;
  createdAt: Date;
}

/** Inserts posts in one statement; those whose `sourceId` is there already stay as they are. Returns how many are new. */
export async function insertPosts(db: Db, agencyId: number, given: readonly NewPost[]): Promise<number> {
  if (given.length === 0) return 0;
  const rows = JSON.stringify(given);
  const { rows: inserted } = await sql<{ id: number }>`
    INSERT INTO channel_posts (agency_id, item_id, account_id, channel, title, address, state, publish_at, posted_on,
      posted_at, reads, source_id, by_id, by_name, created_at)
    SELECT ${agencyId}, "itemId", "accountId", channel, title, address, state, "publishAt", "postedOn", "postedAt", reads,
      "sourceId", "byId", "byName", "createdAt"
    FROM jsonb_to_recordset(${rows}::jsonb) AS g("itemId" bigint, "accountId" bigint, channel text, title text,
      address text, state text, "publishAt" timestamptz, "postedOn" date, "postedAt" timestamptz, reads integer,
      "sourceId" text, "byId" integer, "byName" text, "createdAt" timestamptz)
    ON CONFLICT (agency_id, source_id) WHERE source_id IS NOT NULL DO NOTHING
    RETURNING id`.execute(db);
  return inserted.length;
}

export interface PostChange {
  account_id?: number | null;
  title?: string;
  address?: string;
  state?: PostState;
  publish_at?: Date | null;
  posted_on?: string | null;
  posted_at?: Date | null;
  reads?: number | null;
  attempts?: number;
  stage?: string;
  remote_id?: string;
  sending_since?: Date | null;
  error?: string;
}

export async function updatePost(db: Db, agencyId: number, id: number, change: PostChange): Promise<void> {
  await db
    .updateTable('channel_posts')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}
