import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { openNote, sealNote } from './applicant.ts';
import { type CaseRef, demandCase, demandKept, moving, type RequestCtx, subjectOf } from './case-actions.ts';
import { closeDisputeRow, disputesOf, feedbackOf, insertDispute, writeFeedback } from './dispute-store.ts';
import type { DisputeKind } from './model.ts';
import { readDate, readOptionalText, readText } from './texts.ts';

export const disputeKinds: Readonly<Record<DisputeKind, string>> = {
  complaint: '投诉举报',
  reconsideration: '行政复议',
  litigation: '行政诉讼',
};

export interface Dispute {
  id: number;
  kind: DisputeKind;
  openedOn: string;
  /** Before whom. */
  body: string;
  note: string;
  closedOn: string | null;
  outcome: string;
}

export const disputePlace = (requestId: number) => `dispute/${requestId}`;
export const feedbackPlace = (requestId: number) => `feedback/${requestId}`;

/** Notes that a complaint, a reconsideration or a suit was opened on a case. Returns its id. */
export async function openDispute(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { kind: DisputeKind; openedOn: string; body: string; note: string },
): Promise<number> {
  return moving(ctx, ref, 'open-dispute', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    if (!Object.hasOwn(disputeKinds, given.kind)) throw new InvalidForm({ kind: '请选择救济的种类。' });
    const openedOn = readDate('openedOn', given.openedOn, '提出的日期', {
      from: { on: request.submittedOn, what: '提交申请的日期' },
      to: today.toString(),
    });
    const body = readText('body', given.body, '受理的机关', 100);
    const note = readOptionalText('note', given.note, '说明', 2000);
    const noteSealed = note === '' ? null : sealNote(ctx.vault, ctx.agencyId, disputePlace(request.id), note);
    const id = await insertDispute(ctx.db, ctx.agencyId, request.id, {
      kind: given.kind,
      openedOn,
      body,
      noteSealed,
    });
    return { after: { dispute: id, kind: given.kind, openedOn }, result: id };
  });
}

/** Notes how a dispute ended. */
export async function closeDispute(
  ctx: RequestCtx,
  ref: CaseRef,
  disputeId: number,
  given: { closedOn: string; outcome: string },
): Promise<void> {
  await moving(ctx, ref, 'open-dispute', async (ctx, { standing, today }) => {
    const dispute = (await disputesOf(ctx.db, ctx.agencyId, standing.case.id)).find(
      ({ id }) => id === disputeId,
    );
    if (!dispute || dispute.closedOn !== null) throw new NotFound('没有找到未结的救济。');
    const closedOn = readDate('closedOn', given.closedOn, '办结的日期', {
      from: { on: dispute.openedOn, what: '提出的日期' },
      to: today.toString(),
    });
    const outcome = readText('outcome', given.outcome, '结果', 100);
    await closeDisputeRow(ctx.db, ctx.agencyId, disputeId, { closedOn, outcome });
    return { after: { dispute: disputeId, closedOn, outcome }, result: undefined };
  });
}

/** The disputes of a case, in clear for those who handle it. */
export async function listDisputes(ctx: RequestCtx, requestId: number): Promise<Dispute[]> {
  const rows = await disputesOf(ctx.db, ctx.agencyId, requestId);
  return rows.map(({ noteSealed, ...row }) => ({
    ...row,
    note: noteSealed === null ? '' : openNote(ctx.vault, ctx.agencyId, disputePlace(requestId), noteSealed),
  }));
}

/** 答复是否解决了您的问题: from the applicant, once the request is concluded. */
export async function giveFeedback(
  ctx: RequestCtx,
  requestId: number,
  given: { answered: boolean; comment: string },
): Promise<void> {
  const comment = readOptionalText('comment', given.comment, '意见', 1000);
  await transact(ctx, async (ctx) => {
    const request = await demandCase(ctx, requestId);
    if (request.concludedOn === null) throw new Refusal('requests-open', '申请办结后才能评价答复。');
    await demandKept(ctx, request);
    await writeFeedback(ctx.db, ctx.agencyId, requestId, {
      answered: given.answered,
      commentSealed:
        comment === '' ? null : sealNote(ctx.vault, ctx.agencyId, feedbackPlace(requestId), comment),
      at: instantOf(ctx.clock),
    });
    await record(ctx, {
      act: 'requests.feedback',
      subject: subjectOf(request),
      after: { answered: given.answered },
    });
  });
}

/** What the applicant said of the reply; null while nothing. */
export async function readFeedback(
  ctx: RequestCtx,
  requestId: number,
): Promise<{ answered: boolean; comment: string; at: string } | null> {
  const found = await feedbackOf(ctx.db, ctx.agencyId, requestId);
  if (found === null) return null;
  const { answered, commentSealed, at } = found;
  const comment =
    commentSealed === null ? '' : openNote(ctx.vault, ctx.agencyId, feedbackPlace(requestId), commentSealed);
  return { answered, comment, at: at.toISOString() };
}
