import { Temporal } from 'temporal-polyfill';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { deadlineFor, type Fee, feeGrounds, pageFee, pieceFee, yuan } from '../../law/index.ts';
import { issueLetter, type LetterFields } from '../letters/index.ts';
import { type CaseRef, demandCase, moving, type RequestCtx } from './case-actions.ts';
import { insertFee, updateFee } from './fee-store.ts';
import { deliverNotice, letterOf } from './letter-orders.ts';
import type { FeeMethodOrCost } from './model.ts';
import { countInMonth } from './request-store.ts';
import { readDate, readText } from './texts.ts';

/** What a request would cost by one method, tier by tier. */
export interface FeeProposal {
  method: FeeMethodOrCost;
  /** By piece: which piece of the applicant's calendar month this request is; by page: the pages to be provided. */
  quantity: number;
  /** Yuan. */
  amount: number;
  fee: Fee | null;
}

/**
 * By piece the request costs what it adds to the applicant's month (国办函〔2020〕109号, Articles 3 and 4): requests of the same
 * identity number, counted by the month of receipt. Without a number only this one is counted.
 */
export async function proposeFee(
  ctx: RequestCtx,
  requestId: number,
  given: { method: 'piece' } | { method: 'page'; pages: number } | { method: 'cost'; amount: number },
): Promise<FeeProposal> {
  await demandCase(ctx, requestId);
  if (given.method === 'cost') {
    if (!Number.isFinite(given.amount) || given.amount <= 0 || given.amount > 100_000)
      throw new InvalidForm({ amount: '金额应大于 0，不超过 100000 元。' });
    return { method: 'cost', quantity: 1, amount: Math.round(given.amount * 100) / 100, fee: null };
  }
  if (given.method === 'page') {
    if (!Number.isInteger(given.pages) || given.pages < 1)
      throw new InvalidForm({ pages: '请填写应当提供的页数（A4 或更小幅面的单面为一页）。' });
    const fee = pageFee(given.pages);
    return { method: 'page', quantity: given.pages, amount: fee.amount, fee };
  }
  const nth = Math.max(1, await countInMonth(ctx.db, ctx.agencyId, requestId));
  const fee = pieceFee(nth);
  return { method: 'piece', quantity: nth, amount: fee.amount - pieceFee(nth - 1).amount, fee };
}

/** Sends the fee notice; until it is paid the clock stands. One method for one request. Returns the letter's id. */
export async function chargeFee(
  ctx: RequestCtx,
  ref: CaseRef,
  given: Parameters<typeof proposeFee>[2] & { payWay: string },
): Promise<number> {
  return moving(ctx, ref, 'charge-fee', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    if ((given.method === 'cost') !== (request.regime === 'R2008'))
      throw new InvalidForm({ method: '请选择这件申请适用的收费方式。' });
    const payWay = readText('payWay', given.payWay, '缴费方式', 500);
    const proposal = await proposeFee(ctx, request.id, given);
    if (proposal.amount <= 0) throw new InvalidForm({ method: '按这种方式计算不需要收费。' });
    const { letterId, number } = await issueLetter(
      ctx,
      await letterOf(ctx, request, {
        kind: 'fee',
        fields: feeLetterFields(proposal, payWay),
        issuedOn: today,
      }),
    );
    await insertFee(ctx.db, ctx.agencyId, request.id, {
      method: proposal.method,
      quantity: proposal.quantity,
      amount: proposal.amount,
      noticedOn: today.toString(),
      letterId,
    });
    const { method, quantity, amount } = proposal;
    return { after: { method, quantity, amount: yuan(amount), letter: number }, result: letterId };
  });
}

/** The day the applicant got the notice; the 20 working days to pay run from the day after it. */
export async function recordFeeDelivery(ctx: RequestCtx, ref: CaseRef, on: string): Promise<void> {
  await moving(ctx, ref, 'deliver-fee', async (ctx, { standing, today, calendar }) => {
    const { case: request, fee } = standing;
    if (fee === null) throw new Refusal('requests-unpaid', '这件申请没有收费通知。');
    const deliveredOn = readDate('on', on, '送达日期', {
      from: { on: fee.noticedOn, what: '收费通知的日期' },
      to: today.toString(),
    });
    const { due } = deadlineFor({ kind: 'fee', from: Temporal.PlainDate.from(deliveredOn) }, calendar);
    await updateFee(ctx.db, ctx.agencyId, request.id, {
      delivered_on: deliveredOn,
      due_on: due?.toString() ?? null,
    });
    await deliverNotice(ctx, fee.letterId, deliveredOn);
    return { after: { deliveredOn, payBy: due?.toString() ?? null }, result: undefined };
  });
}

/** Paid in full; the reply period begins anew on the next day. */
export async function recordPayment(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { on: string; receiptNumber: string },
): Promise<void> {
  await moving(ctx, ref, 'record-payment', async (ctx, { standing, today }) => {
    const { case: request, fee } = standing;
    if (fee === null) throw new Refusal('requests-unpaid', '这件申请没有收费通知。');
    const paidOn = readDate('on', given.on, '缴费日期', {
      from: { on: fee.noticedOn, what: '收费通知的日期' },
      to: today.toString(),
    });
    const receiptNumber = readText('receiptNumber', given.receiptNumber, '财政票据号码', 60);
    await updateFee(ctx.db, ctx.agencyId, request.id, { paid_on: paidOn, receipt_number: receiptNumber });
    return { after: { paidOn, amount: yuan(fee.amount) }, result: undefined };
  });
}

/** Not paid in time: the request is given up (国办函〔2020〕109号). */
export async function lapseFee(ctx: RequestCtx, ref: CaseRef): Promise<void> {
  await moving(ctx, ref, 'lapse-fee', async (ctx, { standing, today }) => {
    await updateFee(ctx.db, ctx.agencyId, standing.case.id, { lapsed_on: today.toString() });
    return { after: { lapsedOn: today.toString() }, result: undefined };
  });
}

/** Gives back what was taken, whole or in part. `amount` in yuan. */
export async function refundFee(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { amount: number; reason: string },
): Promise<void> {
  await moving(ctx, ref, 'refund-fee', async (ctx, { standing, today }) => {
    const { case: request, fee } = standing;
    const most = fee?.amount ?? 0;
    if (!Number.isFinite(given.amount) || given.amount <= 0 || given.amount > most)
      throw new InvalidForm({ amount: `退费金额应大于 0，不超过已缴的 ${yuan(most)} 元。` });
    const refunded = Math.round(given.amount * 100) / 100;
    const reason = readText('reason', given.reason, '退费的理由', 500);
    await updateFee(ctx.db, ctx.agencyId, request.id, {
      refunded,
      refunded_on: today.toString(),
      refund_reason: reason,
    });
    return { after: { refunded: yuan(refunded) }, reason, result: undefined };
  });
}

/** What the notice says of a fee. */
export function feeLetterFields(proposal: FeeProposal, payWay: string): LetterFields {
  return {
    feeMethod: methods[proposal.method],
    feeQuantity: quantityInWords(proposal),
    feeDetail: detailInWords(proposal),
    feeAmount: `${yuan(proposal.amount)}元`,
    feeDays: '20个工作日',
    payWay,
  };
}

const methods: Readonly<Record<FeeMethodOrCost, string>> = {
  piece: '按件计收',
  page: '按量计收',
  cost: '检索、复制、邮寄等成本费用',
};

const quantityInWords = ({ method, quantity }: FeeProposal): string =>
  method === 'piece' ? `本自然月第${quantity}件` : method === 'page' ? `${quantity}页` : '实际发生的成本';

function detailInWords({ method, quantity, amount, fee }: FeeProposal): string {
  if (fee === null) return `合计${yuan(amount)}元`;
  if (method === 'piece') return `${feeGrounds.piece.text}；本件为第${quantity}件，本件${amount}元`;
  const tiers = fee.tiers
    .filter((tier) => tier.quantity > 0)
    .map(
      ({ from, to, rate, quantity: count, amount: sum }) =>
        `第${from}至${Math.min(to ?? quantity, quantity)}页，每页${rate}元，${count}页共${sum}元`,
    );
  return `${tiers.join('；')}；合计${amount}元`;
}
