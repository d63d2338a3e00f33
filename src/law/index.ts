export { buildCalendar, type CalendarNumbers, type WorkingCalendar } from './calendar.ts';
export { mergeSpans, periodEnd, type Span } from './counting.ts';
export {
  type CountedDeadline,
  type CountingQuestion,
  countDeadline,
  type Deadline,
  type DeadlineQuestion,
  deadlineFor,
  explainDeadline,
  explainExtension,
  MAX_LIMIT,
  type Suspension,
} from './deadlines.ts';
export type { ExplainedDay } from './explanation.ts';
export {
  type CalendarDay,
  type CalendarNotice,
  isMakeUpWorkday,
  type LocalDay,
  type NoticeSource,
  parseNotice,
} from './notices.ts';
export { type Reason, reason } from './reason.ts';
export { type Channel, channels, type Receipt, receiptOf } from './receipt.ts';
export { type Regime, type RegimeCode, regimeAt, regimes } from './regimes.ts';
export { defaultLawSettings, type LawSettings } from './settings.ts';
export { type Citation, cite, type Statute, type StatuteKey, statute, statutes } from './statutes.ts';
export { type LimitKind, type LimitUnit, type LimitVersion, timeLimits, unitLabels } from './time-limits.ts';
