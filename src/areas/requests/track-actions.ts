import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { applicantOf, contentOf } from './applicant-actions.ts';
import type { RequestCtx } from './case-actions.ts';
import { withdrawRequest } from './closing-actions.ts';
import { cancelRequest } from './intake-actions.ts';
import { findCase } from './request-store.ts';
import { findTracked } from './tracking.ts';
import { admitVisit, forgiveVisit } from './visit-limits.ts';

const WRONG = '申请编号或者查询码不对。请按回执核对；查询码是 8 位字母和数字，不含 0、1、I、L、O。';

/**
 * The form behind a number and its code. Every failure is counted, by number and by address, and recorded without the code;
 * an unknown number and a wrong code are answered alike.
 * @throws InvalidForm; Refusal `requests-too-often`
 */
export async function openTracking(
  ctx: RequestCtx,
  typed: { number: string; code: string },
  address: string,
): Promise<number> {
  const number = typed.number.normalize('NFKC').replaceAll(/\s/g, '');
  const known = /^\d{4}-\d{6}$/.test(number);
  await admitVisit(ctx, 'track-address', address);
  if (known) await admitVisit(ctx, 'track-number', number);
  const found = await findTracked(ctx, number, typed.code.normalize('NFKC'));
  if (found) {
    await forgiveVisit(ctx, 'track-address', address);
    await forgiveVisit(ctx, 'track-number', number);
    return found.formId;
  }
  await transact(ctx, (ctx) =>
    record(ctx, {
      act: 'requests.track-failed',
      // What was typed there may be anything, an identity number too.
      subject: { kind: 'request-number', id: known ? number : '格式不符' },
      reason: '申请编号或者查询码不对',
    }),
  );
  throw new InvalidForm({ '': WRONG });
}

/** A request of this very form. @throws NotFound, also for a request of another form */
export async function caseOfForm(ctx: RequestCtx, formId: number, requestId: number) {
  const request = await findCase(ctx.db, ctx.agencyId, requestId);
  if (request?.formId !== formId) throw new NotFound('没有找到这件申请。');
  return request;
}

/** The applicant takes a request back; one that was never confirmed is cancelled. */
export async function withdrawByApplicant(
  ctx: RequestCtx,
  place: { formId: number; requestId: number },
): Promise<void> {
  const { id, state } = await caseOfForm(ctx, place.formId, place.requestId);
  if (state === 'unconfirmed') await cancelRequest(ctx, { id }, '申请人自行取消');
  else await withdrawRequest(ctx, { id }, '');
}

/** What the receipt says of the form itself, for whoever sent it. @throws Refusal once the data were disposed of */
export async function ownReceipt(
  ctx: RequestCtx,
  receipt: { formId: number; requestId: number },
): Promise<{ applicant: string; content: string }> {
  const { name } = await applicantOf(ctx, receipt.formId);
  const content = await contentOf(ctx, receipt.requestId);
  return { applicant: name, content: content?.content ?? '' };
}
