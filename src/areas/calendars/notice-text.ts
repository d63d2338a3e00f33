import { Temporal } from 'temporal-polyfill';
import { InvalidForm } from '../../core/refusal.ts';
import type { CalendarDay, CalendarNotice } from '../../law/index.ts';

/** A notice read from its text, and the sentences that look like an arrangement but could not be read. */
export interface NoticeReading {
  notice: CalendarNotice;
  warnings: string[];
}

const NUMERALS = '一二三四五六七八九十';
const SECTION = new RegExp(`(?:^|\\n)[${NUMERALS}]+、([^:\\n]{1,30}):`, 'g');
const DATE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日/;
const TOKEN = new RegExp(
  `${DATE.source}(?:\\(([^)]*)\\))?(?:(?:至|-|—|到)${DATE.source}(?:\\(([^)]*)\\))?)?`,
  'g',
);
const WEEKDAY = /(?:星期|周)([一二三四五六日天])/;

/**
 * Reads the text of a yearly notice (国务院办公厅关于XXXX年部分节假日安排的通知) or of one that amends it, as pasted from a
 * web page or a file.
 * @throws InvalidForm with one message per sentence that contradicts itself: weekday, number of days, impossible date
 */
export function readNoticeText(pasted: string): NoticeReading {
  const text = plain(pasted);
  const faults: string[] = [];
  const title = titleOf(text);
  const year = Number(/(\d{4})年/.exec(title)?.[1] ?? /(\d{4})年\d/.exec(text)?.[1]);
  if (title === '' || !Number.isInteger(year)) {
    throw new InvalidForm({
      text: '没有找到通知标题，请连同“国务院办公厅关于……年部分节假日安排的通知”一并粘贴',
    });
  }
  const days = new Map<string, CalendarDay>();
  const warnings: string[] = [];
  for (const { name, body } of sections(text, title)) {
    for (const sentence of body.split(/[。;\n]/))
      readSentence(sentence, { year, name, days, faults, warnings });
  }
  if (days.size === 0 && faults.length === 0) {
    faults.push('没有读到放假或者上班的日期，请粘贴含“一、元旦：……”各条的全文');
  }
  if (faults.length > 0) throw new InvalidForm({ text: faults.join(';') });
  const number = /[一-龥]{2,12}〔\d{4}〕\d+号/.exec(text)?.[0];
  const date = [...text.matchAll(/(?:^|\n)(\d{4})年(\d{1,2})月(\d{1,2})日(?=\n|$)/g)].at(-1);
  const issued = date ? toDate(Number(date[1]), Number(date[2]), Number(date[3])) : null;
  return {
    notice: {
      year,
      notices: [
        {
          title,
          ...(number ? { number } : {}),
          ...(issued ? { date: issued.toString() } : {}),
        },
      ],
      days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    },
    warnings,
  };
}

/** Half-width signs, no blanks inside lines, one line feed. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, '')
    .replace(/[~～–]/g, '-')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

/** The title may be broken over lines; what stands before the issuer (metadata of a page, the number) is no part of it. */
function titleOf(text: string): string {
  const end = text.indexOf('通知');
  const head = text.slice(0, end + 2).replace(/\n/g, '');
  return end < 0
    ? ''
    : (/(?:国务院办公厅|国务院|[一-龥]{2,12}(?:人民政府|办公厅|办公室))?关于.*$/.exec(head)?.[0] ?? '');
}

/** `一、元旦:……` and so on; a notice on one festival has no such heads and takes the name from its title. */
function sections(text: string, title: string): { name: string; body: string }[] {
  const heads = [...text.matchAll(SECTION)];
  if (heads.length === 0) {
    const name = /(?:年|关于)([^年]{2,40}?)(?:假期|放假|调休)/.exec(title)?.[1] ?? '节假日';
    return [{ name, body: text.slice(text.indexOf('通知') + 2) }];
  }
  return heads.map((head, index) => ({
    name: (head[1] as string).replace(/和|与/g, '、'),
    body: text.slice(head.index + head[0].length, heads[index + 1]?.index ?? text.length),
  }));
}

interface Reading {
  year: number;
  name: string;
  days: Map<string, CalendarDay>;
  faults: string[];
  warnings: string[];
}

/** Each verb takes the dates named since the verb before it; what only advises or explains is passed over. */
function readSentence(sentence: string, reading: Reading): void {
  const dates = [...sentence.matchAll(TOKEN)];
  if (dates.length === 0 || /^\d{4}年\d{1,2}月\d{1,2}日$/.test(sentence)) return;
  const verbs = [...sentence.matchAll(/放假|正常上班|上班|休息|法定节假日|公休日?/g)];
  let from = 0;
  let read = false;
  for (const verb of verbs) {
    const own = lastRun(
      sentence,
      dates.filter((date) => date.index >= from && date.index < verb.index),
    );
    from = verb.index;
    if (own.length === 0) continue;
    read = true;
    if (verb[0] !== '放假' && verb[0] !== '上班') continue;
    const named = own.flatMap((date) => expand(date, reading));
    for (const date of named) {
      const iso = date.toString();
      reading.days.set(iso, { date: iso, name: reading.name, isOffDay: verb[0] === '放假' });
    }
    const promised =
      verb[0] === '放假' ? /^放假[^,]{0,6},?(?:共|放假)?(\d{1,2})天/.exec(sentence.slice(verb.index)) : null;
    if (promised && own.length === 1 && Number(promised[1]) !== named.length) {
      reading.faults.push(`“${sentence}”写明${promised[1]}天，日期却是${named.length}天，请核对原文`);
    }
  }
  if (!read) reading.warnings.push(sentence);
}

/** The dates joined by 、 right before the verb: 「12月31日(星期一),12月29日(星期六)上班」 makes only the 29th a workday. */
function lastRun(sentence: string, dates: RegExpMatchArray[]): RegExpMatchArray[] {
  let first = dates.length - 1;
  while (first > 0) {
    const before = dates[first - 1] as RegExpMatchArray & { index: number };
    const gap = sentence.slice(before.index + before[0].length, dates[first]?.index);
    if (!/^[、和及与]?$/.test(gap)) break;
    first -= 1;
  }
  return dates.slice(Math.max(first, 0));
}

function expand(match: RegExpMatchArray, reading: Reading): Temporal.PlainDate[] {
  const [text, year1, month1, day1, week1, year2, month2, day2, week2] = match;
  const month = month1 ?? lastMonth(match);
  const start = month === undefined ? null : startOf(Number(month), Number(day1), year1, week1, reading.year);
  if (start === null) {
    reading.faults.push(`“${text}”不是完整的日期，请核对原文`);
    return [];
  }
  checkWeekday(start, week1, reading);
  if (day2 === undefined) return [start];
  let end = toDate(Number(year2 ?? start.year), Number(month2 ?? start.month), Number(day2));
  // 「12月30日至1月1日」: the holiday runs over the turn of the year; without a year its first days are of the year before.
  let first = start;
  if (end && Temporal.PlainDate.compare(end, first) < 0 && year1 === undefined && year2 === undefined) {
    if (end.month === 1) first = start.subtract({ years: 1 });
  }
  if (end && year2 === undefined && year1 !== undefined && Temporal.PlainDate.compare(end, first) < 0) {
    end = end.add({ years: 1 });
  }
  const length = end ? first.until(end, { largestUnit: 'days' }).days + 1 : 0;
  if (end === null || length < 1 || length > 31) {
    reading.faults.push(`“${text}”的起止日期不合理，请核对原文`);
    return [];
  }
  checkWeekday(end, week2, reading);
  return Array.from({ length }, (_, offset) => first.add({ days: offset }));
}

/** 「2月2日、3日上班」: the month named just before. */
function lastMonth(match: RegExpMatchArray): string | undefined {
  const before = (match.input ?? '').slice(0, match.index);
  return [...before.matchAll(/(\d{1,2})月/g)].at(-1)?.[1];
}

/** Without a year it is the year of the notice; a December day before New Year shows by its weekday. */
function startOf(
  month: number,
  day: number,
  year: string | undefined,
  brackets: string | undefined,
  own: number,
) {
  const date = toDate(Number(year ?? own), month, day);
  const said = saidWeekday(brackets);
  if (date === null || year !== undefined || month !== 12 || said === null || date.dayOfWeek === said)
    return date;
  const earlier = date.subtract({ years: 1 });
  return earlier.dayOfWeek === said ? earlier : date;
}

function saidWeekday(brackets: string | undefined): number | null {
  const said = brackets === undefined ? null : WEEKDAY.exec(brackets)?.[1];
  if (!said) return null;
  return said === '天' ? 7 : '一二三四五六日'.indexOf(said) + 1;
}

function checkWeekday(date: Temporal.PlainDate, brackets: string | undefined, reading: Reading): void {
  const said = saidWeekday(brackets);
  if (said === null || said === date.dayOfWeek) return;
  const name = (weekday: number) => `星期${'一二三四五六日'[weekday - 1]}`;
  reading.faults.push(
    `${date.year}年${date.month}月${date.day}日是${name(date.dayOfWeek)}，原文写的是${name(said)}，请核对年份和日期`,
  );
}

function toDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
