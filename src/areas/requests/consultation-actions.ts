import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { type ComposedLetter, composeLetter, issueLetter, type Recipient } from '../letters/index.ts';
import { notify } from '../notifications/index.ts';
import { openNote, sealNote } from './applicant.ts';
import { type CaseRef, moving, type RequestCtx } from './case-actions.ts';
import { consultationTexts, insertConsultation, updateConsultation } from './consultation-store.ts';
import { keepFiles } from './file-actions.ts';
import { deliverNotice, letterOf } from './letter-orders.ts';
import type { ConsultationOpinion, ConsultationParty, NewFile, RequestCase } from './model.ts';
import type { CaseStanding, ConsultationEntry } from './standing.ts';
import { printedDay, readDate, readOptionalText, readText } from './texts.ts';

/** Whom a consultation asks, and about what; sealed. */
export interface ConsultedParty extends Recipient {
  /** 拟公开的信息. */
  information: string;
}

export const partyPlace = (requestId: number) => `consultation-party/${requestId}`;
export const answerPlace = (requestId: number) => `consultation-answer/${requestId}`;

/**
 * Asks a third party (711/32) or a co-producing agency (711/34) in writing, and tells the applicant that the clock waits.
 * The time until the opinion, or its 15 working days, does not count. Returns the consultation's id.
 * @throws InvalidForm, Refusal
 */
export async function consult(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { party: Exclude<ConsultationParty, 'assistant'> } & ConsultedParty,
): Promise<number> {
  return moving(ctx, ref, 'consult', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    if (given.party !== 'third-party' && given.party !== 'co-producer')
      throw new InvalidForm({ party: '请选择征求谁的意见。' });
    if (given.party === 'co-producer' && request.regime === 'R2008')
      throw new InvalidForm({
        party:
          '这件申请适用2008年施行的《条例》，其中没有征求共同制作机关意见的规定；需要核实的，请以工作函联系。',
      });
    if (standing.consultations.length >= 30) throw new InvalidForm({ '': '一件申请最多征求 30 方的意见。' });
    const asked = readParty(given, { name: '被征求意见方的名称', information: '拟公开的信息' });
    const third = given.party === 'third-party';
    const { letterId, number } = await issueLetter(
      ctx,
      await letterOf(
        ctx,
        request,
        {
          kind: third ? 'consult-third-party' : 'consult-co-producer',
          fields: {
            [third ? 'thirdParty' : 'coProducer']: asked.name,
            information: asked.information,
            opinionDays: '15个工作日',
          },
          issuedOn: today,
        },
        { recipient: asked },
      ),
    );
    if (third) await issueConfirmation(ctx, request, asked);
    await issueLetter(
      ctx,
      await letterOf(ctx, request, {
        kind: 'consult-notice',
        fields: {
          consultedOn: printedDay(today.toString()),
          due: printedDay(request.dueOn) || '收到意见后另行告知',
        },
        issuedOn: today,
      }),
    );
    const id = await insertConsultation(ctx.db, ctx.agencyId, request.id, {
      party: given.party,
      partySealed: sealNote(ctx.vault, ctx.agencyId, partyPlace(request.id), JSON.stringify(asked)),
      sentOn: today.toString(),
      dueOn: null,
      letterId,
    });
    return { after: { consultation: id, party: given.party, letter: number }, result: id };
  });
}

/** 征求意见确认函: the slip on which a third party writes its opinion; it goes with the letter. */
async function issueConfirmation(
  ctx: RequestCtx,
  request: RequestCase,
  asked: ConsultedParty,
): Promise<void> {
  const { name: thirdParty, information } = asked;
  const fields = { thirdParty, information, opinionDays: '15个工作日' };
  const letter = { kind: 'consult-confirmation' as const, fields, issuedOn: ctx.clock.today() };
  await issueLetter(ctx, await letterOf(ctx, request, letter, { recipient: asked }));
}

function readParty(given: ConsultedParty, words: { name: string; information: string }): ConsultedParty {
  return {
    name: readText('name', visibleLine(given.name), words.name, 100),
    address: readOptionalText('address', visibleLine(given.address), '地址', 200),
    postcode: readOptionalText('postcode', visibleLine(given.postcode), '邮政编码', 10),
    contact: readOptionalText('contact', visibleLine(given.contact), '联系方式', 100),
    information: readText('information', given.information, words.information, 1000),
  };
}

/**
 * Asks another office for help (协办函) by a day. Its answer moves no clock: only opinions under 711/32 and 711/34 do. Returns
 * the id. @throws InvalidForm, Refusal
 */
export async function askAssistance(
  ctx: RequestCtx,
  ref: CaseRef,
  given: ConsultedParty & { dueOn: string },
): Promise<number> {
  return moving(ctx, ref, 'ask-assistance', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    if (standing.consultations.length >= 30) throw new InvalidForm({ '': '一件申请最多发 30 份函。' });
    const asked = readParty(given, { name: '协办单位的名称', information: '请对方协助的事项' });
    const on = today.toString();
    const dueOn = readDate('dueOn', given.dueOn, '请对方回复的日期', {
      from: { on, what: '今天' },
      to: { on: today.add({ months: 6 }).toString(), what: '今天起六个月' },
    });
    const { letterId, number } = await issueLetter(ctx, await assistanceOrder(ctx, request, asked, dueOn));
    const id = await insertConsultation(ctx.db, ctx.agencyId, request.id, {
      party: 'assistant',
      partySealed: sealNote(ctx.vault, ctx.agencyId, partyPlace(request.id), JSON.stringify(asked)),
      sentOn: on,
      dueOn,
      letterId,
    });
    return { after: { consultation: id, party: 'assistant', answerBy: dueOn, letter: number }, result: id };
  });
}

/** The letter that asks for help, as it would go out now. */
export async function previewAssistance(
  ctx: RequestCtx,
  request: RequestCase,
  asked: ConsultedParty,
  dueOn: string | null,
): Promise<ComposedLetter> {
  return composeLetter(ctx, await assistanceOrder(ctx, request, asked, dueOn));
}

const assistanceOrder = (
  ctx: RequestCtx,
  request: RequestCase,
  asked: ConsultedParty,
  dueOn: string | null,
) =>
  letterOf(
    ctx,
    request,
    {
      kind: 'assistance',
      fields: {
        ...(asked.name !== '' && { assistant: asked.name }),
        ...(asked.information !== '' && { assistance: asked.information }),
        ...(dueOn !== null && { assistanceDue: printedDay(dueOn) }),
      },
      issuedOn: ctx.clock.today(),
    },
    { recipient: { ...asked, name: asked.name || '（协办单位）' } },
  );

/** What the office that was asked for help answered. */
export async function recordAssistance(
  ctx: RequestCtx,
  ref: CaseRef,
  consultationId: number,
  given: { text: string; answeredOn: string; files: readonly NewFile[] },
): Promise<void> {
  await moving(ctx, ref, 'record-assistance', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    const entry = openEntry(standing, consultationId, (party) => party === 'assistant');
    const text = readText('text', given.text, '回复的内容', 4000);
    const answeredOn = readDate('answeredOn', given.answeredOn, '收到回复的日期', {
      from: { on: entry.sentOn, what: '发出协办函的日期' },
      to: today.toString(),
    });
    await updateConsultation(ctx.db, ctx.agencyId, entry.id, {
      answered_on: answeredOn,
      opinion: 'helped',
      answer_sealed: sealNote(ctx.vault, ctx.agencyId, answerPlace(request.id), text),
    });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files);
    return {
      after: { consultation: entry.id, answeredOn, files },
      result: undefined,
    };
  });
}

/** The day the letter reached whom it asks; the 15 working days run from it. */
export async function recordConsultationDelivery(
  ctx: RequestCtx,
  ref: CaseRef,
  consultationId: number,
  on: string,
): Promise<void> {
  await moving(ctx, ref, 'record-opinion', async (ctx, { standing, today }) => {
    const entry = openEntry(standing, consultationId, asksOpinion);
    if (entry.deliveredOn !== null)
      throw new Refusal(
        'requests-delivered',
        `征求意见书已登记于${printedDay(entry.deliveredOn)}送达；登记有误的，请“更正发出、送达登记”。`,
      );
    const deliveredOn = readDate('on', on, '送达日期', {
      from: { on: entry.sentOn, what: '发出征求意见书的日期' },
      to: today.toString(),
    });
    await updateConsultation(ctx.db, ctx.agencyId, entry.id, { delivered_on: deliveredOn });
    await deliverNotice(ctx, entry.letterId, deliveredOn);
    return { after: { consultation: entry.id, deliveredOn }, result: undefined };
  });
}

/** What the one asked answered; `none`: the office waits no longer, with its reason as text. */
export async function recordOpinion(
  ctx: RequestCtx,
  ref: CaseRef,
  consultationId: number,
  given: { opinion: ConsultationOpinion; text: string; answeredOn: string; files: readonly NewFile[] },
): Promise<void> {
  await moving(ctx, ref, 'record-opinion', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    const entry = openEntry(standing, consultationId, asksOpinion);
    if (!['agree', 'disagree', 'partly', 'none'].includes(given.opinion))
      throw new InvalidForm({ opinion: '请选择意见。' });
    const text = readText(
      'text',
      given.text,
      given.opinion === 'none' ? '不再等待的理由' : '意见的内容',
      4000,
    );
    const answeredOn = readDate('answeredOn', given.answeredOn, '收到意见的日期', {
      from: { on: entry.deliveredOn ?? entry.sentOn, what: '送达征求意见书的日期' },
      to: today.toString(),
    });
    await updateConsultation(ctx.db, ctx.agencyId, entry.id, {
      answered_on: answeredOn,
      opinion: given.opinion,
      answer_sealed: sealNote(ctx.vault, ctx.agencyId, answerPlace(request.id), text),
    });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files);
    if (request.handlerId !== null) {
      await notify(ctx, [request.handlerId], {
        title: `申请 ${request.number} 收到征求意见的回复`,
        href: `/workbench/requests/${request.id}`,
      });
    }
    return {
      after: { consultation: entry.id, opinion: given.opinion, answeredOn, files },
      result: undefined,
    };
  });
}

/** Tells a third party in writing that what it objected to is disclosed, and why (711/32). Returns the letter's id. */
export async function overruleThirdParty(
  ctx: RequestCtx,
  ref: CaseRef,
  consultationId: number,
  publicInterest: string,
): Promise<number> {
  return moving(ctx, ref, 'overrule', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    const entry = standing.consultations.find(({ id }) => id === consultationId);
    if (entry?.party !== 'third-party' || entry.overruledOn !== null)
      throw new NotFound('没有找到需要告知的第三方。');
    const reason = readText('publicInterest', publicInterest, '决定公开的理由', 1000);
    const party = await partyOf(ctx, request.id, consultationId);
    const { letterId, number } = await issueLetter(
      ctx,
      await letterOf(
        ctx,
        request,
        {
          kind: 'consult-overruled',
          fields: { thirdParty: party.name, information: party.information, publicInterest: reason },
          issuedOn: today,
        },
        { recipient: party },
      ),
    );
    await updateConsultation(ctx.db, ctx.agencyId, entry.id, {
      overruled_on: today.toString(),
      overruled_letter_id: letterId,
    });
    return { after: { consultation: entry.id, letter: number }, result: letterId };
  });
}

/** Whom a consultation asked, in clear. @throws NotFound */
export async function partyOf(
  ctx: RequestCtx,
  requestId: number,
  consultationId: number,
): Promise<ConsultedParty> {
  const found = (await consultationTexts(ctx.db, ctx.agencyId, requestId)).find(
    ({ id }) => id === consultationId,
  );
  if (!found?.partySealed) throw new NotFound('没有找到这次征求意见。');
  return JSON.parse(
    openNote(ctx.vault, ctx.agencyId, partyPlace(requestId), found.partySealed),
  ) as ConsultedParty;
}

/** Whom each consultation of a case asked and what it answered, in clear. */
export async function consultedParties(
  ctx: RequestCtx,
  requestId: number,
): Promise<Map<number, { party: ConsultedParty | null; answer: string }>> {
  const { agencyId, vault } = ctx;
  const rows = await consultationTexts(ctx.db, agencyId, requestId);
  return new Map(
    rows.map(({ id, partySealed, answerSealed }) => [
      id,
      {
        party:
          partySealed === null
            ? null
            : (JSON.parse(openNote(vault, agencyId, partyPlace(requestId), partySealed)) as ConsultedParty),
        answer: answerSealed === null ? '' : openNote(vault, agencyId, answerPlace(requestId), answerSealed),
      },
    ]),
  );
}

const asksOpinion = (party: ConsultationParty) => party !== 'assistant';

function openEntry(
  { consultations }: CaseStanding,
  id: number,
  of: (party: ConsultationParty) => boolean,
): ConsultationEntry {
  const entry = consultations.find((one) => one.id === id && one.answeredOn === null && of(one.party));
  if (!entry) throw new NotFound('没有找到等待回复的函，可能已经登记过。');
  return entry;
}
