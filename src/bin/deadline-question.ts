import {
  type Channel,
  type CountedDeadline,
  channels,
  countDeadline,
  type LawSettings,
  type LimitKind,
  MAX_LIMIT,
  parseDay,
  type Reason,
  type ReceiptDay,
  reason,
  receiptDay,
  type Span,
  timeLimits,
  type WorkingCalendar,
} from '../law/index.ts';
import { UsageError } from './command.ts';
import { type Faults, FieldFaults, readInteger, readWord, shown } from './fields.ts';
import { type Line, unknownFields } from './json-lines.ts';

/** A deadline worked out from the options of a call or the fields of a line. */
export interface WorkedDeadline {
  kind: LimitKind;
  counted: CountedDeadline;
  channel: Channel | null;
  submitted: number;
  /** Why the clock starts when it does; null when only a date was given. */
  receipt: Reason | null;
}

const FIELDS = ['received', 'channel', 'confirmed', 'extend', 'suspend', 'kind', 'limit'] as const;

const FIRST_DAY = parseDay('2008-05-01') as number;
const LAST_DAY = parseDay('2100-12-31') as number;
const DATE_FORM = '应写成 YYYY-MM-DD,且在 2008-05-01(《条例》施行)至 2100-12-31 之间';

/**
 * Reads the fields, decides the received date and counts. `prefix` names the fields as the caller wrote them (`--`).
 * @throws UsageError with a line per faulty field; Refusal where the law says no.
 */
export function workOut(
  line: Line,
  prefix: string,
  calendar: WorkingCalendar,
  settings: LawSettings,
): WorkedDeadline {
  const faults = new FieldFaults(prefix, unknownFields(line, FIELDS));
  const submitted = readDate(line.received, 'received', faults);
  const confirmed = readDate(line.confirmed, 'confirmed', faults);
  const channel = readWord(line.channel, 'channel', channels, faults);
  const kind = readWord(line.kind, 'kind', timeLimits, faults) ?? 'reply';
  const limit = readInteger(line.limit, 'limit', [1, MAX_LIMIT], faults);
  const extension = readInteger(line.extend, 'extend', [0, MAX_LIMIT], faults);
  const suspensions = readSuspensions(line.suspend, faults);
  if (line.received === undefined || line.received === null) faults.add('received', `缺少日期,${DATE_FORM}`);
  if (submitted !== undefined && confirmed !== undefined && confirmed < submitted) {
    faults.add('confirmed', '双方确认的日期不能早于提交的日期');
  }
  if (faults.lines.length > 0 || submitted === undefined) throw new UsageError(faults.lines);

  const { received, reason: why } = startOfClock(channel, submitted, confirmed, settings);
  if (received === null)
    throw new UsageError([`${prefix}confirmed:申请尚未确认,期限不起算;请给出双方确认的日期`]);
  const counted = countDeadline({ kind, from: received, limit, extension, suspensions }, calendar.numbers);
  return {
    kind,
    counted,
    channel: channel ?? null,
    submitted,
    receipt: channel || confirmed !== undefined ? why : null,
  };
}

const CONFIRMED = reason('以双方确认之日为收到申请之日');

function startOfClock(
  channel: Channel | undefined,
  submitted: number,
  confirmed: number | undefined,
  settings: LawSettings,
): ReceiptDay {
  if (channel) return receiptDay(channel, submitted, confirmed ?? null, settings);
  return { received: confirmed ?? submitted, reason: CONFIRMED };
}

function readDate(value: unknown, field: string, faults: Faults): number | undefined {
  if (value === undefined || value === null) return undefined;
  const day = typeof value === 'string' ? parseDay(value) : null;
  if (day !== null && day >= FIRST_DAY && day <= LAST_DAY) return day;
  faults.add(field, `${DATE_FORM},收到“${shown(value)}”`);
  return undefined;
}

/** `D..D`, or several of them: the day the letter went out, and the day the answer came in. */
function readSuspensions(value: unknown, faults: Faults): Span[] {
  if (value === undefined || value === null) return [];
  const spans: Span[] = [];
  for (const text of Array.isArray(value) ? value : [value]) {
    const [from, until, extra] = typeof text === 'string' ? text.split('..').map(parseDay) : [];
    if (from == null || until == null || extra !== undefined) {
      faults.add('suspend', `应写成 发出日..收到意见日,如 2018-02-06..2018-02-27,收到“${shown(text)}”`);
    } else if (until < from) faults.add('suspend', `收到意见的日期不能早于发出的日期,收到“${shown(text)}”`);
    else spans.push({ from, until });
  }
  return spans;
}

export function kindHelp(): string {
  return Object.entries(timeLimits)
    .map(([kind, { label }]) => `                 ${kind.padEnd(34)} ${label}`)
    .join('\n');
}
