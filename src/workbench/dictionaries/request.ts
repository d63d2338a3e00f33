import {
  type DictionaryFilter,
  type EntryForm,
  type EntryKind,
  entryFields,
  entryKinds,
} from '../../areas/reviews/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import type { Given } from '../request.ts';

export const DICTIONARIES = '/workbench/dictionaries';
export const TRIAL = `${DICTIONARIES}/trial`;
export const IMPORT = `${DICTIONARIES}/import`;
export const NEW_WORD = `${DICTIONARIES}/new`;
export const wordAddress = (key: string, below = ''): string =>
  `${DICTIONARIES}/words/${encodeURIComponent(key)}${below}`;

export const states = {
  '': '全部',
  on: '启用',
  off: '停用',
  own: '本单位自建',
  changed: '本单位改过',
} as const;

/** What the address of the list asks for; what it does not know is left out. */
export function filterIn(given: Given): DictionaryFilter {
  const [kind, state] = [given('kind'), given('state')];
  return {
    text: visibleLine(given('q')).slice(0, 60),
    kind: Object.hasOwn(entryKinds, kind) ? (kind as EntryKind) : '',
    state: Object.hasOwn(states, state) ? (state as DictionaryFilter['state']) : '',
  };
}

/** The address of the list with a filter; `page` counts from 1. */
export function listAddress(filter: DictionaryFilter, page = 1, base: string = DICTIONARIES): string {
  const query = new URLSearchParams();
  if (filter.text !== '') query.set('q', filter.text);
  if (filter.kind !== '') query.set('kind', filter.kind);
  if (filter.state !== '') query.set('state', filter.state);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `${base}?${query}` : base;
}

export const entryIn = (given: Given): EntryForm =>
  Object.fromEntries(entryFields.map((name) => [name, given(name)])) as EntryForm;
