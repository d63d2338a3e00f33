import type { Db } from '../../core/db.ts';
import type { ReasonsVerdict } from './model.ts';
import './schema.ts';

export async function insertReasons(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { noticedOn: string; factsSealed: string; days: number; dueOn: string; letterId: number },
): Promise<void> {
  await db
    .insertInto('request_reasons')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      noticed_on: given.noticedOn,
      facts_sealed: given.factsSealed,
      days: given.days,
      due_on: given.dueOn,
      letter_id: given.letterId,
      answered_on: null,
      answer_sealed: null,
      verdict: null,
      judged_on: null,
      finding_sealed: null,
      delayed_until: null,
      delay_letter_id: null,
    })
    .execute();
}

export interface ReasonsChange {
  answered_on?: string;
  answer_sealed?: string;
  verdict?: ReasonsVerdict;
  judged_on?: string;
  finding_sealed?: string;
  delayed_until?: string | null;
  delay_letter_id?: number | null;
}

export async function updateReasons(
  db: Db,
  agencyId: number,
  requestId: number,
  change: ReasonsChange,
): Promise<void> {
  await db
    .updateTable('request_reasons')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .execute();
}

export interface SealedReasons {
  factsSealed: string | null;
  answerSealed: string | null;
  findingSealed: string | null;
}

export async function reasonsTexts(
  db: Db,
  agencyId: number,
  requestId: number,
): Promise<SealedReasons | null> {
  const row = await db
    .selectFrom('request_reasons')
    .select([
      'facts_sealed as factsSealed',
      'answer_sealed as answerSealed',
      'finding_sealed as findingSealed',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ?? null;
}
