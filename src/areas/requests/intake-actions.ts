import { randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { dateOf, parseDay, receiptOf, regimeAt } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { notify } from '../notifications/index.ts';
import { demand } from '../organisations/index.ts';
import { digestsOf, gramsOf, publicTitle, sealApplicant, sealContent } from './applicant.ts';
import { type CaseRef, lawOf, moving, type RequestCtx, refreshClock, subjectOf } from './case-actions.ts';
import { keepFiles } from './file-actions.ts';
import { formProblems, tidyForm } from './form-rules.ts';
import {
  confirmForm,
  findForm,
  findFormBySubmission,
  insertForm,
  lockSubmission,
  nextNumber,
} from './form-store.ts';
import type { FormInput, Receipt } from './model.ts';
import { insertCase } from './request-store.ts';
import { officersOf } from './tell-officers.ts';

/**
 * Takes a form in from the public page. One transaction: either the receipt is given and the request exists, or neither.
 * The same page sent again gives the same receipt.
 * @throws InvalidForm with one message per field
 */
export async function submitForm(ctx: RequestCtx, input: FormInput): Promise<Receipt> {
  const today = ctx.clock.today().toString();
  return takeIn(ctx, {
    ...input,
    channel: 'internet',
    oral: false,
    submittedOn: today,
    confirmedOn: null,
    origin: 'portal',
  });
}

/** Registers what came over the counter, by telephone, post, fax or e-mail. @throws InvalidForm */
export async function registerForm(ctx: RequestCtx, input: FormInput): Promise<Receipt> {
  demand(ctx.actor, 'requests.register');
  return takeIn(ctx, input.origin === 'portal' ? { ...input, origin: 'desk' } : input);
}

async function takeIn(ctx: RequestCtx, given: FormInput): Promise<Receipt> {
  const input = tidyForm(given);
  const { agencyId } = ctx;
  const today = ctx.clock.today();
  const calendar = await currentCalendar(ctx.db, agencyId);
  const law = await lawOf(ctx.db, agencyId);
  const submittedOn = readDay(input.submittedOn) ?? today;
  const asked = submittedOn.toString() < '2008-05-01' ? today : submittedOn;
  const problems = formProblems(input, regimeAt(asked).code, today, calendar);
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  const receipt = receiptOf(
    { channel: input.channel, submittedOn, confirmedOn: readDay(input.confirmedOn) },
    law,
  );
  return transact(ctx, async (ctx) => {
    const { db, vault } = ctx;
    await lockSubmission(db, agencyId, input.submissionKey);
    const before = await findFormBySubmission(db, agencyId, input.submissionKey);
    if (before) {
      const code = vault.open(before.codeSealed, codePlace(agencyId, before.number));
      return { formId: before.id, requestId: before.requestId, number: before.number, code, fresh: false };
    }
    const number = await nextNumber(db, agencyId, submittedOn.year);
    const code = newCode();
    const digests = digestsOf(vault, input.applicant);
    const at = instantOf(ctx.clock);
    const formId = await insertForm(db, agencyId, {
      number,
      codeDigest: vault.digest('query-code', codeValue(agencyId, number, code)),
      codeSealed: vault.seal(code, codePlace(agencyId, number)),
      channel: input.channel,
      oral: input.oral,
      submittedAt: at,
      submittedOn: submittedOn.toString(),
      confirmedOn: input.confirmedOn || null,
      applicantKind: input.applicant.kind,
      applicantSealed: sealApplicant(vault, agencyId, number, input.applicant),
      digests,
      contentSealed: sealContent(vault, agencyId, number, input.content),
      wantedForm: input.wantedForm,
      deliveryWay: input.deliveryWay,
      submissionKey: input.submissionKey,
      origin: input.origin,
      registeredBy: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
    });
    const title = publicTitle(input.title, input.applicant);
    const requestId = await insertCase(db, agencyId, {
      formId,
      part: 1,
      number,
      title,
      grams: gramsOf(title),
      contentSealed: null,
      applicantKind: input.applicant.kind,
      channel: input.channel,
      identityDigest: digests.identity,
      submittedOn: submittedOn.toString(),
      receivedOn: receipt.receivedOn?.toString() ?? null,
      regime: receipt.regime?.code ?? null,
      state: receipt.receivedOn === null ? 'unconfirmed' : 'registered',
      unitId: null,
      handlerId: null,
    });
    const files = await keepFiles(ctx, { formId, requestId: null }, input.files);
    const counted = await refreshClock(ctx, requestId, calendar);
    await notifyOfficers(ctx, requestId, number, counted.state === 'unconfirmed');
    await record(ctx, {
      act: input.origin === 'portal' ? 'requests.submit' : 'requests.register',
      ground: receipt.reason.article ?? '',
      subject: subjectOf({ id: requestId, number }),
      after: {
        state: counted.state,
        channel: input.channel,
        submittedOn: submittedOn.toString(),
        received: counted.receivedOn,
        due: counted.dueOn,
        files,
      },
    });
    return { formId, requestId, number, code, fresh: true };
  });
}

async function notifyOfficers(
  ctx: RequestCtx,
  id: number,
  number: string,
  unconfirmed: boolean,
): Promise<void> {
  const officers = await officersOf(ctx);
  await notify(
    ctx,
    officers.map((person) => person.id),
    { title: `收到申请 ${number}，请${unconfirmed ? '确认' : '审查'}`, href: `/workbench/requests/${id}` },
  );
}

/** Confirms with the applicant that the request came in; from that day its period runs (711/31). */
export async function confirmRequest(ctx: RequestCtx, ref: CaseRef, confirmedOn: string): Promise<void> {
  await moving(ctx, ref, 'confirm', async (ctx, { standing, today, law }) => {
    const { case: request } = standing;
    const on = readDay(confirmedOn);
    if (on === null) throw new InvalidForm({ confirmedOn: '请填写日历上有的日期，写成 2026-01-31。' });
    if (on.toString() < request.submittedOn)
      throw new InvalidForm({ confirmedOn: '确认日期不能早于收到日期。' });
    if (on.toString() > today.toString()) throw new InvalidForm({ confirmedOn: '确认日期不能晚于今天。' });
    const submittedOn = Temporal.PlainDate.from(request.submittedOn);
    const receipt = receiptOf({ channel: request.channel, submittedOn, confirmedOn: on }, law);
    if (receipt.receivedOn === null || receipt.regime === null)
      throw new Error('a confirmed request has a day of receipt');
    await confirmForm(ctx.db, ctx.agencyId, request.formId, on.toString());
    const received = receipt.receivedOn.toString();
    return {
      change: { received_on: received, regime: receipt.regime.code },
      after: { received },
      result: undefined,
    };
  });
}

/** Ends a request that was never confirmed; it was never received and no figure counts it. */
export async function cancelRequest(ctx: RequestCtx, ref: CaseRef, reason: string): Promise<void> {
  const why = reason.trim();
  if (why.length < 2 || why.length > 500) throw new InvalidForm({ reason: '请写明理由，2 至 500 字。' });
  await moving(ctx, ref, 'cancel', async () => ({ reason: why, result: undefined }));
}

/** The query code of a form, for printing the receipt again; recorded. */
export async function reprintCode(
  ctx: RequestCtx,
  formId: number,
): Promise<{ number: string; code: string }> {
  demand(ctx.actor, 'requests.register');
  return transact(ctx, async (ctx) => {
    const form = await findForm(ctx.db, ctx.agencyId, formId);
    if (!form) throw new NotFound('没有找到这份申请表。');
    const code = ctx.vault.open(form.codeSealed, codePlace(ctx.agencyId, form.number));
    await record(ctx, {
      act: 'requests.reprint',
      subject: { kind: 'request-form', id: formId, label: `申请表 ${form.number}` },
    });
    return { number: form.number, code };
  });
}

/** What is digested to find a form by: a code is worth nothing under another number. */
export const codeValue = (agencyId: number, number: string, code: string) => `${agencyId}/${number}/${code}`;

export const codePlace = (agencyId: number, number: string) => `request-code/${agencyId}/${number}`;

/** Eight letters and digits that nobody mistakes for one another: 31^8 codes, tried at most a few times an hour. */
function newCode(): string {
  return Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
}

const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

function readDay(text: string | null): Temporal.PlainDate | null {
  const day = parseDay(text ?? '');
  return day === null ? null : dateOf(day);
}
