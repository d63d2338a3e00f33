import type { Db } from '../../core/db.ts';
import './schema.ts';

/** The picture of a topic. */
export interface ColumnPicture {
  columnId: number;
  /** SHA-256. */
  digest: string;
  type: 'image/png' | 'image/jpeg';
  bytes: number;
  /** In pixels. */
  width: number;
  height: number;
  /** What it shows, in words. */
  alt: string;
}

const pictures = (db: Db, agencyId: number) =>
  db
    .selectFrom('column_pictures')
    .select(['column_id as columnId', 'digest', 'type', 'bytes', 'width', 'height', 'alt'])
    .where('agency_id', '=', agencyId);

/** Every picture of the agency's topics, by the column. */
export async function columnPictures(db: Db, agencyId: number): Promise<Map<number, ColumnPicture>> {
  const found = await pictures(db, agencyId).execute();
  return new Map(found.map((picture) => [picture.columnId, picture]));
}

export async function findColumnPicture(
  db: Db,
  agencyId: number,
  columnId: number,
): Promise<ColumnPicture | null> {
  return (await pictures(db, agencyId).where('column_id', '=', columnId).executeTakeFirst()) ?? null;
}

export async function keepColumnPicture(
  db: Db,
  agencyId: number,
  { columnId, ...picture }: ColumnPicture,
  at: Date,
): Promise<void> {
  const values = { ...picture, set_at: at };
  await db
    .insertInto('column_pictures')
    .values({ agency_id: agencyId, column_id: columnId, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'column_id']).doUpdateSet(values))
    .execute();
}

export async function deleteColumnPicture(db: Db, agencyId: number, columnId: number): Promise<void> {
  await db
    .deleteFrom('column_pictures')
    .where('agency_id', '=', agencyId)
    .where('column_id', '=', columnId)
    .execute();
}
