import type { Db } from '../../core/db.ts';
import type { ItemState } from './model.ts';
import './schema.ts';

/** How the item with that index number stands; null when there is none. */
export async function stateOfItem(db: Db, agencyId: number, indexNumber: string): Promise<ItemState | null> {
  const row = await db
    .selectFrom('items')
    .select('state')
    .where('agency_id', '=', agencyId)
    .where('index_number', '=', indexNumber)
    .executeTakeFirst();
  return row?.state ?? null;
}
