import { Temporal } from 'temporal-polyfill';
import {
  deliverLetter,
  type LetterFields,
  type LetterKind,
  type LetterOrder,
  type Recipient,
  readLetter,
} from '../letters/index.ts';
import { openApplicant, openContent } from './applicant.ts';
import type { RequestCtx } from './case-actions.ts';
import { findForm } from './form-store.ts';
import { type Applicant, deliveryWays, type ReplyContent, type RequestCase, wantedForms } from './model.ts';
import type { CaseStanding } from './standing.ts';
import { printedDay } from './texts.ts';

/** What every letter of a case knows. @throws Error once the applicant's data were disposed of */
export async function letterOf(
  ctx: RequestCtx,
  request: RequestCase,
  letter: { kind: LetterKind; replyCode?: string; fields: LetterFields; issuedOn: Temporal.PlainDate },
  more: {
    recipient?: Recipient;
    paragraphs?: readonly string[];
    signedBy?: string;
    attachments?: readonly string[];
  } = {},
): Promise<LetterOrder> {
  const form = await findForm(ctx.db, ctx.agencyId, request.formId);
  if (!form?.applicantSealed || !form.contentSealed)
    throw new Error(`form ${request.formId} was disposed of`);
  const applicant = openApplicant(ctx.vault, ctx.agencyId, form.number, form.applicantSealed);
  const { content } = openContent(ctx.vault, ctx.agencyId, form.number, form.contentSealed);
  const { regime } = request;
  return {
    kind: letter.kind,
    ...(letter.replyCode !== undefined && { replyCode: letter.replyCode }),
    ...(regime !== null && { regime }),
    requestId: request.id,
    formId: request.formId,
    recipient: more.recipient ?? recipientOf(applicant),
    fields: {
      applicant: applicant.name,
      you: applicant.kind === 'natural-person' ? '您' : '贵单位',
      requestNumber: request.number,
      receivedOn: printedDay(request.receivedOn),
      content: request.part > 1 || content === '' ? request.title : shortened(content),
      wantedForm: `${wantedForms[form.wantedForm]}，${deliveryWays[form.deliveryWay]}`,
      ...letter.fields,
    },
    ...(more.paragraphs && more.paragraphs.length > 0 && { paragraphs: more.paragraphs }),
    ...(more.attachments && { attachments: more.attachments }),
    issuedOn: letter.issuedOn,
    signedBy: more.signedBy ?? null,
  };
}

export function recipientOf(applicant: Applicant): Recipient {
  const { name, address, postcode, phone, email } = applicant;
  return { name, address, postcode, contact: phone === '' ? email : phone };
}

const LONGEST_QUOTE = 500;
const shortened = (text: string) => {
  const line = text.replaceAll(/\s+/g, ' ');
  return [...line].length <= LONGEST_QUOTE ? line : `${[...line].slice(0, LONGEST_QUOTE - 1).join('')}…`;
};

/** Where each kind's letter prints what must be told. */
const toldField: Readonly<Record<string, keyof LetterFields>> = {
  A1: 'whereToGet',
  A2: 'whereToGet',
  A5: 'rightAgency',
  A7: 'missing',
  A8: 'otherWay',
  'B1.1': 'whereToGet',
  'B1.2': 'whereToGet',
  'B3.8': 'otherWay',
  'B4.1': 'rightAgency',
  'B5.1': 'complaintWay',
  'B5.2': 'previousReply',
  'B5.3': 'publication',
  'B5.4': 'requestCount',
};

/** The fields of a reply letter from what the handler wrote. */
export function replyFields(kindCode: string, content: ReplyContent, standing: CaseStanding): LetterFields {
  const { reason, harm, furtherGrounds, objected, told, provided, withheld } = content;
  const publicInterest = objected === 'kept' ? '' : content.publicInterest;
  const reasons = [reason, harm, publicInterest, furtherGrounds]
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const field = toldField[kindCode];
  const toldText = told.trim() === '无法确定' && field === 'rightAgency' ? '' : told.trim();
  const lapsed = standing.corrections.find(({ lapsedOn }) => lapsedOn !== null);
  return {
    ...(reasons.length > 0 && { reasons: reasons.join('\n') }),
    ...(provided.trim() !== '' && { provided: provided.trim() }),
    ...(withheld.trim() !== '' && { withheld: withheld.trim() }),
    ...(field && toldText !== '' && { [field]: toldText }),
    ...(lapsed && { correctionDue: printedDay(lapsed.dueOn) }),
    ...(standing.fee && { feeAmount: `${standing.fee.amount}元` }),
  };
}

/** Notes the delivery of a notice that was sent off; one whose sending nobody noted stays as it is. */
export async function deliverNotice(ctx: RequestCtx, letterId: number | null, on: string): Promise<void> {
  if (letterId === null) return;
  const { state, dispatchedOn } = await readLetter(ctx, letterId);
  if (state !== 'dispatched' || dispatchedOn === null || on < dispatchedOn) return;
  await deliverLetter(ctx, letterId, { on: Temporal.PlainDate.from(on) });
}
