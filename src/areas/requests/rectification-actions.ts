import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { type ComposedLetter, composeLetter, issueLetter } from '../letters/index.ts';
import { openNote, sealNote } from './applicant.ts';
import { type CaseRef, moving, type RequestCtx } from './case-actions.ts';
import { keepFiles } from './file-actions.ts';
import { letterOf } from './letter-orders.ts';
import type { NewFile, RectificationOutcome, RequestCase } from './model.ts';
import { decideRectificationRow, insertRectification, rectificationTexts } from './rectification-store.ts';
import { tellOfficers } from './tell-officers.ts';
import { printedDay, readDate, readText } from './texts.ts';

export const rectificationPlace = (requestId: number) => `rectification/${requestId}`;

export const rectificationOutcomes: Readonly<Record<RectificationOutcome, string>> = {
  corrected: '审核属实，已更正',
  transferred: '转送有权更正的机关',
  directed: '告知向有权更正的机关提出',
  unfounded: '经审核不属实，不予更正',
};

/** The applicant asks to correct what was provided to him about himself (711/41). Returns the demand's id. */
export async function takeRectification(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { askedOn: string; asked: string; files: readonly NewFile[] },
): Promise<number> {
  return moving(ctx, ref, 'take-rectification', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    const what =
      ctx.actor.kind === 'public' ? '哪里记录得不对，应当是什么' : '申请人要求更正什么、有什么证据';
    const asked = readText('asked', given.asked, what, 2000);
    const askedOn = readDate('askedOn', given.askedOn, '提出的日期', {
      from: { on: request.concludedOn ?? request.submittedOn, what: '发出答复的日期' },
      to: today.toString(),
    });
    const id = await insertRectification(ctx.db, ctx.agencyId, request.id, {
      askedOn,
      askedSealed: sealNote(ctx.vault, ctx.agencyId, rectificationPlace(request.id), asked),
    });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files);
    await tellOfficers(ctx, request, '的申请人要求更正，请审核');
    return { after: { rectification: id, askedOn, files }, result: id };
  });
}

/** Answers the open demand by letter (更正告知书). Returns the letter's id. */
export async function decideRectification(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { outcome: RectificationOutcome; decision: string },
): Promise<number> {
  return moving(ctx, ref, 'decide-rectification', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    const open = standing.rectifications.find(({ decidedOn }) => decidedOn === null);
    if (!open) throw new NotFound('没有等待答复的更正要求。');
    if (!Object.hasOwn(rectificationOutcomes, given.outcome))
      throw new InvalidForm({ outcome: '请选择处理结果。' });
    const decision = readText('decision', given.decision, '处理的结果和理由', 2000);
    const order = await rectificationOrder(ctx, request, { id: open.id, askedOn: open.askedOn, decision });
    const { letterId, number } = await issueLetter(ctx, order);
    await decideRectificationRow(ctx.db, ctx.agencyId, open.id, {
      decidedOn: today.toString(),
      outcome: given.outcome,
      decisionSealed: sealNote(ctx.vault, ctx.agencyId, rectificationPlace(request.id), decision),
      letterId,
    });
    return {
      after: { rectification: open.id, outcome: given.outcome, letter: number },
      result: letterId,
    };
  });
}

/** The letter that answers a demand, as it would go out now. */
export async function previewRectification(
  ctx: RequestCtx,
  request: RequestCase,
  given: { id: number; askedOn: string; decision: string },
): Promise<ComposedLetter> {
  return composeLetter(ctx, await rectificationOrder(ctx, request, given));
}

async function rectificationOrder(
  ctx: RequestCtx,
  request: RequestCase,
  given: { id: number; askedOn: string; decision: string },
) {
  const asked = (await rectificationsOf(ctx, request.id)).get(given.id)?.asked ?? '';
  return letterOf(ctx, request, {
    kind: 'rectification',
    fields: {
      rectificationAskedOn: printedDay(given.askedOn),
      ...(asked !== '' && { rectificationAsked: asked }),
      ...(given.decision !== '' && { rectificationDecision: given.decision }),
    },
    issuedOn: ctx.clock.today(),
  });
}

/** What was demanded and answered, in clear, by demand. */
export async function rectificationsOf(
  ctx: RequestCtx,
  requestId: number,
): Promise<Map<number, { asked: string; decision: string }>> {
  const rows = await rectificationTexts(ctx.db, ctx.agencyId, requestId);
  const open = (sealed: string | null) =>
    sealed === null ? '' : openNote(ctx.vault, ctx.agencyId, rectificationPlace(requestId), sealed);
  return new Map(
    rows.map(({ id, askedSealed, decisionSealed }) => [
      id,
      { asked: open(askedSealed), decision: open(decisionSealed) },
    ]),
  );
}
