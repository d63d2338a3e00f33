import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from './calendar.ts';
import { type Consultation, consultationTime } from './consultations.ts';
import { dayNumber } from './day-number.ts';
import {
  type Deadline,
  deadlineFor,
  explainDeadline,
  explainExtension,
  type Suspension,
} from './deadlines.ts';
import type { ExplainedDay } from './explanation.ts';
import { type Reason, reason } from './reason.ts';
import { type RegimeCode, regimes } from './regimes.ts';
import { limitVersion } from './time-limits.ts';

/** Everything that has moved the clock of one request, as its records tell. */
export interface RequestFacts {
  regime: RegimeCode;
  /** 收到申请之日. */
  receivedOn: Temporal.PlainDate;
  corrections: readonly CorrectionFact[];
  consultations: readonly Consultation[];
  extension: ExtensionFact | null;
  fee: FeeFact | null;
  /** 延迟答复的合理期限 (711/35); absent where none was told. */
  delay?: DelayFact | null;
}

export interface CorrectionFact {
  noticedOn: Temporal.PlainDate;
  /** Day the corrected request was received; null while it is awaited, or after the period lapsed. */
  answeredOn: Temporal.PlainDate | null;
  lapsed: boolean;
}

export interface ExtensionFact {
  /** Working days granted beyond the limit. */
  days: number;
  /** Day the notice went out; it must lie within the first limit. */
  notifiedOn: Temporal.PlainDate;
}

export interface FeeFact {
  noticedOn: Temporal.PlainDate;
  /** Day the fee was paid in full. */
  paidOn: Temporal.PlainDate | null;
  lapsed: boolean;
}

export interface DelayFact {
  /** Last day of the reasonable period that was told the applicant. */
  until: Temporal.PlainDate;
  /** Day the letter went out; it must lie within the period that ran then. */
  notifiedOn: Temporal.PlainDate;
}

export type ClockStart = 'received' | 'corrected' | 'paid';

export interface RequestClock {
  /** Day 0 of the count that runs now. */
  from: Temporal.PlainDate;
  start: ClockStart;
  /**
   * `running`; `awaiting-correction` and `awaiting-payment`: stopped until the applicant acts; `lapsed`: the applicant gave
   * the request up by silence; `open-ended`: a consultation without a lawful end (492) keeps the clock stopped.
   */
  state: 'running' | 'awaiting-correction' | 'awaiting-payment' | 'lapsed' | 'open-ended';
  /** Last day of the limit without an extension; null while the clock stands. */
  firstDue: Temporal.PlainDate | null;
  /** Last day for the reply; null while the clock stands. */
  due: Temporal.PlainDate | null;
  /** The count itself; null while the clock stands. */
  deadline: Deadline | null;
  suspensions: readonly Suspension[];
  extended: boolean;
  /** A reasonable period for a delayed reply (711/35) is what ends on `due`. */
  delayed: boolean;
  provisional: boolean;
  reasons: readonly Reason[];
}

const startReasons: Readonly<Record<ClockStart, Reason>> = {
  received: reason('自收到申请之日起算', { statute: '711', article: 31 }),
  corrected: reason('申请内容不明确经补正的，答复期限自收到补正的申请之日起重新计算', {
    statute: '711',
    article: 30,
  }),
  paid: reason('申请人按收费通知缴清信息处理费的，答复期限自完成缴费次日起重新计算', {
    statute: 'fee-measures',
  }),
};

/**
 * The clock of one request, from its records alone: the same facts give the same day whenever one asks. An open
 * consultation is counted to the end of its lawful period and counted anew when the opinion comes earlier. An extension
 * belongs to the count in which it was notified; a fresh count after a correction or a payment runs without it.
 * @throws Refusal when a fact is impossible (an extension beyond the law, a letter sent before the request came)
 */
export function requestClock(facts: RequestFacts, calendar: WorkingCalendar): RequestClock {
  const { from, start } = startOf(facts);
  const standing = standstill(facts);
  const base = { from, start, suspensions: [], extended: false, delayed: false, provisional: false };
  if (standing !== null) {
    return {
      ...base,
      state: standing.state,
      firstDue: null,
      due: null,
      deadline: null,
      reasons: [standing.reason],
    };
  }
  const suspensions = suspensionsOf(facts, from, calendar);
  if (suspensions === null) {
    const why = reason('征求第三方意见所需时间不计算在期限内，收到意见后继续计算', {
      statute: '492',
      article: 24,
    });
    return { ...base, state: 'open-ended', firstDue: null, due: null, deadline: null, reasons: [why] };
  }
  const question = { kind: 'reply', from, regime: facts.regime, suspensions } as const;
  const days = extensionOf(facts, from);
  const deadline = deadlineFor(days === 0 ? question : { ...question, extension: days }, calendar);
  const due = deadline.extendedDue ?? deadline.due;
  const late = delayOf(facts, from, calendar);
  const delayed = late !== null && due !== null && Temporal.PlainDate.compare(late, due) > 0;
  return {
    from,
    start,
    state: 'running',
    firstDue: deadline.due,
    due: delayed ? late : due,
    deadline,
    suspensions,
    extended: days > 0,
    delayed,
    provisional: deadline.provisional && !delayed,
    reasons: [
      ...(start === 'received' ? [] : [startReasons[start]]),
      ...deadline.reasons,
      ...(delayed ? [DELAYED] : []),
    ],
  };
}

const DELAYED = reason('申请理由合理但无法在法定期限内答复，已确定延迟答复的合理期限并告知申请人', {
  statute: '711',
  article: 35,
});
const WHY_DELAYED = '已告知的延迟答复期限之内';

/** Day by day from day 0 to the day the reply is due; empty while the clock stands. */
export function explainClock(facts: RequestFacts, calendar: WorkingCalendar): ExplainedDay[] {
  const clock = requestClock(facts, calendar);
  if (clock.deadline === null) return [];
  const question = {
    kind: 'reply',
    from: clock.from,
    regime: facts.regime,
    suspensions: clock.suspensions,
    ...(clock.extended && { extension: clock.deadline.extension }),
  } as const;
  const counted = [...explainDeadline(question, calendar), ...explainExtension(question, calendar)];
  return clock.delayed && clock.due !== null
    ? [...counted, ...delayDays(counted, clock.due, calendar)]
    : counted;
}

/** The days behind the counted ones, to the end of the reasonable period. */
function delayDays(
  counted: readonly ExplainedDay[],
  until: Temporal.PlainDate,
  calendar: WorkingCalendar,
): ExplainedDay[] {
  const last = counted.at(-1);
  if (last === undefined) return [];
  const days: ExplainedDay[] = [];
  for (
    let day = Temporal.PlainDate.from(last.date).add({ days: 1 });
    Temporal.PlainDate.compare(day, until) <= 0;
    day = day.add({ days: 1 })
  ) {
    const why = calendar.isWorkingDay(day) ? WHY_DELAYED : calendar.why(day);
    days.push({ date: day.toString(), counted: false, why });
  }
  return days;
}

/**
 * The last day on which an awaited opinion may still come without counting; null when none is awaited, or when the law sets
 * no end (492; the clock is then `open-ended`).
 */
export function suspendedUntil(facts: RequestFacts, calendar: WorkingCalendar): Temporal.PlainDate | null {
  const ends = facts.consultations
    .filter(
      ({ answeredOn, party }) => answeredOn === null && (facts.regime === 'R2019' || party === 'third-party'),
    )
    .map((consultation) => endOfSilence(consultation, facts.regime, calendar))
    .filter((end) => end !== null);
  return ends.reduce<Temporal.PlainDate | null>(
    (latest, end) => (latest === null || Temporal.PlainDate.compare(end, latest) > 0 ? end : latest),
    null,
  );
}

/** Last day for the one correction notice (7 working days, 711/30); null where the law gives no number (492). */
export function correctionNoticeDue(
  regime: RegimeCode,
  from: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Temporal.PlainDate | null {
  return deadlineFor({ kind: 'correction-notice', from, regime }, calendar).due;
}

/** Greatest extension under the regime, in working days. */
export function maxExtension(regime: RegimeCode): number {
  return limitVersion('reply', regimes[regime].from).maxExtension;
}

function startOf(facts: RequestFacts): { from: Temporal.PlainDate; start: ClockStart } {
  const starts: { from: Temporal.PlainDate; start: ClockStart }[] = [
    { from: facts.receivedOn, start: 'received' },
  ];
  for (const { answeredOn } of facts.corrections)
    if (answeredOn) starts.push({ from: answeredOn, start: 'corrected' });
  if (facts.fee?.paidOn) starts.push({ from: facts.fee.paidOn, start: 'paid' });
  return starts.reduce((latest, next) =>
    Temporal.PlainDate.compare(next.from, latest.from) >= 0 ? next : latest,
  );
}

function standstill(facts: RequestFacts): { state: RequestClock['state']; reason: Reason } | null {
  const { corrections, fee } = facts;
  if (corrections.some(({ lapsed }) => lapsed)) {
    return {
      state: 'lapsed',
      reason: reason('申请人无正当理由逾期不补正的，视为放弃申请', { statute: '711', article: 30 }),
    };
  }
  if (fee?.lapsed) {
    return {
      state: 'lapsed',
      reason: reason('申请人逾期未缴纳信息处理费的，视为放弃申请', { statute: 'fee-measures' }),
    };
  }
  if (corrections.some(({ answeredOn }) => answeredOn === null)) {
    return { state: 'awaiting-correction', reason: reason('已告知补正，收到补正的申请后重新计算期限') };
  }
  if (fee && fee.paidOn === null) {
    return {
      state: 'awaiting-payment',
      reason: reason('已通知缴费，缴清后次日起重新计算期限', { statute: 'fee-measures' }),
    };
  }
  return null;
}

/** Null while a consultation without a lawful end is open. Letters of an earlier count do not touch the one that runs. */
function suspensionsOf(
  { consultations, regime }: RequestFacts,
  from: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Suspension[] | null {
  const spans: Suspension[] = [];
  for (const consultation of consultations) {
    const end = consultation.answeredOn ?? endOfSilence(consultation, regime, calendar);
    if (end === null) {
      if (regime === 'R2008' && consultation.party === 'co-producer') continue;
      return null;
    }
    const { suspension } = consultationTime(consultation, regime, end, calendar);
    if (suspension === null || dayNumber(suspension.until) <= dayNumber(from)) continue;
    const begins = Temporal.PlainDate.compare(suspension.from, from) < 0 ? from : suspension.from;
    spans.push({ from: begins, until: suspension.until });
  }
  return spans;
}

function endOfSilence(
  consultation: Consultation,
  regime: RegimeCode,
  calendar: WorkingCalendar,
): Temporal.PlainDate | null {
  return consultationTime(consultation, regime, consultation.sentOn, calendar).lapsesOn;
}

/** Like an extension it belongs to the count in which it was told; should its day become a day off, it ends on the next working day. */
function delayOf(
  { delay }: RequestFacts,
  from: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Temporal.PlainDate | null {
  if (!delay || Temporal.PlainDate.compare(delay.notifiedOn, from) < 0) return null;
  return calendar.isWorkingDay(delay.until) ? delay.until : calendar.workingDayAfter(delay.until, 1);
}

function extensionOf({ extension }: RequestFacts, from: Temporal.PlainDate): number {
  if (extension === null || Temporal.PlainDate.compare(extension.notifiedOn, from) < 0) return 0;
  return extension.days;
}
