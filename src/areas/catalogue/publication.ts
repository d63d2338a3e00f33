import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { dropPosts, openPosts } from '../channels/index.ts';
import { askForTexts } from './attachment-text-store.ts';
import type { Item, Version } from './model.ts';
import { itemHref } from './public.ts';
import { indexItem } from './search.ts';

/**
 * What follows from a version having become public, in the same transaction: its posts on the chosen channels and its place
 * in the search.
 */
export async function afterPublication(ctx: Ctx, item: Item, version: Version): Promise<void> {
  await openPosts(ctx, {
    itemId: item.id,
    unitId: item.unitId,
    title: item.title,
    href: itemHref(item.indexNumber),
    channels: version.channels,
    publishAt: null,
  });
  await askForTexts(ctx.db, ctx.agencyId, version, instantOf(ctx.clock));
  await indexItem(ctx.db, ctx.agencyId, item.id);
}

/** What follows from an item having been withdrawn. */
export async function afterWithdrawal(ctx: Ctx, item: Item): Promise<void> {
  await dropPosts(ctx, item.id);
  await indexItem(ctx.db, ctx.agencyId, item.id);
}
