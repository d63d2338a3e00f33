import { InvalidForm } from '../core/refusal.ts';
import {
  type CalendarNumbers,
  type CountedDeadline,
  channels,
  deadlineFields,
  deadlineReasons,
  defaultLawSettings,
  explainCounted,
  explainCountedExtension,
  formatDay,
  parseDay,
  regimes,
  timeLimits,
  unitLabels,
  WHY_DAY_ZERO,
  type WorkedDeadline,
  type WorkingCalendar,
  weekdayOf,
  workOutDeadline,
} from '../law/index.ts';
import type { ByteSink } from './byte-sink.ts';
import { UsageError } from './command.ts';
import { type Line, unknownFields } from './json-lines.ts';
import { table } from './table.ts';

/** A worked deadline whose clock has started. */
export type RunningDeadline = WorkedDeadline & { counted: CountedDeadline };

/**
 * Works out the options of a call or the fields of a line. `prefix` names the fields as the caller wrote them (`--`).
 * @throws UsageError with a line per faulty field; Refusal where the law says no
 */
export function workOut(line: Line, prefix: string, calendar: WorkingCalendar): RunningDeadline {
  const unknown = unknownFields(line, deadlineFields);
  try {
    const { counted, ...worked } = workOutDeadline(line, calendar, defaultLawSettings);
    if (counted === null)
      throw new InvalidForm({ confirmed: '申请尚未确认，期限不起算；请给出双方确认的日期' });
    if (unknown.length > 0) throw new UsageError(unknown);
    return { ...worked, counted };
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    const faults = Object.entries(error.fields).map(([field, problem]) => `${prefix}${field}：${problem}`);
    throw new UsageError([...unknown, ...faults]);
  }
}

export type DeadlineWriter = (deadline: RunningDeadline, out: ByteSink) => void;

const CACHED_REASONS = 10_000;

/**
 * Writes deadlines as JSON. Reasons and explanations are prepared once as bytes; the explanation of a plain count is cut
 * out of one text of all days, so that a line costs little more than a copy.
 */
export function deadlineWriter(calendar: WorkingCalendar, withDays = true): DeadlineWriter {
  const writeDays = withDays ? explanationWriter(calendar) : null;
  const prepared = new Map<string, Uint8Array>();
  const version = JSON.stringify(calendar.version);
  return (deadline, out) => {
    const { kind, counted, channel, submitted } = deadline;
    const { limit, extension, suspended, provisional, regime } = counted;
    out.text(
      `{"kind":"${kind}","regime":"${regimes[regime].order}","channel":${channel === null ? 'null' : `"${channel}"`},` +
        `"submitted":"${formatDay(submitted)}","received":"${formatDay(counted.from)}",` +
        `"limit":${limit},"unit":"${counted.unit}","due":${quoted(counted.due)},` +
        `"extension":${extension},"extendedDue":${quoted(counted.extendedDue)},"suspended":${suspended},` +
        `"provisional":${provisional},"calendar":${version},"reasons":`,
    );
    const key = `${kind} ${counted.version.from} ${regime} ${limit} ${extension} ${suspended} ${provisional} ${deadline.receipt?.text}`;
    let reasons = prepared.get(key);
    if (reasons === undefined) {
      reasons = encoder.encode(JSON.stringify(deadlineReasons(deadline)));
      if (prepared.size < CACHED_REASONS) prepared.set(key, reasons);
    }
    out.bytes(reasons);
    writeDays?.(deadline, out);
    out.text('}');
  };
}

const encoder = new TextEncoder();

function explanationWriter(calendar: WorkingCalendar): DeadlineWriter {
  const first = parseDay('2008-05-01') as number;
  const last = parseDay(`${calendar.newestYear + 2}-12-31`) as number;
  const parts: Uint8Array[] = [];
  const starts = [0];
  for (let day = first; day <= last; day++) {
    const counted = calendar.numbers.isWorkingDay(day);
    const part = encoder.encode(
      `,${JSON.stringify({ date: formatDay(day), counted, why: calendar.numbers.why(day) })}`,
    );
    parts.push(part);
    starts.push((starts.at(-1) as number) + part.length);
  }
  const allDays = Buffer.concat(parts);
  const dayZero = `","counted":false,"why":${JSON.stringify(WHY_DAY_ZERO)}}`;
  const startOf = (day: number) => starts[day - first] as number;
  return ({ counted }, out) => {
    const { unit, from, due, spans, extendedDue } = counted;
    const end = extendedDue ?? due;
    if (
      unit !== 'working-day' ||
      due === null ||
      end === null ||
      spans.length > 0 ||
      from < first ||
      end > last
    ) {
      out.text(`,"days":${JSON.stringify(explainCounted(counted, calendar.numbers))}`);
      out.text(`,"extensionDays":${JSON.stringify(explainCountedExtension(counted, calendar.numbers))}`);
      return;
    }
    out.text(`,"days":[{"date":"${formatDay(from)}${dayZero}`);
    out.bytes(allDays, startOf(from + 1), startOf(due + 1));
    out.text('],"extensionDays":[');
    // The first byte of a day is the comma before it.
    if (extendedDue !== null) out.bytes(allDays, startOf(due + 1) + 1, startOf(extendedDue + 1));
    out.text(']');
  };
}

export function forPeople(deadline: RunningDeadline, calendar: WorkingCalendar): string {
  const { kind, counted, channel, submitted } = deadline;
  const { due, extendedDue, limit, unit } = counted;
  const facts: [string, string][] = [
    ['适用', regimes[counted.regime].title],
    ...(channel === null
      ? []
      : ([['提交', `${withWeekday(submitted)} ${channels[channel].label}`]] as [string, string][])),
    [kind === 'reply' ? '收到申请' : '起算', withWeekday(counted.from)],
    ['期限', limit === null ? '没有法定天数' : `${limit}${unitLabels[unit]}`],
    ...(counted.suspended > 0 ? ([['扣除', `${counted.suspended}个工作日`]] as [string, string][]) : []),
    ['届满', due === null ? '-' : withWeekday(due)],
    ...(extendedDue === null
      ? []
      : ([['延长后届满', `${withWeekday(extendedDue)}（延长${counted.extension}${unitLabels[unit]}）`]] as [
          string,
          string,
        ][])),
    ...(counted.provisional ? ([['注意', '暂定：跨入放假安排尚未公布的年份']] as [string, string][]) : []),
  ];
  const reasons = deadlineReasons(deadline).map(
    ({ text, article }, index) => `  ${index + 1}. ${text}${article ? `（${article}）` : ''}`,
  );
  return [
    table([timeLimits[kind].label, ''], facts),
    `依据\n${reasons.join('\n')}\n`,
    ...dayTable(deadline, calendar.numbers),
  ].join('\n');
}

function dayTable({ counted }: RunningDeadline, calendar: CalendarNumbers): string[] {
  let count = 0;
  const days = [...explainCounted(counted, calendar), ...explainCountedExtension(counted, calendar)];
  if (days.length === 0) return [];
  const rows = days.map(({ date, counted: counts, why }) => [date, counts ? String(++count) : '', why]);
  return [table(['日期', '第几日', '说明'], rows, ['left', 'right', 'left'])];
}

function quoted(day: number | null): string {
  return day === null ? 'null' : `"${formatDay(day)}"`;
}

function withWeekday(day: number): string {
  return `${formatDay(day)} 周${'一二三四五六日'[weekdayOf(day) - 1]}`;
}
