import { type ReminderDays, readReminderDays } from '../../law/index.ts';

/** Before the limit handler, head and officers are reminded; after it the leader is told as well. */
export const defaultReminders: ReminderDays = { remindBefore: [5, 2, 1, 0], escalateAfter: [1, 5] };

/** Reads the settings an agency keeps under `settings.requests`; what is missing or out of range takes its default. */
export function reminderSettingsOf(settings: Readonly<Record<string, unknown>>): ReminderDays {
  const given = settings.requests;
  return readReminderDays(
    (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>,
    defaultReminders,
  );
}
