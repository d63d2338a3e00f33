import type { Temporal } from 'temporal-polyfill';
import { readDay, readDecimal, tidy } from '../../core/spreadsheet/values.ts';
import { peopleOf, peopleProblem } from './people.ts';
import { type EntryValues, type Field, fieldOf, type Register } from './register.ts';

/** Nothing here waits or writes: given text from a form or a spreadsheet, it answers with values or with messages. */
export type Reading =
  | { values: EntryValues; errors: null }
  | { values: null; errors: Record<string, string> };

export interface EntryContext {
  /** Civil date in China. */
  today: Temporal.PlainDate;
  /** Unit id by code and by name, as a spreadsheet may write either; null where two units share the name. */
  units: ReadonlyMap<string, number | null>;
}

/** What was typed or written, by field name. */
export type Given = Readonly<Record<string, string | undefined>>;

type Value = string | number | null;

/** What to do, in words beside the field. */
class Problem {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

const FIRST_YEAR = 1949;
const MOST_PEOPLE = 100_000;

/** Reads one entry. Unknown units, impossible dates, numbers out of form each get a message beside their field. */
export function readEntry(register: Register, given: Given, context: EntryContext): Reading {
  const values: Record<string, Value> = {};
  const errors: Record<string, string> = {};
  for (const field of register.fields) {
    const read = readField(field, clean(given[field.name] ?? ''), context);
    if (read instanceof Problem) errors[field.name] = read.message;
    else values[field.name] = read;
  }
  if (register.endField) checkOrder(register, register.endField, values, errors);
  if (register.key === 'trainings') countTrainees(values, errors);
  return Object.keys(errors).length > 0 ? { values: null, errors } : { values, errors: null };
}

/** Characters that no one can type and no database keeps are taken out; line ends become one kind. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

function readField(field: Field, text: string, context: EntryContext): Value | Problem {
  if (text === '') {
    if (field.required) return new Problem(`请填写${field.label}。`);
    return field.kind === 'text' || field.kind === 'long' || field.kind === 'people' ? '' : null;
  }
  switch (field.kind) {
    case 'date':
      return readDate(field, text, context.today);
    case 'count': {
      const number = readDecimal(text);
      return number !== null && /^\d{1,6}$/.test(number) && Number(number) <= MOST_PEOPLE
        ? Number(number)
        : new Problem(`${field.label}应为 0 至 ${MOST_PEOPLE} 的整数，不能是负数或小数。`);
    }
    case 'money': {
      const number = readDecimal(text.replace(/元$/, ''));
      return number !== null && /^\d{1,11}(\.\d{1,2})?$/.test(number)
        ? Number(number)
        : new Problem(`${field.label}应为不小于 0 的数，单位是元，最多两位小数，例如 50000.00。`);
    }
    case 'choice': {
      const chosen = field.options?.find((option) => tidy(option) === tidy(text));
      return chosen ?? new Problem(`${field.label}应为：${field.options?.join('、')}。`);
    }
    case 'unit': {
      const id = context.units.get(text) ?? context.units.get(tidy(text));
      if (id !== undefined && id !== null) return id;
      return new Problem(
        context.units.has(text)
          ? `有几个部门都叫“${text}”，请改写部门代码。`
          : `没有“${text}”这个部门，请写机构设置中的部门名称或代码。`,
      );
    }
    case 'people':
      return readPeople(field, text);
    default:
      return readText(field, field.kind === 'long' ? text : text.replace(/\s*\n\s*/g, ' '));
  }
}

function readText({ label, minLength = 0, maxLength = 500 }: Field, text: string): string | Problem {
  const length = [...text].length;
  if (length < minLength) return new Problem(`${label}至少写 ${minLength} 个字。`);
  return length <= maxLength ? text : new Problem(`${label}最多 ${maxLength} 个字，现在有 ${length} 个。`);
}

function readPeople(field: Field, text: string): string | Problem {
  const people = peopleOf(text);
  const problem = peopleProblem(people);
  return problem === null ? readText(field, people.join('\n')) : new Problem(problem);
}

function readDate({ label, past }: Field, text: string, today: Temporal.PlainDate): string | Problem {
  const day = readDay(text);
  if (day === null) return new Problem(`${label}应为实际存在的日期，写成 2018-03-16。`);
  if (Number(day.slice(0, 4)) < FIRST_YEAR) return new Problem(`${label}过早，请核对年份。`);
  if (past && day > today.toString())
    return new Problem(`${label}晚于今天；台账登记已经发生的事，请核对日期。`);
  return day <= today.add({ years: 1 }).toString()
    ? day
    : new Problem(`${label}超出今天一年以上，请核对年份。`);
}

function checkOrder(
  register: Register,
  endField: string,
  values: Record<string, Value>,
  errors: Record<string, string>,
): void {
  const [start, end] = [values[register.dateField], values[endField]];
  if (typeof start === 'string' && typeof end === 'string' && end < start) {
    errors[endField] =
      `${fieldOf(register, endField).label}不能早于${fieldOf(register, register.dateField).label}。`;
  }
}

/** A kept list decides the number; a typed number that contradicts it is refused rather than silently replaced. */
function countTrainees(values: Record<string, Value>, errors: Record<string, string>): void {
  if (errors.attendance || errors.trainees) return;
  const listed = peopleOf(String(values.attendance ?? '')).length;
  const typed = values.trainees ?? null;
  if (listed === 0 && typed === null) {
    errors.trainees = '请填写签到名单，或填写接受培训人次。';
  } else if (listed > 0 && typed !== null && typed !== listed) {
    errors.trainees = `名单有 ${listed} 人，与填写的 ${typed} 人次不一致，请改正其中一项（人次可留空）。`;
  } else if (listed > 0) {
    values.trainees = listed;
  }
}

/** `reason` as `clean` leaves it. */
export function voidReasonProblem(reason: string): string | null {
  const { length } = [...reason];
  return length >= 2 && length <= 200 ? null : '请用 2 至 200 个字写明撤销原因。';
}
