import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { type Act, demand } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { MissFilter } from '../../core/search-index/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { staffCtx } from '../request.ts';

export const SEARCH_DESK = '/workbench/search-desk';
export const HANDLING = `${SEARCH_DESK}/handling`;
export const SYNONYMS = `${SEARCH_DESK}/synonyms`;
export const ATTACHMENTS = `${SEARCH_DESK}/attachments`;
export const EXPORT = `${SEARCH_DESK}/export.xlsx`;

/** Days to look back, with their names; searches are forgotten after half a year. */
export const periods = { '7': '最近 7 天', '30': '最近 30 天', '90': '最近 90 天', '': '最近半年' } as const;
export type Period = keyof typeof periods;

/** What the list of searches in vain shows. */
export interface DeskQuery {
  group: MissFilter['group'];
  period: Period;
  text: string;
  sort: MissFilter['sort'];
  page: number;
}

export function deskCtx(app: App, request: FastifyRequest, act: Act): Ctx {
  const ctx = staffCtx(app, request);
  demand(ctx.actor, act);
  return ctx;
}

export type Given = (name: string) => string;

/** Text fields by name; '' where nothing was sent. */
export function reader(source: unknown): Given {
  const fields = (source ?? {}) as Record<string, unknown>;
  return (name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : '';
    return typeof value === 'string' ? value.slice(0, 1000) : '';
  };
}

export function readDeskQuery(given: Given): DeskQuery {
  const period = given('period');
  const page = Number(given('page'));
  return {
    group: given('group') === 'handled' ? 'handled' : 'open',
    period: Object.hasOwn(periods, period) ? (period as Period) : '',
    text: visibleLine(given('q')).slice(0, 40),
    sort: given('sort') === 'newest' ? 'newest' : 'often',
    page: Number.isInteger(page) && page > 1 && page <= 100 ? page : 1,
  };
}

export function filterOf({ group, period, text, sort }: DeskQuery, ctx: Ctx): MissFilter {
  const since = period === '' ? null : ctx.clock.today().subtract({ days: Number(period) - 1 });
  return { group, sort, ...(since && { since: since.toString() }), ...(text !== '' && { text }) };
}

export function deskAddress(
  query: DeskQuery,
  change: Partial<DeskQuery> = {},
  base: string = SEARCH_DESK,
): string {
  const { group, period, text, sort, page } = { ...query, ...change };
  const said: [string, string][] = [
    ['group', group === 'open' ? '' : group],
    ['period', period],
    ['q', text],
    ['sort', sort === 'often' ? '' : sort],
    ['page', page > 1 ? String(page) : ''],
  ];
  const filled = new URLSearchParams(said.filter(([, value]) => value !== ''));
  return filled.size === 0 ? base : `${base}?${filled}`;
}

export const publicSearch = (query: string): string => `/search?${new URLSearchParams({ q: query })}`;
export const handlingOf = (query: string): string => `${HANDLING}?${new URLSearchParams({ q: query })}`;
