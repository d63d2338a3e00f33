import type { Unit } from '../../areas/organisations/index.ts';
import { countedKinds, type EntryFilter, type Place, type Register } from '../../areas/registers/index.ts';
import { readDay } from '../../core/spreadsheet/index.ts';
import { addressOf } from './words.ts';

/** A list's filter as it stands in the address. */
export interface ListQuery {
  year: string;
  on: string;
  kind: string;
  unit: string;
  text: string;
  state: string;
}

const names = ['year', 'on', 'kind', 'unit', 'text', 'state'] as const;

export interface ReadQuery {
  given: ListQuery;
  filter: EntryFilter;
  place: Place;
  errors: Record<string, string>;
}

/** Reads the address of a list; what cannot be understood is told beside its field and not applied. */
export function readQuery(register: Register, query: unknown, units: readonly Unit[]): ReadQuery {
  const values = (query ?? {}) as Record<string, unknown>;
  const value = (name: string) =>
    typeof values[name] === 'string' ? (values[name] as string).trim().slice(0, 100) : '';
  const given = Object.fromEntries(names.map((name) => [name, value(name)])) as unknown as ListQuery;
  const errors: Record<string, string> = {};
  const filter: EntryFilter = { voided: given.state === 'voided' };
  if (/^(19|20|21)\d{2}$/.test(given.year)) filter.year = Number(given.year);
  else if (given.year) errors.year = '年份应为四位数字。';
  if (register.endField && given.on) {
    const day = readDay(given.on);
    if (day) filter.on = day;
    else errors.on = '应为实际存在的日期，写成 2018-12-31。';
  }
  if (given.kind) filter.kinds = kindsOf(register, given.kind);
  const unit = units.find(({ code }) => code === given.unit);
  if (unit) filter.unitId = unit.id;
  else if (given.unit) errors.unit = '没有这个部门。';
  if (given.text) filter.text = given.text;
  const [after, before] = [value('after'), value('before')];
  return { given, filter, place: after ? { after } : before ? { before } : null, errors };
}

/** All kinds that count in the statistics table, as one choice beside the kinds themselves. */
export const COUNTED = 'counted';

function kindsOf(register: Register, kind: string): readonly string[] {
  if (kind === COUNTED) return countedKinds(register.key) ?? [];
  const known = register.fields.find(({ name }) => name === 'kind')?.options ?? [];
  return known.filter((option) => option === kind);
}

/** The address of a list or its export with this filter. */
export function listHref(
  register: Register,
  given: Partial<ListQuery>,
  more: Record<string, string> = {},
  rest = '',
): string {
  const query = new URLSearchParams();
  for (const name of names) if (given[name]) query.set(name, given[name]);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `${addressOf(register, rest)}${query.size > 0 ? `?${query}` : ''}`;
}

/** Whether anything narrows the list. */
export const isNarrowed = (filter: EntryFilter): boolean =>
  filter.voided === true ||
  [filter.year, filter.on, filter.kinds, filter.unitId, filter.text].some((part) => part !== undefined);
