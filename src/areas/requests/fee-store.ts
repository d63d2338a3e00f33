import type { Db } from '../../core/db.ts';
import type { FeeMethodOrCost } from './model.ts';
import './schema.ts';

export async function insertFee(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { method: FeeMethodOrCost; quantity: number; amount: number; noticedOn: string; letterId: number },
): Promise<void> {
  await db
    .insertInto('request_fees')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      method: given.method,
      quantity: given.quantity,
      amount: given.amount,
      noticed_on: given.noticedOn,
      delivered_on: null,
      due_on: null,
      paid_on: null,
      refunded_on: null,
      lapsed_on: null,
      letter_id: given.letterId,
    })
    .execute();
}

export interface FeeChange {
  delivered_on?: string;
  due_on?: string | null;
  paid_on?: string;
  receipt_number?: string;
  refunded_on?: string;
  refunded?: number;
  refund_reason?: string;
  lapsed_on?: string;
}

export async function updateFee(
  db: Db,
  agencyId: number,
  requestId: number,
  change: FeeChange,
): Promise<void> {
  await db
    .updateTable('request_fees')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .execute();
}
