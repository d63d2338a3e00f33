import { type Clock, instantOf } from '../clock.ts';
import type { Db } from '../db.ts';
import type { Vault } from '../vault/index.ts';
import './schema.ts';

const KIND = 'mailbox-letter';

/** Notes a letter as taken, in the caller's transaction; false when it was taken before. */
export async function takeOnce(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  identity: string,
  receivedAt: Date,
): Promise<boolean> {
  const known = await db
    .selectFrom('mailbox_letters')
    .select('digest')
    .where('digest', 'in', vault.digests(KIND, identity))
    .executeTakeFirst();
  if (known) return false;
  const digest = vault.digest(KIND, identity);
  const taken_at = instantOf(clock);
  // Waits for another machine that takes the same letter just now.
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('mailbox_letters')
    .values({ digest, received_at: receivedAt, taken_at })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
