import {
  type CalendarNumbers,
  countDeadline,
  type DayNumber,
  type ExplainedDay,
  explainCounted,
  formatDay,
  parseDay,
  type Reason,
  reasonsOf,
} from '../../law/index.ts';

/*
 * 主动公开的期限: 自该政府信息形成或者变更之日起20个工作日内 (492/18, 711/26). The number of days is data of law/; when a limit runs
 * out, and whether it has, is counted anew every time and never stored.
 */

/** What set a limit running: the information was formed, changed, or found fit to be made public (711/18). */
export const dutyGrounds = { formed: '形成', changed: '变更', reassessed: '评估后转为主动公开' } as const;
export type DutyGround = keyof typeof dutyGrounds;

/** Where a version stands: its limit runs, ends soon or has passed; or it was published within it or after it. */
export const dutyStates = {
  running: { label: '期限内', light: 'green' },
  soon: { label: '临近期限', light: 'amber' },
  late: { label: '已超期', light: 'red' },
  'in-time': { label: '按期公开', light: 'green' },
  'published-late': { label: '逾期公开', light: 'red' },
} as const;
export type DutyState = keyof typeof dutyStates;

/** The Regulation of 2007 brought the duty. */
const SINCE = parseDay('2008-05-01') as DayNumber;
/** The last day that can be written; a limit that ends after it is of a date that was written wrongly. */
const EVER = parseDay('9999-12-31') as DayNumber;

/** null where the limit would end later than dates are written. */
function counted(start: DayNumber, calendar: CalendarNumbers) {
  const count = countDeadline({ kind: 'publish', from: start }, calendar);
  return (count.due ?? 0) > EVER ? null : count;
}

/**
 * The last day to publish what was formed or changed on a day; null before the Regulation was in force, and where it would be
 * later than dates are written. ISO dates.
 */
export function dutyDue(start: string, calendar: CalendarNumbers): string | null {
  const day = parseDay(start);
  if (day === null || day < SINCE) return null;
  const due = counted(day, calendar)?.due ?? null;
  return due === null ? null : formatDay(due);
}

/** How the limit was counted: every day from the first to the last, and the articles. Empty where there is none. */
export function explainDuty(
  start: string,
  calendar: CalendarNumbers,
): { days: ExplainedDay[]; reasons: Reason[]; provisional: boolean } {
  const day = parseDay(start);
  const count = day === null || day < SINCE ? null : counted(day, calendar);
  if (count === null) return { days: [], reasons: [], provisional: false };
  return {
    days: explainCounted(count, calendar),
    reasons: reasonsOf('publish', count),
    provisional: count.provisional,
  };
}

/** Where a version stands on `today`; `soonDays` working days before the end a limit counts as ending soon. ISO dates. */
export function dutyState(
  facts: { due: string | null; publishedOn: string | null },
  today: string,
  soonUntil: string,
): DutyState {
  const { due, publishedOn } = facts;
  if (publishedOn !== null) return due !== null && publishedOn > due ? 'published-late' : 'in-time';
  if (due === null || due > soonUntil) return 'running';
  return due < today ? 'late' : 'soon';
}

/** The last first day whose limit ends before a day: what began then or earlier is over by `day`. ISO dates. */
export function lastStartDueBefore(day: string, calendar: CalendarNumbers): string {
  const bound = parseDay(day) as DayNumber;
  let start = bound;
  // A limit of working days is never shorter than as many days; this walks over the holidays of one span.
  while (start > SINCE && (counted(start, calendar)?.due ?? Number.POSITIVE_INFINITY) >= bound) start -= 1;
  return formatDay(start);
}

/** Every day of a span with the end of the limit that begins on it, for lists that are judged by the database. */
export function dueDays(
  from: string,
  to: string,
  calendar: CalendarNumbers,
): { starts: string[]; dues: string[] } {
  const starts: string[] = [];
  const dues: string[] = [];
  for (let day = Math.max(parseDay(from) as DayNumber, SINCE); day <= (parseDay(to) as DayNumber); day++) {
    const due = counted(day, calendar)?.due ?? null;
    if (due === null) continue;
    starts.push(formatDay(day));
    dues.push(formatDay(due));
  }
  return { starts, dues };
}
