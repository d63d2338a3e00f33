export { annualReportDue, type ReportingRole } from './annual-report-dates.ts';
export { buildCalendar, type CalendarNumbers, type WorkingCalendar } from './calendar.ts';
export {
  type Consultation,
  type ConsultationTime,
  consultationTime,
  usedWorkingDays,
} from './consultations.ts';
export { mergeSpans, periodEnd, type Span } from './counting.ts';
export { type DayKind, dayKind } from './day-kind.ts';
export { type DayNumber, dateOf, dayNumber, formatDay, parseDay, weekdayOf } from './day-number.ts';
export {
  answerDeadline,
  type DeadlineAnswer,
  type DeadlineFields,
  deadlineFields,
  deadlineReasons,
  type WorkedDeadline,
  workOutDeadline,
} from './deadline-question.ts';
export {
  type CountedDeadline,
  type CountingQuestion,
  countDeadline,
  type Deadline,
  type DeadlineQuestion,
  deadlineFor,
  explainCounted,
  explainCountedExtension,
  explainDeadline,
  explainExtension,
  MAX_LIMIT,
  reasonsOf,
  type Suspension,
} from './deadlines.ts';
export { type ExplainedDay, WHY_DAY_ZERO } from './explanation.ts';
export {
  type Fee,
  type FeeMethod,
  type FeeTier,
  feeGrounds,
  feeOfNextPiece,
  MAX_FEE_QUANTITY,
  pageFee,
  pieceFee,
  yuan,
} from './fees.ts';
export {
  type LimitKind,
  type LimitUnit,
  type LimitVersion,
  type TimeLimit,
  unitLabels,
} from './limit-kinds.ts';
export {
  type CalendarDay,
  type CalendarNotice,
  isMakeUpWorkday,
  type LocalDay,
  type NoticeSource,
  parseNotice,
} from './notices.ts';
export type { Checked } from './numbers/checked.ts';
export { type CreditCodeParts, checkCreditCode, checkOrganisationCode } from './numbers/credit-code.ts';
export {
  checkDocumentNumber,
  type DocumentNumberParts,
  normaliseDocumentNumber,
} from './numbers/document-number.ts';
export {
  checkIndexNumber,
  checkWebsiteCode,
  type IndexNumberParts,
  indexNumber,
} from './numbers/index-number.ts';
export { checkNumber, type NumberKind, numberKinds } from './numbers/kinds.ts';
export { checkProjectCode, type ProjectCodeParts } from './numbers/project-code.ts';
export {
  checkResidentNumber,
  maskIdentityNumber,
  type ResidentNumberParts,
} from './numbers/resident-number.ts';
export { type PersonalDatum, type PersonalKind, personalData } from './personal-data.ts';
export { type Reason, reason } from './reason.ts';
export { type Channel, channels, type Receipt, type ReceiptDay, receiptDay, receiptOf } from './receipt.ts';
export { type Regime, type RegimeCode, regimeAt, regimes } from './regimes.ts';
export { type RemedyNotice, remedyNotice } from './remedies.ts';
export {
  FARTHEST_REMINDER,
  MOST_REMINDERS,
  type ReminderDays,
  readDays,
  readReminderDays,
  reminderAt,
  remindersReached,
} from './reminders.ts';
export { type ReplyKind, replyKind, replyKinds, replyKindsOf } from './reply-kinds.ts';
export {
  correctionNoticeDue,
  explainClock,
  maxExtension,
  type RequestClock,
  type RequestFacts,
  requestClock,
  suspendedUntil,
} from './request-clock.ts';
export { defaultLawSettings, type LawSettings, lawSettingsOf } from './settings.ts';
export { type Citation, cite, type Statute, type StatuteKey, statute, statutes } from './statutes.ts';
export { timeLimits } from './time-limits.ts';
export { type Delivery, type DeliveryMethod, type Timeliness, timelinessOf } from './timeliness.ts';
