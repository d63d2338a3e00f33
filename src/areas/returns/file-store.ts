import type { Db } from '../../core/db.ts';
import './schema.ts';

/** An evidence file of a return; `digest` addresses its content in the file store. */
export interface EvidenceFile {
  id: number;
  returnId: number;
  digest: string;
  name: string;
  type: string;
  bytes: number;
  addedAt: Date;
}

const fileRows = (db: Db, agencyId: number) =>
  db
    .selectFrom('return_files')
    .select(['id', 'return_id as returnId', 'digest', 'name', 'type', 'bytes', 'added_at as addedAt'])
    .where('agency_id', '=', agencyId)
    .where('removed_at', 'is', null);

export function filesOf(db: Db, agencyId: number, returnId: number): Promise<EvidenceFile[]> {
  return fileRows(db, agencyId).where('return_id', '=', returnId).orderBy('id').execute();
}

export async function findFile(
  db: Db,
  agencyId: number,
  returnId: number,
  id: number,
): Promise<EvidenceFile | null> {
  const row = await fileRows(db, agencyId)
    .where('return_id', '=', returnId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function insertFile(
  db: Db,
  agencyId: number,
  file: Omit<EvidenceFile, 'id'> & { addedBy: number | null },
): Promise<number> {
  const row = await db
    .insertInto('return_files')
    .values({
      agency_id: agencyId,
      return_id: file.returnId,
      digest: file.digest,
      name: file.name,
      type: file.type,
      bytes: file.bytes,
      added_by: file.addedBy,
      added_at: file.addedAt,
      removed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The row stays, so that the ledger's mention of it can still be read. */
export async function markRemoved(db: Db, agencyId: number, id: number, at: Date): Promise<void> {
  await db
    .updateTable('return_files')
    .set({ removed_at: at })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}
