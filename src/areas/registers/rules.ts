import { Temporal } from 'temporal-polyfill';
import type { EntryValues, Field, Register } from './register.ts';

/** Nothing here waits or writes: given text from a form or a spreadsheet, it answers with values or with messages. */
export type Reading =
  | { values: EntryValues; errors: null }
  | { values: null; errors: Record<string, string> };

export interface EntryContext {
  /** Civil date in China. */
  today: Temporal.PlainDate;
  /** Unit id by name and by code, as a spreadsheet may write either. */
  units: ReadonlyMap<string, number>;
}

/** Reads one entry. Unknown units, impossible dates, numbers out of form each get a message beside their field. */
export function readEntry(
  register: Register,
  given: Readonly<Record<string, string | undefined>>,
  context: EntryContext,
): Reading {
  const values: Record<string, string | number | null> = {};
  const errors: Record<string, string> = {};
  for (const field of register.fields) {
    const text = (given[field.name] ?? '').trim();
    const read = readField(field, text, context);
    if (typeof read === 'object' && read !== null) errors[field.name] = read.error;
    else values[field.name] = read;
  }
  const end = register.endField ? values[register.endField] : null;
  const start = values[register.dateField];
  if (typeof end === 'string' && typeof start === 'string' && end < start && register.endField) {
    errors[register.endField] =
      `${labelOf(register, register.endField)}不能早于${labelOf(register, register.dateField)}。`;
  }
  if (register.key === 'trainings') countTrainees(values, errors);
  return Object.keys(errors).length > 0 ? { values: null, errors } : { values, errors: null };
}

function readField(
  field: Field,
  text: string,
  { today, units }: EntryContext,
): string | number | null | { error: string } {
  if (text === '') {
    if (field.required) return { error: `请填写${field.label}。` };
    return field.kind === 'text' || field.kind === 'long' || field.kind === 'people' ? '' : null;
  }
  switch (field.kind) {
    case 'date':
      return readDate(field, text, today);
    case 'count':
      return /^\d{1,6}$/.test(text) && Number(text) <= 100_000
        ? Number(text)
        : { error: `${field.label}应为 0 至 100000 的整数,不能是负数或小数。` };
    case 'money':
      return /^\d{1,11}(\.\d{1,2})?$/.test(text)
        ? Number(text)
        : { error: `${field.label}应为不小于 0 的数,最多两位小数,例如 50000.00。` };
    case 'choice':
      return field.options?.includes(text)
        ? text
        : { error: `${field.label}应为:${field.options?.join('、')}。` };
    case 'unit':
      return units.get(text) ?? { error: `没有“${text}”这个部门,请使用机构设置中的部门名称或代码。` };
    default:
      return text.length <= (field.maxLength ?? 500)
        ? text
        : { error: `${field.label}最多 ${field.maxLength ?? 500} 个字。` };
  }
}

function readDate(field: Field, text: string, today: Temporal.PlainDate): string | { error: string } {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return { error: `${field.label}应写成 2018-03-16 这样的日期。` };
  try {
    const date = Temporal.PlainDate.from(text, { overflow: 'reject' });
    if (date.year < 1949) return { error: `${field.label}过早,请核对年份。` };
    const limit = today.add({ years: 1 });
    return Temporal.PlainDate.compare(date, limit) <= 0
      ? text
      : { error: `${field.label}超出今天一年以上,请核对年份。` };
  } catch {
    return { error: `${field.label}不是实际存在的日期。` };
  }
}

/** A kept list decides the number; a typed number that contradicts it is refused rather than silently replaced. */
function countTrainees(values: Record<string, string | number | null>, errors: Record<string, string>): void {
  const listed = linesOf(String(values.attendance ?? '')).length;
  const typed = values.trainees ?? null;
  if (listed === 0 && typed === null && !errors.trainees) {
    errors.trainees = '请填写签到名单,或填写接受培训人次。';
  } else if (listed > 0 && typed !== null && typed !== listed) {
    errors.trainees = `名单有 ${listed} 人,与填写的 ${typed} 人次不一致,请改正其中一项(人次可留空)。`;
  } else if (listed > 0) {
    values.trainees = listed;
  }
}

export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const labelOf = (register: Register, name: string): string =>
  register.fields.find((field) => field.name === name)?.label ?? name;
