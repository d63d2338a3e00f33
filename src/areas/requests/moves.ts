import { type Citation, cite, type RegimeCode } from '../../law/index.ts';
import type { Act } from '../organisations/index.ts';
import type { RequestState } from './model.ts';

/** Everything that can be done to a request, in the order the law expects it. */
export type Move =
  | 'confirm'
  | 'cancel'
  | 'accept'
  | 'ask-correction'
  | 'take-correction'
  | 'lapse-correction'
  | 'ask-reasons'
  | 'take-reasons'
  | 'judge-reasons'
  | 'split'
  | 'assign'
  | 'record-search'
  | 'consult'
  | 'record-opinion'
  | 'ask-assistance'
  | 'record-assistance'
  | 'propose-extension'
  | 'decide-extension'
  | 'charge-fee'
  | 'deliver-fee'
  | 'record-payment'
  | 'lapse-fee'
  | 'refund-fee'
  | 'draft-reply'
  | 'submit-reply'
  | 'recall-reply'
  | 'review-legal'
  | 'review-secrecy'
  | 'sign'
  | 'send-back'
  | 'overrule'
  | 'dispatch'
  | 'record-delivery'
  | 'correct-slip'
  | 'withdraw'
  | 'publish'
  | 'take-rectification'
  | 'decide-rectification'
  | 'open-dispute'
  | 'archive';

export interface MoveRule {
  label: string;
  from: readonly RequestState[];
  /** Null: the state stays, or the rule of the move tells it. */
  to: RequestState | null;
  act: Act;
  /** A case handler may do it for cases of his unit only. */
  ownUnit: boolean;
  /** The applicant may do it from the tracking page. */
  applicant: boolean;
  /** Where the law of the request rules it; null where practice does. */
  cites: Readonly<Record<RegimeCode, Citation | null>>;
}

type Place = number | [article: number, item: number];
const placed = (statute: '492' | '711', place: Place | null): Citation | null => {
  if (place === null) return null;
  return typeof place === 'number'
    ? { statute, article: place }
    : { statute, article: place[0], item: place[1] };
};

/** The articles of a move under 492 and under 711; null where that law says nothing of it. */
const law = (of492: Place | null, of711: Place | null) => ({
  R2008: placed('492', of492),
  R2019: placed('711', of711),
});
const both = (citation: Citation | null) => ({ R2008: citation, R2019: citation });

const rule = (
  label: string,
  act: Act,
  from: readonly RequestState[],
  to: RequestState | null,
  more: Partial<Pick<MoveRule, 'ownUnit' | 'applicant' | 'cites'>> = {},
): MoveRule => ({ label, act, from, to, ownUnit: false, applicant: false, cites: both(null), ...more });

const open: readonly RequestState[] = [
  'registered',
  'correcting',
  'handling',
  'unpaid',
  'reviewing',
  'signing',
];

/** The one table of moves: who may do what in which state under which article. Buttons are drawn from it. */
export const moves: Readonly<Record<Move, MoveRule>> = {
  confirm: rule('确认收到', 'requests.register', ['unconfirmed'], 'registered', {
    cites: { R2008: { statute: 'opinion-207' }, R2019: { statute: '711', article: 31 } },
  }),
  cancel: rule('取消未确认的申请', 'requests.register', ['unconfirmed'], 'cancelled', { applicant: true }),
  accept: rule('审查通过', 'requests.check', ['registered'], 'handling', { cites: law(20, 29) }),
  'ask-correction': rule('告知补正', 'requests.check', ['registered', 'handling'], 'correcting', {
    cites: law([21, 4], 30),
  }),
  'take-correction': rule('收到补正', 'requests.register', ['correcting'], 'registered', {
    cites: law([21, 4], 30),
    applicant: true,
  }),
  'lapse-correction': rule('逾期未补正', 'requests.check', ['correcting'], 'handling', {
    cites: law([21, 4], 30),
  }),
  'ask-reasons': rule('要求说明理由', 'requests.check', ['registered', 'handling'], null, {
    cites: law(null, 35),
  }),
  'take-reasons': rule('登记说明的理由', 'requests.check', ['registered', 'handling'], null, {
    cites: law(null, 35),
    applicant: true,
  }),
  'judge-reasons': rule('认定理由', 'requests.check', ['registered', 'handling'], null, {
    cites: law(null, 35),
  }),
  split: rule('拆分为多件', 'requests.check', ['registered', 'handling'], null),
  assign: rule('分办', 'requests.check', ['registered', 'handling'], null),
  'record-search': rule('登记检索结果', 'requests.handle', ['handling'], null, { ownUnit: true }),
  consult: rule('征求意见', 'requests.handle', ['registered', 'handling'], null, {
    ownUnit: true,
    cites: law(23, 32),
  }),
  'record-opinion': rule('登记意见', 'requests.handle', ['registered', 'handling'], null, {
    ownUnit: true,
    cites: law(23, 32),
  }),
  'ask-assistance': rule('请求协办', 'requests.handle', ['registered', 'handling'], null, { ownUnit: true }),
  'record-assistance': rule('登记协办回复', 'requests.handle', ['registered', 'handling'], null, {
    ownUnit: true,
  }),
  'propose-extension': rule('提请延期', 'requests.handle', ['registered', 'handling'], null, {
    ownUnit: true,
    cites: law(24, 33),
  }),
  'decide-extension': rule(
    '审批延期',
    'requests.approve-extension',
    ['registered', 'handling', 'reviewing', 'signing'],
    null,
    { cites: law(24, 33) },
  ),
  'charge-fee': rule('通知缴费', 'requests.check', ['handling'], 'unpaid', { cites: law(27, 42) }),
  'deliver-fee': rule('登记收费通知送达', 'requests.check', ['unpaid'], null, {
    cites: { R2008: null, R2019: { statute: 'fee-measures' } },
  }),
  'record-payment': rule('登记缴费', 'requests.check', ['unpaid'], 'handling', { cites: law(27, 42) }),
  'lapse-fee': rule('逾期未缴费', 'requests.check', ['unpaid'], 'handling', {
    cites: { R2008: null, R2019: { statute: 'fee-measures' } },
  }),
  'refund-fee': rule(
    '登记退费',
    'requests.check',
    ['handling', 'reviewing', 'signing', 'signed', 'concluded'],
    null,
    {
      cites: { R2008: null, R2019: { statute: 'fee-measures' } },
    },
  ),
  'draft-reply': rule('起草答复', 'requests.handle', ['handling'], null, {
    ownUnit: true,
    cites: law(21, 36),
  }),
  'submit-reply': rule('送审', 'requests.handle', ['handling'], 'reviewing', {
    ownUnit: true,
    cites: law(14, 17),
  }),
  'recall-reply': rule('撤回送审', 'requests.handle', ['reviewing'], 'handling', { ownUnit: true }),
  'review-legal': rule('合法性审核', 'requests.review-legal', ['reviewing'], null, { cites: law(14, 17) }),
  'review-secrecy': rule('保密审查', 'requests.review-secrecy', ['reviewing'], null, { cites: law(14, 17) }),
  sign: rule('签发', 'requests.sign', ['signing'], 'signed', { cites: law(24, 33) }),
  'send-back': rule('退回修改', 'requests.sign', ['signing'], 'handling'),
  overrule: rule('书面告知第三方', 'requests.dispatch', ['signed'], null, { cites: law(23, 32) }),
  dispatch: rule('发出答复', 'requests.dispatch', ['signed'], 'concluded', { cites: law(24, 33) }),
  'record-delivery': rule('登记送达', 'requests.dispatch', ['concluded'], null, {
    cites: both({ statute: 'delivery-235' }),
  }),
  'correct-slip': rule(
    '更正发出、送达登记',
    'requests.dispatch',
    [...open, 'signed', 'concluded', 'archived'],
    null,
    { cites: both({ statute: 'delivery-235' }) },
  ),
  withdraw: rule('申请人撤回', 'requests.check', open, 'concluded', { applicant: true }),
  publish: rule('转为主动公开', 'requests.publish', ['concluded', 'archived'], null, {
    cites: law(null, 44),
  }),
  'take-rectification': rule('登记更正要求', 'requests.check', ['concluded', 'archived'], null, {
    cites: law(25, 41),
    applicant: true,
  }),
  'decide-rectification': rule('答复更正要求', 'requests.check', ['concluded', 'archived'], null, {
    cites: law(25, 41),
  }),
  'open-dispute': rule(
    '登记投诉、复议或诉讼',
    'requests.check',
    [...open, 'signed', 'concluded', 'archived'],
    null,
    {
      cites: law(33, 51),
    },
  ),
  archive: rule('归档', 'requests.archive', ['concluded'], 'archived', { cites: law(null, 45) }),
};

/** The article of a move as it is printed, of the law that governs the request; '' where none rules it. */
export function groundOf(move: Move, regime: RegimeCode | null): string {
  const citation = moves[move].cites[regime ?? 'R2019'];
  return citation === null ? '' : cite(citation);
}
