import type { Db } from '../../core/db.ts';
import './list-schema.ts';

/** Whose due dates a calendar feed holds: those its owner handles, or all that he may see. */
export type FeedScope = 'mine' | 'all';

export interface Feed {
  agencyId: number;
  staffId: number;
  scope: FeedScope;
  madeAt: Date;
}

const feedColumns = ['agency_id as agencyId', 'staff_id as staffId', 'scope', 'made_at as madeAt'] as const;

export async function findFeed(db: Db, tokenDigest: string): Promise<Feed | null> {
  const row = await db
    .selectFrom('request_feeds')
    .select(feedColumns)
    .where('token_digest', '=', tokenDigest)
    .executeTakeFirst();
  return row ?? null;
}

export async function feedOf(db: Db, agencyId: number, staffId: number): Promise<Feed | null> {
  const row = await db
    .selectFrom('request_feeds')
    .select(feedColumns)
    .where('agency_id', '=', agencyId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  return row ?? null;
}

/** Gives a person his feed; an earlier one opens nothing any more. */
export async function writeFeed(db: Db, feed: Feed & { tokenDigest: string }): Promise<void> {
  const written = { token_digest: feed.tokenDigest, scope: feed.scope, made_at: feed.madeAt };
  await db
    .insertInto('request_feeds')
    .values({ agency_id: feed.agencyId, staff_id: feed.staffId, ...written })
    .onConflict((on) => on.columns(['agency_id', 'staff_id']).doUpdateSet(written))
    .execute();
}

/** False when there was none. */
export async function deleteFeed(db: Db, agencyId: number, staffId: number): Promise<boolean> {
  const row = await db
    .deleteFrom('request_feeds')
    .where('agency_id', '=', agencyId)
    .where('staff_id', '=', staffId)
    .returning('staff_id')
    .executeTakeFirst();
  return row !== undefined;
}
