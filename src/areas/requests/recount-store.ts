import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './list-schema.ts';
import './schema.ts';

/** One amendment of the calendar, as far as requests were counted anew for it. */
export interface Recount {
  id: number;
  calendar: string;
  begunAt: Date;
  endedAt: Date | null;
  counted: number;
  /** How many of them changed. */
  changed: number;
}

export interface RecountChange {
  requestId: number;
  number: string;
  title: string;
  unitName: string | null;
  handlerName: string | null;
  dueBefore: string | null;
  dueAfter: string | null;
  provisionalBefore: boolean;
  provisionalAfter: boolean;
}

/** A request whose limit was counted by another calendar. */
export interface StaleRequest {
  id: number;
  number: string;
  unitId: number | null;
  handlerId: number | null;
  dueOn: string | null;
  provisional: boolean;
}

/** Open requests whose limit was counted by another calendar than this; the first of them. */
export async function staleRequests(
  db: Db,
  agencyId: number,
  calendar: string,
  limit: number,
): Promise<StaleRequest[]> {
  const { rows } = await sql<StaleRequest>`
    SELECT id, number, unit_id AS "unitId", handler_id AS "handlerId", due_on AS "dueOn", provisional FROM (
      (SELECT id, number, unit_id, handler_id, due_on, provisional FROM requests WHERE agency_id = ${agencyId} AND calendar < ${calendar} AND due_on IS NOT NULL
        AND concluded_on IS NULL ORDER BY calendar, id LIMIT ${limit})
      UNION ALL
      (SELECT id, number, unit_id, handler_id, due_on, provisional FROM requests WHERE agency_id = ${agencyId} AND calendar > ${calendar} AND due_on IS NOT NULL
        AND concluded_on IS NULL ORDER BY calendar, id LIMIT ${limit})
    ) stale ORDER BY id LIMIT ${limit}`.execute(db);
  return rows;
}

/** What these requests say now, by id. */
export async function dueOf(
  db: Db,
  agencyId: number,
  ids: readonly number[],
): Promise<Map<number, { dueOn: string | null; provisional: boolean }>> {
  const rows = await db
    .selectFrom('requests')
    .select(['id', 'due_on as dueOn', 'provisional'])
    .where('agency_id', '=', agencyId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, ...due }) => [id, due]));
}

/** The recount that is under way for this calendar, begun now when there is none. */
export async function openRecount(db: Db, agencyId: number, calendar: string, at: Date): Promise<number> {
  const open = await db
    .selectFrom('request_recounts')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('calendar', '=', calendar)
    .where('ended_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (open) return open.id;
  const { id } = await db
    .insertInto('request_recounts')
    .values({ agency_id: agencyId, calendar, begun_at: at, ended_at: null, counted: 0 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function addToRecount(
  db: Db,
  agencyId: number,
  id: number,
  counted: number,
  changes: readonly {
    requestId: number;
    dueBefore: string | null;
    dueAfter: string | null;
    provisionalBefore: boolean;
    provisionalAfter: boolean;
  }[],
): Promise<void> {
  await db
    .updateTable('request_recounts')
    .set(({ eb }) => ({ counted: eb('counted', '+', counted) }))
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
  if (changes.length === 0) return;
  await db
    .insertInto('request_recount_changes')
    .values(
      changes.map((change) => ({
        agency_id: agencyId,
        recount_id: id,
        request_id: change.requestId,
        due_before: change.dueBefore,
        due_after: change.dueAfter,
        provisional_before: change.provisionalBefore,
        provisional_after: change.provisionalAfter,
      })),
    )
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Nothing is left to count for these calendars. */
export async function endRecounts(db: Db, agencyId: number, at: Date): Promise<void> {
  await db
    .updateTable('request_recounts')
    .set({ ended_at: at })
    .where('agency_id', '=', agencyId)
    .where('ended_at', 'is', null)
    .execute();
}

export async function newestRecounts(db: Db, agencyId: number, limit: number): Promise<Recount[]> {
  return db
    .selectFrom('request_recounts as c')
    .select([
      'c.id',
      'c.calendar',
      'c.begun_at as begunAt',
      'c.ended_at as endedAt',
      'c.counted',
      ({ selectFrom, fn }) =>
        selectFrom('request_recount_changes as r')
          .select(fn.countAll<number>().as('changed'))
          .whereRef('r.agency_id', '=', 'c.agency_id')
          .whereRef('r.recount_id', '=', 'c.id')
          .as('changed'),
    ])
    .where('c.agency_id', '=', agencyId)
    .orderBy('c.id', 'desc')
    .limit(limit)
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, changed: Number(row.changed ?? 0) })));
}

/** What one recount changed, by request, behind the one given. */
export async function recountChanges(
  db: Db,
  agencyId: number,
  recountId: number,
  page: { behind: number; limit: number },
): Promise<RecountChange[]> {
  return db
    .selectFrom('request_recount_changes as c')
    .innerJoin('requests as r', (join) =>
      join.onRef('r.agency_id', '=', 'c.agency_id').onRef('r.id', '=', 'c.request_id'),
    )
    .leftJoin('units as u', (join) =>
      join.onRef('u.agency_id', '=', 'r.agency_id').onRef('u.id', '=', 'r.unit_id'),
    )
    .leftJoin('staff as s', (join) =>
      join.onRef('s.agency_id', '=', 'r.agency_id').onRef('s.id', '=', 'r.handler_id'),
    )
    .select([
      'c.request_id as requestId',
      'r.number',
      'r.title',
      'u.name as unitName',
      's.name as handlerName',
      'c.due_before as dueBefore',
      'c.due_after as dueAfter',
      'c.provisional_before as provisionalBefore',
      'c.provisional_after as provisionalAfter',
    ])
    .where('c.agency_id', '=', agencyId)
    .where('c.recount_id', '=', recountId)
    .where('c.request_id', '>', page.behind)
    .orderBy('c.request_id')
    .limit(page.limit)
    .execute();
}
