import { Temporal } from 'temporal-polyfill';
import { LEGAL_TIME_ZONE } from '../core/clock.ts';

/** The Swedish way of writing an instant is that of ISO 8601. */
const wallClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: LEGAL_TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const numbers = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 6 });

/** `2018-12-31` → `2018年12月31日`; null → `—`. */
export function formatDate(date: string | null | undefined): string {
  if (!date) return '—';
  const { year, month, day } = dayOf(date);
  return `${year}年${month}月${day}日`;
}

/** `2018-12-31` → `12月31日` within the year of `today`, else `2018年12月31日`. */
export function formatNearDay(date: string, today: string): string {
  const { year, month, day } = dayOf(date);
  return year === dayOf(today).year ? `${month}月${day}日` : formatDate(date);
}

/** An instant as the clock on an office wall in China shows it: `2018年12月31日 09:05`; null → `—`. */
export function formatDateTime(at: Date | string | null | undefined): string {
  if (!at) return '—';
  const [date, time] = formatStamp(at).split(' ');
  return `${formatDate(date)} ${time}`;
}

/** An instant for page labels and machines: `2018-12-31 09:05`. */
export function formatStamp(at: Date | string): string {
  return wallClock.format(typeof at === 'string' ? Temporal.Instant.from(at).epochMilliseconds : at);
}

/** Thousands separated; null (left blank) is `—`, which is not 0. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—';
  // Most numbers of a page are small, and have nothing to separate.
  return Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : numbers.format(value);
}

/** `1536` → `1.5 KB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/**
 * `还有 3 个工作日（10月17日到期）`. `workingDays` comes from the working calendar; without it natural days are counted
 * and said so.
 */
export function daysLeft(due: string, today: string, workingDays?: number): string {
  const natural = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(due)).days;
  const when = `${formatNearDay(due, today)}到期`;
  if (natural === 0) return `今天到期（${formatNearDay(due, today)}）`;
  const [count, unit] = workingDays === undefined ? [natural, '天'] : [workingDays, '个工作日'];
  return natural < 0 ? `已逾期 ${Math.abs(count)} ${unit}（${when}）` : `还有 ${count} ${unit}（${when}）`;
}

/** Where a due date stands, for lights and sorting. `soon` is within three natural days. */
export function urgency(due: string | null, today: string): 'late' | 'today' | 'soon' | 'later' | 'none' {
  if (!due) return 'none';
  const left = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(due)).days;
  if (left < 0) return 'late';
  if (left === 0) return 'today';
  return left <= 3 ? 'soon' : 'later';
}

/** The parts of `2018-12-31`. Lists show a hundred days, so the usual form is read without more ado. */
function dayOf(date: string): { year: number; month: number; day: number } {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  if (year === undefined) return Temporal.PlainDate.from(date);
  return { year: Number(year), month: Number(month), day: Number(day) };
}
