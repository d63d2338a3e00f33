import type { Temporal } from 'temporal-polyfill';
import { may } from '../../areas/organisations/index.ts';
import {
  applicantKinds,
  type DaySpan,
  everything,
  gramsOf,
  type ListFilter,
  type ListSort,
  readSearch,
  stateGroups,
} from '../../areas/requests/index.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/refusal.ts';
import { channels, parseDay, regimes, replyKind, type WorkingCalendar } from '../../law/index.ts';
import { type Given, oneOf } from '../request.ts';
import { REQUESTS } from './case-addresses.ts';
import { numberOrNull } from './request.ts';

/** Names of the list's address, in the order they are written. */
const names = [
  'group',
  'due',
  'dueFrom',
  'dueTo',
  'channel',
  'kind',
  'regime',
  'result',
  'unit',
  'handler',
  'from',
  'to',
  'q',
  'person',
  'sort',
  'dir',
] as const;
type Name = (typeof names)[number];

/** What the list's address says, each value one that it may have; '' where it says nothing. */
export type QueueQuery = Readonly<Record<Name, string>>;

/** Spans of due dates to choose from: passed, or within so many working days. */
export const dueChoices = {
  overdue: '已逾期',
  '3': '3 个工作日内',
  '5': '5 个工作日内',
  '10': '10 个工作日内',
} as const;

const sorts: Readonly<Record<ListSort, true>> = { due: true, received: true, number: true };
const PERSON = /^[0-9a-f]{64}(\.[0-9a-f]{64}){0,31}$/;

export function readQueueQuery(given: Given): QueueQuery {
  const day = (name: string) => (parseDay(given(name)) === null ? '' : given(name));
  const result = given('result');
  const handler = given('handler');
  return {
    group: oneOf(stateGroups, given('group')) ?? '',
    due: oneOf(dueChoices, given('due')) ?? '',
    dueFrom: day('dueFrom'),
    dueTo: day('dueTo'),
    channel: oneOf(channels, given('channel')) ?? '',
    kind: oneOf(applicantKinds, given('kind')) ?? '',
    regime: oneOf(regimes, given('regime')) ?? '',
    result: result === 'W' || replyKind(result) ? result : '',
    unit: numberOrNull(given('unit')) === null ? '' : given('unit'),
    handler: handler === 'me' || numberOrNull(handler) !== null ? handler : '',
    from: day('from'),
    to: day('to'),
    q: given('q').slice(0, 60),
    person: PERSON.test(given('person')) ? given('person') : '',
    sort: oneOf(sorts, given('sort')) ?? '',
    dir: oneOf({ asc: true, desc: true }, given('dir')) ?? '',
  };
}

/** The list's address with some values changed; pages are left behind. */
export function queueAddress(
  query: QueueQuery,
  change: Partial<Record<Name | 'after' | 'before', string>> = {},
  path: string = REQUESTS,
): string {
  const search = new URLSearchParams();
  const given: Record<string, string | undefined> = { ...query, ...change };
  for (const name of [...names, 'after', 'before']) {
    const value = given[name];
    if (value) search.set(name, value);
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** What a saved view keeps: never what was searched for. */
export function viewQuery(query: QueueQuery): string {
  return queueAddress({ ...query, q: '', person: '' }).split('?')[1] ?? '';
}

/** The filter that the address means to this person, today. @throws Refusal for a search by person that he may not make */
export function filterOf(ctx: Ctx, query: QueueQuery, calendar: WorkingCalendar): ListFilter {
  const { actor } = ctx;
  const today = ctx.clock.today();
  if (query.person !== '' && !may(actor, 'requests.reveal')) {
    throw new Refusal('not-allowed', '您没有“查看申请人信息”的权限，不能按申请人查找。', { status: 403 });
  }
  const own = actor.kind === 'staff' ? actor.staffId : null;
  return {
    ...everything,
    // A search and a span of days look at all requests unless the person narrows them further.
    group: oneOf(stateGroups, query.group) ?? (query.q || query.person ? 'all' : 'open'),
    channel: oneOf(channels, query.channel) ?? null,
    applicantKind: oneOf(applicantKinds, query.kind) ?? null,
    regime: oneOf(regimes, query.regime) ?? null,
    result: query.result || null,
    unitId: numberOrNull(query.unit),
    handlerId: query.handler === 'me' ? own : numberOrNull(query.handler),
    received: { from: query.from || null, to: query.to || null },
    due: dueSpan(query, today, calendar),
    search:
      query.person !== ''
        ? { by: 'person', digests: query.person.split('.') }
        : query.q === ''
          ? null
          : readSearch(query.q, today.year, gramsOf),
  };
}

function dueSpan(query: QueueQuery, today: Temporal.PlainDate, calendar: WorkingCalendar): DaySpan {
  if (query.due === '') return { from: query.dueFrom || null, to: query.dueTo || null };
  if (query.due === 'overdue') return { from: null, to: today.subtract({ days: 1 }).toString() };
  return { from: today.toString(), to: calendar.workingDayAfter(today, Number(query.due)).toString() };
}

/** The order the address asks for; what it leaves out is the list's own. */
export function orderAsked(query: QueueQuery): { sort?: ListSort; descending?: boolean } {
  const sort = oneOf(sorts, query.sort);
  return { ...(sort && { sort }), ...(query.dir && { descending: query.dir === 'desc' }) };
}
