import { sql } from 'kysely';
import type { Connection } from '../core/db.ts';

/** Any number that no other lock of the house uses. */
const TURN = 720_181_231;

/** Runs `work` while no other process on the same database runs one: whoever comes second sees what the first has done. */
export function inTurn<T>({ db }: Connection, work: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (held) => {
    await sql`SELECT pg_advisory_lock(${TURN})`.execute(held);
    try {
      return await work();
    } finally {
      await sql`SELECT pg_advisory_unlock(${TURN})`.execute(held);
    }
  });
}
