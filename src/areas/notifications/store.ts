import { type Selectable, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { NotificationTable } from './schema.ts';
import '../organisations/schema.ts';

export type Notification = Pick<Selectable<NotificationTable>, 'id' | 'at' | 'title' | 'href' | 'read_at'>;

/** Leaves out people who already have the same message unread, so that a daily reminder does not pile up. */
export async function insertNotifications(
  db: Db,
  message: { agencyId: number; staffIds: readonly number[]; at: Date; title: string; href: string },
): Promise<number> {
  if (message.staffIds.length === 0) return 0;
  const { agencyId, staffIds, at, title, href } = message;
  const result = await sql`
    INSERT INTO notifications (agency_id, staff_id, at, title, href)
    SELECT ${agencyId}, s.id, ${at}, ${title}, ${href}
    FROM staff s
    WHERE s.agency_id = ${agencyId} AND s.id = ANY(${[...new Set(staffIds)]}::int[]) AND s.left_on IS NULL
      AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.agency_id = s.agency_id AND n.staff_id = s.id
        AND n.read_at IS NULL AND n.title = ${title} AND n.href = ${href})`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** Newest first, keyset by id. */
export async function listNotifications(
  db: Db,
  key: { agencyId: number; staffId: number },
  page: { unreadOnly: boolean; before: number | null; limit: number },
): Promise<Notification[]> {
  let query = db
    .selectFrom('notifications')
    .select(['id', 'at', 'title', 'href', 'read_at'])
    .where('agency_id', '=', key.agencyId)
    .where('staff_id', '=', key.staffId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.unreadOnly) query = query.where('read_at', 'is', null);
  if (page.before !== null) query = query.where('id', '<', page.before);
  return query.execute();
}

export async function findNotification(db: Db, key: { agencyId: number; staffId: number; id: number }) {
  return db
    .selectFrom('notifications')
    .select(['id', 'at', 'title', 'href', 'read_at'])
    .where('agency_id', '=', key.agencyId)
    .where('staff_id', '=', key.staffId)
    .where('id', '=', key.id)
    .executeTakeFirst();
}

export async function unreadCount(db: Db, agencyId: number, staffId: number): Promise<number> {
  const { count } = await db
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('staff_id', '=', staffId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** All of them when `id` is null; returns how many were unread. */
export async function setRead(
  db: Db,
  key: { agencyId: number; staffId: number; id: number | null },
  at: Date,
): Promise<number> {
  let query = db
    .updateTable('notifications')
    .set({ read_at: at })
    .where('agency_id', '=', key.agencyId)
    .where('staff_id', '=', key.staffId)
    .where('read_at', 'is', null);
  if (key.id !== null) query = query.where('id', '=', key.id);
  const result = await query.executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export interface UnmailedNotification {
  agency_id: number;
  id: number;
  staff_id: number;
  title: string;
  href: string;
  name: string;
  email: string;
}

/** Unread and unmailed messages of people with an address, locked so that a second worker passes over them. */
export async function lockUnmailed(db: Db, limit: number): Promise<UnmailedNotification[]> {
  return db
    .selectFrom('notifications as n')
    .innerJoin('staff as s', (join) =>
      join.onRef('s.agency_id', '=', 'n.agency_id').onRef('s.id', '=', 'n.staff_id'),
    )
    .select(['n.agency_id', 'n.id', 'n.staff_id', 'n.title', 'n.href', 's.name', 's.email'])
    .where('n.mailed_at', 'is', null)
    .where('n.read_at', 'is', null)
    .where('s.email', '<>', '')
    .where('s.left_on', 'is', null)
    .orderBy('n.agency_id')
    .orderBy('n.staff_id')
    .orderBy('n.id')
    .limit(limit)
    .forUpdate('n')
    .skipLocked()
    .execute();
}

export async function setMailed(db: Db, agencyId: number, ids: readonly number[], at: Date): Promise<void> {
  await db
    .updateTable('notifications')
    .set({ mailed_at: at })
    .where('agency_id', '=', agencyId)
    .where('id', 'in', [...ids])
    .execute();
}
