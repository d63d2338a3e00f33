import { Temporal } from 'temporal-polyfill';
import type { LedgerFilter } from '../../ledger/index.ts';

export const filterNames = ['actor', 'act', 'subjectKind', 'subjectId', 'from', 'to', 'text'] as const;

/** What the filter bar holds: the text as typed, the filter it makes, and what is wrong in it. */
export interface FilterReading {
  given: Partial<Record<(typeof filterNames)[number], string>>;
  filter: LedgerFilter;
  errors: Record<string, string>;
}

/** Reads the filter from an address or a form; a field that cannot be read filters nothing and says so. */
export function readFilter(source: unknown): FilterReading {
  const values = (source ?? {}) as Record<string, unknown>;
  const reading: FilterReading = { given: {}, filter: {}, errors: {} };
  for (const name of filterNames) {
    const value = values[name];
    if (typeof value !== 'string' || value.trim() === '') continue;
    const text = value.trim().slice(0, 100);
    reading.given[name] = text;
    if ((name === 'from' || name === 'to') && !isDate(text))
      reading.errors[name] = '请选择日期，或按 2018-12-31 的形式填写';
    else reading.filter[name] = text.replaceAll('\0', '');
  }
  const { from, to } = reading.filter;
  if (from && to && from > to) {
    reading.errors.to = '截止日期不能早于起始日期';
    delete reading.filter.to;
  }
  return reading;
}

/** The address of the list with this filter and these further parameters. */
export function filterHref(
  given: FilterReading['given'],
  more: Record<string, string | number> = {},
): string {
  const query = new URLSearchParams();
  for (const name of filterNames) if (given[name]) query.set(name, given[name]);
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  const text = query.toString();
  return `/workbench/ledger${text ? `?${text}` : ''}`;
}

function isDate(text: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }) !== null;
  } catch {
    return false;
  }
}
