import type { Db } from '../../core/db.ts';
import './schema.ts';

/** How far the import of a file has come. */
export interface ImportRun {
  linesDone: number;
  imported: number;
  unchanged: number;
}

/** Opens the import of a file, or finds the one that was interrupted. One that was finished begins anew. */
export async function openRun(
  db: Db,
  agencyId: number,
  file: { digest: string; name: string },
  at: Date,
): Promise<ImportRun> {
  const fresh = { lines_done: 0, imported: 0, unchanged: 0, started_at: at, finished_at: null };
  await db
    .insertInto('item_imports')
    .values({ agency_id: agencyId, file_digest: file.digest, file_name: file.name, ...fresh })
    .onConflict((conflict) =>
      conflict
        .columns(['agency_id', 'file_digest'])
        .doUpdateSet({ file_name: file.name, ...fresh })
        .where('item_imports.finished_at', 'is not', null),
    )
    .execute();
  return findRun(db, agencyId, file.digest);
}

/** As it stands; nobody moves it on before the transaction ends. */
export async function lockRun(db: Db, agencyId: number, digest: string): Promise<ImportRun> {
  return run(db, agencyId, digest).forUpdate().executeTakeFirstOrThrow();
}

function findRun(db: Db, agencyId: number, digest: string): Promise<ImportRun> {
  return run(db, agencyId, digest).executeTakeFirstOrThrow();
}

const run = (db: Db, agencyId: number, digest: string) =>
  db
    .selectFrom('item_imports')
    .select(['lines_done as linesDone', 'imported', 'unchanged'])
    .where('agency_id', '=', agencyId)
    .where('file_digest', '=', digest);

export async function moveRun(db: Db, agencyId: number, digest: string, to: ImportRun): Promise<void> {
  await db
    .updateTable('item_imports')
    .set({ lines_done: to.linesDone, imported: to.imported, unchanged: to.unchanged })
    .where('agency_id', '=', agencyId)
    .where('file_digest', '=', digest)
    .execute();
}

export async function finishRun(db: Db, agencyId: number, digest: string, at: Date): Promise<void> {
  await db
    .updateTable('item_imports')
    .set({ finished_at: at })
    .where('agency_id', '=', agencyId)
    .where('file_digest', '=', digest)
    .execute();
}
