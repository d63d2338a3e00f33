import type { Db } from '../../core/db.ts';
import type { DisputeKind } from './model.ts';
import './schema.ts';

export async function insertDispute(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { kind: DisputeKind; openedOn: string; body: string; noteSealed: string | null },
): Promise<number> {
  const { id } = await db
    .insertInto('request_disputes')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      kind: given.kind,
      opened_on: given.openedOn,
      body: given.body,
      note_sealed: given.noteSealed,
      closed_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function closeDisputeRow(
  db: Db,
  agencyId: number,
  id: number,
  given: { closedOn: string; outcome: string },
): Promise<void> {
  await db
    .updateTable('request_disputes')
    .set({ closed_on: given.closedOn, outcome: given.outcome })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export interface DisputeRow {
  id: number;
  kind: DisputeKind;
  openedOn: string;
  body: string;
  noteSealed: string | null;
  closedOn: string | null;
  outcome: string;
}

export async function disputesOf(db: Db, agencyId: number, requestId: number): Promise<DisputeRow[]> {
  return db
    .selectFrom('request_disputes')
    .select([
      'id',
      'kind',
      'opened_on as openedOn',
      'body',
      'note_sealed as noteSealed',
      'closed_on as closedOn',
      'outcome',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute();
}

/** One word from the applicant for each request; a later one replaces it. */
export async function writeFeedback(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { answered: boolean; commentSealed: string | null; at: Date },
): Promise<void> {
  const values = { answered: given.answered, comment_sealed: given.commentSealed, at: given.at };
  await db
    .insertInto('request_feedback')
    .values({ agency_id: agencyId, request_id: requestId, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'request_id']).doUpdateSet(values))
    .execute();
}

export async function feedbackOf(
  db: Db,
  agencyId: number,
  requestId: number,
): Promise<{ answered: boolean; commentSealed: string | null; at: Date } | null> {
  const row = await db
    .selectFrom('request_feedback')
    .select(['answered', 'comment_sealed as commentSealed', 'at'])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ?? null;
}
