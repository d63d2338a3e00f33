import { instantOf } from '../../core/clock.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { replyKind } from '../../law/index.ts';
import { type ComposedLetter, composeLetter, fields, issueLetter } from '../letters/index.ts';
import { notify } from '../notifications/index.ts';
import { type Role, staffWithRole } from '../organisations/index.ts';
import { openNote, sealNote } from './applicant.ts';
import { type CaseRef, demandCase, type Held, hold, moving, type RequestCtx } from './case-actions.ts';
import { letterOf, replyFields } from './letter-orders.ts';
import type { ReplyContent, RequestCase, ReviewKind } from './model.ts';
import { replyNeeds, replyProblems } from './reply-rules.ts';
import { insertReply, insertReview, replyContentSealed, rewriteReply, updateReply } from './reply-store.ts';
import type { CaseStanding, Reply } from './standing.ts';
import { readOptionalText, readText } from './texts.ts';

export const replyPlace = (requestId: number) => `reply/${requestId}`;
export const opinionPlace = (replyId: number) => `review/${replyId}`;

export const emptyReply: ReplyContent = {
  reason: '',
  furtherGrounds: '',
  told: '',
  provided: '',
  withheld: '',
  harm: '',
  objected: '',
  publicInterest: '',
  paragraphs: [],
};

/** Writes the draft of the reply: its kind and what it says. It may be incomplete until it goes to review. */
export async function draftReply(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { kindCode: string; content: ReplyContent },
): Promise<void> {
  await moving(ctx, ref, 'draft-reply', async (ctx, { standing }) => {
    const { case: request, reply } = standing;
    const kind = replyKind(given.kindCode);
    if (kind?.regime !== request.regime) throw new InvalidForm({ kindCode: '请选择答复种类。' });
    const content = tidy(given.content);
    const authorId = ctx.actor.kind === 'staff' ? ctx.actor.staffId : null;
    const contentSealed = sealNote(ctx.vault, ctx.agencyId, replyPlace(request.id), JSON.stringify(content));
    const overrides = replyNeeds(kind, standing).objected && content.objected === 'given';
    const draft = { kindCode: given.kindCode, authorId, contentSealed, overrides };
    if (reply === null) await insertReply(ctx.db, ctx.agencyId, request.id, draft);
    else await rewriteReply(ctx.db, ctx.agencyId, reply.id, draft);
    return {
      before: reply === null ? {} : { kindCode: reply.kindCode },
      after: { kindCode: given.kindCode },
      result: undefined,
    };
  });
}

function tidy(content: ReplyContent): ReplyContent {
  const problems: Record<string, string> = {};
  const text = (field: keyof ReplyContent) => {
    const value = visibleText(String(content[field] ?? '')).trim();
    if (value.length > 4000) problems[field] = `最多 4000 字，现在有 ${value.length} 字。`;
    return value;
  };
  const tidied = {
    reason: text('reason'),
    furtherGrounds: text('furtherGrounds'),
    told: text('told'),
    provided: text('provided'),
    withheld: text('withheld'),
    harm: text('harm'),
    objected: content.objected === 'kept' || content.objected === 'given' ? content.objected : ('' as const),
    publicInterest: text('publicInterest'),
    paragraphs: content.paragraphs
      .map((paragraph) => visibleText(paragraph).trim())
      .filter((line) => line !== ''),
  };
  if (tidied.paragraphs.join('').length > 20_000) problems.paragraphs = '正文最多 20000 字。';
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  return tidied;
}

/** What the reply that is not void says; null when there is none. */
export async function replyContentOf(ctx: RequestCtx, standing: CaseStanding): Promise<ReplyContent | null> {
  const { reply, case: request } = standing;
  if (reply === null) return null;
  const sealed = await replyContentSealed(ctx.db, ctx.agencyId, reply.id);
  if (sealed === null) return null;
  const stored = JSON.parse(
    openNote(ctx.vault, ctx.agencyId, replyPlace(request.id), sealed),
  ) as ReplyContent;
  return { ...emptyReply, ...stored };
}

/** The letter that a draft would give, without a number, and what it still lacks. */
export async function previewReply(
  ctx: RequestCtx,
  requestId: number,
  draft: { kindCode: string; content: ReplyContent },
): Promise<ComposedLetter> {
  const { standing, today } = await hold(ctx, await demandCase(ctx, requestId));
  return composeLetter(ctx, await replyOrder(ctx, standing, draft, today));
}

async function replyOrder(
  ctx: RequestCtx,
  standing: CaseStanding,
  { kindCode, content }: { kindCode: string; content: ReplyContent },
  issuedOn: Held['today'],
  more: { signedBy?: string } = {},
) {
  const order = {
    kind: 'reply' as const,
    replyCode: kindCode,
    fields: replyFields(kindCode, content, standing),
    issuedOn,
  };
  return letterOf(ctx, standing.case, order, { ...more, paragraphs: content.paragraphs });
}

/** Sends the draft to legal and secrecy review. @throws InvalidForm with what the chosen kind still needs */
export async function submitReply(ctx: RequestCtx, ref: CaseRef): Promise<void> {
  await moving(ctx, ref, 'submit-reply', async (ctx, { standing, today, calendar }) => {
    const { case: request, reply } = standing;
    const content = await replyContentOf(ctx, standing);
    if (reply === null || content === null)
      throw new Refusal('requests-no-draft', '还没有答复稿，请先起草答复。');
    const { kindCode } = reply;
    const problems = replyProblems(kindCode, content, standing, today, calendar);
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    const { missing } = await composeLetter(
      ctx,
      await replyOrder(ctx, standing, { kindCode, content }, today),
    );
    if (missing.length > 0)
      throw new InvalidForm({
        paragraphs: `答复书还缺少：${missing.map((key) => fields[key].name).join('、')}。`,
      });
    await updateReply(ctx.db, ctx.agencyId, reply.id, { state: 'in-review', ...unreviewed });
    await tell(ctx, request, ['unit-head', 'secrecy-reviewer'], '的答复稿请审核');
    return { after: { kindCode }, result: undefined };
  });
}

const unreviewed = { legal_by: null, legal_at: null, secrecy_by: null, secrecy_at: null };

/** Takes the draft back from review to write on; reviews given so far fall. */
export async function recallReply(ctx: RequestCtx, ref: CaseRef): Promise<void> {
  await moving(ctx, ref, 'recall-reply', async (ctx, { standing }) => {
    await toDraft(ctx, standing.reply);
    return { result: undefined };
  });
}

async function toDraft(ctx: RequestCtx, reply: Reply | null): Promise<void> {
  if (reply === null) throw new Refusal('requests-no-draft', '没有在审的答复稿。');
  await updateReply(ctx.db, ctx.agencyId, reply.id, { state: 'draft', ...unreviewed });
}

/** Legal or secrecy review by somebody who wrote nothing in the draft. Both approve, or it goes back. */
export async function reviewReply(
  ctx: RequestCtx,
  ref: CaseRef,
  kind: 'legal' | 'secrecy',
  given: { result: 'approved' | 'returned'; opinion: string },
): Promise<void> {
  await moving(ctx, ref, `review-${kind}`, async (ctx, { standing }) => {
    const { case: request, reply } = standing;
    if (reply === null) throw new Refusal('requests-no-draft', '没有在审的答复稿。');
    const returned = given.result === 'returned';
    if (!returned && given.result !== 'approved') throw new InvalidForm({ result: '请选择审核结果。' });
    const opinion = returned
      ? readText('opinion', given.opinion, '退回的理由', 2000)
      : readOptionalText('opinion', given.opinion, '意见', 2000) || '同意';
    await review(ctx, reply, kind, given.result, opinion);
    if (returned) {
      await toDraft(ctx, reply);
      await tellAuthor(ctx, request, reply, '的答复稿被退回');
      return { state: 'handling', after: { result: given.result }, result: undefined };
    }
    const by = ctx.actor.kind === 'staff' ? ctx.actor.staffId : null;
    const at = instantOf(ctx.clock);
    const done = kind === 'legal' ? reply.secrecyDone : reply.legalDone;
    await updateReply(ctx.db, ctx.agencyId, reply.id, {
      ...(kind === 'legal' ? { legal_by: by, legal_at: at } : { secrecy_by: by, secrecy_at: at }),
      ...(done && { state: 'approved' as const }),
    });
    if (done) await tell(ctx, request, ['leader'], '的答复已审核，请签发');
    return { state: done ? 'signing' : 'reviewing', after: { result: given.result }, result: undefined };
  });
}

/** The head sends an approved draft back. */
export async function sendBackReply(ctx: RequestCtx, ref: CaseRef, opinion: string): Promise<void> {
  await moving(ctx, ref, 'send-back', async (ctx, { standing }) => {
    const { case: request, reply } = standing;
    if (reply === null) throw new Refusal('requests-no-draft', '没有待签发的答复稿。');
    await review(ctx, reply, 'signature', 'returned', readText('opinion', opinion, '退回的理由', 2000));
    await toDraft(ctx, reply);
    await tellAuthor(ctx, request, reply, '的答复稿被退回');
    return { result: undefined };
  });
}

/** Signs the reply: the letter gets its number and stays as it is. Returns the letter's id. */
export async function signReply(ctx: RequestCtx, ref: CaseRef): Promise<number> {
  return moving(ctx, ref, 'sign', async (ctx, { standing, today, calendar }) => {
    const { case: request, reply } = standing;
    const content = await replyContentOf(ctx, standing);
    if (reply === null || content === null) throw new Refusal('requests-no-draft', '没有待签发的答复稿。');
    const { kindCode } = reply;
    const problems = replyProblems(kindCode, content, standing, today, calendar);
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    const order = await replyOrder(ctx, standing, { kindCode, content }, today, { signedBy: ctx.actor.name });
    const { letterId, number } = await issueLetter(ctx, order);
    await review(ctx, reply, 'signature', 'approved', '同意');
    await updateReply(ctx.db, ctx.agencyId, reply.id, {
      state: 'signed',
      signed_by: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
      signed_on: today.toString(),
      letter_id: letterId,
    });
    await tell(ctx, request, ['disclosure-officer'], '的答复已签发，请发出');
    return { after: { kindCode, letter: number }, result: letterId };
  });
}

async function review(
  ctx: RequestCtx,
  reply: Reply,
  kind: ReviewKind,
  result: 'approved' | 'returned',
  opinion: string,
): Promise<void> {
  await insertReview(ctx.db, ctx.agencyId, {
    replyId: reply.id,
    kind,
    result,
    opinionSealed: sealNote(ctx.vault, ctx.agencyId, opinionPlace(reply.id), opinion),
    byId: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
    byName: ctx.actor.name,
    at: instantOf(ctx.clock),
  });
}

async function tell(
  ctx: RequestCtx,
  request: RequestCase,
  roles: readonly Role[],
  what: string,
): Promise<void> {
  const on = ctx.clock.today().toString();
  const people = await Promise.all(roles.map((role) => staffWithRole(ctx.db, ctx.agencyId, role, on)));
  await notify(
    ctx,
    people.flat().map(({ id }) => id),
    { title: `申请 ${request.number} ${what}`, href: `/workbench/requests/${request.id}` },
  );
}

async function tellAuthor(ctx: RequestCtx, request: RequestCase, reply: Reply, what: string): Promise<void> {
  if (reply.authorId === null) return;
  await notify(ctx, [reply.authorId], {
    title: `申请 ${request.number} ${what}`,
    href: `/workbench/requests/${request.id}`,
  });
}
