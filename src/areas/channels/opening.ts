import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { listAccounts } from './account-store.ts';
import type { ChannelKind, ChannelPost } from './model.ts';
import { insertPosts, lockPostsOfItem, updatePost } from './post-store.ts';
import { accountFor, firstState } from './rules.ts';

/** An item that has just become public, as channels need to know it. */
export interface PublishedItem {
  itemId: number;
  unitId: number;
  title: string;
  /** Its address on the website. */
  href: string;
  channels: readonly ChannelKind[];
  /** When posts elsewhere are to go out; null: as soon as may be. */
  publishAt: Date | null;
}

/**
 * Opens the posts of an item in the transaction that publishes it; the act of publication is their line in the ledger.
 * A channel it was opened on before is left alone, so that an amended item counts once on each; what has not gone out there
 * says what the item says now.
 */
export async function openPosts(ctx: Ctx, item: PublishedItem): Promise<void> {
  const { db, agencyId, clock, actor } = ctx;
  const before = await lockPostsOfItem(db, agencyId, item.itemId);
  for (const post of before.filter(staysHere))
    if (post.title !== item.title) await updatePost(db, agencyId, post.id, { title: item.title });
  const there = new Set(before.filter(({ state }) => state !== 'cancelled').map(({ channel }) => channel));
  const wanted = [...new Set(item.channels)].filter((channel) => !there.has(channel));
  if (wanted.length === 0) return;
  const accounts = await listAccounts(db, agencyId);
  const now = instantOf(clock);
  const rows = wanted.map((channel) => {
    const account = accountFor(accounts, channel, item.unitId);
    const state = firstState(channel, account);
    const posted = state === 'published';
    return {
      itemId: item.itemId,
      accountId: account?.id ?? null,
      channel,
      title: item.title,
      address: posted ? item.href : '',
      state,
      publishAt: state === 'scheduled' ? (item.publishAt ?? now) : null,
      postedOn: posted ? clock.today().toString() : null,
      postedAt: posted ? now : null,
      reads: null,
      sourceId: null,
      byId: actor.kind === 'staff' ? actor.staffId : null,
      byName: actor.name,
      createdAt: now,
    };
  });
  await insertPosts(db, agencyId, rows);
}

/** Whether nothing of it has gone out and nobody is sending it. */
const staysHere = ({ state }: ChannelPost) =>
  state === 'waiting' || state === 'scheduled' || state === 'failed';

/** Posts of a withdrawn item that have not gone out do not go out any more; those that have are history. */
export async function dropPosts(ctx: Ctx, itemId: number): Promise<void> {
  const posts = await lockPostsOfItem(ctx.db, ctx.agencyId, itemId);
  for (const { id } of posts.filter(staysHere))
    await updatePost(ctx.db, ctx.agencyId, id, { state: 'cancelled', publish_at: null });
}

/** One publication of an imported item, as its history tells it. */
export interface PastPost {
  itemId: number;
  channel: ChannelKind;
  title: string;
  address: string;
  /** ISO date. */
  postedOn: string;
}

/** Enters the posts of items that were imported with their history; the import is their line in the ledger. */
export async function recordPastPosts(ctx: Ctx, past: readonly PastPost[]): Promise<number> {
  const { db, agencyId, clock, actor } = ctx;
  const accounts = await listAccounts(db, agencyId);
  const createdAt = instantOf(clock);
  return insertPosts(
    db,
    agencyId,
    past.map((post) => ({
      ...post,
      accountId: accountFor(accounts, post.channel, null)?.id ?? null,
      state: post.channel === 'website' ? 'published' : 'recorded',
      publishAt: null,
      postedAt: null,
      reads: null,
      sourceId: `item:${post.itemId}:${post.channel}`,
      byId: actor.kind === 'staff' ? actor.staffId : null,
      byName: actor.name,
      createdAt,
    })),
  );
}
