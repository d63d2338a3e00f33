import type { Db } from '../../core/db.ts';
import type { RectificationOutcome } from './model.ts';
import './schema.ts';

export async function insertRectification(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { askedOn: string; askedSealed: string },
): Promise<number> {
  const { id } = await db
    .insertInto('request_rectifications')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      asked_on: given.askedOn,
      asked_sealed: given.askedSealed,
      decided_on: null,
      outcome: null,
      decision_sealed: null,
      letter_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function decideRectificationRow(
  db: Db,
  agencyId: number,
  id: number,
  given: { decidedOn: string; outcome: RectificationOutcome; decisionSealed: string; letterId: number },
): Promise<void> {
  await db
    .updateTable('request_rectifications')
    .set({
      decided_on: given.decidedOn,
      outcome: given.outcome,
      decision_sealed: given.decisionSealed,
      letter_id: given.letterId,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function rectificationTexts(
  db: Db,
  agencyId: number,
  requestId: number,
): Promise<{ id: number; askedSealed: string | null; decisionSealed: string | null }[]> {
  return db
    .selectFrom('request_rectifications')
    .select(['id', 'asked_sealed as askedSealed', 'decision_sealed as decisionSealed'])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute();
}
