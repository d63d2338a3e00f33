import { InvalidForm } from '../core/refusal.ts';
import { formatDay, parseDay, weekdayOf } from './day-number.ts';

/** One day that a notice makes different from the plain Monday-to-Friday week. */
export interface CalendarDay {
  /** `YYYY-MM-DD`. */
  date: string;
  /** The festival it belongs to, e.g. 春节. */
  name: string;
  /** false: a make-up workday (调休上班日). */
  isOffDay: boolean;
}

export interface NoticeSource {
  title: string;
  /** 发文字号. */
  number?: string;
  /** 成文日期, `YYYY-MM-DD`; orders the layers of one year. */
  date?: string;
}

/**
 * A yearly notice of the State Council (国务院办公厅关于XXXX年部分节假日安排的通知), or a later one that amends the year.
 * It may name days of the neighbouring years: the New Year holiday often begins in December.
 */
export interface CalendarNotice {
  year: number;
  notices: NoticeSource[];
  days: CalendarDay[];
}

/** A day that a local rule adds or takes away, e.g. a holiday of an autonomous prefecture. Laid over every notice. */
export type LocalDay = CalendarDay;

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/**
 * Reads an imported notice (`{year, notices: [{title, number?, date?}], days: [{date, name, isOffDay}]}`).
 * @throws InvalidForm with one Chinese message per field, addressed as `days.3.date`.
 */
export function parseNotice(json: unknown): CalendarNotice {
  const faults: Record<string, string> = {};
  if (!isRecord(json))
    throw new InvalidForm({ '': '文件内容应为一个 JSON 对象，包含 year、notices、days 三项' });

  const year = json.year;
  const yearGiven =
    typeof year === 'number' && Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
  if (!yearGiven) faults.year = `年份应为 ${FIRST_YEAR} 至 ${LAST_YEAR} 之间的整数`;

  const notices = readSources(json.notices, faults);
  const days = readDays(json.days, yearGiven ? year : null, faults);
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
  return { year: year as number, notices, days };
}

function readSources(value: unknown, faults: Record<string, string>): NoticeSource[] {
  if (!Array.isArray(value) || value.length === 0) {
    faults.notices = '请至少写明一份放假通知的标题';
    return [];
  }
  return value.map((source: unknown, index) => {
    const at = `notices.${index}`;
    if (!isRecord(source)) {
      faults[at] = '每份通知应写成 {title, number, date}';
      return { title: '' };
    }
    const title = typeof source.title === 'string' ? source.title.trim() : '';
    if (title === '') faults[`${at}.title`] = '请填写通知标题';
    if (source.number !== undefined && typeof source.number !== 'string')
      faults[`${at}.number`] = '发文字号应为文字';
    if (source.date !== undefined && (typeof source.date !== 'string' || parseDay(source.date) === null)) {
      faults[`${at}.date`] = '成文日期应写成 YYYY-MM-DD';
    }
    return {
      title,
      ...(typeof source.number === 'string' ? { number: source.number } : {}),
      ...(typeof source.date === 'string' ? { date: source.date } : {}),
    };
  });
}

function readDays(value: unknown, year: number | null, faults: Record<string, string>): CalendarDay[] {
  if (!Array.isArray(value) || value.length === 0) {
    faults.days = '请列出放假日和调休上班日，每天一项';
    return [];
  }
  const seen = new Map<string, number>();
  return value.map((entry: unknown, index) => {
    const at = `days.${index}`;
    if (!isRecord(entry)) {
      faults[at] = '每一天应写成 {date, name, isOffDay}';
      return { date: '', name: '', isOffDay: true };
    }
    const day = typeof entry.date === 'string' ? parseDay(entry.date) : null;
    const date = day === null ? '' : formatDay(day);
    const isOffDay = entry.isOffDay === true;
    const name = typeof entry.name === 'string' ? entry.name.trim() : '';
    if (day === null) faults[`${at}.date`] = '日期应写成 YYYY-MM-DD，且是日历上有的日子';
    else if (year !== null && !belongsTo(date, year)) {
      faults[`${at}.date`] = `${date} 不属于 ${year} 年，也不在上年12月或次年1月`;
    } else if (seen.has(date)) faults[`${at}.date`] = `${date} 已在第 ${(seen.get(date) ?? 0) + 1} 项出现`;
    else seen.set(date, index);
    if (name === '') faults[`${at}.name`] = '请填写节日名称';
    if (typeof entry.isOffDay !== 'boolean') faults[`${at}.isOffDay`] = '请填写 true（放假）或 false（上班）';
    return { date, name, isOffDay };
  });
}

/** True for a make-up workday: a notice that makes a Saturday or Sunday a workday. */
export function isMakeUpWorkday(day: CalendarDay): boolean {
  const number = parseDay(day.date);
  return !day.isOffDay && number !== null && weekdayOf(number) > 5;
}

function belongsTo(date: string, year: number): boolean {
  return (
    date.startsWith(`${year}-`) || date.startsWith(`${year - 1}-12-`) || date.startsWith(`${year + 1}-01-`)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
