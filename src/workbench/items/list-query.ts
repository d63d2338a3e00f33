import {
  type DeskFilter,
  type DeskGroup,
  type DeskPlace,
  genres,
  type Validity,
  validities,
} from '../../areas/catalogue/index.ts';
import { parseDay } from '../../law/index.ts';
import { type Given, oneOf } from '../request.ts';
import { ITEMS } from './addresses.ts';
import { numberOrNull } from './request.ts';

/** The lists in the order of their tabs. */
export const groups: Readonly<Record<DeskGroup, string>> = {
  drafts: '我的草稿',
  'to-review': '待我审查',
  'in-review': '审查中',
  approved: '待发布',
  published: '已发布',
  withdrawn: '已撤下',
  all: '全部',
};

/** Whose desk it is, and how much lies in each list for him. */
interface Waiting {
  counts: Partial<Record<DeskGroup, number>>;
  mayWrite: boolean;
}

/** What can be done something about, in the order in which others wait for it. */
const toDo: readonly DeskGroup[] = ['to-review', 'drafts', 'in-review', 'approved'];

/**
 * The list that opens when nobody asked for one: the first in which there is something to do for this person or to wait for.
 * Where there is nothing, it is what is public; his drafts are never opened for one who does not write.
 */
export function openingGroup({ counts, mayWrite }: Waiting): DeskGroup {
  const found = toDo.find((group) => (counts[group] ?? 0) > 0 && (group !== 'drafts' || mayWrite));
  return found ?? 'published';
}

export interface ListQuery {
  filter: DeskFilter;
  after: DeskPlace | null;
}

/** What an address asks for; what it says wrongly is left out. */
export function readListQuery(given: Given, otherwise: DeskGroup): ListQuery {
  const day = (name: string) => (parseDay(given(name)) === null ? '' : given(name));
  const [on = '', id = ''] = given('after').split('_');
  const placed = numberOrNull(id);
  const filter: DeskFilter = {
    group: oneOf(groups, given('group')) ?? otherwise,
    text: given('q').slice(0, 100),
    columnId: numberOrNull(given('column')),
    unitId: numberOrNull(given('unit')),
    genre: genres.includes(given('genre')) ? given('genre') : '',
    validity: oneOf<Validity>(validities, given('validity')) ?? '',
    from: day('from'),
    to: day('to'),
  };
  const after = placed !== null && (on === '' || parseDay(on) !== null) ? { on, id: placed } : null;
  return { filter, after };
}

/** The address of a list. */
export function listAddress(filter: DeskFilter, after: DeskPlace | null = null, below = ''): string {
  const query = new URLSearchParams({ group: filter.group });
  const values = {
    q: filter.text,
    column: String(filter.columnId ?? ''),
    unit: String(filter.unitId ?? ''),
    genre: filter.genre,
    validity: filter.validity,
    from: filter.from,
    to: filter.to,
    after: after ? `${after.on}_${after.id}` : '',
  };
  for (const [name, value] of Object.entries(values)) if (value !== '') query.set(name, value);
  return `${ITEMS}${below}?${query}`;
}

/** Whether anything narrows the list. */
export const isNarrowed = ({ group: _, ...filter }: DeskFilter): boolean =>
  Object.values(filter).some((value) => value !== '' && value !== null);
