import type { Ctx } from '../../core/context.ts';
import type { Item, Version } from './model.ts';

/**
 * What follows from a version having become public, in the same transaction: its posts on the chosen channels and its place
 * in the search.
 */
export async function afterPublication(_ctx: Ctx, _item: Item, _version: Version): Promise<void> {}

/** What follows from an item having been withdrawn. */
export async function afterWithdrawal(_ctx: Ctx, _item: Item): Promise<void> {}
