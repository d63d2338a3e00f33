import { Temporal } from 'temporal-polyfill';
import { InvalidForm } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { formatDay, parseDay } from '../../law/index.ts';

/** 2026年11月27日, as people read a day, on paper and in messages; '' for none. */
export function printedDay(iso: string | null): string {
  const day = iso === null ? null : parseDay(iso);
  if (day === null) return '';
  const [year, month, date] = formatDay(day).split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** A text of at least two and at most `most` characters. @throws InvalidForm at the field */
export function readText(field: string, given: string, what: string, most = 4000): string {
  const text = visibleText(given).trim();
  if (text.length < 2) throw new InvalidForm({ [field]: `请写明${what}。` });
  if (text.length > most)
    throw new InvalidForm({ [field]: `${what}最多 ${most} 字，现在有 ${text.length} 字。` });
  return text;
}

/** The same where nothing need be written. */
export function readOptionalText(field: string, given: string, what: string, most = 4000): string {
  return visibleText(given).trim() === '' ? '' : readText(field, given, what, most);
}

/** A civil date between two others, both included; `to` as mere text is today. @throws InvalidForm at the field */
export function readDate(
  field: string,
  given: string,
  what: string,
  bounds: { from?: { on: string; what: string } | undefined; to: string | { on: string; what: string } },
): string {
  if (parseDay(given) === null)
    throw new InvalidForm({ [field]: `${what}请填写日历上有的日期，写成 2026-01-31。` });
  if (bounds.from && given < bounds.from.on)
    throw new InvalidForm({
      [field]: `${what}不能早于${bounds.from.what}（${printedDay(bounds.from.on)}）。`,
    });
  const to = typeof bounds.to === 'string' ? { on: bounds.to, what: '今天' } : bounds.to;
  if (given > to.on) throw new InvalidForm({ [field]: `${what}不能晚于${to.what}。` });
  return given;
}

/** A day of this or the next year in few words; 未计 where none runs. */
export function dayWords(date: string | null): string {
  if (date === null) return '未计';
  const { month, day } = Temporal.PlainDate.from(date);
  return `${month}月${day}日`;
}
