import type { CalendarNumbers } from './calendar.ts';
import { type DayNumber, dateOf, dayNumber } from './day-number.ts';
import type { LimitUnit } from './limit-kinds.ts';

/** A stretch of time that does not count: after `from` (the letter goes out) up to and including `until` (the answer is in). */
export interface Span {
  from: DayNumber;
  until: DayNumber;
}

/**
 * The last day of a period. Day 0 is `start`; working days are counted as such, other periods end on their last calendar
 * day or, when that is a day off, on the first working day after it (民事诉讼法/85).
 */
export function periodEnd(
  calendar: CalendarNumbers,
  start: DayNumber,
  limit: number,
  unit: LimitUnit,
  suspended: readonly Span[] = [],
): DayNumber {
  if (unit !== 'working-day') return movedOffHoliday(calendar, lastCalendarDay(start, limit, unit));
  let target = calendar.rank(start) + limit;
  for (const { from, until } of suspended) {
    const after = Math.max(from, start);
    if (after >= calendar.select(target)) break;
    target += Math.max(0, calendar.rank(until) - calendar.rank(after));
  }
  return calendar.select(target);
}

/** Where a calendar period ends before it is moved off a day off. */
export function lastCalendarDay(start: DayNumber, limit: number, unit: LimitUnit): DayNumber {
  if (unit === 'month') return dayNumber(dateOf(start).add({ months: limit }));
  if (unit === 'year') return dayNumber(dateOf(start).add({ years: limit }));
  return start + limit;
}

function movedOffHoliday(calendar: CalendarNumbers, day: DayNumber): DayNumber {
  return calendar.isWorkingDay(day) ? day : calendar.select(calendar.rank(day) + 1);
}

/** Sorts spans and joins those that touch or overlap, so that no day is taken out twice. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans];
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until);
    else merged.push({ ...span });
  }
  return merged;
}

/** Working days taken out between `start` and `end`. Spans must be merged. */
export function suspendedWorkingDays(
  calendar: CalendarNumbers,
  start: DayNumber,
  end: DayNumber,
  spans: readonly Span[],
): number {
  return spans.reduce((sum, { from, until }) => {
    const after = Math.max(from, start);
    return sum + Math.max(0, calendar.rank(Math.min(until, end)) - calendar.rank(after));
  }, 0);
}
