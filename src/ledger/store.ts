import type { Db } from '../core/db.ts';
import './schema.ts';
import { GENESIS } from './chain.ts';

/** Locks the head of an agency's chain until the transaction ends, creating it before the first act. */
export async function lockHead(db: Db, agencyId: number): Promise<{ seq: number; digest: string }> {
  await db
    .insertInto('ledger_heads')
    .values({ agency_id: agencyId, seq: 0, digest: GENESIS })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db
    .selectFrom('ledger_heads')
    .select(['seq', 'digest'])
    .where('agency_id', '=', agencyId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function advanceHead(db: Db, agencyId: number, seq: number, digest: string): Promise<void> {
  await db.updateTable('ledger_heads').set({ seq, digest }).where('agency_id', '=', agencyId).execute();
}
