import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { type ChannelKind, channelKinds, type PostFilter } from '../../areas/channels/index.ts';
import { type Act, demand } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { readDay } from '../../core/spreadsheet/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { staffCtx } from '../request.ts';
import { CHANNELS } from './addresses.ts';

export type Given = (name: string) => string;
export type Errors = Readonly<Record<string, string>>;

/** The context of a request by someone who may do `act`. */
export function channelCtx(app: App, request: FastifyRequest, act: Act): Ctx {
  const ctx = staffCtx(app, request);
  demand(ctx.actor, act);
  return ctx;
}

export function idOf(request: FastifyRequest): number {
  const { id = '' } = request.params as { id?: string };
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new NotFound();
  return Number(id);
}

/** Text fields by name; '' where nothing was sent. */
export function reader(source: unknown): Given {
  const fields = (source ?? {}) as Record<string, unknown>;
  return (name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : '';
    return typeof value === 'string' ? value.slice(0, 2000) : '';
  };
}

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
