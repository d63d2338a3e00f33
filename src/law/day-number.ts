import { Temporal } from 'temporal-polyfill';

/** Days since 1970-01-01: what the counting works on, so that a deadline costs a few additions. */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function dayNumber(date: Temporal.PlainDate): DayNumber {
  return Date.UTC(date.year, date.month - 1, date.day) / MS_PER_DAY;
}

export function dateOf(day: DayNumber): Temporal.PlainDate {
  const utc = new Date(day * MS_PER_DAY);
  return new Temporal.PlainDate(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
}

export function yearOf(day: DayNumber): number {
  return new Date(day * MS_PER_DAY).getUTCFullYear();
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** First day of a year. */
export function yearStart(year: number): DayNumber {
  return Date.UTC(year, 0, 1) / MS_PER_DAY;
}

/** Reads `YYYY-MM-DD` strictly (years 1000 to 9999); null when it is not a real date. */
export function parseDay(text: string): DayNumber | null {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null;
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

/** `YYYY-MM-DD`. */
export function formatDay(day: DayNumber): string {
  const known = formatted.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  if (formatted.size < 200_000) formatted.set(day, text);
  return text;
}

const formatted = new Map<DayNumber, string>();

function monthLength(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** -1 when a character is not a digit, so that every range check fails. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
