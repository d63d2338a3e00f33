import type { Temporal } from 'temporal-polyfill';
import { countingsOf } from './countings.ts';
import type { EntryValues, Register } from './register.ts';

/** What one entry adds to one figure of the annual report, in each year from `from` to `to`. */
export interface Effect {
  figure: string;
  label: string;
  unit: string;
  quantity: number;
  from: number;
  to: number;
}

/** The figures an entry in force counts in; empty for one that is kept for reference only. Pure. */
export function effectsOf(register: Register, values: EntryValues, today: Temporal.PlainDate): Effect[] {
  const years = yearsCounted(register, values, today.year);
  if (!years) return [];
  return countingsOf(register.key)
    .filter(({ kinds }) => !kinds || kinds.includes(String(values.kind)))
    .map(({ code, label, unit, weight }) => ({
      figure: code,
      label,
      unit,
      quantity: weight ? Number((Number(values[weight.field] ?? 0) / weight.divisor).toFixed(6)) : 1,
      ...years,
    }));
}

/** A flow counts in its year. A stock counts in each year whose 31 December it saw, and so far in the running one. */
function yearsCounted(
  register: Register,
  values: EntryValues,
  thisYear: number,
): { from: number; to: number } | null {
  const start = String(values[register.dateField]);
  const from = Number(start.slice(0, 4));
  if (!register.endField) return { from, to: from };
  const end = values[register.endField];
  const lastSeen =
    typeof end === 'string' ? Number(end.slice(0, 4)) - (end.endsWith('-12-31') ? 0 : 1) : thisYear;
  const to = Math.min(lastSeen, thisYear);
  return from <= to ? { from, to } : null;
}
