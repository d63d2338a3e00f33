import type { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '../../law/calendar.ts';
import { consultationTime, type ReplyKind, replyKind, replyKindsOf } from '../../law/index.ts';
import type { ReplyContent } from './model.ts';
import { disclosing, handingOutAll, objectors } from './reply-facts.ts';
import { type CaseStanding, consultationFact, opinionsAsked } from './standing.ts';

/** What the form of a reply asks for, by kind; the others are not shown. */
export interface ReplyNeeds {
  reason: boolean;
  told: string | null;
  provided: boolean;
  withheld: boolean;
  harm: boolean;
  /** A partial answer while a third party objects: does it hand out what is objected to? */
  objected: boolean;
  publicInterest: boolean;
}

/** Refusals whose harm must be stated; what is no information of the agency, or has its own look-up, harms nobody. */
const WITHOUT_HARM: ReadonlySet<string> = new Set(['A4.5', 'B3.8']);

const toldOf: Readonly<Record<string, string>> = {
  'B4.1': '负责公开该信息的行政机关的名称、联系方式；不能确定的，写明“无法确定”',
  'B5.1': '信访、投诉、举报等应当通过的渠道',
  'B5.2': '此前答复的日期和文号',
  'B5.3': '公开出版物的获取途径',
  'B5.4': '申请的数量、频次（如“近三个月内提交申请42件”）',
  'B3.8': '法律、行政法规规定的查询途径',
};

/** What a reply of that kind has to say for this request. */
export function replyNeeds(kind: ReplyKind, standing: CaseStanding): ReplyNeeds {
  return {
    reason: kind.reasonRequired,
    told: kind.mustTell ?? toldOf[kind.code] ?? null,
    provided: disclosing(kind.code),
    withheld: kind.refusal === 'part',
    harm: kind.refusal === 'whole' && !WITHOUT_HARM.has(kind.code),
    objected: disclosing(kind.code) && !handingOutAll(kind.code) && objectors(standing).length > 0,
    publicInterest: disclosing(kind.code) && objectors(standing).length > 0,
  };
}

/** The kinds that this request can be answered with today; the others with the reason why not. */
export function replyChoices(
  standing: CaseStanding,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): { kind: ReplyKind; problem: string | null }[] {
  const { regime } = standing.case;
  return regime === null
    ? []
    : replyKindsOf(regime).map((kind) => ({ kind, problem: kindProblem(kind, standing, today, calendar) }));
}

/** Why the request cannot be answered with this kind, or null. */
export function kindProblem(
  kind: ReplyKind,
  standing: CaseStanding,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): string | null {
  const { corrections, fee, reasons, case: request } = standing;
  if (kind.regime !== request.regime) return '不是这件申请适用的《条例》规定的答复种类。';
  const correctionLapsed = corrections.some(({ lapsedOn }) => lapsedOn !== null);
  const feeLapsed = (fee?.lapsedOn ?? null) !== null;
  if (kind.code === 'B6.1') return correctionLapsed ? null : '须先告知补正，且申请人逾期未补正。';
  if (kind.code === 'B6.2') return feeLapsed ? null : '须先通知缴费，且申请人逾期未缴。';
  if (correctionLapsed) {
    // 492 knows no answer for silence; what was told then is that the request needs to be amended.
    if (request.regime === 'R2008')
      return kind.code === 'A7' ? null : '申请人逾期未补正，应以“告知作出更改补充”答复。';
    return '申请人逾期未补正，应以“不再处理”告知。';
  }
  if (feeLapsed) return '申请人逾期未缴费，应以“不再处理”告知。';
  if (kind.code === 'B4.3' && !corrections.some(({ answeredOn }) => answeredOn !== null))
    return '须先告知补正，补正后仍不明确的才能这样答复。';
  if (kind.code === 'B5.4' && reasons?.verdict !== 'unreasonable')
    return '须先要求申请人说明理由，认定理由不合理或者逾期不说明的，才能不予处理。';
  if (THIRD_PARTY.has(kind.code)) {
    const asked = opinionsAsked(standing).filter(({ party }) => party === 'third-party');
    const settled = asked.some(
      (entry) =>
        entry.opinion === 'disagree' ||
        entry.opinion === 'partly' ||
        (entry.answeredOn === null &&
          !consultationTime(consultationFact(entry), request.regime ?? 'R2019', today, calendar).open),
    );
    if (!settled) return '须先书面征求第三方意见，第三方不同意公开或者逾期未答复的，才能以此为由不予公开。';
  }
  return null;
}

const THIRD_PARTY: ReadonlySet<string> = new Set(['A4.2', 'A4.3', 'B3.4']);

const TEXT = 4000;

/** One message for each field that the reply lacks; empty when it can be sent to review. */
export function replyProblems(
  code: string,
  content: ReplyContent,
  standing: CaseStanding,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Record<string, string> {
  const kind = replyKind(code);
  if (!kind) return { kindCode: '请选择答复种类。' };
  const choice = kindProblem(kind, standing, today, calendar);
  if (choice !== null) return { kindCode: choice };
  const needs = replyNeeds(kind, standing);
  const problems: Record<string, string> = {};
  const ask = (field: keyof ReplyContent, wanted: boolean, message: string) => {
    const value = content[field];
    if (typeof value !== 'string') return;
    if (wanted && value.trim().length < 4) problems[field] = message;
    else if (value.length > TEXT) problems[field] = `最多 ${TEXT} 字，现在有 ${value.length} 字。`;
  };
  ask('reason', needs.reason, '请说明理由：认定的事实和适用的规定。');
  ask('told', needs.told !== null, `请写明${needs.told ?? ''}。`);
  ask('provided', needs.provided, '请写明向申请人提供哪些信息。');
  ask('withheld', needs.withheld, '请写明哪些内容不予公开。');
  ask('harm', needs.harm, '请写明公开后会造成什么损害；不予公开必须说明理由。');
  const { objected } = content;
  if (needs.objected && objected !== 'kept' && objected !== 'given')
    problems.objected = '第三方不同意公开。请选择其不同意公开的内容是否提供给申请人。';
  ask(
    'publicInterest',
    needs.publicInterest && (!needs.objected || objected === 'given'),
    '第三方不同意公开。请写明不公开会对公共利益造成重大影响的理由。',
  );
  ask('furtherGrounds', false, '');
  return problems;
}
