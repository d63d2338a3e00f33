import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from './calendar.ts';

/** When an office reminds of limits, in working days. */
export interface ReminderDays {
  /** Days left at which those at work are reminded; 0 is the last day itself. */
  remindBefore: readonly number[];
  /** Days after the limit at which it is told further up; the first day always is one. */
  escalateAfter: readonly number[];
}

/** Most days of either list, and the farthest. */
export const MOST_REMINDERS = 8;
export const FARTHEST_REMINDER = 30;

/** The days an agency keeps in a group of its settings; what is missing or out of range takes its default. */
export function readReminderDays(
  given: Readonly<Record<string, unknown>>,
  otherwise: ReminderDays,
): ReminderDays {
  return {
    remindBefore: days(given.remindBefore, 0) ?? otherwise.remindBefore,
    escalateAfter: days(given.escalateAfter, 1) ?? otherwise.escalateAfter,
  };
}

function days(value: unknown, least: number): number[] | null {
  if (!Array.isArray(value) || value.length > MOST_REMINDERS) return null;
  const fitting = value.every((day) => Number.isInteger(day) && day >= least && day <= FARTHEST_REMINDER);
  return fitting ? [...new Set(value as number[])] : null;
}

/**
 * Days as they are typed, `5、2、1、0`; null when they are not such days. Sorted, the farthest first for those before the
 * limit.
 */
export function readDays(typed: string, least: number): number[] | null {
  const parts = typed
    .normalize('NFKC')
    .split(/[,、\s]+/)
    .filter((part) => part !== '');
  if (!parts.every((part) => /^\d{1,2}$/.test(part))) return null;
  return days([...new Set(parts.map(Number))], least);
}

/**
 * The reminder that is due with so many working days left (negative after the limit): the nearest day of the settings that
 * has been reached, so that one missed while the machine stood still is made up for. Null before the first.
 */
export function reminderAt(daysLeft: number, { remindBefore, escalateAfter }: ReminderDays): number | null {
  if (daysLeft >= 0) {
    const reached = remindBefore.filter((day) => day >= daysLeft);
    return reached.length === 0 ? null : Math.min(...reached);
  }
  return -Math.max(...[1, ...escalateAfter].filter((day) => day <= -daysLeft));
}

/** Those of these limits of which somebody is reminded today, with the working days that are left and the day of the settings. */
export function remindersReached<Due extends { dueOn: string }>(
  due: readonly Due[],
  today: Temporal.PlainDate,
  settings: ReminderDays,
  calendar: WorkingCalendar,
): (Due & { left: number; day: number })[] {
  return due.flatMap((one) => {
    const left = calendar.workingDaysBetween(today, Temporal.PlainDate.from(one.dueOn));
    const day = reminderAt(left, settings);
    return day === null ? [] : [{ ...one, left, day }];
  });
}
