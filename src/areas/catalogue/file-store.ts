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

export async function findFile(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number; id: number },
): Promise<ItemFile | null> {
  const row = await db
    .selectFrom('item_files')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row ?? null;
}

/** A file with that content among those of any version of the item. */
export async function findFileByDigest(
  db: Db,
  agencyId: number,
  itemId: number,
  digest: string,
): Promise<ItemFile | null> {
  const row = await db
    .selectFrom('item_files')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', itemId)
    .where('digest', '=', digest)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** What a file is when it joins a version. */
export type NewItemFile = Pick<ItemFile, 'kind' | 'name' | 'digest' | 'type' | 'bytes'>;

/** Puts it behind the others; returns its id. */
export async function insertFile(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number; position: number },
  file: NewItemFile,
): Promise<number> {
  const { id } = await db
    .insertInto('item_files')
    .values({
      agency_id: agencyId,
      item_id: key.itemId,
      version: key.version,
      position: key.position,
      ...file,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateFile(
  db: Db,
  agencyId: number,
  id: number,
  change: Partial<Pick<ItemFile, 'position' | 'name' | 'digest' | 'type' | 'bytes' | 'released'>>,
): Promise<void> {
  await db
    .updateTable('item_files')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function deleteFile(db: Db, agencyId: number, id: number): Promise<void> {
  await db.deleteFrom('item_files').where('agency_id', '=', agencyId).where('id', '=', id).execute();
}
