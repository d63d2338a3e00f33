import type { CalendarNumbers } from './calendar.ts';
import { lastCalendarDay, type Span } from './counting.ts';
import { type DayNumber, formatDay } from './day-number.ts';
import type { LimitUnit } from './limit-kinds.ts';

/** One day of a count: `YYYY-MM-DD`, whether it counts, and why in Chinese. */
export interface ExplainedDay {
  date: string;
  counted: boolean;
  why: string;
}

export const WHY_DAY_ZERO = '起算之日，不计算在期间内';
export const WHY_SUSPENDED = '征求意见期间，不计入期限';

/** Day 0 first, then every day to the end of the period. The counted days sum to the limit. */
export function explainPeriod(
  calendar: CalendarNumbers,
  period: { from: DayNumber; due: DayNumber; limit: number; unit: LimitUnit; spans?: readonly Span[] },
): ExplainedDay[] {
  const { from, due, limit, unit, spans = [] } = period;
  if (unit === 'month' || unit === 'year') return [];
  const days: ExplainedDay[] = [{ date: formatDay(from), counted: false, why: WHY_DAY_ZERO }];
  const end = unit === 'day' ? lastCalendarDay(from, limit, unit) : due;
  for (let day = from + 1; day <= due; day++) {
    const date = formatDay(day);
    if (unit === 'day') {
      if (day <= end) days.push({ date, counted: true, why: '自然日' });
      else if (day < due) days.push({ date, counted: false, why: `${calendar.why(day)}，期间届满日顺延` });
      else days.push({ date, counted: false, why: '顺延至休息日后的第一日届满' });
    } else if (!calendar.isWorkingDay(day)) days.push({ date, counted: false, why: calendar.why(day) });
    else if (spans.some((span) => day > span.from && day <= span.until)) {
      days.push({ date, counted: false, why: WHY_SUSPENDED });
    } else days.push({ date, counted: true, why: calendar.why(day) });
  }
  return days;
}
