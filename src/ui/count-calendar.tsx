import { type DayKind, dayKind, type ExplainedDay } from '../law/index.ts';
import { formatDate } from './format.ts';

interface CountedDay extends ExplainedDay {
  kind: DayKind;
  /** Place in the count; null when the day does not count. */
  nth: number | null;
  last: boolean;
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** What stands at the corner of a day, besides its shape. */
const marks: Readonly<Record<DayKind, string>> = {
  start: '起',
  counted: '',
  'make-up': '班',
  holiday: '休',
  weekend: '',
  suspended: '停',
};

const legend: readonly { kind: DayKind; label: string }[] = [
  { kind: 'start', label: '起算之日，不计入' },
  { kind: 'counted', label: '计入的工作日' },
  { kind: 'make-up', label: '调休上班，计入' },
  { kind: 'holiday', label: '法定假日，不计入' },
  { kind: 'weekend', label: '周末，不计入' },
  { kind: 'suspended', label: '征求意见，不计入' },
];

/**
 * How a limit was counted, month by month: `days` from day 0 to the last (`explainClock`), `today` as ISO text. Kinds of
 * days differ by shape and word as well as by colour; the reason of every day stands in the list below.
 */
export function CountCalendar({ days, today }: { days: readonly ExplainedDay[]; today: string }) {
  if (days.length === 0) return null;
  const counted = numbered(days);
  const kinds = new Set(counted.map(({ kind }) => kind));
  return (
    <div class="count-calendar">
      <div class="count-months">
        {[...Map.groupBy(counted, ({ date }) => date.slice(0, 7))].map(([month, members]) => (
          <Month key={month} month={month} days={members} today={today} />
        ))}
      </div>
      <p class="calendar-legend">
        {legend
          .filter(({ kind }) => kinds.has(kind))
          .map(({ kind, label }) => (
            <span key={kind}>
              <span class={`count-day count-${kind}`} aria-hidden="true">
                {kind === 'weekend' ? '六' : marks[kind]}
              </span>
              {label}
            </span>
          ))}
        <span>
          <span class="count-day count-last" aria-hidden="true">
            止
          </span>
          期限届满日
        </span>
      </p>
      <details>
        <summary>逐日说明（{days.length}天）</summary>
        <ol class="count-reasons">
          {counted.map(({ date, nth, why }) => (
            <li key={date}>
              <time dateTime={date}>{formatDate(date)}</time>
              <span class="count-nth">{nth === null ? '不计' : `第${nth}日`}</span>
              <span>{why}</span>
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}

function numbered(days: readonly ExplainedDay[]): CountedDay[] {
  let nth = 0;
  return days.map((day, index) => {
    if (day.counted) nth += 1;
    const last = index === days.length - 1 && day.counted;
    return { ...day, kind: dayKind(day), nth: day.counted ? nth : null, last };
  });
}

function Month(props: { month: string; days: readonly CountedDay[]; today: string }) {
  const [year, month] = props.month.split('-').map(Number) as [number, number];
  const counted = props.days.filter((day) => day.nth !== null).length;
  return (
    <table class="calendar-month">
      <caption>
        {year}年{month}月<span class="calendar-count">计入{counted}日</span>
      </caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week[0]}>
            {week.map((date, weekday) => (
              <td key={date ?? `${weekday}`}>
                {date && (
                  <Day
                    date={date}
                    day={props.days.find((found) => found.date === date)}
                    today={props.today === date}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ date, day, today }: { date: string; day: CountedDay | undefined; today: boolean }) {
  const shape = day ? (day.last ? 'last' : day.kind) : 'outside';
  const mark = day ? (day.last ? '止' : marks[day.kind]) : '';
  const name = `count-day count-${shape}${today ? ' count-today' : ''}`;
  return (
    <span class={name} aria-current={today ? 'date' : undefined}>
      {Number(date.slice(8))}
      {mark && (
        <span class="count-mark" aria-hidden="true">
          {mark}
        </span>
      )}
      {day && (
        <span class="visually-hidden">
          {day.nth === null ? '不计' : `第${day.nth}日`}
          {day.last && '，期限届满'}
          {`，${day.why}`}
        </span>
      )}
    </span>
  );
}

/** Weeks of a month from Monday to Sunday; null before its first and after its last day. */
function weeksOf(year: number, month: number): (string | null)[][] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const offset = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const iso = (day: number) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const cells = Array.from({ length: Math.ceil((offset + length) / 7) * 7 }, (_, index) => {
    const day = index - offset + 1;
    return day >= 1 && day <= length ? iso(day) : null;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
