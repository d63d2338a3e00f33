import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { lastActBy, record } from '../../ledger/index.ts';
import { type LetterEntry, lettersOf, readLetter } from '../letters/index.ts';
import { demand } from '../organisations/index.ts';
import { digestsOf, gramsOf, openApplicant, openContent } from './applicant.ts';
import { demandCase, hold, type RequestCtx, subjectOf } from './case-actions.ts';
import { findForm } from './form-store.ts';
import type { Applicant, FormContent, RequestCase } from './model.ts';
import { likelyRepeatsOf, type RepeatRow } from './repeat-store.ts';
import { ownContent } from './request-store.ts';
import { reasonByAct } from './sight-rules.ts';
import { printedDay, readText } from './texts.ts';

/** The applicant of a form in clear, for acts that write to him. @throws Refusal once his data were disposed of */
export async function applicantOf(ctx: RequestCtx, formId: number): Promise<Applicant> {
  const form = await findForm(ctx.db, ctx.agencyId, formId);
  if (!form) throw new NotFound('没有找到这份申请表。');
  if (form.applicantSealed === null)
    throw new Refusal(
      'requests-disposed',
      `申请人的个人信息已于${printedDay(form.disposedOn)}按保管期限销毁。`,
    );
  return openApplicant(ctx.vault, ctx.agencyId, form.number, form.applicantSealed);
}

/** What is asked for, in the applicant's words; of a part, its own. Null once disposed of. */
export async function contentOf(ctx: RequestCtx, requestId: number): Promise<FormContent | null> {
  const request = await demandCase(ctx, requestId);
  const own = await ownContent(ctx.db, ctx.agencyId, requestId);
  if (own !== null) return openContent(ctx.vault, ctx.agencyId, request.number, own);
  const form = await findForm(ctx.db, ctx.agencyId, request.formId);
  return form?.contentSealed ? openContent(ctx.vault, ctx.agencyId, form.number, form.contentSealed) : null;
}

/** Shows who applied, in clear; who looked and why is recorded. @throws InvalidForm without a reason */
export async function revealApplicant(
  ctx: RequestCtx,
  requestId: number,
  reason: string,
): Promise<Applicant> {
  demand(ctx.actor, 'requests.reveal');
  const why = readText('reason', reason, '查看的理由', 200);
  return transact(ctx, async (ctx) => {
    const request = await demandCase(ctx, requestId);
    const applicant = await applicantOf(ctx, request.formId);
    await record(ctx, {
      act: 'requests.reveal',
      ground: '《中华人民共和国个人信息保护法》第三十四条',
      subject: subjectOf(request),
      reason: why,
    });
    return applicant;
  });
}

export const REASON_ASKED = 'requests-reason-asked';
/** How long a reason once given opens what bears the applicant's name in the same case. */
export const REASON_MINUTES = 30;

/**
 * The reason for which the person reads the applicant's name now: what he has to do on the case, or what he said within the
 * last minutes.
 * @throws Refusal when nothing he does needs it and he may not look; `requests-reason-asked` when he must first say why
 */
export async function reasonToRead(
  ctx: RequestCtx,
  request: RequestCase,
  letter: LetterEntry | null,
): Promise<string> {
  const { standing } = await hold(ctx, request);
  const own = reasonByAct(ctx.actor, standing, letter);
  if (own !== null) return own;
  demand(ctx.actor, 'requests.reveal');
  if (ctx.actor.kind !== 'staff') throw new Error('only staff look at applicants');
  const of = {
    actorId: ctx.actor.staffId,
    act: 'requests.reveal',
    subjectKind: 'request',
    subjectId: request.id,
  };
  const since = new Date(ctx.clock.now().epochMilliseconds - REASON_MINUTES * 60_000);
  const said = await lastActBy(ctx.db, ctx.agencyId, of, since);
  if (said === null) throw new Refusal(REASON_ASKED, '请先写明为什么查看申请人的信息。', { status: 403 });
  return said.reason;
}

/** Opens a letter of the case for reading, on record. @throws NotFound; Refusal as `reasonToRead` where it names the applicant */
export async function openLetter(ctx: RequestCtx, requestId: number, letterId: number): Promise<void> {
  demand(ctx.actor, 'requests.read');
  await transact(ctx, async (ctx) => {
    const request = await demandCase(ctx, requestId);
    const letter = (await lettersOf(ctx, requestId)).find(({ id }) => id === letterId);
    if (!letter) throw new NotFound('没有找到这份文书。');
    const reason = (await namesApplicant(ctx, request, letterId))
      ? await reasonToRead(ctx, request, letter)
      : '';
    await record(ctx, {
      act: 'requests.open-letter',
      subject: subjectOf(request),
      after: { letter: letter.number },
      ...(reason !== '' && { reason }),
    });
  });
}

async function namesApplicant(ctx: RequestCtx, { formId }: RequestCase, letterId: number): Promise<boolean> {
  const { content } = await readLetter(ctx, letterId);
  const form = await findForm(ctx.db, ctx.agencyId, formId);
  if (content === null || !form?.applicantSealed) return false;
  const { name } = openApplicant(ctx.vault, ctx.agencyId, form.number, form.applicantSealed);
  return JSON.stringify(content).includes(JSON.stringify(name).slice(1, -1));
}

/** An earlier request that may be the same, with the reasons for thinking so. */
export interface LikelyRepeat extends RepeatRow {
  reasons: string[];
}

const MOST = 10;

/** Earlier requests of probably the same applicant about probably the same thing, the likeliest first. */
export async function likelyRepeats(
  ctx: RequestCtx,
  given: { applicant: Applicant; title: string; exceptFormId?: number; exceptSubmission?: string },
): Promise<LikelyRepeat[]> {
  demand(ctx.actor, 'requests.read');
  if (given.title.length > 1000) throw new InvalidForm({ title: '名称过长。' });
  const { name, identity, contacts } = digestsOf(ctx.vault, given.applicant);
  const grams = gramsOf(given.title);
  const rows = await likelyRepeatsOf(
    ctx.db,
    ctx.agencyId,
    { name, identity, contacts, grams },
    { formId: given.exceptFormId ?? null, submissionKey: given.exceptSubmission ?? null },
    MOST,
  );
  return rows.map((row) => ({
    ...row,
    reasons: [
      ...(row.sameIdentity ? ['证件号码相同'] : []),
      ...(row.sameName ? ['姓名或名称相同'] : []),
      ...(row.sameContact ? ['电话或邮箱相同'] : []),
      ...(row.likeness >= 0.3 ? [`所需信息的名称有 ${Math.round(row.likeness * 100)}% 相同`] : []),
    ],
  }));
}
