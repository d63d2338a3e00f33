import { cite, type RegimeCode, replyKind } from '../../law/index.ts';
import type { FieldKey } from './fields.ts';

/** Series of 发文字号; each counts for itself from 1 every year. */
export const series = {
  notice: { label: '告知和答复', word: '告' },
  consult: { label: '征求意见', word: '征' },
  fee: { label: '收费通知', word: '费' },
  receipt: { label: '登记回执', word: '受' },
  delivery: { label: '送达回证', word: '送' },
} as const;

export type Series = keyof typeof series;

interface Kind {
  label: string;
  title: string;
  series: Series;
  /** The article the letter rests on, by the law of the request; null where that law knows no such letter. */
  basis: Readonly<Record<RegimeCode, string | null>>;
  /** Live fields its template may use, besides those of every letter. */
  fields: readonly FieldKey[];
  /** Goes to somebody else than the applicant, who does not see it. */
  forOthers?: true;
}

const law = (of2008: string | null, of2019: string | null) => ({ R2008: of2008, R2019: of2019 });
const old = (article: number, item?: number) =>
  cite({ statute: '492', article, ...(item === undefined ? {} : { item }) });
const now = (article: number) => cite({ statute: '711', article });

const kinds = {
  receipt: {
    label: '登记回执',
    title: '政府信息公开申请登记回执',
    series: 'receipt',
    basis: law(old(24), now(31)),
    fields: ['channel', 'wantedForm', 'due', 'queryAddress'],
  },
  correction: {
    label: '补正告知书',
    title: '政府信息公开申请补正告知书',
    series: 'notice',
    basis: law(old(21, 4), now(30)),
    fields: ['correctionItems', 'correctionDue'],
  },
  reasons: {
    label: '说明理由告知书',
    title: '政府信息公开申请说明理由告知书',
    series: 'notice',
    basis: law(null, now(35)),
    fields: ['requestCount', 'reasonsDue'],
  },
  delay: {
    label: '延迟答复告知书',
    title: '政府信息公开申请延迟答复告知书',
    series: 'notice',
    basis: law(null, now(35)),
    fields: ['due', 'delayReason', 'delayedDue'],
  },
  extension: {
    label: '延期答复告知书',
    title: '政府信息公开申请延期答复告知书',
    series: 'notice',
    basis: law(old(24), now(33)),
    fields: ['due', 'extensionReason', 'extendedDue'],
  },
  'consult-third-party': {
    label: '征求第三方意见书',
    title: '政府信息公开征求第三方意见书',
    series: 'consult',
    basis: law(old(23), now(32)),
    fields: ['thirdParty', 'information', 'opinionDays'],
    forOthers: true,
  },
  'consult-confirmation': {
    label: '征求意见确认函',
    title: '政府信息公开征求意见确认函',
    series: 'consult',
    basis: law(old(23), now(32)),
    fields: ['thirdParty', 'information', 'opinionDays'],
    forOthers: true,
  },
  'consult-notice': {
    label: '征求意见告知书',
    title: '政府信息公开申请征求意见告知书',
    series: 'notice',
    basis: law(old(24), now(33)),
    fields: ['consultedOn', 'due'],
  },
  'consult-co-producer': {
    label: '征求共同制作机关意见书',
    title: '政府信息公开征求意见书',
    series: 'consult',
    basis: law(null, now(34)),
    fields: ['coProducer', 'information', 'opinionDays'],
    forOthers: true,
  },
  'consult-overruled': {
    label: '告知第三方决定公开',
    title: '政府信息依申请公开告知书',
    series: 'notice',
    basis: law(old(23), now(32)),
    fields: ['thirdParty', 'information', 'publicInterest'],
    forOthers: true,
  },
  assistance: {
    label: '协办函',
    title: '政府信息公开协办函',
    series: 'consult',
    basis: law(null, null),
    fields: ['assistant', 'assistance', 'assistanceDue'],
    forOthers: true,
  },
  rectification: {
    label: '更正告知书',
    title: '政府信息更正告知书',
    series: 'notice',
    basis: law(old(25), now(41)),
    fields: ['rectificationAskedOn', 'rectificationAsked', 'rectificationDecision'],
  },
  fee: {
    label: '收费通知书',
    title: '政府信息公开信息处理费收费通知书',
    series: 'fee',
    basis: law(old(27), `${now(42)}和${cite({ statute: 'fee-measures' })}`),
    fields: ['feeMethod', 'feeQuantity', 'feeDetail', 'feeAmount', 'feeDays', 'payWay'],
  },
  reply: {
    label: '答复书',
    title: '政府信息公开申请答复书',
    series: 'notice',
    basis: law(old(21), now(36)),
    fields: [
      'wantedForm',
      'whereToGet',
      'provided',
      'withheld',
      'reasons',
      'rightAgency',
      'rightAgencyContact',
      'missing',
      'otherWay',
      'complaintWay',
      'previousReply',
      'publication',
      'requestCount',
      'correctionDue',
      'feeAmount',
    ],
  },
  'not-processed': {
    label: '不再处理告知书',
    title: '政府信息公开申请不再处理告知书',
    series: 'notice',
    basis: law(null, now(30)),
    fields: ['reasons'],
  },
  delivery: {
    label: '送达回证',
    title: '送达回证',
    series: 'delivery',
    basis: law(null, null),
    fields: ['letterTitle', 'letterNumber', 'deliveryMethod', 'deliveryPlace'],
  },
} as const satisfies Record<string, Kind>;

/** Stable codes of the letters an agency sends about requests. */
export type LetterKind = keyof typeof kinds;

export const letterKinds: Readonly<Record<LetterKind, Kind>> = kinds;

export const isLetterKind = (text: string): text is LetterKind => Object.hasOwn(kinds, text);

const ofEveryLetter: readonly FieldKey[] = [
  'applicant',
  'you',
  'requestNumber',
  'receivedOn',
  'content',
  'basis',
  'agency',
  'phone',
  'address',
  'officeHours',
];

/** The live fields a template of this kind may use, in the order they are offered. */
export function fieldsOf(kind: LetterKind): readonly FieldKey[] {
  return [...ofEveryLetter, ...letterKinds[kind].fields];
}

/**
 * The article a letter names: of the reply where it is one, else of its kind under the law of the request. Of a reply's
 * several articles the last is meant where the right agency is named: 711/36 (5) instead of (4) and (5).
 */
export function basisOf(
  kind: LetterKind,
  replyCode: string | null,
  regime: RegimeCode,
  { rightAgency = false }: { rightAgency?: boolean } = {},
): string {
  const reply = replyCode === null ? undefined : replyKind(replyCode);
  if (reply && reply.cites.length > 0) return joined(reply.cites.slice(rightAgency ? -1 : 0).map(cite));
  return letterKinds[kind].basis[reply?.regime ?? regime] ?? '';
}

/** 《…》（…）第三十六条第（四）项、第（五）项: what the second citation repeats of the first is left out. */
function joined([first = '', ...more]: readonly string[]): string {
  return more.reduce((text, cited) => {
    let same = 0;
    while (same < cited.length && cited[same] === first[same]) same += 1;
    const place = Math.max(cited.lastIndexOf('条', same - 1), cited.lastIndexOf('）', same - 1)) + 1;
    return `${text}、${place > 0 ? cited.slice(place) : cited}`;
  }, first);
}

export const REPLY_PREFIX = 'reply:';

/** Costs taken under 492 (检索、复制、邮寄等成本费用) are told otherwise than the fee of 711. */
export const COST_FEE = 'fee:R2008';

/** What a template is kept under: the kind, for replies with the reply's code, for fees by the law of the request. */
export function templateKey(
  kind: LetterKind,
  replyCode: string | null,
  regime: RegimeCode = 'R2019',
): string {
  if (kind === 'reply') return `${REPLY_PREFIX}${replyCode}`;
  return kind === 'fee' && regime === 'R2008' ? COST_FEE : kind;
}
