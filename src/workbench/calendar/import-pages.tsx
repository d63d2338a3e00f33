import type { StoredNotice } from '../../areas/calendars/index.ts';
import type { CalendarNotice, WorkingCalendar } from '../../law/index.ts';
import {
  Alert,
  Badge,
  Button,
  bookTitle,
  Card,
  ConfirmPage,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  LinkButton,
  Table,
  TextArea,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { CALENDAR } from './pages.tsx';
import { YearView } from './year-view.tsx';

const crumbs = (label: string) => [{ label: '工作日历', href: CALENDAR }, { label }];

const EXAMPLE = `{"year": 2027, "notices": [{"title": "国务院办公厅关于2027年部分节假日安排的通知"}],
 "days": [{"date": "2027-01-01", "name": "元旦", "isOffDay": true}]}`;

export interface Preview {
  notice: CalendarNotice;
  warnings: string[];
  /** The calendar with this notice laid over it, and the days it would change. */
  calendar: WorkingCalendar;
  changed: string[];
}

export function ImportPage(props: {
  text: string;
  errors: Readonly<Record<string, string>>;
  preview: Preview | null;
}) {
  const { text, errors, preview } = props;
  return (
    <WorkbenchPage title="导入放假安排" current={CALENDAR} breadcrumbs={crumbs('导入放假安排')} wide>
      <ErrorSummary errors={errors} />
      {preview && <PreviewCard preview={preview} />}
      <Card title={preview ? '修改后重新预览' : '通知内容'}>
        <Form action={`${CALENDAR}/import`} guard>
          <TextArea
            name="text"
            label="通知全文或 JSON"
            value={text}
            error={errors.text}
            rows={preview ? 8 : 16}
            maxlength={50_000}
            required
            help={
              <>
                把《国务院办公厅关于××××年部分节假日安排的通知》全文（连同标题）粘贴到此处；调整某一节日的补充通知也可以。也接受
                JSON:<code>{EXAMPLE}</code>。先预览，确认无误后才会生效。
              </>
            }
          />
          <FormActions>
            <Button tone={preview ? 'plain' : 'primary'}>预览</Button>
            <LinkButton href={CALENDAR}>返回工作日历</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </WorkbenchPage>
  );
}

function PreviewCard({ preview: { notice, warnings, calendar, changed } }: { preview: Preview }) {
  const { today } = usePage();
  const [source] = notice.notices;
  return (
    <Card title={`预览：${notice.year}年放假安排`}>
      {warnings.length > 0 && (
        <Alert tone="warning" title="以下句子没有读懂，请核对是否需要改用 JSON 补充">
          <ul>
            {warnings.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Facts
        items={[
          { label: '通知', value: source?.title },
          { label: '文号', value: source?.number ?? '未写明' },
          { label: '成文日期', value: source?.date ? formatDate(source.date) : '未写明' },
          {
            label: '与现行日历相比',
            value: changed.length === 0 ? '没有变动' : `${changed.length} 天由放假变为上班或由上班变为放假`,
          },
        ]}
      />
      <Table caption="读到的安排" columns={[{ label: '节日' }, { label: '放假' }, { label: '调休上班' }]}>
        {byFestival(notice).map(({ name, off, work }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{off || '—'}</td>
            <td>{work || '—'}</td>
          </tr>
        ))}
      </Table>
      <YearView year={notice.year} calendar={calendar} changed={new Set(changed)} today={today} />
      <Form action={`${CALENDAR}/notices`}>
        <input type="hidden" name="notice" value={JSON.stringify(notice)} />
        <FormActions>
          <Button tone="primary" icon="check">
            确认导入{notice.year}年放假安排
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}

function byFestival(notice: CalendarNotice) {
  const names = [...new Set(notice.days.map((day) => day.name))];
  return names.map((name) => {
    const days = (isOffDay: boolean) =>
      notice.days
        .filter((day) => day.name === name && day.isOffDay === isOffDay)
        .map((day) => formatDate(day.date))
        .join('、');
    return { name, off: days(true), work: days(false) };
  });
}

export function HistoryPage(props: { notices: StoredNotice[]; agencyId: number; undoable: number | null }) {
  const { notices, agencyId, undoable } = props;
  return (
    <WorkbenchPage
      title="放假安排导入记录"
      current={CALENDAR}
      breadcrumbs={crumbs('导入记录')}
      lead="系统自带历年放假安排；此处列出之后导入的通知。只能从最近一次导入开始逐次撤销。"
    >
      {notices.length === 0 ? (
        <Empty title="还没有导入过放假安排" icon="calendar">
          现用的是系统自带的安排。
        </Empty>
      ) : (
        <Table
          caption="导入记录"
          stack
          columns={[
            { label: '年份', width: 'narrow' },
            { label: '通知', width: 'wide' },
            { label: '导入' },
            { label: '状态' },
            { label: '操作', labelHidden: true },
          ]}
        >
          {notices.map(({ id, notice, importedAt, importedBy, withdrawnAt, withdrawnBy, ...rest }) => (
            <tr key={`${rest.agencyId} ${id}`}>
              <td data-label="年份">
                <a href={`${CALENDAR}?year=${notice.year}`}>{notice.year}</a>
              </td>
              <td data-label="通知">
                {notice.notices[0]?.title} {notice.notices[0]?.number}（{notice.days.length} 天）
              </td>
              <td data-label="导入">
                {rest.agencyId === agencyId ? importedBy : `${rest.agencyName} ${importedBy}`}{' '}
                {formatDateTime(importedAt)}
              </td>
              <td data-label="状态">
                {withdrawnAt ? (
                  <>
                    <Badge tone="neutral">已撤销</Badge> {withdrawnBy} {formatDateTime(withdrawnAt)}
                  </>
                ) : (
                  <Badge tone="success">生效</Badge>
                )}
              </td>
              <td>
                {rest.agencyId === agencyId && id === undoable && (
                  <LinkButton small tone="danger" href={`${CALENDAR}/notices/${id}/withdrawal`}>
                    撤销
                  </LinkButton>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </WorkbenchPage>
  );
}

export function WithdrawalPage({ id, notice }: { id: number; notice: CalendarNotice }) {
  const title = notice.notices[0]?.title ?? `${notice.year}年放假安排`;
  return (
    <WorkbenchPage title="撤销导入" current={CALENDAR} breadcrumbs={crumbs('撤销导入')}>
      <ConfirmPage
        title={`撤销${bookTitle(title)}`}
        consequence={`撤销后，${bookTitle(title)}中的 ${notice.days.length} 天不再适用，${notice.year}年改按之前的安排计算，涉及的期限随之变动。`}
        action={`${CALENDAR}/notices/${id}/withdrawal`}
        label="撤销导入"
        tone="danger"
        backHref={`${CALENDAR}/history`}
      />
    </WorkbenchPage>
  );
}
