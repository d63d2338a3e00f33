import type { Db } from '../../core/db.ts';
import type { RequestCase } from './model.ts';
import type { CaseStanding } from './standing.ts';
import './schema.ts';

/** Everything that hangs on a request. Nine short reads by the leading key. */
export async function loadStanding(db: Db, agencyId: number, request: RequestCase): Promise<CaseStanding> {
  const { id } = request;
  const assignments = await db
    .selectFrom('request_assignments')
    .select(['id', 'unit_id as unitId', 'handler_id as handlerId', 'lead', 'outcome'])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  const corrections = await db
    .selectFrom('request_corrections')
    .select([
      'id',
      'noticed_on as noticedOn',
      'days',
      'due_on as dueOn',
      'answered_on as answeredOn',
      'lapsed_on as lapsedOn',
      'letter_id as letterId',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .orderBy('id')
    .execute();
  const extension = await db
    .selectFrom('request_extensions')
    .select([
      'days',
      'reason',
      'state',
      'proposed_by as proposedBy',
      'proposed_on as proposedOn',
      'decided_on as decidedOn',
      'notified_on as notifiedOn',
      'letter_id as letterId',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .executeTakeFirst();
  const consultations = await db
    .selectFrom('request_consultations')
    .select([
      'id',
      'party',
      'sent_on as sentOn',
      'delivered_on as deliveredOn',
      'answered_on as answeredOn',
      'opinion',
      'due_on as dueOn',
      'overruled_on as overruledOn',
      'letter_id as letterId',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .orderBy('id')
    .execute();
  const fee = await db
    .selectFrom('request_fees')
    .select([
      'method',
      'quantity',
      'amount',
      'noticed_on as noticedOn',
      'delivered_on as deliveredOn',
      'due_on as dueOn',
      'paid_on as paidOn',
      'receipt_number as receiptNumber',
      'refunded_on as refundedOn',
      'refunded',
      'refund_reason as refundReason',
      'lapsed_on as lapsedOn',
      'letter_id as letterId',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .executeTakeFirst();
  const reasons = await db
    .selectFrom('request_reasons')
    .select([
      'noticed_on as noticedOn',
      'days',
      'due_on as dueOn',
      'answered_on as answeredOn',
      'verdict',
      'judged_on as judgedOn',
      'delayed_until as delayedUntil',
      'letter_id as letterId',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .executeTakeFirst();
  const rectifications = await db
    .selectFrom('request_rectifications')
    .select(['id', 'asked_on as askedOn', 'decided_on as decidedOn', 'outcome', 'letter_id as letterId'])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .orderBy('id')
    .execute();
  const reply = await db
    .selectFrom('request_replies')
    .select([
      'id',
      'kind_code as kindCode',
      'state',
      'author_id as authorId',
      'hands',
      'legal_by as legalBy',
      'legal_at',
      'secrecy_by as secrecyBy',
      'secrecy_at',
      'signed_by as signedBy',
      'signed_on as signedOn',
      'letter_id as letterId',
      'dispatched_on as dispatchedOn',
      'delivery_method as method',
      'delivered_on as deliveredOn',
      'overrides',
    ])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', id)
    .where('state', '<>', 'void')
    .executeTakeFirst();
  const { legal_at, secrecy_at, ...found } = reply ?? { legal_at: null, secrecy_at: null };
  return {
    case: request,
    assignments,
    corrections,
    extension: extension ?? null,
    consultations,
    fee: fee ?? null,
    reasons: reasons ?? null,
    rectifications,
    reply: reply
      ? {
          ...(found as Omit<typeof reply, 'legal_at' | 'secrecy_at'>),
          legalDone: legal_at !== null,
          secrecyDone: secrecy_at !== null,
        }
      : null,
  };
}
