import type { ChannelAccount, ChannelKind, PostState } from './model.ts';

/** Nothing here waits or writes: which account an item goes out on, and in what state its post begins. */

/** The account of the item's unit on the channel, else the agency's main one; null when a person has to choose. */
export function accountFor(
  accounts: readonly ChannelAccount[],
  channel: ChannelKind,
  unitId: number | null,
): ChannelAccount | null {
  const open = accounts.filter(({ kind, closedOn }) => kind === channel && closedOn === null);
  const own = open.filter((account) => unitId !== null && account.unitId === unitId);
  if (own.length === 1) return own[0] ?? null;
  return own.find(({ main }) => main) ?? open.find(({ main }) => main) ?? null;
}

/**
 * The website shows an item the moment it is public. Other channels are posted to by the system where the account is
 * connected, and wait for a person, or for the next issue of the gazette, where it is not.
 */
export function firstState(channel: ChannelKind, account: ChannelAccount | null): PostState {
  if (channel === 'website') return 'published';
  return account?.connected ? 'scheduled' : 'waiting';
}
