import type { Db } from '../../core/db.ts';
import './validity-schema.ts';

export type CatalogueReminderKind = 'publication' | 'reassessment' | 'validity-end';

/** Writes down that these were reminded of; returns the items that had not been before. */
export async function insertCatalogueReminders(
  db: Db,
  agencyId: number,
  kind: CatalogueReminderKind,
  reminders: readonly { itemId: number; dueOn: string; daysLeft: number }[],
  at: Date,
): Promise<Set<number>> {
  if (reminders.length === 0) return new Set();
  const rows = await db
    .insertInto('catalogue_reminders')
    .values(
      reminders.map(({ itemId, dueOn, daysLeft }) => ({
        agency_id: agencyId,
        kind,
        item_id: itemId,
        due_on: dueOn,
        days_left: daysLeft,
        reminded_at: at,
      })),
    )
    .onConflict((on) => on.doNothing())
    .returning('item_id')
    .execute();
  return new Set(rows.map((row) => row.item_id));
}
