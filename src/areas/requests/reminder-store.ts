import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './list-schema.ts';
import './schema.ts';

/** An open request whose limit runs. */
export interface DueRequest {
  id: number;
  number: string;
  dueOn: string;
  unitId: number | null;
  handlerId: number | null;
}

/** Open requests due by that day, in the order of their due dates, behind the place. */
export async function dueRequests(
  db: Db,
  agencyId: number,
  until: string,
  page: { behind: { dueOn: string; id: number } | null; limit: number },
): Promise<DueRequest[]> {
  const { behind, limit } = page;
  const { rows } = await sql<DueRequest>`
    SELECT id, number, due_on AS "dueOn", unit_id AS "unitId", handler_id AS "handlerId" FROM requests
    WHERE agency_id = ${agencyId} AND due_on <= ${until}::date AND concluded_on IS NULL AND state <> 'cancelled'
      AND ${behind ? sql`(due_on, id) > (${behind.dueOn}::date, ${behind.id}::bigint)` : sql`true`}
    ORDER BY due_on, id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Writes down that these were reminded of; returns the ids of those that had not been before. */
export async function insertReminders(
  db: Db,
  agencyId: number,
  reminders: readonly { requestId: number; dueOn: string; daysLeft: number }[],
  at: Date,
): Promise<number[]> {
  if (reminders.length === 0) return [];
  const rows = await db
    .insertInto('request_reminders')
    .values(
      reminders.map(({ requestId, dueOn, daysLeft }) => ({
        agency_id: agencyId,
        request_id: requestId,
        due_on: dueOn,
        days_left: daysLeft,
        reminded_at: at,
      })),
    )
    .onConflict((on) => on.doNothing())
    .returning('request_id')
    .execute();
  return rows.map((row) => row.request_id);
}

/** Who helps with these requests, beside those who lead. */
export async function helpersOf(
  db: Db,
  agencyId: number,
  ids: readonly number[],
): Promise<{ requestId: number; unitId: number; handlerId: number | null }[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('request_assignments')
    .select(['request_id as requestId', 'unit_id as unitId', 'handler_id as handlerId'])
    .where('agency_id', '=', agencyId)
    .where('request_id', 'in', [...ids])
    .where('ended_at', 'is', null)
    .where('lead', '=', false)
    .execute();
}
