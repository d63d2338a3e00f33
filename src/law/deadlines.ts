import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../core/refusal.ts';
import type { CalendarNumbers, WorkingCalendar } from './calendar.ts';
import { mergeSpans, periodEnd, type Span, suspendedWorkingDays } from './counting.ts';
import { type DayNumber, dateOf, dayNumber } from './day-number.ts';
import { type ExplainedDay, explainPeriod } from './explanation.ts';
import { type LimitKind, type LimitUnit, type LimitVersion, unitLabels } from './limit-kinds.ts';
import { type Reason, reason } from './reason.ts';
import { type RegimeCode, regimeOn, regimes } from './regimes.ts';
import { cite } from './statutes.ts';
import { limitVersion, timeLimits } from './time-limits.ts';

/** Time that does not count: from the day the letter goes out (exclusive) to the day the answer is in (inclusive). */
export interface Suspension {
  from: Temporal.PlainDate;
  until: Temporal.PlainDate;
}

export interface DeadlineQuestion {
  kind: LimitKind;
  /** Day 0; what it is depends on the kind (`timeLimits[kind].startsOn`). */
  from: Temporal.PlainDate;
  /** The regime stored on the request; without it the one of `from`. */
  regime?: RegimeCode;
  /** Another number of working days, e.g. a reasonable period set in a notice. */
  limit?: number;
  /** Working days (or days) granted beyond the limit. */
  extension?: number;
  suspensions?: readonly Suspension[];
}

export interface Deadline {
  kind: LimitKind;
  regime: RegimeCode;
  unit: LimitUnit;
  from: Temporal.PlainDate;
  /** Null where the law of that time gives no number; `due` is then null too. */
  limit: number | null;
  due: Temporal.PlainDate | null;
  extension: number;
  extendedDue: Temporal.PlainDate | null;
  /** Working days taken out by suspensions up to the (extended) due date. */
  suspended: number;
  /** The count crosses into a year whose notice is not out: Monday to Friday is assumed. */
  provisional: boolean;
  reasons: Reason[];
  /** Version of the calendar used. */
  calendar: string;
}

/** A deadline on day numbers, for many at once; the same facts without dates made into objects. */
export interface CountedDeadline {
  version: LimitVersion;
  regime: RegimeCode;
  unit: LimitUnit;
  from: DayNumber;
  limit: number | null;
  due: DayNumber | null;
  extension: number;
  extendedDue: DayNumber | null;
  suspended: number;
  provisional: boolean;
  spans: readonly Span[];
}

export interface CountingQuestion {
  kind: LimitKind;
  from: DayNumber;
  regime?: RegimeCode;
  limit?: number;
  extension?: number;
  suspensions?: readonly Span[];
}

/** Longest period anyone may ask for, in its unit. */
export const MAX_LIMIT = 3650;

/**
 * When something is due, and why.
 * @throws Refusal when the extension exceeds the law, a suspension is impossible, or the date precedes the Regulation.
 */
export function deadlineFor(question: DeadlineQuestion, calendar: WorkingCalendar): Deadline {
  const counted = countDeadline(numbered(question), calendar.numbers);
  return {
    kind: question.kind,
    regime: counted.regime,
    unit: counted.unit,
    from: question.from,
    limit: counted.limit,
    due: counted.due === null ? null : dateOf(counted.due),
    extension: counted.extension,
    extendedDue: counted.extendedDue === null ? null : dateOf(counted.extendedDue),
    suspended: counted.suspended,
    provisional: counted.provisional,
    reasons: reasonsOf(question.kind, counted),
    calendar: calendar.version,
  };
}

/** Day by day from day 0 to the due date; the counted days sum to the limit. Empty for months and years. */
export function explainDeadline(question: DeadlineQuestion, calendar: WorkingCalendar): ExplainedDay[] {
  return explainCounted(countDeadline(numbered(question), calendar.numbers), calendar.numbers);
}

/** Day by day through the extension, from the day after the first due date; the counted days sum to the extension. */
export function explainExtension(question: DeadlineQuestion, calendar: WorkingCalendar): ExplainedDay[] {
  return explainCountedExtension(countDeadline(numbered(question), calendar.numbers), calendar.numbers);
}

export function explainCounted(counted: CountedDeadline, calendar: CalendarNumbers): ExplainedDay[] {
  const { due, limit, unit, from, spans } = counted;
  return due === null || limit === null ? [] : explainPeriod(calendar, { from, due, limit, unit, spans });
}

export function explainCountedExtension(counted: CountedDeadline, calendar: CalendarNumbers): ExplainedDay[] {
  const { due, extendedDue, extension, unit, spans, from, limit } = counted;
  if (due === null || extendedDue === null || limit === null) return [];
  const start = unit === 'working-day' ? due : from + limit;
  return explainPeriod(calendar, { from: start, due: extendedDue, limit: extension, unit, spans }).slice(1);
}

/** Counts without making dates into objects: for many deadlines at once. */
export function countDeadline(question: CountingQuestion, calendar: CalendarNumbers): CountedDeadline {
  const { kind, from } = question;
  const extension = question.extension ?? 0;
  const regime = question.regime ?? regimeOn(from).code;
  const { followsRegime, suspensible, label } = timeLimits[kind];
  const version = limitVersion(kind, followsRegime ? regimes[regime].from : from);
  const unit = question.limit === undefined ? version.unit : 'working-day';
  const limit = question.limit ?? version.limit;

  if (limit !== null && (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)) {
    throw new Refusal('limit-out-of-range', `期限应为 1 至 ${MAX_LIMIT} 的整数`);
  }
  if (extension !== 0) checkExtension(extension, version, label);
  const spans = checkedSpans(question.suspensions ?? [], from, suspensible, label);
  if (limit === null) {
    return {
      version,
      regime,
      unit,
      from,
      limit,
      due: null,
      extension: 0,
      extendedDue: null,
      suspended: 0,
      provisional: false,
      spans,
    };
  }
  const due = periodEnd(calendar, from, limit, unit, spans);
  const extendedDue = extension === 0 ? null : periodEnd(calendar, from, limit + extension, unit, spans);
  const end = extendedDue ?? due;
  return {
    version,
    regime,
    unit,
    from,
    limit,
    due,
    extension,
    extendedDue,
    suspended: spans.length === 0 ? 0 : suspendedWorkingDays(calendar, from, end, spans),
    provisional: calendar.isProvisional(from, end),
    spans,
  };
}

/** The steps of a count in words, each with its article. */
export function reasonsOf(kind: LimitKind, counted: CountedDeadline): Reason[] {
  const { version, limit, unit, extension, suspended, provisional } = counted;
  const reasons: Reason[] = [];
  if (limit !== null && limit !== version.limit) reasons.push(reason(`按指定的${limit}个工作日计算`));
  else reasons.push(reason(version.ground, version.cite));
  if (limit === null) return reasons;
  reasons.push(
    reason(
      unit === 'working-day'
        ? `${timeLimits[kind].startsOn}不计算在内，自次日起计满${limit}个工作日`
        : `${timeLimits[kind].startsOn}不计算在内，自次日起计满${limit}${unitLabels[unit]}；最后一日为休息日的，以休息日后的第一日为届满日`,
      { statute: 'civil-procedure', article: 85 },
    ),
  );
  if (extension > 0) {
    reasons.push(
      reason(
        `${version.extensionGround ?? '经批准延长'}；本次延长${extension}${unitLabels[unit]}`,
        version.extensionCite,
      ),
    );
  }
  if (suspended > 0) {
    reasons.push(
      reason(
        `征求意见所需时间不计算在期限内，共扣除${suspended}个工作日`,
        counted.regime === 'R2008' ? { statute: '492', article: 24 } : { statute: '711', article: 33 },
      ),
    );
  }
  if (provisional)
    reasons.push(reason('期限跨入放假安排尚未公布的年份，暂按周一至周五计算，公布后应重新计算'));
  return reasons;
}

function checkExtension(extension: number, version: LimitVersion, label: string): void {
  if (version.maxExtension === 0) {
    throw new Refusal('not-extensible', `“${label}”的期限依法不能延长`, { article: cite(version.cite) });
  }
  if (!Number.isInteger(extension) || extension < 1 || extension > version.maxExtension) {
    throw new Refusal(
      'extension-too-long',
      `延长应为 1 至 ${version.maxExtension} 的整数（${version.maxExtension}${unitLabels[version.unit]}为上限）`,
      { article: cite(version.extensionCite ?? version.cite) },
    );
  }
}

function checkedSpans(
  spans: readonly Span[],
  from: DayNumber,
  suspensible: boolean,
  label: string,
): readonly Span[] {
  if (spans.length === 0) return spans;
  if (!suspensible) throw new Refusal('not-suspensible', `“${label}”的期限不因征求意见而扣除时间`);
  for (const span of spans) {
    if (span.until < span.from) {
      throw new Refusal('suspension-reversed', '收到意见的日期不能早于发出征求意见书的日期');
    }
    if (span.from < from) {
      throw new Refusal('suspension-before-receipt', '发出征求意见书的日期不能早于收到申请之日');
    }
  }
  return mergeSpans(spans);
}

function numbered({ from, suspensions, ...rest }: DeadlineQuestion): CountingQuestion {
  return {
    ...rest,
    from: dayNumber(from),
    suspensions: suspensions?.map((span) => ({ from: dayNumber(span.from), until: dayNumber(span.until) })),
  };
}
