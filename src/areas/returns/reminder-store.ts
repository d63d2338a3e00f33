import type { Db } from '../../core/db.ts';
import './schema.ts';

export interface Reminder {
  unitId: number;
  /** `YYYY-MM`. */
  month: string;
  remindedOn: string;
  byName: string;
}

/** Notes a reminder; false when the unit was already reminded of that month today. */
export async function insertReminder(db: Db, agencyId: number, reminder: Reminder): Promise<boolean> {
  const row = await db
    .insertInto('return_reminders')
    .values({
      agency_id: agencyId,
      unit_id: reminder.unitId,
      month: `${reminder.month}-01`,
      reminded_on: reminder.remindedOn,
      by_name: reminder.byName,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('unit_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Reminders of a year's months, newest first. */
export async function remindersOf(db: Db, agencyId: number, year: number): Promise<Reminder[]> {
  const rows = await db
    .selectFrom('return_reminders')
    .select(['unit_id', 'month', 'reminded_on', 'by_name'])
    .where('agency_id', '=', agencyId)
    .where('month', '>=', `${year}-01-01`)
    .where('month', '<=', `${year}-12-31`)
    .orderBy('reminded_on', 'desc')
    .execute();
  return rows.map((row) => ({
    unitId: row.unit_id,
    month: row.month.slice(0, 7),
    remindedOn: row.reminded_on,
    byName: row.by_name,
  }));
}
