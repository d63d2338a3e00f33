import type { Temporal } from 'temporal-polyfill';
import { chineseDate } from '../../core/chinese-dates.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import {
  defaultLawSettings,
  type LawSettings,
  type RegimeCode,
  remedyNotice,
  replyKind,
} from '../../law/index.ts';
import { type FieldKey, fields, type LetterFields } from './fields.ts';
import { basisOf, type LetterKind } from './kinds.ts';
import { fillBody, gap, linesOf } from './rules.ts';
import type { LetterSettings } from './settings.ts';
import type { Wording } from './templates/index.ts';

/** To whom a letter goes. Only sealed. */
export interface Recipient {
  name: string;
  address: string;
  postcode: string;
  contact: string;
}

/** Everything that is printed, except the number and the verification code. */
export interface LetterText {
  /** 发文机关标志, the name at the head in red. */
  head: string;
  title: string;
  salutation: string;
  paragraphs: string[];
  /** How to have the decision reviewed; null where nothing is decided. */
  remedy: string | null;
  /** Names of what goes with the letter. */
  attachments: string[];
  signature: string;
  /** 成文日期, ISO and as printed. */
  issuedOn: string;
  dateText: string;
}

/** What a letter is to say, as the caller knows it. */
export interface LetterOrder {
  kind: LetterKind;
  /** Of `reply` (required) and `not-processed`: code of the reply kind. */
  replyCode?: string | null;
  /** The law of the request; told by the reply's kind where there is one. */
  regime?: RegimeCode;
  requestId: number | null;
  formId: number;
  recipient: Recipient;
  fields: LetterFields;
  /** The body as the officer edited it: taken as it is, nothing in it is filled in. */
  paragraphs?: readonly string[];
  attachments?: readonly string[];
  issuedOn: Temporal.PlainDate;
  /** 签发人, a member of staff. */
  signedBy: string | null;
  /** Instead of those of the agency's settings. */
  remedyBodies?: { reconsideration: string; court: string };
}

export interface ComposedLetter {
  text: LetterText;
  /** Fields the wording uses and nobody gave; their places are marked in the text. */
  missing: FieldKey[];
  /** What the officer should know before it is issued, in plain Chinese. */
  notes: string[];
  /** The paragraph on remedies names no body, or no court. */
  bodiesUnnamed: boolean;
}

export interface Sender {
  name: string;
  site: { phone?: string; address?: string; officeHours?: string };
  letters: LetterSettings;
  law: LawSettings;
}

const MAX_VALUE = 4000;
const SOME_BODY = '有管辖权的行政复议机关';
const SOME_COURT = '有管辖权的人民法院';

/** The letter an order gives on an agency's wording. */
export function composeText(order: LetterOrder, wording: Wording, sender: Sender): ComposedLetter {
  const known = knownFields(order, sender);
  const edited = order.paragraphs?.flatMap((part) => linesOf(visibleText(part)));
  const body = edited === undefined ? fillBody(wording.body, known) : editedBody(edited);
  const remedy = remedyOf(order, sender);
  return {
    text: {
      head: visibleLine(sender.name),
      title: visibleLine(wording.title),
      salutation: `${visibleLine(order.recipient.name)}：`,
      paragraphs: body.paragraphs,
      remedy: remedy.paragraph,
      attachments: (order.attachments ?? []).map(visibleLine).filter((name) => name !== ''),
      signature: visibleLine(sender.name),
      issuedOn: order.issuedOn.toString(),
      dateText: chineseDate(order.issuedOn, sender.letters.dateForm),
    },
    missing: body.missing,
    notes: remedy.unnamed ? [sender.letters.bodiesRequired ? UNNAMED_STOPS : UNNAMED] : [],
    bodiesUnnamed: remedy.unnamed,
  };
}

function knownFields(order: LetterOrder, sender: Sender): LetterFields {
  const { kind, replyCode = null, regime = 'R2019' } = order;
  const { phone, address, officeHours } = sender.site;
  const given = Object.entries(order.fields).map(([key, value]) => [
    key,
    visibleText(value ?? '').slice(0, MAX_VALUE),
  ]);
  return {
    applicant: order.recipient.name,
    you: '您',
    basis: basisOf(kind, replyCode, regime, { rightAgency: Boolean(order.fields.rightAgency?.trim()) }),
    agency: sender.name,
    ...(phone ? { phone } : {}),
    ...(address ? { address } : {}),
    ...(officeHours ? { officeHours } : {}),
    ...Object.fromEntries(given.filter(([, value]) => value?.trim())),
  };
}

/** An officer's text with a mark still in it is not finished. */
function editedBody(paragraphs: string[]) {
  const text = paragraphs.join('\n');
  const missing = (Object.keys(fields) as FieldKey[]).filter((key) => text.includes(gap(key)));
  return { paragraphs, missing };
}

/** The paragraph on remedies of a decision; an agency that has not named the bodies is told so. */
function remedyOf(order: LetterOrder, sender: Sender): { paragraph: string | null; unnamed: boolean } {
  const kind = order.replyCode ? replyKind(order.replyCode) : undefined;
  if (!kind) return { paragraph: null, unnamed: false };
  const bodies = {
    reconsideration: order.remedyBodies?.reconsideration || sender.letters.reconsideration,
    court: order.remedyBodies?.court || sender.letters.court,
  };
  const { paragraph } = remedyNotice(
    { kind, repliedOn: order.issuedOn },
    {
      reconsideration: visibleLine(bodies.reconsideration) || SOME_BODY,
      court: visibleLine(bodies.court) || SOME_COURT,
    },
    sender.law ?? defaultLawSettings,
  );
  const named = visibleLine(bodies.reconsideration) !== '' && visibleLine(bodies.court) !== '';
  return { paragraph, unnamed: paragraph !== null && !named };
}

const UNNAMED =
  '还没有设置行政复议机关和管辖法院的名称，救济告知只能写成“有管辖权的”机关。没有告知复议机关的，申请复议的期限要从申请人知道之日起算（《行政复议法》第二十条），请先在“文书设置”中填写。';
const UNNAMED_STOPS =
  '还没有设置行政复议机关和管辖法院的名称。本机关要求救济告知写明这两个机关，填写之前不能签发，请先在“文书设置”中填写。';
