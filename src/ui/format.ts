import { Temporal } from 'temporal-polyfill';
import { LEGAL_TIME_ZONE } from '../core/clock.ts';

const numbers = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 6 });

/** `2018-12-31` → `2018年12月31日`; null → `—`. */
export function formatDate(date: string | null | undefined): string {
  if (!date) return '—';
  const { year, month, day } = Temporal.PlainDate.from(date.slice(0, 10));
  return `${year}年${month}月${day}日`;
}

/** `2018-12-31` → `12月31日` within the year of `today`, else `2018年12月31日`. */
export function formatNearDay(date: string, today: string): string {
  const { year, month, day } = Temporal.PlainDate.from(date.slice(0, 10));
  return year === Temporal.PlainDate.from(today).year ? `${month}月${day}日` : formatDate(date);
}

/** An instant as the clock on an office wall in China shows it: `2018年12月31日 09:05`; null → `—`. */
export function formatDateTime(at: Date | string | null | undefined): string {
  if (!at) return '—';
  const local = zoned(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local.year}年${local.month}月${local.day}日 ${two(local.hour)}:${two(local.minute)}`;
}

/** An instant for page labels and machines: `2018-12-31 09:05`. */
export function formatStamp(at: Date | string): string {
  return zoned(at).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** Thousands separated; null (left blank) is `—`, which is not 0. */
export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : numbers.format(value);
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

function zoned(at: Date | string): Temporal.ZonedDateTime {
  const instant =
    typeof at === 'string' ? Temporal.Instant.from(at) : Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return instant.toZonedDateTimeISO(LEGAL_TIME_ZONE);
}
