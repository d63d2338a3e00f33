import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { type DayNumber, dateOf, dayNumber, parseDay, weekdayOf, yearOf, yearStart } from './day-number.ts';
import type { CalendarDay, CalendarNotice, LocalDay } from './notices.ts';

/**
 * The working-day calendar: Monday to Friday, less the days off of the yearly notices, plus their make-up workdays.
 * Counting is by rank (how many working days up to a day) and selection (the n-th working day), both O(1).
 */
export interface WorkingCalendar {
  /** SM3 digest (16 hex digits) of every layer; kept with a stored deadline so that an amendment shows. */
  readonly version: string;
  readonly oldestYear: number;
  /** The newest year whose notice is known; beyond it Monday to Friday is assumed and results are provisional. */
  readonly newestYear: number;
  isPublished(year: number): boolean;
  isWorkingDay(date: Temporal.PlainDate): boolean;
  /** The `count`-th working day after `from`; `from` itself is day 0. */
  workingDayAfter(from: Temporal.PlainDate, count: number): Temporal.PlainDate;
  /** Working days after `from` up to and including `until`; negative when `until` comes first. */
  workingDaysBetween(from: Temporal.PlainDate, until: Temporal.PlainDate): number;
  /** The day itself when it is a working day, else the first one after it. */
  workingDayFrom(date: Temporal.PlainDate): Temporal.PlainDate;
  /** Why a day counts or not, in Chinese. */
  why(date: Temporal.PlainDate): string;
  /** The same on day numbers, for counting many at once. */
  readonly numbers: CalendarNumbers;
}

export interface CalendarNumbers {
  isWorkingDay(day: DayNumber): boolean;
  /** Working days up to and including the day, from a fixed origin. */
  rank(day: DayNumber): number;
  /** The working day of that rank. */
  select(rank: number): DayNumber;
  /** True when a year touched by the span has no notice yet. */
  isProvisional(from: DayNumber, until: DayNumber): boolean;
  why(day: DayNumber): string;
}

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/**
 * Lays the notices over each other (by year, then by date of issue, then as given; an undated one counts as the year's
 * first, issued before the year began) and the local days over all of them.
 */
export function buildCalendar(
  notices: readonly CalendarNotice[],
  localDays: readonly LocalDay[] = [],
): WorkingCalendar {
  if (notices.length === 0) throw new RangeError('a calendar needs at least one yearly notice');
  const ordered = inOrderOfIssue(notices);
  const special = new Map<DayNumber, CalendarDay & { local: boolean }>();
  for (const notice of ordered)
    for (const day of notice.days) special.set(known(day), { ...day, local: false });
  for (const day of localDays) special.set(known(day), { ...day, local: true });

  const published = new Set(ordered.map((notice) => notice.year));
  const oldestYear = Math.min(...published);
  const newestYear = Math.max(...published);
  const numbers = countable(special, published, oldestYear, newestYear);
  return {
    version: versionOf(ordered, localDays),
    oldestYear,
    newestYear,
    isPublished: (year) => published.has(year),
    isWorkingDay: (date) => numbers.isWorkingDay(dayNumber(date)),
    workingDayAfter: (from, count) => dateOf(numbers.select(numbers.rank(dayNumber(from)) + count)),
    workingDaysBetween: (from, until) => numbers.rank(dayNumber(until)) - numbers.rank(dayNumber(from)),
    workingDayFrom: (date) => dateOf(numbers.select(numbers.rank(dayNumber(date) - 1) + 1)),
    why: (date) => numbers.why(dayNumber(date)),
    numbers,
  };
}

function countable(
  special: ReadonlyMap<DayNumber, CalendarDay & { local: boolean }>,
  published: ReadonlySet<number>,
  oldestYear: number,
  newestYear: number,
): CalendarNumbers {
  let first = yearStart(oldestYear);
  let last = yearStart(newestYear + 1) - 1;
  for (const day of special.keys()) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  const isWorkingDay = (day: DayNumber) => {
    const named = special.get(day);
    return named ? !named.isOffDay : weekdayOf(day) <= 5;
  };
  // Ranks count from the day before `first`; outside the table the plain week continues them on both sides.
  const ranks = new Int32Array(last - first + 1);
  const workingDays: DayNumber[] = [];
  for (let day = first; day <= last; day++) {
    if (isWorkingDay(day)) workingDays.push(day);
    ranks[day - first] = workingDays.length;
  }
  let gapless = oldestYear;
  while (published.has(gapless + 1)) gapless++;
  const knownFrom = yearStart(oldestYear);
  const knownUntil = yearStart(gapless + 1) - 1;
  const total = workingDays.length;
  const before = weekdaysThrough(first - 1);
  const through = weekdaysThrough(last);
  return {
    isWorkingDay,
    rank(day) {
      if (day < first) return weekdaysThrough(day) - before;
      if (day > last) return total + weekdaysThrough(day) - through;
      return ranks[day - first] as number;
    },
    select(rank) {
      if (rank <= 0) return nthWeekday(before + rank);
      if (rank > total) return nthWeekday(through + rank - total);
      return workingDays[rank - 1] as DayNumber;
    },
    isProvisional(from, until) {
      if (from >= knownFrom && until <= knownUntil) return false;
      const end = yearOf(until);
      for (let year = yearOf(from); year <= end; year++) if (!published.has(year)) return true;
      return false;
    },
    why(day) {
      const weekday = WEEKDAYS[weekdayOf(day) - 1] as string;
      const named = special.get(day);
      if (named?.local) return named.isOffDay ? `地方假日：${named.name}` : `按地方规定上班：${named.name}`;
      if (named?.isOffDay) return `${named.name}放假（${weekday}）`;
      if (named) return weekdayOf(day) > 5 ? `${named.name}调休上班（${weekday}）` : `工作日（${weekday}）`;
      const unpublished = published.has(yearOf(day)) ? '' : '，当年放假安排尚未公布';
      return weekdayOf(day) <= 5 ? `工作日（${weekday}${unpublished}）` : `${weekday}休息${unpublished}`;
    },
  };
}

/** Mondays to Fridays up to and including the day, from Monday 1969-12-29. */
function weekdaysThrough(day: DayNumber): number {
  const week = Math.floor((day + 3) / 7);
  return week * 5 + Math.min(day + 3 - week * 7 + 1, 5);
}

/** The inverse: the Monday-to-Friday day with that count. */
function nthWeekday(count: number): DayNumber {
  const week = Math.floor((count - 1) / 5);
  return week * 7 + (count - 1 - week * 5) - 3;
}

function inOrderOfIssue(notices: readonly CalendarNotice[]): CalendarNotice[] {
  const issued = (notice: CalendarNotice) =>
    notice.notices.reduce((latest, { date }) => (date !== undefined && date > latest ? date : latest), '') ||
    `${notice.year - 1}-12-31`;
  return notices.toSorted(
    (a, b) => a.year - b.year || (issued(a) < issued(b) ? -1 : issued(a) > issued(b) ? 1 : 0),
  );
}

function versionOf(notices: readonly CalendarNotice[], localDays: readonly LocalDay[]): string {
  const hash = createHash('sm3');
  const add = (day: CalendarDay) => hash.update(`${day.date} ${day.isOffDay ? 'off' : 'work'} ${day.name}\n`);
  for (const notice of notices) {
    hash.update(`${notice.year}\n`);
    notice.days.forEach(add);
  }
  hash.update('local\n');
  localDays.forEach(add);
  return hash.digest('hex').slice(0, 16);
}

function known(day: CalendarDay): DayNumber {
  const number = parseDay(day.date);
  if (number === null) throw new RangeError(`not a date in the calendar data: ${day.date}`);
  return number;
}
