import { type ChannelKind, channelKinds, type PostFilter } from '../../areas/channels/index.ts';
import { readDay } from '../../core/spreadsheet/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import type { Given } from '../request.ts';
import { CHANNELS } from './addresses.ts';

/** What the address of the list asks for; what it does not know is left out. */
export function readFilter(given: Given): PostFilter {
  const group = given('group');
  const channel = given('channel');
  const text = visibleLine(given('q')).slice(0, 60);
  const [from, to] = [readDay(given('from')), readDay(given('to'))];
  const account = given('account');
  return {
    group: group === 'open' || group === 'cancelled' ? group : 'out',
    ...(Object.hasOwn(channelKinds, channel) && { channel: channel as ChannelKind }),
    ...(/^[1-9]\d{0,14}$/.test(account) && { accountId: Number(account) }),
    ...(text !== '' && { text }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

export function listAddress(
  filter: PostFilter,
  more: { after?: string } = {},
  base: string = CHANNELS,
): string {
  const query = new URLSearchParams();
  if (filter.group !== 'out') query.set('group', filter.group);
  if (filter.channel) query.set('channel', filter.channel);
  if (filter.accountId) query.set('account', String(filter.accountId));
  if (filter.text) query.set('q', filter.text);
  if (filter.from) query.set('from', filter.from);
  if (filter.to) query.set('to', filter.to);
  if (more.after) query.set('after', more.after);
  const text = query.toString();
  return text === '' ? base : `${base}?${text}`;
}
