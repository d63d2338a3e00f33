import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { listAccounts } from './account-store.ts';
import { insertPosts, postsOfItems, updatePost } from './post-store.ts';
import { accountFor } from './rules.ts';

/** An issue of the gazette that has just come out. */
export interface PrintedIssue {
  /** Its page on the website. */
  href: string;
  items: readonly { itemId: number; title: string }[];
}

/**
 * Enters that items were printed in the gazette; the act of publication is the line of all of them in the ledger. Posts that
 * waited for it are done; an item whose publication in a gazette was counted before is not counted again, and gets the
 * address of the issue where it had none. Returns how many publications are counted from now on.
 */
export async function enterPrinted(ctx: Ctx, { href, items }: PrintedIssue): Promise<number> {
  const { db, agencyId, clock, actor } = ctx;
  const account = accountFor(await listAccounts(db, agencyId), 'gazette', null);
  const now = instantOf(clock);
  const today = clock.today().toString();
  const posts = await postsOfItems(
    db,
    agencyId,
    items.map(({ itemId }) => itemId),
    'gazette',
  );
  const fresh = [];
  let counted = 0;
  for (const item of items) {
    const own = posts.filter(({ itemId }) => itemId === item.itemId);
    const done = own.find(({ state }) => state === 'published' || state === 'recorded');
    const open = own.filter(
      ({ state }) => state === 'waiting' || state === 'scheduled' || state === 'failed',
    );
    if (done) {
      if (done.address === '') await updatePost(db, agencyId, done.id, { address: href });
      for (const { id } of open)
        await updatePost(db, agencyId, id, { state: 'cancelled', publish_at: null, error: '' });
      continue;
    }
    counted += 1;
    const [first, ...others] = open;
    if (first) {
      await updatePost(db, agencyId, first.id, {
        state: 'published',
        address: href,
        posted_on: today,
        posted_at: now,
        publish_at: null,
        error: '',
        ...(first.accountId === null && account && { account_id: account.id }),
      });
      for (const { id } of others)
        await updatePost(db, agencyId, id, { state: 'cancelled', publish_at: null, error: '' });
    } else {
      fresh.push({
        itemId: item.itemId,
        accountId: account?.id ?? null,
        channel: 'gazette' as const,
        title: item.title,
        address: href,
        state: 'published' as const,
        publishAt: null,
        postedOn: today,
        postedAt: now,
        reads: null,
        sourceId: null,
        byId: actor.kind === 'staff' ? actor.staffId : null,
        byName: actor.name,
        createdAt: now,
      });
    }
  }
  await insertPosts(db, agencyId, fresh);
  return counted;
}
