/** When the office reminds of due dates, in working days; `settings.requests`. */
export interface ReminderSettings {
  /** Days left at which handler, head and officers are reminded; 0 is the last day itself. */
  remindBefore: readonly number[];
  /** Days after the limit at which the leader is told as well; the first day always is one. */
  escalateAfter: readonly number[];
}

export const defaultReminders: ReminderSettings = { remindBefore: [5, 2, 1, 0], escalateAfter: [1, 5] };

/** Most days of either list, and the farthest. */
export const MOST_REMINDERS = 8;
export const FARTHEST_REMINDER = 30;

/** Reads the settings an agency keeps under `settings.requests`; what is missing or out of range takes its default. */
export function reminderSettingsOf(settings: Readonly<Record<string, unknown>>): ReminderSettings {
  const given = settings.requests;
  const { remindBefore, escalateAfter } = (
    typeof given === 'object' && given !== null ? given : {}
  ) as Record<string, unknown>;
  return {
    remindBefore: days(remindBefore, 0) ?? defaultReminders.remindBefore,
    escalateAfter: days(escalateAfter, 1) ?? defaultReminders.escalateAfter,
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
export function reminderAt(
  daysLeft: number,
  { remindBefore, escalateAfter }: ReminderSettings,
): number | null {
  if (daysLeft >= 0) {
    const reached = remindBefore.filter((day) => day >= daysLeft);
    return reached.length === 0 ? null : Math.min(...reached);
  }
  return -Math.max(...[1, ...escalateAfter].filter((day) => day <= -daysLeft));
}
