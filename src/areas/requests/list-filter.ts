import { type Channel, channels, type RegimeCode, regimes, replyKinds } from '../../law/index.ts';
import { type ApplicantKind, applicantKinds, type RequestState, requestStates } from './model.ts';

/** Requests nobody has to do anything for any more. */
const closedStates: readonly RequestState[] = ['concluded', 'archived', 'cancelled'];

const stateNames = Object.keys(requestStates) as RequestState[];
export const openStates: readonly RequestState[] = stateNames.filter(
  (state) => !closedStates.includes(state),
);

/** What a list is narrowed to first. */
export const stateGroups = {
  open: { label: '在办', states: openStates },
  unconfirmed: { label: '待确认', states: ['unconfirmed'] },
  registered: { label: '待审查', states: ['registered'] },
  handling: { label: '办理中', states: ['handling', 'correcting', 'unpaid'] },
  reviewing: { label: '待审核', states: ['reviewing'] },
  signing: { label: '待签发', states: ['signing'] },
  signed: { label: '待发出', states: ['signed'] },
  concluded: { label: '已办结', states: ['concluded', 'archived'] },
  all: { label: '全部', states: stateNames },
} as const satisfies Record<string, { label: string; states: readonly RequestState[] }>;
export type StateGroup = keyof typeof stateGroups;

export type ListSort = 'due' | 'received' | 'number';

/** A span of civil dates; null where it is open. */
export interface DaySpan {
  from: string | null;
  to: string | null;
}

/** What was typed into the search field, and what it is: never shown in an address when it may be a person. */
export type ListSearch =
  | { by: 'number'; numbers: readonly string[] }
  | { by: 'title'; words: readonly string[]; grams: readonly string[] }
  | { by: 'person'; digests: readonly string[] };

/** Null: not narrowed by this. */
export interface ListFilter {
  group: StateGroup;
  channel: Channel | null;
  applicantKind: ApplicantKind | null;
  regime: RegimeCode | null;
  /** 办理结果: the code of a kind of reply, or W. */
  result: string | null;
  unitId: number | null;
  handlerId: number | null;
  received: DaySpan;
  /** Due dates of open requests. */
  due: DaySpan;
  search: ListSearch | null;
}

export const everything: ListFilter = {
  group: 'all',
  channel: null,
  applicantKind: null,
  regime: null,
  result: null,
  unitId: null,
  handlerId: null,
  received: { from: null, to: null },
  due: { from: null, to: null },
  search: null,
};

/** Whose requests a person sees: null is everybody's. */
export type ListScope = { unitId: number | null; states: readonly RequestState[] } | null;

export const isSpan = ({ from, to }: DaySpan): boolean => from !== null || to !== null;

const codes: readonly string[] = [...replyKinds.map(({ code }) => code), 'W'];
const regimeOfResult = (code: string): RegimeCode => (code.startsWith('B') ? 'R2019' : 'R2008');

/**
 * The words of `requests.facet` that the filter takes; null when it takes all. A list is read word by word, so that a
 * rare one costs as little as a common one.
 */
export function facetsOf(
  filter: Pick<ListFilter, 'group' | 'channel' | 'applicantKind' | 'regime' | 'result' | 'due'>,
  within: readonly RequestState[] = stateNames,
): string[] | null {
  const { channel, applicantKind, regime, result, due } = filter;
  const wanted: readonly RequestState[] = stateGroups[filter.group].states;
  const states = wanted.filter(
    (state) => within.includes(state) && (!isSpan(due) || openStates.includes(state)),
  );
  const narrowed = [channel, applicantKind, regime, result].some((value) => value !== null);
  if (!narrowed && states.length === stateNames.length) return null;
  return states.flatMap((state) =>
    (channel === null ? Object.keys(channels) : [channel]).flatMap((from) =>
      (applicantKind === null ? Object.keys(applicantKinds) : [applicantKind]).flatMap((kind) =>
        ends(state, regime, result).map((end) => `${state} ${from} ${kind} ${end}`),
      ),
    ),
  );
}

/** How the word of a state ends: by its result, by its regime, or by nothing while it has none. */
function ends(state: RequestState, regime: RegimeCode | null, result: string | null): readonly string[] {
  if (state === 'concluded' || state === 'archived') {
    return codes.filter(
      (code) => (result === null || code === result) && (regime === null || regimeOfResult(code) === regime),
    );
  }
  if (result !== null) return [];
  if (state === 'unconfirmed' || state === 'cancelled') return regime === null ? [''] : [];
  return Object.keys(regimes).filter((code) => regime === null || code === regime);
}

/**
 * By what the list can be put in order. A span of days among a million closed requests is read in the order of those
 * days; open ones are few enough for any order.
 */
export function sortsOf(filter: ListFilter): readonly ListSort[] {
  const all: readonly ListSort[] = ['due', 'received', 'number'];
  const open = stateGroups[filter.group].states.every((state) => openStates.includes(state));
  return isSpan(filter.received) &&
    !open &&
    !isSpan(filter.due) &&
    filter.unitId === null &&
    filter.handlerId === null
    ? ['received']
    : all;
}

/** What stands first in a group when nobody asked for another order. */
export function usualSort(filter: ListFilter): { sort: ListSort; descending: boolean } {
  const open = stateGroups[filter.group].states.every((state) => openStates.includes(state));
  return open || isSpan(filter.due)
    ? { sort: 'due', descending: false }
    : { sort: 'received', descending: true };
}

const NUMBER = /^(?:(20\d\d)\s*[-—年]?\s*)?0*(\d{1,6})(?:-\d{1,2})?$/;
const MOST_WORDS = 5;

/**
 * What was typed into the search field: a number of a request (`2026-000012`, `2026-12`, `12` for this year's), else words
 * of the title. Null when it is neither.
 */
export function readSearch(
  typed: string,
  year: number,
  gramsOf: (word: string) => string[],
): ListSearch | null {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/^第|号$/g, '');
  const number = NUMBER.exec(text);
  if (number) {
    const [, of = String(year), running = ''] = number;
    const padded = (last: string) => `${of}-${last.padStart(6, '0')}`;
    // A year and a number typed in one go, e.g. 2026000012, is told by its length.
    return { by: 'number', numbers: [padded(running)] };
  }
  if (/^20\d{8}$/.test(text)) return { by: 'number', numbers: [`${text.slice(0, 4)}-${text.slice(4)}`] };
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  return words.length === 0 ? null : { by: 'title', words, grams: [...new Set(words.flatMap(gramsOf))] };
}
