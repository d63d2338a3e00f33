import type { Db } from '../../core/db.ts';
import type { ItemFile } from './model.ts';
import './schema.ts';

const columns = [
  'id',
  'item_id as itemId',
  'version',
  'position',
  'kind',
  'name',
  'digest',
  'type',
  'bytes',
  'plain',
  'released',
] as const;

export async function filesOfVersion(
  db: Db,
  agencyId: number,
  itemId: number,
  version: number,
): Promise<ItemFile[]> {
  return db
    .selectFrom('item_files')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', itemId)
    .where('version', '=', version)
    .orderBy('position')
    .orderBy('id')
    .execute();
}
