import { Temporal } from 'temporal-polyfill';
import { InvalidForm } from '../../core/refusal.ts';
import {
  type Channel,
  channels,
  type DeadlineQuestion,
  deadlineFor,
  type ExplainedDay,
  explainDeadline,
  explainExtension,
  type LimitKind,
  type LimitUnit,
  MAX_LIMIT,
  type Reason,
  receiptOf,
  regimeAt,
  type Suspension,
  timeLimits,
  type WorkingCalendar,
} from '../../law/index.ts';

/** A question about a deadline as a form or an address asks it: text as typed. */
export interface DeadlineInput {
  kind?: string;
  channel?: string;
  received?: string;
  confirmed?: string;
  limit?: string;
  extend?: string;
  /** `2018-03-01..2018-03-09`, one or several. */
  suspend?: string | string[];
}

/** The answer with its reasons; keys as the command line and the API print them. */
export interface DeadlineAnswer {
  kind: LimitKind;
  regime: '492' | '711';
  received: string | null;
  limit: number | null;
  unit: LimitUnit;
  due: string | null;
  extendedDue: string | null;
  suspended: number;
  provisional: boolean;
  reasons: Reason[];
  days: ExplainedDay[];
  /** Version of the calendar the days were counted in. */
  calendar: string;
}

/** Kinds whose first day follows from the channel of a request. */
const ON_RECEIPT: readonly LimitKind[] = ['reply', 'correction-notice'];

/**
 * Reads and answers a question.
 * @throws InvalidForm with a message per field; Refusal when the law forbids what is asked (extension, suspension)
 */
export function answerDeadline(input: DeadlineInput, calendar: WorkingCalendar): DeadlineAnswer {
  const faults: Record<string, string> = {};
  const kind = oneOf(input.kind || 'reply', timeLimits, 'kind', '请选择期限种类', faults) as LimitKind;
  const channel = oneOf(
    input.channel || 'in-person',
    channels,
    'channel',
    '请选择提交方式',
    faults,
  ) as Channel;
  const received = day(input.received, 'received', '请填写收到或提交的日期', faults);
  const confirmed = input.confirmed ? day(input.confirmed, 'confirmed', '', faults) : null;
  const limit = whole(input.limit, 'limit', MAX_LIMIT, faults);
  const extension = whole(input.extend, 'extend', MAX_LIMIT, faults);
  const suspensions = spans(input.suspend, faults);
  if (Object.keys(faults).length > 0 || received === null) throw new InvalidForm(faults);

  const receipt = ON_RECEIPT.includes(kind)
    ? receiptOf({ channel, submittedOn: received, confirmedOn: confirmed })
    : null;
  const from = receipt ? receipt.receivedOn : received;
  if (from === null) {
    const regime = regimeAt(received);
    return {
      ...unanswered,
      kind,
      regime: regime.order,
      reasons: receipt ? [receipt.reason] : [],
      calendar: calendar.version,
    };
  }
  const question: DeadlineQuestion = {
    kind,
    from,
    suspensions,
    ...(limit === undefined ? {} : { limit }),
    ...(extension === undefined ? {} : { extension }),
  };
  const found = deadlineFor(question, calendar);
  return {
    kind,
    regime: regimeAt(from).order,
    received: from.toString(),
    limit: found.limit,
    unit: found.unit,
    due: found.due?.toString() ?? null,
    extendedDue: found.extendedDue?.toString() ?? null,
    suspended: found.suspended,
    provisional: found.provisional,
    reasons: receipt ? [receipt.reason, ...found.reasons] : found.reasons,
    days: [...explainDeadline(question, calendar), ...explainExtension(question, calendar)],
    calendar: found.calendar,
  };
}

const unanswered = {
  received: null,
  limit: null,
  unit: 'working-day',
  due: null,
  extendedDue: null,
  suspended: 0,
  provisional: false,
  days: [],
} as const satisfies Partial<DeadlineAnswer> & { days: readonly [] };

function oneOf(
  value: string,
  known: object,
  field: string,
  message: string,
  faults: Record<string, string>,
): string {
  if (!Object.hasOwn(known, value)) faults[field] = `${message}:${Object.keys(known).join('、')}`;
  return value;
}

function day(
  text: string | undefined,
  field: string,
  missing: string,
  faults: Record<string, string>,
): Temporal.PlainDate | null {
  if (!text) {
    faults[field] = missing;
    return null;
  }
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // Told below, as for any other text.
  }
  faults[field] = '日期应写成 2018-12-31 的形式,且是日历上有的日子';
  return null;
}

function whole(
  text: string | undefined,
  field: string,
  most: number,
  faults: Record<string, string>,
): number | undefined {
  if (!text || text === '0') return undefined;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  faults[field] = `请填写 1 至 ${most} 的整数`;
  return undefined;
}

function spans(given: string | string[] | undefined, faults: Record<string, string>): Suspension[] {
  const texts = (Array.isArray(given) ? given : [given ?? '']).map((text) => text.trim()).filter(Boolean);
  return texts.flatMap((text) => {
    const [from, until, more] = text.split('..');
    const own: Record<string, string> = {};
    const span = { from: day(from, 'suspend', '', own), until: day(until, 'suspend', '', own) };
    if (more === undefined && span.from && span.until) return [{ from: span.from, until: span.until }];
    faults.suspend = '征求意见的起止日期应写成 2018-03-01..2018-03-09 的形式';
    return [];
  });
}
