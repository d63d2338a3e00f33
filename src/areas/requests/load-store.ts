import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ListQuestion } from './list-store.ts';
import { openRows } from './list-store.ts';

/** Open requests of one day. */
export interface DueDay {
  date: string;
  count: number;
  /** Of the first few, in the order of their numbers. */
  requests: { id: number; number: string; title: string }[];
}

/** What is due on each day of the question's span, with the first few requests of the day. */
export async function dueByDay(
  db: Db,
  agencyId: number,
  question: ListQuestion,
  shown: number,
): Promise<DueDay[]> {
  const { rows } = await sql<DueDay>`
    WITH due AS MATERIALIZED (${openRows(agencyId, question)}),
      placed AS (SELECT id, due_key, row_number() OVER (PARTITION BY due_key ORDER BY id) AS place FROM due)
    SELECT days.date::text AS date, days.count, coalesce(json_agg(
        json_build_object('id', r.id, 'number', r.number, 'title', r.title) ORDER BY r.number) FILTER (WHERE r.id IS NOT NULL),
        '[]') AS requests
    FROM (SELECT due_key AS date, count(*)::int AS count FROM due GROUP BY due_key) days
    LEFT JOIN placed p ON p.due_key = days.date AND p.place <= ${shown}
    LEFT JOIN requests r ON r.agency_id = ${agencyId} AND r.id = p.id
    GROUP BY days.date, days.count ORDER BY days.date`.execute(db);
  return rows;
}

/** How much of one unit or handler is due when. */
export interface LoadRow {
  /** Null: not assigned yet. */
  unitId: number | null;
  handlerId: number | null;
  /** Days by their place: `overdue`, the number of a week from the first one on, `later`, or `none` while no limit runs. */
  bucket: string;
  count: number;
}

/** Open requests by unit, handler and week; weeks are counted from the Monday given. */
export async function loadByWeek(
  db: Db,
  agencyId: number,
  question: ListQuestion,
  weeks: { today: string; monday: string; count: number },
): Promise<LoadRow[]> {
  const week: RawBuilder<unknown> = sql`(d.due_key - ${weeks.monday}::date) / 7`;
  const { rows } = await sql<LoadRow>`
    WITH due AS MATERIALIZED (${openRows(agencyId, question, true)})
    SELECT d.unit_id AS "unitId", d.handler_id AS "handlerId", CASE
        WHEN d.due_key = 'infinity' THEN 'none'
        WHEN d.due_key < ${weeks.today}::date THEN 'overdue'
        WHEN ${week} >= ${weeks.count}::int THEN 'later'
        ELSE (${week})::text END AS bucket, count(*)::int AS count
    FROM due d
    GROUP BY 1, 2, 3`.execute(db);
  return rows;
}
