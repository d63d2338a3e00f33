import { InvalidForm } from '../core/refusal.ts';
import type { WorkingCalendar } from './calendar.ts';
import type { Span } from './counting.ts';
import { formatDay, parseDay } from './day-number.ts';
import {
  type CountedDeadline,
  countDeadline,
  explainCounted,
  explainCountedExtension,
  MAX_LIMIT,
  reasonsOf,
} from './deadlines.ts';
import type { ExplainedDay } from './explanation.ts';
import type { LimitKind, LimitUnit } from './limit-kinds.ts';
import { type Reason, reason } from './reason.ts';
import { type Channel, channels, receiptDay } from './receipt.ts';
import { regimeOn, regimes } from './regimes.ts';
import type { LawSettings } from './settings.ts';
import { timeLimits } from './time-limits.ts';

/** What may be asked: text as typed, or the values of a JSON line. `suspend` is `D..D`, one or several. */
export const deadlineFields = [
  'received',
  'channel',
  'confirmed',
  'extend',
  'suspend',
  'kind',
  'limit',
] as const;

export type DeadlineFields = Readonly<Partial<Record<(typeof deadlineFields)[number], unknown>>>;

/** A question read and worked out; `counted` is null while the confirmation that starts the clock is outstanding. */
export interface WorkedDeadline {
  kind: LimitKind;
  channel: Channel | null;
  submitted: number;
  /** Why the clock starts when it does; null when only a date was given. */
  receipt: Reason | null;
  counted: CountedDeadline | null;
}

/** The answer as the command line prints it and the API sends it. Dates are `YYYY-MM-DD`. */
export interface DeadlineAnswer {
  kind: LimitKind;
  regime: '492' | '711';
  channel: Channel | null;
  submitted: string;
  received: string | null;
  limit: number | null;
  unit: LimitUnit;
  due: string | null;
  extension: number;
  extendedDue: string | null;
  suspended: number;
  provisional: boolean;
  /** Version of the calendar the days were counted in. */
  calendar: string;
  reasons: Reason[];
  days: ExplainedDay[];
  extensionDays: ExplainedDay[];
}

/** The Regulation of 2008 came into force on the first of them. */
const FIRST_DAY = parseDay('2008-05-01') as number;
const LAST_DAY = parseDay('2100-12-31') as number;
const DATE_FORM = '应写成 YYYY-MM-DD，且在 2008-05-01（《条例》施行）至 2100-12-31 之间';
const CONFIRMED = reason('以双方确认之日为收到申请之日');

/**
 * Reads a question, decides the day the clock starts, and counts.
 * @throws InvalidForm with a message per faulty field; Refusal where the law says no
 */
export function workOutDeadline(
  fields: DeadlineFields,
  calendar: WorkingCalendar,
  settings: LawSettings,
): WorkedDeadline {
  const faults = new Map<string, string[]>();
  const fault = (field: string, problem: string) => {
    faults.set(field, [...(faults.get(field) ?? []), problem]);
    return undefined;
  };
  const submitted = readDate(fields.received, 'received', fault);
  const confirmed = readDate(fields.confirmed, 'confirmed', fault);
  const channel = readWord(fields.channel, 'channel', channels, fault) ?? null;
  const kind = readWord(fields.kind, 'kind', timeLimits, fault) ?? 'reply';
  const limit = readInteger(fields.limit, 'limit', [1, MAX_LIMIT], fault);
  const extension = readInteger(fields.extend, 'extend', [0, MAX_LIMIT], fault);
  const suspensions = readSuspensions(fields.suspend, fault);
  if (fields.received === undefined || fields.received === null) fault('received', `缺少日期，${DATE_FORM}`);
  if (submitted !== undefined && confirmed !== undefined && confirmed < submitted) {
    fault('confirmed', '双方确认的日期不能早于提交的日期');
  }
  if (faults.size > 0 || submitted === undefined) {
    throw new InvalidForm(Object.fromEntries([...faults].map(([field, found]) => [field, found.join('；')])));
  }
  const start = channel
    ? receiptDay(channel, submitted, confirmed ?? null, settings)
    : { received: confirmed ?? submitted, reason: CONFIRMED };
  const receipt = channel || confirmed !== undefined ? start.reason : null;
  const counted =
    start.received === null
      ? null
      : countDeadline({ kind, from: start.received, limit, extension, suspensions }, calendar.numbers);
  return { kind, channel, submitted, receipt, counted };
}

/**
 * The whole answer to a question.
 * @throws InvalidForm, Refusal as `workOutDeadline`
 */
export function answerDeadline(
  fields: DeadlineFields,
  calendar: WorkingCalendar,
  settings: LawSettings,
): DeadlineAnswer {
  const worked = workOutDeadline(fields, calendar, settings);
  const { kind, channel, counted } = worked;
  const day = (number: number | null | undefined) => (number == null ? null : formatDay(number));
  return {
    kind,
    regime: regimes[counted?.regime ?? regimeOn(worked.submitted).code].order,
    channel,
    submitted: formatDay(worked.submitted),
    received: day(counted?.from),
    limit: counted?.limit ?? null,
    unit: counted?.unit ?? 'working-day',
    due: day(counted?.due),
    extension: counted?.extension ?? 0,
    extendedDue: day(counted?.extendedDue),
    suspended: counted?.suspended ?? 0,
    provisional: counted?.provisional ?? false,
    calendar: calendar.version,
    reasons: deadlineReasons(worked),
    days: counted ? explainCounted(counted, calendar.numbers) : [],
    extensionDays: counted ? explainCountedExtension(counted, calendar.numbers) : [],
  };
}

/** Why the clock starts, and each step of the count. */
export function deadlineReasons({ kind, counted, receipt }: WorkedDeadline): Reason[] {
  const steps = counted ? reasonsOf(kind, counted) : [];
  return receipt ? [receipt, ...steps] : steps;
}

type Fault = (field: string, problem: string) => undefined;

function readDate(value: unknown, field: string, fault: Fault): number | undefined {
  if (value === undefined || value === null) return undefined;
  const day = typeof value === 'string' ? parseDay(value) : null;
  if (day !== null && day >= FIRST_DAY && day <= LAST_DAY) return day;
  return fault(field, `${DATE_FORM}，收到“${shown(value)}”`);
}

function readWord<Word extends string>(
  value: unknown,
  field: string,
  accepted: Readonly<Record<Word, unknown>>,
  fault: Fault,
): Word | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && Object.hasOwn(accepted, value)) return value as Word;
  return fault(field, `应为 ${Object.keys(accepted).join('、')} 之一，收到“${shown(value)}”`);
}

function readInteger(
  value: unknown,
  field: string,
  [least, most]: readonly [number, number],
  fault: Fault,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
    return number;
  return fault(field, `应为 ${least} 至 ${most} 的整数，收到“${shown(value)}”`);
}

/** The day the letter went out, and the day the answer came in. */
function readSuspensions(value: unknown, fault: Fault): Span[] {
  if (value === undefined || value === null) return [];
  const spans: Span[] = [];
  for (const text of Array.isArray(value) ? value : [value]) {
    const [from, until, extra] = typeof text === 'string' ? text.split('..').map(parseDay) : [];
    if (from == null || until == null || extra !== undefined) {
      fault('suspend', `应写成 发出日..收到意见日，如 2018-02-06..2018-02-27，收到“${shown(text)}”`);
    } else if (until < from) fault('suspend', `收到意见的日期不能早于发出的日期，收到“${shown(text)}”`);
    else spans.push({ from, until });
  }
  return spans;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
