import type { Db } from '../../core/db.ts';
import './schema.ts';

/** A refused proposal may be made anew; an approved one never (the rules ask first). */
export async function proposeExtensionRow(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { days: number; reason: string; proposedBy: number | null; proposedOn: string },
): Promise<void> {
  const values = {
    days: given.days,
    reason: given.reason,
    state: 'proposed' as const,
    proposed_by: given.proposedBy,
    proposed_on: given.proposedOn,
    decided_by: null,
    decided_on: null,
    notified_on: null,
    letter_id: null,
  };
  await db
    .insertInto('request_extensions')
    .values({ agency_id: agencyId, request_id: requestId, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'request_id']).doUpdateSet(values))
    .execute();
}

export async function decideExtensionRow(
  db: Db,
  agencyId: number,
  requestId: number,
  given: {
    state: 'approved' | 'refused';
    decidedBy: number | null;
    decidedOn: string;
    notifiedOn: string | null;
    letterId: number | null;
  },
): Promise<void> {
  await db
    .updateTable('request_extensions')
    .set({
      state: given.state,
      decided_by: given.decidedBy,
      decided_on: given.decidedOn,
      notified_on: given.notifiedOn,
      letter_id: given.letterId,
    })
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .execute();
}
