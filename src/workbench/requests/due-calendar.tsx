import type { Temporal } from 'temporal-polyfill';
import type { Unit } from '../../areas/organisations/index.ts';
import type { DueDay, FeedScope } from '../../areas/requests/index.ts';
import type { WorkingCalendar } from '../../law/index.ts';
import {
  Alert,
  Button,
  Card,
  Empty,
  Form,
  FormActions,
  formatDateTime,
  formatNumber,
  LinkButton,
  RadioField,
  SelectField,
  usePage,
} from '../../ui/index.ts';
import { dayKind } from '../calendar/year-view.tsx';
import { WorkbenchPage } from '../shell.tsx';
import { caseAddress, REQUESTS } from './case-addresses.ts';
import { DUE_CALENDAR, RequestsPage } from './queue-frame.tsx';

interface CalendarQuery {
  handler: string;
  unit: string;
}

interface DueCalendarProps {
  month: Temporal.PlainYearMonth;
  days: readonly DueDay[];
  calendar: WorkingCalendar;
  query: CalendarQuery;
  units: readonly Unit[];
  people: readonly { id: number; name: string; unitName: string }[];
  everyUnit: boolean;
  feed: { scope: FeedScope; madeAt: Date } | null;
}

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** A month of due dates; on a telephone the days that have any, as a list. */
export function DueCalendarPage(props: DueCalendarProps) {
  const { month, days, query, units, people, everyUnit } = props;
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const to = (other: Temporal.PlainYearMonth) => addressOf(other, query);
  return (
    <RequestsPage
      title={`${month.year}年${month.month}月到期的申请`}
      view="calendar"
      lead={`本月共有 ${formatNumber(total)} 件在办申请到期。期限停计的申请（等待补正、缴费）不在日历上。`}
    >
      <div class="due-bar" data-print="no">
        <nav class="due-months" aria-label="月份">
          <LinkButton small icon="chevron-left" href={to(month.subtract({ months: 1 }))}>
            上月
          </LinkButton>
          <LinkButton small href={addressOf(null, query)}>
            本月
          </LinkButton>
          <LinkButton small icon="chevron-right" href={to(month.add({ months: 1 }))}>
            下月
          </LinkButton>
        </nav>
        <Form action={DUE_CALENDAR} method="get" layout="inline" label="筛选日历">
          <input type="hidden" name="month" value={month.toString()} />
          <SelectField
            name="handler"
            label="承办人"
            labelHidden
            blank={everyUnit ? '全部承办人' : '本部门全部'}
            value={query.handler}
            autosubmit
            options={[
              { value: 'me', label: '我承办的' },
              ...people.map(({ id, name, unitName }) => ({
                value: String(id),
                label: `${name}（${unitName}）`,
              })),
            ]}
          />
          {everyUnit && (
            <SelectField
              name="unit"
              label="部门"
              labelHidden
              blank="全部部门"
              value={query.unit}
              autosubmit
              options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          )}
          <Button>查看</Button>
        </Form>
      </div>
      <Month {...props} />
      {days.length === 0 && (
        <Card>
          <Empty title="这个月没有申请到期" icon="circle-check" />
        </Card>
      )}
      <Feed feed={props.feed} />
    </RequestsPage>
  );
}

function addressOf(month: Temporal.PlainYearMonth | null, { handler, unit }: CalendarQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ month: month?.toString() ?? '', handler, unit }))
    if (value !== '') search.set(name, value);
  return search.size > 0 ? `${DUE_CALENDAR}?${search}` : DUE_CALENDAR;
}

function Month({ month, days, calendar, query }: DueCalendarProps) {
  const { today } = usePage();
  const first = month.toPlainDate({ day: 1 });
  const byDate = new Map(days.map((day) => [day.date, day]));
  const cells: (Temporal.PlainDate | null)[] = [
    ...Array.from({ length: first.dayOfWeek - 1 }, () => null),
    ...Array.from({ length: month.daysInMonth }, (_, offset) => first.add({ days: offset })),
  ];
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return (
    <table class="due-month">
      <caption class="visually-hidden">
        {month.year}年{month.month}月
      </caption>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={index}>
            {week.map((date, place) =>
              date === null ? (
                <td key={place} class="due-outside" />
              ) : (
                <Day
                  key={place}
                  date={date}
                  due={byDate.get(date.toString())}
                  calendar={calendar}
                  today={today}
                  query={query}
                />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day(props: {
  date: Temporal.PlainDate;
  due: DueDay | undefined;
  calendar: WorkingCalendar;
  today: string;
  query: CalendarQuery;
}) {
  const { date, due, calendar, today, query } = props;
  const iso = date.toString();
  const kind = dayKind(date, calendar);
  const name = kind === 'holiday' ? '休' : kind === 'make-up' ? '班' : '';
  const late = iso < today;
  const classes = ['due-day', `due-${kind}`, iso === today && 'due-today', due ? 'due-some' : 'due-none'];
  return (
    <td class={classes.filter(Boolean).join(' ')}>
      <p class="due-date">
        <time dateTime={iso}>
          <span class="due-phone">{date.month}月</span>
          {date.day}
          <span class="due-phone">日 {WEEKDAYS[date.dayOfWeek - 1]}</span>
        </time>
        {name && (
          <span class={`due-mark due-mark-${kind}`} title={calendar.why(date)}>
            {name}
            <span class="visually-hidden">，{calendar.why(date)}</span>
          </span>
        )}
        {iso === today && <span class="due-now">今天</span>}
        {due && (
          <a class={late ? 'due-count due-late' : 'due-count'} href={listOf(iso, query)}>
            {formatNumber(due.count)} 件{late && '逾期'}
          </a>
        )}
      </p>
      {due && (
        <ul>
          {due.requests.map(({ id, number, title }) => (
            <li key={id}>
              <a href={caseAddress(id)} title={`${number} ${title}`}>
                {title}
              </a>
            </li>
          ))}
          {due.count > due.requests.length && (
            <li>
              <a href={listOf(iso, query)}>另有 {formatNumber(due.count - due.requests.length)} 件</a>
            </li>
          )}
        </ul>
      )}
    </td>
  );
}

function listOf(day: string, { handler, unit }: CalendarQuery): string {
  const search = new URLSearchParams({ dueFrom: day, dueTo: day });
  if (handler) search.set('handler', handler);
  if (unit) search.set('unit', unit);
  return `${REQUESTS}?${search}`;
}

const scopes: Readonly<Record<FeedScope, string>> = { mine: '我承办的', all: '我能看到的全部' };

function Feed({ feed }: { feed: DueCalendarProps['feed'] }) {
  return (
    <div class="due-feed" data-print="no">
      <Card title="订阅到手机和电脑的日历">
        <p class="help">
          订阅后，到期日会出现在您自己的日历里，只有编号、办理状态和链接，没有申请内容和申请人。地址是一串密钥：谁有它谁就能看到，请不要转发；离岗、换机或疑似泄露时随时撤销。
        </p>
        {feed && (
          <div class="due-feed-now">
            <p>
              现有订阅：{scopes[feed.scope]}，{formatDateTime(feed.madeAt)} 生成。地址只在生成时显示一次。
            </p>
            <Form action={`${DUE_CALENDAR}/feed/removal`} layout="bare">
              <Button tone="danger" small>
                撤销订阅地址
              </Button>
            </Form>
          </div>
        )}
        <Form action={`${DUE_CALENDAR}/feed`}>
          <RadioField
            name="scope"
            label="订阅哪些申请"
            inline
            value={feed?.scope ?? 'mine'}
            options={Object.entries(scopes).map(([value, label]) => ({ value, label }))}
          />
          <FormActions>
            <Button icon="calendar-plus">{feed ? '更换订阅地址（旧地址立即失效）' : '生成订阅地址'}</Button>
          </FormActions>
        </Form>
      </Card>
    </div>
  );
}

/** The only time the address is shown. */
export function FeedPage({ address }: { address: string }) {
  return (
    <WorkbenchPage
      title="到期日历的订阅地址"
      current={REQUESTS}
      breadcrumbs={[{ label: '到期日历', href: DUE_CALENDAR }, { label: '订阅地址' }]}
    >
      <Alert tone="warning" title="请现在复制：离开这一页后地址不再显示。">
        谁有这个地址，谁就能看到这些申请的到期日。需要时可以随时更换或撤销。
      </Alert>
      <p class="due-address">
        <code>{address}</code>
      </p>
      <ol class="due-steps">
        <li>手机：设置 → 日历 → 账户 → 添加已订阅的日历，粘贴地址。</li>
        <li>电脑：在日历程序中选择“从 URL 订阅”或“添加网络日历”，粘贴地址。</li>
      </ol>
      <p>
        <LinkButton href={DUE_CALENDAR}>已复制，返回到期日历</LinkButton>
      </p>
    </WorkbenchPage>
  );
}
