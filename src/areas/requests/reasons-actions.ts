import { Temporal } from 'temporal-polyfill';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { type ComposedLetter, composeLetter, issueLetter } from '../letters/index.ts';
import { openNote, sealNote } from './applicant.ts';
import { type CaseRef, type Held, moving, type RequestCtx } from './case-actions.ts';
import { keepFiles } from './file-actions.ts';
import { letterOf } from './letter-orders.ts';
import type { NewFile, ReasonsVerdict, RequestCase } from './model.ts';
import { insertReasons, reasonsTexts, updateReasons } from './reasons-store.ts';
import { clockOf } from './rules.ts';
import { tellOfficers } from './tell-officers.ts';
import { printedDay, readDate, readText } from './texts.ts';

export const reasonsPlace = (requestId: number) => `reasons/${requestId}`;

export const reasonsVerdicts: Readonly<Record<ReasonsVerdict, string>> = {
  reasonable: '理由合理，按期答复',
  delayed: '理由合理，但无法按期答复',
  unreasonable: '理由不合理，或者逾期不说明',
};

const MOST_DAYS = 60;

/**
 * Asks the applicant, once, why he asks for so much or so often (711/35). The clock runs on: the article stops nothing.
 * `days`: the time to answer, in working days. Returns the letter's id. @throws InvalidForm, Refusal
 */
export async function askReasons(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { facts: string; days: number },
): Promise<number> {
  return moving(ctx, ref, 'ask-reasons', async (ctx, { standing, today, calendar }) => {
    const { case: request } = standing;
    const facts = readText('facts', given.facts, '数量、频次明显超过合理范围的事实', 500);
    if (!Number.isInteger(given.days) || given.days < 1 || given.days > MOST_DAYS)
      throw new InvalidForm({ days: `期限请填 1 至 ${MOST_DAYS} 的整数（工作日）。` });
    const dueOn = calendar.workingDayAfter(today, given.days).toString();
    const { letterId, number } = await issueLetter(ctx, await reasonsOrder(ctx, request, { facts, dueOn }));
    await insertReasons(ctx.db, ctx.agencyId, request.id, {
      noticedOn: today.toString(),
      factsSealed: sealNote(ctx.vault, ctx.agencyId, reasonsPlace(request.id), facts),
      days: given.days,
      dueOn,
      letterId,
    });
    return { after: { days: given.days, answerBy: dueOn, letter: number }, result: letterId };
  });
}

/** The letter that asks, as it would go out now. `dueOn` null while the days are not told. */
export async function previewReasons(
  ctx: RequestCtx,
  request: RequestCase,
  given: { facts: string; dueOn: string | null },
): Promise<ComposedLetter> {
  return composeLetter(ctx, await reasonsOrder(ctx, request, given));
}

const reasonsOrder = (
  ctx: RequestCtx,
  request: RequestCase,
  given: { facts: string; dueOn: string | null },
) =>
  letterOf(ctx, request, {
    kind: 'reasons',
    fields: {
      ...(given.facts !== '' && { requestCount: given.facts }),
      ...(given.dueOn !== null && { reasonsDue: printedDay(given.dueOn) }),
    },
    issuedOn: ctx.clock.today(),
  });

/** What the applicant answered: on the tracking page, on paper, by mail or by word of mouth. */
export async function takeReasons(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { text: string; answeredOn: string; files: readonly NewFile[] },
): Promise<void> {
  await moving(ctx, ref, 'take-reasons', async (ctx, { standing, today }) => {
    const { case: request, reasons } = standing;
    if (reasons === null) throw new Refusal('requests-no-reasons', '没有等待说明理由的告知。');
    const whose = ctx.actor.kind === 'public' ? '您的理由' : '申请人说明的理由';
    const text = readText('text', given.text, whose, 4000);
    const answeredOn = readDate('answeredOn', given.answeredOn, '收到说明的日期', {
      from: { on: reasons.noticedOn, what: '要求说明理由的日期' },
      to: today.toString(),
    });
    await updateReasons(ctx.db, ctx.agencyId, request.id, {
      answered_on: answeredOn,
      answer_sealed: sealNote(ctx.vault, ctx.agencyId, reasonsPlace(request.id), text),
    });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files);
    await tellOfficers(ctx, request, '的申请人已说明理由，请认定');
    return { after: { answeredOn, files }, result: undefined };
  });
}

/**
 * What the office finds (711/35): unreasonable, and the request is not handled; reasonable; or reasonable but not to be
 * answered in time, and then until when, told by letter while the period still runs. Returns the letter's id, null without.
 * @throws InvalidForm; Refusal `requests-delay-late`
 */
export async function judgeReasons(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { verdict: ReasonsVerdict; finding: string; until: string },
): Promise<number | null> {
  return moving(ctx, ref, 'judge-reasons', async (ctx, held) => {
    const { standing, today } = held;
    const { case: request, reasons } = standing;
    if (!Object.hasOwn(reasonsVerdicts, given.verdict))
      throw new InvalidForm({ verdict: '请选择认定的结果。' });
    if (given.verdict !== 'unreasonable' && reasons?.answeredOn == null)
      throw new InvalidForm({ verdict: '申请人没有说明理由，不能认定理由合理。' });
    const finding = readText('finding', given.finding, '认定的理由', 1000);
    const delayed = given.verdict === 'delayed';
    const until = delayed ? readUntil(held, given.until) : null;
    const letter =
      until === null
        ? null
        : await issueLetter(ctx, await delayOrder(ctx, request, { reason: finding, until }));
    await updateReasons(ctx.db, ctx.agencyId, request.id, {
      verdict: given.verdict,
      judged_on: today.toString(),
      finding_sealed: sealNote(ctx.vault, ctx.agencyId, reasonsPlace(request.id), finding),
      delayed_until: until,
      delay_letter_id: letter?.letterId ?? null,
    });
    return {
      after: { verdict: given.verdict, ...(letter && { delayedUntil: until, letter: letter.number }) },
      result: letter?.letterId ?? null,
    };
  });
}

/** A working day behind the period that runs. */
function readUntil({ standing, today, calendar }: Held, given: string): string {
  const due = clockOf(standing, calendar)?.due ?? null;
  if (due === null || Temporal.PlainDate.compare(today, due) > 0)
    throw new Refusal(
      'requests-delay-late',
      '答复期限没有在计算或者已经届满，不能再确定延迟答复的期限。请尽快答复。',
    );
  const until = readDate('until', given, '延迟答复的期限', {
    from: { on: due.add({ days: 1 }).toString(), what: '现在的答复期限的次日' },
    to: { on: today.add({ years: 1 }).toString(), what: '今天起一年（延迟的期限应当合理）' },
  });
  if (!calendar.isWorkingDay(Temporal.PlainDate.from(until)))
    throw new InvalidForm({ until: `${printedDay(until)}是休息日，请填写工作日。` });
  return until;
}

/** The letter that tells of the delay, as it would go out now. */
export async function previewDelay(
  ctx: RequestCtx,
  request: RequestCase,
  given: { reason: string; until: string | null },
): Promise<ComposedLetter> {
  return composeLetter(ctx, await delayOrder(ctx, request, given));
}

const delayOrder = (ctx: RequestCtx, request: RequestCase, given: { reason: string; until: string | null }) =>
  letterOf(ctx, request, {
    kind: 'delay',
    fields: {
      due: printedDay(request.dueOn),
      ...(given.reason !== '' && { delayReason: given.reason }),
      ...(given.until !== null && { delayedDue: printedDay(given.until) }),
    },
    issuedOn: ctx.clock.today(),
  });

/** What was asked, answered and found, in clear; null where nothing was asked. */
export async function reasonsOf(
  ctx: RequestCtx,
  requestId: number,
): Promise<{ facts: string; answer: string; finding: string } | null> {
  const texts = await reasonsTexts(ctx.db, ctx.agencyId, requestId);
  if (texts === null) return null;
  const open = (sealed: string | null) =>
    sealed === null ? '' : openNote(ctx.vault, ctx.agencyId, reasonsPlace(requestId), sealed);
  return {
    facts: open(texts.factsSealed),
    answer: open(texts.answerSealed),
    finding: open(texts.findingSealed),
  };
}
