import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '../../law/index.ts';
import { Badge } from '../../ui/index.ts';

/** What a day is told by: its shape, its mark and its words, so that colour is never alone. */
type DayKind = 'work' | 'weekend' | 'holiday' | 'make-up';

const marks: Record<DayKind, string> = { work: '', weekend: '', holiday: '休', 'make-up': '班' };
const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** Twelve months; holidays stand in a ring, make-up workdays in a square, each with its word. */
export function YearView(props: {
  year: number;
  calendar: WorkingCalendar;
  /** Days of local rules, and days that a preview would change. */
  local?: ReadonlySet<string>;
  changed?: ReadonlySet<string>;
  today: string;
}) {
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  return (
    <>
      <p class="calendar-legend" aria-hidden="true">
        <span>
          <span class="day day-holiday">休</span>放假
        </span>
        <span>
          <span class="day day-make-up">班</span>调休上班
        </span>
        <span>
          <span class="day day-weekend">6</span>周末
        </span>
        <span>
          <span class="day day-work">3</span>工作日
        </span>
        {props.changed && (
          <span>
            <span class="day day-changed">8</span>本次变动
          </span>
        )}
      </p>
      <div class="calendar-year">
        {months.map((month) => (
          <Month key={month} month={month} {...props} />
        ))}
      </div>
    </>
  );
}

function Month(props: Parameters<typeof YearView>[0] & { month: number }) {
  const { year, month, calendar } = props;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const working = calendar.workingDaysBetween(
    first.subtract({ days: 1 }),
    first.add({ months: 1 }).subtract({ days: 1 }),
  );
  const cells: (Temporal.PlainDate | null)[] = [
    ...Array.from({ length: first.dayOfWeek - 1 }, () => null),
    ...Array.from({ length: first.daysInMonth }, (_, offset) => first.add({ days: offset })),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    cells.slice(week * 7, week * 7 + 7),
  );
  return (
    <table class="calendar-month">
      <caption>
        {month}月 <span class="calendar-count">{working} 个工作日</span>
      </caption>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              <span class="visually-hidden">星期</span>
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={index}>
            {week.map((date, position) =>
              date ? <Day key={position} date={date} {...props} /> : <td key={position} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day(props: Parameters<typeof YearView>[0] & { date: Temporal.PlainDate }) {
  const { date, calendar, local, changed, today } = props;
  const iso = date.toString();
  const kind = dayKind(date, calendar);
  const why = calendar.why(date);
  const names = [
    'day',
    `day-${kind}`,
    local?.has(iso) && 'day-local',
    changed?.has(iso) && 'day-changed',
    iso === today && 'day-today',
  ].filter(Boolean);
  const told = kind === 'holiday' || kind === 'make-up' || changed?.has(iso);
  return (
    <td>
      <span class={names.join(' ')} title={told || local?.has(iso) ? why : undefined}>
        {date.day}
        {marks[kind] && (
          <span class="day-mark" aria-hidden="true">
            {marks[kind]}
          </span>
        )}
        {told && <span class="visually-hidden">，{why}</span>}
        {changed?.has(iso) && <span class="visually-hidden">，本次变动</span>}
      </span>
    </td>
  );
}

/** A weekend inside a holiday is shown as holiday, as on a printed calendar. */
export function dayKind(date: Temporal.PlainDate, calendar: WorkingCalendar): DayKind {
  const weekend = date.dayOfWeek > 5;
  if (calendar.isWorkingDay(date)) return weekend ? 'make-up' : 'work';
  return !weekend || /放假|地方假日/.test(calendar.why(date)) ? 'holiday' : 'weekend';
}

/** Says when the year has no notice yet. */
export function YearState({ year, calendar }: { year: number; calendar: WorkingCalendar }) {
  return calendar.isPublished(year) ? (
    <Badge tone="success">放假安排已公布</Badge>
  ) : (
    <Badge tone="warning">暂定：放假安排尚未公布</Badge>
  );
}
