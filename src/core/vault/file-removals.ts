import { sql } from 'kysely';
import { type Db, transact } from '../db.ts';
import type { FileStore } from '../files.ts';

/** Held shared while a backup runs: the rows it took must find their files. Any fixed number will do. */
export const FILE_REMOVAL_LOCK = 4_920_712;

/** In the transaction that lets go of a sealed file: it leaves the disk once that transaction is committed. */
export async function discardFile(db: Db, sha256: string, now: Date): Promise<void> {
  await db
    .insertInto('sealed_file_removals')
    .values({ sha256, discarded_at: now })
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Takes discarded files off the disk; returns how many. While a backup runs they stay for the next time. */
export function removeDiscarded(db: Db, files: Pick<FileStore, 'remove'>): Promise<number> {
  return transact({ db }, async ({ db }) => {
    const lock = sql<{ held: boolean }>`SELECT pg_try_advisory_xact_lock(${FILE_REMOVAL_LOCK}) AS held`;
    if (!(await lock.execute(db)).rows[0]?.held) return 0;
    const discarded = await db.selectFrom('sealed_file_removals').select('sha256').limit(1000).execute();
    for (const { sha256 } of discarded) await files.remove(sha256);
    const done = discarded.map(({ sha256 }) => sha256);
    if (done.length > 0) await db.deleteFrom('sealed_file_removals').where('sha256', 'in', done).execute();
    return done.length;
  });
}
