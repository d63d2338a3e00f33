import type { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import type { DeliveryMethod } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { checkDay, DELIVERY_GROUND, living, subjectOf } from './actions.ts';
import {
  allowCorrection,
  type CorrectionRow,
  correctDispatch,
  correctionsOf,
  endCorrection,
  insertCorrection,
} from './correction-store.ts';
import type { LetterCtx } from './model.ts';
import { correctionContext } from './sealed.ts';
import * as store from './store.ts';

/** What a slip says when it is right: of the first dispatch, which decides, and of the delivery. */
export interface SlipCorrection {
  sentOn: Temporal.PlainDate;
  method: DeliveryMethod;
  /** Null while the letter is not delivered. */
  deliveredOn: Temporal.PlainDate | null;
  reason: string;
}

/** What stood on a slip before and what stands there now; equal where nothing changed. */
export interface CorrectedSlip {
  before: { sentOn: string; method: DeliveryMethod; deliveredOn: string | null };
  after: { sentOn: string; method: DeliveryMethod; deliveredOn: string | null };
}

/**
 * Corrects what was written down of a letter's dispatch and delivery; what stood there first is kept with the reason. `within`
 * writes what depends on the slip, in the same transaction.
 * @throws InvalidForm when nothing changes, without a reason or for an impossible day; Refusal of a letter never sent
 */
export async function correctSlip(
  ctx: LetterCtx,
  letterId: number,
  given: SlipCorrection,
  within: (slip: CorrectedSlip) => Promise<void>,
): Promise<CorrectedSlip> {
  const reason = readReason(given.reason);
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const letter = await living(ctx, letterId);
    const [first, second] = await store.dispatchesOf(db, agencyId, [letterId]);
    if (!first) throw new Refusal('letter-not-dispatched', '这份文书还没有登记发出，没有可以更正的登记。');
    const before = { sentOn: first.sent_on, method: first.method, deliveredOn: letter.delivered_on };
    const after = {
      sentOn: given.sentOn.toString(),
      method: given.method,
      deliveredOn: given.deliveredOn?.toString() ?? null,
    };
    checkDay(ctx, given.sentOn, letter.issued_on, 'sentOn', '发出日期');
    if (second && after.sentOn > second.sent_on)
      throw new InvalidForm({ sentOn: '第一次发出的日期不能晚于再次发出的日期。' });
    if ((before.deliveredOn === null) !== (after.deliveredOn === null))
      throw new InvalidForm({
        deliveredOn: before.deliveredOn === null ? '还没有登记送达，请先登记。' : '请填写送达日期。',
      });
    if (given.deliveredOn !== null) checkDay(ctx, given.deliveredOn, after.sentOn, 'deliveredOn', '送达日期');
    const sent = before.sentOn !== after.sentOn;
    const otherwise = before.method !== after.method;
    const arrived = before.deliveredOn !== after.deliveredOn;
    if (!sent && !otherwise && !arrived)
      throw new InvalidForm({ sentOn: '与原来的登记相同，没有需要更正的内容。' });
    await allowCorrection(db);
    if (sent || otherwise)
      await correctDispatch(db, agencyId, letterId, first.attempt, {
        sent_on: after.sentOn,
        method: after.method,
      });
    if (arrived) await store.updateLetter(db, agencyId, letterId, { delivered_on: after.deliveredOn });
    await keepBefore(ctx, letterId, reason, {
      sent_on: sent ? before.sentOn : null,
      method: otherwise ? before.method : null,
      delivered_on: arrived ? before.deliveredOn : null,
    });
    await within({ before, after });
    await endCorrection(db);
    await record(ctx, {
      act: 'letters.correct',
      ground: DELIVERY_GROUND,
      subject: subjectOf(letter),
      before,
      after,
    });
    return { before, after };
  });
}

/**
 * Keeps the day on which a notice was first noted to have arrived, and why that was wrong, of a letter whose arrival alone was
 * noted; within the act that corrects it. @throws InvalidForm without a reason
 */
export async function keepArrivalBefore(
  ctx: LetterCtx,
  letterId: number,
  given: { deliveredOn: string; reason: string },
): Promise<void> {
  const reason = readReason(given.reason);
  await living(ctx, letterId);
  await keepBefore(ctx, letterId, reason, { sent_on: null, method: null, delivered_on: given.deliveredOn });
}

function readReason(given: string): string {
  const reason = visibleLine(given);
  if (reason.length < 2 || reason.length > 500)
    throw new InvalidForm({ reason: '请写明原来的登记错在哪里，2 至 500 个字。' });
  return reason;
}

async function keepBefore(
  { db, agencyId, vault, actor, clock }: LetterCtx,
  letterId: number,
  reason: string,
  before: Pick<CorrectionRow, 'sent_on' | 'method' | 'delivered_on'>,
): Promise<void> {
  const number = (await correctionsOf(db, agencyId, [letterId])).length + 1;
  if (number > 50) throw new Refusal('letter-corrections', '同一份文书的登记最多更正50次。');
  await insertCorrection(db, agencyId, {
    letter_id: letterId,
    number,
    ...before,
    reason: vault.seal(reason, correctionContext(agencyId, letterId, number)),
    by_name: actor.name,
    at: instantOf(clock),
  });
}
