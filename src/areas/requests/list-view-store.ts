import type { Db } from '../../core/db.ts';
import './list-schema.ts';

/** 常用筛选 of one person. */
export interface SavedView {
  id: number;
  name: string;
  /** The query of the list's address. */
  query: string;
}

interface Owner {
  agencyId: number;
  staffId: number;
}

export async function viewsOf(db: Db, { agencyId, staffId }: Owner): Promise<SavedView[]> {
  return db
    .selectFrom('request_views')
    .select(['id', 'name', 'query'])
    .where('agency_id', '=', agencyId)
    .where('staff_id', '=', staffId)
    .orderBy('id')
    .execute();
}

/** Keeps a view under its name; one of that name is replaced. */
export async function writeView(
  db: Db,
  { agencyId, staffId }: Owner,
  view: Omit<SavedView, 'id'>,
): Promise<void> {
  await db
    .insertInto('request_views')
    .values({ agency_id: agencyId, staff_id: staffId, ...view })
    .onConflict((on) => on.columns(['agency_id', 'staff_id', 'name']).doUpdateSet({ query: view.query }))
    .execute();
}

/** False when the person has no such view. */
export async function deleteView(db: Db, { agencyId, staffId }: Owner, id: number): Promise<boolean> {
  const row = await db
    .deleteFrom('request_views')
    .where('agency_id', '=', agencyId)
    .where('staff_id', '=', staffId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
