import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { parseDay } from '../../law/index.ts';
import type { ChannelKind, ChannelPost } from './model.ts';
import './schema.ts';

/** Which posts a list shows. `open`: still to go out, or to be put right; `out`: public, newest first; `cancelled`. */
export interface PostFilter {
  group: 'open' | 'out' | 'cancelled';
  channel?: ChannelKind;
  accountId?: number;
  /** Words of the title. */
  text?: string;
  /** ISO dates, inclusive; of publication. */
  from?: string;
  to?: string;
}

const columns = sql`p.id, p.item_id AS "itemId", p.account_id AS "accountId", a.name AS "accountName", p.channel, p.title,
  p.address, p.state, p.publish_at AS "publishAt", p.posted_on AS "postedOn", p.posted_at AS "postedAt", p.reads, p.attempts,
  p.stage, p.remote_id AS "remoteId", p.sending_since AS "sendingSince", p.error, p.by_name AS "byName",
  p.created_at AS "createdAt"`;
const withAccount = sql`LEFT JOIN channel_accounts a ON a.agency_id = p.agency_id AND a.id = p.account_id`;

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

function conditions(agencyId: number, filter: PostFilter) {
  const states = {
    open: sql<SqlBool>`p.state IN ('waiting', 'scheduled', 'sending', 'failed')`,
    out: sql<SqlBool>`p.posted_on IS NOT NULL`,
    cancelled: sql<SqlBool>`p.state = 'cancelled'`,
  };
  return sql.join(
    [
      sql<SqlBool>`p.agency_id = ${agencyId}`,
      states[filter.group],
      ...(filter.channel ? [sql<SqlBool>`p.channel = ${filter.channel}`] : []),
      ...(filter.accountId ? [sql<SqlBool>`p.account_id = ${filter.accountId}`] : []),
      ...(filter.text ? [sql<SqlBool>`p.title LIKE ${`%${escapeLike(filter.text)}%`}`] : []),
      ...(filter.from ? [sql<SqlBool>`p.posted_on >= ${filter.from}::date`] : []),
      ...(filter.to ? [sql<SqlBool>`p.posted_on <= ${filter.to}::date`] : []),
    ],
    sql` AND `,
  );
}

/**
 * One page: public ones by day, newest first; others by id, newest first. `after` is the cursor that the page before gave
 * as `next`.
 */
export async function postsPage(
  db: Db,
  agencyId: number,
  filter: PostFilter,
  after: string | null,
  limit: number,
): Promise<{ posts: ChannelPost[]; next: string | null }> {
  const [day = '', id = ''] = (after ?? '').split(':');
  const out = filter.group === 'out';
  // What is no place in the list begins it anew.
  const known = /^\d{1,15}$/.test(id) && (!out || parseDay(day) !== null);
  const place = !known
    ? sql`true`
    : out
      ? sql`(p.posted_on, p.id) < (${day}::date, ${Number(id)}::bigint)`
      : sql`p.id < ${Number(id)}`;
  const order = out ? sql`p.posted_on DESC, p.id DESC` : sql`p.id DESC`;
  const { rows } = await sql<ChannelPost>`
    SELECT ${columns} FROM channel_posts p ${withAccount}
    WHERE ${conditions(agencyId, filter)} AND ${place} ORDER BY ${order} LIMIT ${limit + 1}`.execute(db);
  const posts = rows.slice(0, limit);
  const last = posts.at(-1);
  return { posts, next: rows.length > limit && last ? `${last.postedOn ?? ''}:${last.id}` : null };
}

/** How many wait for a person or have failed; for the badge beside the room. */
export async function waitingPosts(db: Db, agencyId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM channel_posts WHERE agency_id = ${agencyId} AND state IN ('waiting', 'failed')`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Scheduled posts from one instant to before another, by their hour; at most 500. */
export async function scheduledPosts(
  db: Db,
  agencyId: number,
  from: Date,
  before: Date,
): Promise<ChannelPost[]> {
  const { rows } = await sql<ChannelPost>`
    SELECT ${columns} FROM channel_posts p ${withAccount}
    WHERE p.agency_id = ${agencyId} AND p.state = 'scheduled' AND p.publish_at >= ${from} AND p.publish_at < ${before}
    ORDER BY p.publish_at, p.id LIMIT 500`.execute(db);
  return rows;
}

/** Sources of posts that are there already. */
export async function knownSources(
  db: Db,
  agencyId: number,
  sources: readonly string[],
): Promise<Set<string>> {
  if (sources.length === 0) return new Set();
  const { rows } = await sql<{ source: string }>`
    SELECT source_id AS source FROM channel_posts
    WHERE agency_id = ${agencyId} AND source_id = ANY(${[...sources]}::text[])`.execute(db);
  return new Set(rows.map(({ source }) => source));
}

/** Keeps a read file until its sender confirms, and forgets those nobody confirmed. */
export async function keepPostImport(
  db: Db,
  agencyId: number,
  given: { staffId: number; fileName: string; rows: readonly unknown[]; now: Date; abandonedBefore: Date },
): Promise<number> {
  await db
    .deleteFrom('channel_post_imports')
    .where('agency_id', '=', agencyId)
    .where('read_at', '<', given.abandonedBefore)
    .execute();
  const { id } = await db
    .insertInto('channel_post_imports')
    .values({
      agency_id: agencyId,
      staff_id: given.staffId,
      file_name: given.fileName,
      rows: JSON.stringify(given.rows),
      read_at: given.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes a waiting file out, once; null when it is another person's or gone. */
export async function takePostImport(
  db: Db,
  agencyId: number,
  key: { staffId: number; id: number },
): Promise<{ fileName: string; rows: unknown[] } | null> {
  const row = await db
    .deleteFrom('channel_post_imports')
    .where('agency_id', '=', agencyId)
    .where('id', '=', key.id)
    .where('staff_id', '=', key.staffId)
    .returning(['file_name as fileName', 'rows'])
    .executeTakeFirst();
  return row ?? null;
}
