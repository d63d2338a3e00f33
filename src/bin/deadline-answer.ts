import {
  type CalendarNumbers,
  channels,
  explainCounted,
  explainCountedExtension,
  formatDay,
  parseDay,
  type Reason,
  reasonsOf,
  regimes,
  timeLimits,
  unitLabels,
  WHY_DAY_ZERO,
  type WorkingCalendar,
  weekdayOf,
} from '../law/index.ts';
import type { WorkedDeadline } from './deadline-question.ts';
import { table } from './table.ts';

export type DeadlineWriter = (deadline: WorkedDeadline) => string;

/** Writes deadlines as JSON. The explanation of a plain count is cut out of one prepared text, so that a line costs a copy. */
export function deadlineWriter(calendar: WorkingCalendar, withDays = true): DeadlineWriter {
  const daysOf = withDays ? explanationWriter(calendar) : null;
  const reasonTexts = new Map<string, string>();
  const version = JSON.stringify(calendar.version);
  return (deadline) => {
    const { kind, counted, channel, submitted } = deadline;
    const { due, extendedDue } = counted;
    const key = `${kind} ${counted.version.from} ${counted.regime} ${counted.limit} ${counted.extension} ${counted.suspended} ${counted.provisional} ${deadline.receipt?.text}`;
    let reasons = reasonTexts.get(key);
    if (reasons === undefined) {
      reasons = JSON.stringify(allReasons(deadline));
      if (reasonTexts.size < 10_000) reasonTexts.set(key, reasons);
    }
    return (
      `{"kind":"${kind}","regime":"${regimes[counted.regime].order}","channel":${channel === null ? 'null' : `"${channel}"`},` +
      `"submitted":"${formatDay(submitted)}","received":"${formatDay(counted.from)}",` +
      `"limit":${counted.limit},"unit":"${counted.unit}","due":${quoted(due)},` +
      `"extension":${counted.extension},"extendedDue":${quoted(extendedDue)},"suspended":${counted.suspended},` +
      `"provisional":${counted.provisional},"calendar":${version},"reasons":${reasons}` +
      `${daysOf ? daysOf(deadline) : ''}}`
    );
  };
}

function explanationWriter(calendar: WorkingCalendar): DeadlineWriter {
  const first = parseDay('2008-05-01') as number;
  const last = parseDay(`${calendar.newestYear + 2}-12-31`) as number;
  const starts: number[] = [];
  let text = '';
  const parts: string[] = [];
  let length = 0;
  for (let day = first; day <= last; day++) {
    const part = `,{"date":"${formatDay(day)}","counted":${calendar.numbers.isWorkingDay(day)},"why":${JSON.stringify(calendar.numbers.why(day))}}`;
    starts.push(length);
    parts.push(part);
    length += part.length;
  }
  text = parts.join('');
  starts.push(length);
  const dayZero = `","counted":false,"why":${JSON.stringify(WHY_DAY_ZERO)}}`;
  return ({ counted }) => {
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
      const days = JSON.stringify(explainCounted(counted, calendar.numbers));
      return `,"days":${days},"extensionDays":${JSON.stringify(explainCountedExtension(counted, calendar.numbers))}`;
    }
    const at = (day: number) => starts[day - first] as number;
    const days = `[{"date":"${formatDay(from)}${dayZero}${text.slice(at(from + 1), at(due + 1))}]`;
    const more = extendedDue === null ? '' : text.slice(at(due + 1) + 1, at(extendedDue + 1));
    return `,"days":${days},"extensionDays":[${more}]`;
  };
}

export function forPeople(deadline: WorkedDeadline, calendar: WorkingCalendar): string {
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
      : ([['延长后届满', `${withWeekday(extendedDue)}(延长${counted.extension}${unitLabels[unit]})`]] as [
          string,
          string,
        ][])),
    ...(counted.provisional ? ([['注意', '暂定:跨入放假安排尚未公布的年份']] as [string, string][]) : []),
  ];
  const reasons = allReasons(deadline).map(
    ({ text, article }, index) => `  ${index + 1}. ${text}${article ? `(${article})` : ''}`,
  );
  return [
    table([timeLimits[kind].label, ''], facts),
    `依据\n${reasons.join('\n')}\n`,
    ...dayTable(deadline, calendar.numbers),
  ].join('\n');
}

function dayTable({ counted }: WorkedDeadline, calendar: CalendarNumbers): string[] {
  let count = 0;
  const days = [...explainCounted(counted, calendar), ...explainCountedExtension(counted, calendar)];
  if (days.length === 0) return [];
  const rows = days.map(({ date, counted: counts, why }) => [date, counts ? String(++count) : '', why]);
  return [table(['日期', '第几日', '说明'], rows, ['left', 'right', 'left'])];
}

function allReasons({ kind, counted, receipt }: WorkedDeadline): Reason[] {
  const reasons = reasonsOf(kind, counted);
  return receipt ? [receipt, ...reasons] : reasons;
}

function quoted(day: number | null): string {
  return day === null ? 'null' : `"${formatDay(day)}"`;
}

function withWeekday(day: number): string {
  return `${formatDay(day)} 周${'一二三四五六日'[weekdayOf(day) - 1]}`;
}
