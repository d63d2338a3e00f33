import type { Ctx } from '../../core/context.ts';
import type { MissFilter } from '../../core/search-index/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import type { Given } from '../request.ts';

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
