import { Temporal } from 'temporal-polyfill';
import { Refusal } from '../../core/refusal.ts';
import type { WorkingCalendar } from '../../law/calendar.ts';
import {
  cite,
  consultationTime,
  correctionNoticeDue,
  maxExtension,
  type RequestClock,
  requestClock,
} from '../../law/index.ts';
import { requestStates } from './model.ts';
import { groundOf, type Move, moves } from './moves.ts';
import { disclosing, overruledParties } from './reply-facts.ts';
import { type CaseStanding, consultationFact, factsOf, opinionsAsked } from './standing.ts';
import { printedDay } from './texts.ts';

/** Who wants to move a request. `may`: his roles allow the move's act. */
export interface Mover {
  kind: 'staff' | 'system' | 'applicant';
  staffId: number | null;
  unitId: number | null;
  may: boolean;
  /** Sees and handles the cases of every unit. */
  everyUnit: boolean;
}

export interface Obstacle {
  code: string;
  message: string;
  article: string | null;
}

const no = (code: string, message: string, article: string | null = null): Obstacle => ({
  code,
  message,
  article,
});

/** Why the move cannot be made now, or null when it can. Nothing here waits, writes or looks at a clock of its own. */
export function obstacle(
  move: Move,
  standing: CaseStanding,
  mover: Mover,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Obstacle | null {
  return (
    personObstacle(move, standing, mover) ??
    stateObstacle(move, standing) ??
    conditions[move]?.({ standing, mover, today, calendar }) ??
    null
  );
}

/** @throws Refusal with the obstacle */
export function demandMove(...question: Parameters<typeof obstacle>): void {
  const found = obstacle(...question);
  if (found === null) return;
  const status = found.code === 'requests-not-yours' ? 403 : 409;
  throw new Refusal(found.code, found.message, { status, ...(found.article && { article: found.article }) });
}

/** Every move with why it cannot be made now; those open first are the page's buttons. */
export function movesOpen(
  standing: CaseStanding,
  moverOf: (move: Move) => Mover,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): { move: Move; label: string; obstacle: Obstacle | null }[] {
  return (Object.keys(moves) as Move[]).map((move) => ({
    move,
    label: moves[move].label,
    obstacle: obstacle(move, standing, moverOf(move), today, calendar),
  }));
}

/** What the clock of the law says of a request; null while it has none. */
export function clockOf(standing: CaseStanding, calendar: WorkingCalendar): RequestClock | null {
  const facts = factsOf(standing);
  return facts === null ? null : requestClock(facts, calendar);
}

function personObstacle(move: Move, { assignments }: CaseStanding, mover: Mover): Obstacle | null {
  const rule = moves[move];
  if (mover.kind === 'system') return null;
  if (mover.kind === 'applicant') {
    return rule.applicant ? null : no('requests-not-yours', `“${rule.label}”由行政机关办理。`);
  }
  if (!mover.may) return no('requests-not-yours', `您没有“${rule.label}”的权限。`);
  const yours = mover.everyUnit || assignments.some(({ unitId }) => unitId === mover.unitId);
  if (rule.ownUnit && !yours) {
    return no('requests-not-yours', `这件申请没有分办给您的部门，不能${rule.label}。`);
  }
  return null;
}

function stateObstacle(move: Move, { case: request }: CaseStanding): Obstacle | null {
  const rule = moves[move];
  if (rule.from.includes(request.state)) return null;
  const now = requestStates[request.state].label;
  const then = rule.from.map((state) => `“${requestStates[state].label}”`).join('、');
  return no('requests-wrong-state', `这件申请现在是“${now}”，${rule.label}须在${then}时办理。`);
}

interface Question {
  standing: CaseStanding;
  mover: Mover;
  today: Temporal.PlainDate;
  calendar: WorkingCalendar;
}

type Condition = (question: Question) => Obstacle | null;

const conditions: Partial<Record<Move, Condition>> = {
  'ask-correction': ({ standing, today, calendar }) => {
    const { regime, receivedOn } = standing.case;
    if (standing.reply !== null)
      return no('requests-reply-begun', '答复已在起草，不能再告知补正；请先作废答复稿。');
    if (standing.fee !== null) return no('requests-fee-noticed', '已发收费通知，不能再告知补正。');
    if (openConsultations(standing, today, calendar).length > 0)
      return no('requests-consulting', '正在征求意见，不能同时告知补正。');
    if (regime !== 'R2019' || receivedOn === null) return null;
    if (standing.corrections.length > 0) {
      return no(
        'requests-corrected-once',
        '补正只能一次性告知，这件申请已经告知过补正；补正后仍不明确的，请按“补正后申请内容仍不明确”答复。',
        groundOf('ask-correction', standing.case.regime),
      );
    }
    const due = correctionNoticeDue(regime, Temporal.PlainDate.from(receivedOn), calendar);
    if (due !== null && Temporal.PlainDate.compare(today, due) > 0) {
      return no(
        'requests-correction-late',
        `告知补正应在收到申请之日起7个工作日内（${printedDay(due.toString())}前）作出，现已超过期限。请直接与申请人沟通明确后办理，或依法答复。`,
        groundOf('ask-correction', standing.case.regime),
      );
    }
    return null;
  },
  'take-correction': ({ standing, today }) => {
    const asked = standing.corrections.find(isOpen);
    if (asked && today.toString() > asked.dueOn && asked.lapsedOn !== null)
      return no(
        'requests-correction-lapsed',
        '补正期限已过，已按逾期未补正处理。',
        groundOf('take-correction', standing.case.regime),
      );
    return asked ? null : no('requests-no-correction', '没有等待补正的告知。');
  },
  'lapse-correction': ({ standing, today }) => {
    const asked = standing.corrections.find(isOpen);
    if (!asked) return no('requests-no-correction', '没有等待补正的告知。');
    if (today.toString() <= asked.dueOn) {
      return no(
        'requests-correction-running',
        `申请人的补正期限到${printedDay(asked.dueOn)}为止，届满次日起才能按逾期未补正处理。`,
        groundOf('lapse-correction', standing.case.regime),
      );
    }
    return null;
  },
  'ask-reasons': (question) => {
    const { standing } = question;
    const ground = groundOf('ask-reasons', standing.case.regime);
    if (standing.case.regime === 'R2008')
      return no('requests-no-such-rule', '这件申请适用2008年施行的《条例》，其中没有要求说明理由的规定。');
    if (standing.reasons !== null) return no('requests-reasons-once', '已经要求申请人说明过理由。', ground);
    if (standing.reply !== null)
      return no('requests-reply-begun', '答复已在起草，不能再要求说明理由；请先作废答复稿。');
    return lapsedObstacle(standing);
  },
  'take-reasons': ({ standing: { reasons } }) =>
    reasons === null || reasons.verdict !== null || reasons.answeredOn !== null
      ? no('requests-no-reasons', '没有等待说明理由的告知。')
      : null,
  'judge-reasons': ({ standing, today }) => {
    const { reasons } = standing;
    if (reasons === null || reasons.verdict !== null)
      return no('requests-no-reasons', '没有等待认定的理由。');
    return reasons.answeredOn === null && today.toString() <= reasons.dueOn
      ? no(
          'requests-reasons-running',
          `申请人说明理由的期限到${printedDay(reasons.dueOn)}为止，说明之后或者届满次日起才能认定。`,
          groundOf('judge-reasons', standing.case.regime),
        )
      : null;
  },
  split: ({ standing }) =>
    standing.corrections.length > 0 ||
    standing.consultations.length > 0 ||
    standing.fee !== null ||
    standing.reasons !== null ||
    standing.reply !== null ||
    standing.extension !== null
      ? no('requests-begun', '这件申请已有补正、说明理由、征求意见、延期、收费或答复，不能再拆分。')
      : null,
  consult: notLapsed,
  'record-opinion': ({ standing }) =>
    opinionsAsked(standing).some(({ answeredOn }) => answeredOn === null)
      ? null
      : no('requests-nobody-asked', '没有等待答复的征求意见书。'),
  'ask-assistance': notLapsed,
  'record-assistance': ({ standing }) =>
    standing.consultations.some(({ party, answeredOn }) => party === 'assistant' && answeredOn === null)
      ? null
      : no('requests-nobody-asked', '没有等待回复的协办函。'),
  'propose-extension': (question) => extensionObstacle(question, null),
  'decide-extension': (question) => extensionObstacle(question, 'proposed'),
  'charge-fee': ({ standing, today }) => {
    if (standing.fee !== null)
      return no('requests-fee-noticed', '一件申请只能选用一种方式收费，已经发过收费通知。');
    if (standing.reply !== null)
      return no('requests-reply-begun', '答复已在起草，不能再收费；请先作废答复稿。');
    if (standing.case.regime === 'R2019' && today.toString() < FEES_FROM)
      return no(
        'requests-fee-early',
        `信息处理费自${printedDay(FEES_FROM)}起方可收取。`,
        cite({ statute: 'fee-measures' }),
      );
    if (standing.case.regime === 'R2008' && today.toString() >= COST_FEES_UNTIL)
      return no('requests-fee-ended', '检索、复制、邮寄等成本费用已停止收取。');
    return lapsedObstacle(standing);
  },
  'deliver-fee': ({ standing: { fee } }) =>
    fee?.deliveredOn == null
      ? null
      : no(
          'requests-delivered',
          `收费通知已登记于${printedDay(fee.deliveredOn)}送达；登记有误的，请“更正发出、送达登记”。`,
        ),
  'lapse-fee': ({ standing, today }) => {
    const due = standing.fee?.dueOn ?? null;
    if (due === null)
      return no('requests-fee-undelivered', '还没有登记收费通知的送达日期，缴费期限尚未起算。');
    return today.toString() <= due
      ? no(
          'requests-fee-running',
          `申请人的缴费期限到${printedDay(due)}为止，届满次日起才能按逾期未缴费处理。`,
        )
      : null;
  },
  'refund-fee': ({ standing }) => {
    if (standing.fee?.paidOn == null) return no('requests-unpaid', '这件申请没有缴费记录，无费可退。');
    return standing.fee.refundedOn === null ? null : no('requests-refunded', '已经登记过退费。');
  },
  'draft-reply': ({ standing }) =>
    standing.reply !== null && standing.reply.state !== 'draft'
      ? no('requests-reply-in-review', '答复稿正在审核或已签发。')
      : null,
  'submit-reply': ({ standing, today, calendar }) => {
    if (standing.reply?.state !== 'draft') return no('requests-no-draft', '还没有答复稿，请先起草答复。');
    const waiting = openConsultations(standing, today, calendar);
    if (waiting.length > 0) {
      return no(
        'requests-consulting',
        '正在征求意见，收到意见或期限届满后才能送审；不再等待的，请在征求意见处登记“不再等待”。',
        groundOf('consult', standing.case.regime),
      );
    }
    if (standing.extension?.state === 'proposed')
      return no('requests-extension-open', '延期正在审批，请待领导决定或由其不批准后再送审。');
    return null;
  },
  'recall-reply': ({ standing, mover }) =>
    mover.kind === 'staff' && standing.reply?.authorId !== mover.staffId
      ? no('requests-not-author', '只有起草人可以撤回送审；审核人请用“退回修改”。')
      : null,
  'review-legal': ({ standing, mover }) =>
    ownHand(standing, mover) ??
    (standing.reply?.legalDone ? no('requests-reviewed', '合法性审核已经通过。') : null),
  'review-secrecy': ({ standing, mover }) =>
    ownHand(standing, mover) ??
    (standing.reply?.secrecyDone ? no('requests-reviewed', '保密审查已经通过。') : null),
  sign: ({ standing, mover, today, calendar }) => {
    const own = ownHand(standing, mover);
    if (own) return own;
    const waiting = openConsultations(standing, today, calendar);
    if (waiting.length > 0)
      return no('requests-consulting', '正在征求意见，不能签发。', groundOf('consult', standing.case.regime));
    return standing.reply?.state === 'approved'
      ? null
      : no(
          'requests-unreviewed',
          '答复须先通过合法性审核和保密审查，才能签发。',
          groundOf('review-secrecy', standing.case.regime),
        );
  },
  overrule: ({ standing }) =>
    overruledParties(standing).some(({ overruledOn }) => overruledOn === null)
      ? null
      : no('requests-nobody-overruled', '没有需要书面告知的第三方。'),
  dispatch: ({ standing }) =>
    overruledParties(standing).some(({ overruledOn }) => overruledOn === null)
      ? no(
          'requests-third-party-untold',
          '第三方不同意公开而决定公开的，须先把决定公开的内容和理由书面告知第三方。',
          groundOf('overrule', standing.case.regime),
        )
      : null,
  'record-delivery': ({ standing: { reply } }) => {
    if (reply === null || reply.dispatchedOn === null)
      return no('requests-no-letter', '这件申请没有发出过答复书。');
    return reply.deliveredOn === null
      ? null
      : no(
          'requests-delivered',
          `答复书已于${printedDay(reply.deliveredOn)}送达；登记有误的，请“更正发出、送达登记”。`,
        );
  },
  'take-rectification': ({ standing }) => {
    const { resultCode, regime } = standing.case;
    if (standing.rectifications.some(({ decidedOn }) => decidedOn === null))
      return no('requests-rectifying', '还有没有答复的更正要求，请先答复。');
    return disclosing(resultCode ?? '') || resultCode === 'A1' || resultCode === 'B1.1'
      ? null
      : no(
          'requests-not-disclosed',
          '只有向申请人提供过的、与其自身相关的信息，才能要求更正。',
          groundOf('take-rectification', regime),
        );
  },
  'decide-rectification': ({ standing }) =>
    standing.rectifications.some(({ decidedOn }) => decidedOn === null)
      ? null
      : no('requests-nothing-to-rectify', '没有等待答复的更正要求。'),
  publish: ({ standing }) =>
    disclosing(standing.case.resultCode ?? '')
      ? null
      : no(
          'requests-not-disclosed',
          '只有予以公开或者部分公开的申请，可以转为主动公开。',
          groundOf('publish', standing.case.regime),
        ),
  archive: ({ standing: { reply } }) =>
    reply?.dispatchedOn != null && reply.deliveredOn === null
      ? no('requests-undelivered', '答复书还没有登记送达，请先登记送达日期再归档。')
      : null,
};

const FEES_FROM = '2021-01-01';
const COST_FEES_UNTIL = '2017-04-01';

const isOpen = (correction: { answeredOn: string | null; lapsedOn: string | null }) =>
  correction.answeredOn === null && correction.lapsedOn === null;

/** Consultations whose answer is neither in nor overdue on that day. */
export function openConsultations(
  standing: CaseStanding,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
) {
  const regime = standing.case.regime ?? 'R2019';
  return opinionsAsked(standing).filter(
    (entry) => consultationTime(consultationFact(entry), regime, today, calendar).open,
  );
}

function ownHand({ reply, case: { regime } }: CaseStanding, mover: Mover): Obstacle | null {
  const wrote =
    reply !== null && (reply.authorId === mover.staffId || reply.hands.includes(mover.staffId ?? -1));
  return mover.kind === 'staff' && wrote
    ? no(
        'requests-own-hand',
        '这份答复由您起草或修改过，审核和签发须由他人办理。',
        groundOf('review-secrecy', regime),
      )
    : null;
}

function notLapsed({ standing }: Question): Obstacle | null {
  return lapsedObstacle(standing);
}

function lapsedObstacle({ corrections, fee }: CaseStanding): Obstacle | null {
  return corrections.some(({ lapsedOn }) => lapsedOn !== null) || (fee?.lapsedOn ?? null) !== null
    ? no('requests-given-up', '申请人已视为放弃申请，只能作出不再处理的告知。')
    : null;
}

/** 711/33: once, approved by the head and notified before the limit ends. */
function extensionObstacle(
  { standing, today, calendar }: Question,
  expected: 'proposed' | null,
): Obstacle | null {
  const { extension, case: request } = standing;
  const ground = groundOf('propose-extension', standing.case.regime);
  if (expected === 'proposed') {
    if (extension?.state !== 'proposed') return no('requests-no-proposal', '没有等待审批的延期。');
  } else if (extension?.state === 'proposed' || extension?.state === 'approved') {
    return no('requests-extended-once', '延长答复期限只能一次，这件申请已经提请过延期。', ground);
  }
  const clock = clockOf(standing, calendar);
  if (clock === null || clock.firstDue === null || request.regime === null) {
    return no('requests-clock-stopped', '答复期限现在没有计算，不需要延期。', ground);
  }
  if (Temporal.PlainDate.compare(today, clock.firstDue) > 0) {
    return no(
      'requests-extension-late',
      `延长答复期限须在答复期限届满前批准并告知申请人；这件申请的期限已于${printedDay(clock.firstDue.toString())}届满，不能再延期。请尽快答复。`,
      ground,
    );
  }
  return null;
}

/** What is wrong with the number of days of an extension, or null. */
export function extensionDaysProblem(standing: CaseStanding, days: number): string | null {
  const most = maxExtension(standing.case.regime ?? 'R2019');
  return Number.isInteger(days) && days >= 1 && days <= most ? null : `请填 1 至 ${most} 的整数（工作日）。`;
}
