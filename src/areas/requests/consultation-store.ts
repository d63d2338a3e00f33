import type { Db } from '../../core/db.ts';
import type { ConsultationOpinion, ConsultationParty } from './model.ts';
import './schema.ts';

export async function insertConsultation(
  db: Db,
  agencyId: number,
  requestId: number,
  given: {
    party: ConsultationParty;
    partySealed: string;
    sentOn: string;
    dueOn: string | null;
    letterId: number;
  },
): Promise<number> {
  const { id } = await db
    .insertInto('request_consultations')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      party: given.party,
      party_sealed: given.partySealed,
      sent_on: given.sentOn,
      delivered_on: null,
      answered_on: null,
      opinion: null,
      answer_sealed: null,
      due_on: given.dueOn,
      overruled_on: null,
      letter_id: given.letterId,
      overruled_letter_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface ConsultationChange {
  delivered_on?: string;
  answered_on?: string;
  opinion?: ConsultationOpinion;
  answer_sealed?: string;
  overruled_on?: string;
  overruled_letter_id?: number;
}

export async function updateConsultation(
  db: Db,
  agencyId: number,
  id: number,
  change: ConsultationChange,
): Promise<void> {
  await db
    .updateTable('request_consultations')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function consultationTexts(
  db: Db,
  agencyId: number,
  requestId: number,
): Promise<
  { id: number; partySealed: string | null; answerSealed: string | null; overruledLetterId: number | null }[]
> {
  return db
    .selectFrom('request_consultations')
    .select([
      'id',
      'party_sealed as partySealed',
      'answer_sealed as answerSealed',
      'overruled_letter_id as overruledLetterId',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute();
}
