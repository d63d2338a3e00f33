import { Temporal } from 'temporal-polyfill';
import {
  type ChannelAccount,
  type ChannelKind,
  type ChannelPost,
  type PostState,
  postStates,
} from './model.ts';

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
 * connected, and wait for a person where it is not.
 */
export function firstState(channel: ChannelKind, account: ChannelAccount | null): PostState {
  if (channel === 'website') return 'published';
  return account?.connected ? 'scheduled' : 'waiting';
}

const MINUTE_MS = 60_000;
const RETRIES = 5;

/** Back-off: 1, 2, 4, 8, 16 minutes after the first to fifth attempt in ms, then null: it has failed. */
export function retryAfter(attempts: number): number | null {
  return attempts > RETRIES ? null : MINUTE_MS * 2 ** Math.max(0, attempts - 1);
}

/** Silence of an account in days that is told. */
export const SILENT_DAYS = 14;

/** Since when an open account of a platform has said nothing, when that is more than 14 days ago; null otherwise. */
export function silentSince(
  account: Pick<ChannelAccount, 'kind' | 'openedOn' | 'closedOn' | 'lastPostOn'>,
  today: Temporal.PlainDate,
): string | null {
  if (account.closedOn !== null || account.kind === 'gazette' || account.kind === 'other') return null;
  const since = account.lastPostOn ?? account.openedOn;
  const days = Temporal.PlainDate.from(since).until(today).days;
  return days > SILENT_DAYS ? since : null;
}

export const postMoves = ['record', 'schedule', 'retry', 'reads', 'cancel'] as const;
export type PostMove = (typeof postMoves)[number];

/** Why a post cannot be moved so by hand; null when it can. */
export function whyNot(move: PostMove, post: ChannelPost, account: ChannelAccount | null): string | null {
  const able: Readonly<Record<PostMove, readonly PostState[]>> = {
    record: ['waiting', 'failed', 'scheduled'],
    schedule: ['waiting', 'scheduled', 'failed'],
    retry: ['failed'],
    reads: ['published', 'recorded'],
    cancel: ['waiting', 'scheduled', 'failed'],
  };
  if (!able[move].includes(post.state)) return `这条发布${postStates[post.state].label}，不能这样办理。`;
  const submitted = post.stage === 'submitted' && post.state === 'scheduled';
  if (submitted) return '平台正在审核这条发布，请等它有结果。';
  if ((move === 'schedule' || move === 'retry') && !account?.connected)
    return '账号没有对接接口，请人工发布后登记。';
  if (move === 'schedule' && post.stage !== '') return '已经开始发送，不能再改时间。';
  return null;
}

/** Whether the silence of an account is to be told, having been told last on a day. */
export function alarmDue(alarmedOn: string | null, today: Temporal.PlainDate): boolean {
  return alarmedOn === null || Temporal.PlainDate.from(alarmedOn).until(today).days >= SILENT_DAYS;
}
