import type { ComponentChildren } from 'preact';
import type { StoredLocalDay } from '../../areas/calendars/index.ts';
import type { WorkingCalendar } from '../../law/index.ts';
import {
  Alert,
  Button,
  Card,
  DateField,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  formatNumber,
  LinkButton,
  RadioField,
  Stat,
  Stats,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { YearState, YearView } from './year-view.tsx';

export const CALENDAR = '/workbench/calendar';

export interface LocalDayForm {
  values: { date?: string; name?: string; isOffDay?: string; ground?: string };
  errors: Readonly<Record<string, string>>;
}

export function CalendarPage(props: {
  year: number;
  calendar: WorkingCalendar;
  workingDays: number;
  sources: { title: string; number: string; from: string }[];
  localDays: StoredLocalDay[];
  agencyId: number;
  mayImport: boolean;
  localForm: LocalDayForm;
  calculator: ComponentChildren;
}) {
  const { year, calendar, workingDays, sources, localDays, mayImport, localForm, calculator, agencyId } =
    props;
  const { today } = usePage();
  const own = localDays.filter((day) => day.date.startsWith(`${year}-`));
  return (
    <WorkbenchPage
      title={`${year}年工作日历`}
      current={CALENDAR}
      state={<YearState year={year} calendar={calendar} />}
      wide
      actions={
        <>
          {mayImport && (
            <LinkButton tone="primary" icon="file-import" href={`${CALENDAR}/import`}>
              导入放假安排
            </LinkButton>
          )}
          <LinkButton icon="history" href={`${CALENDAR}/history`}>
            导入记录
          </LinkButton>
          {year > 2000 && (
            <LinkButton icon="chevron-left" href={`${CALENDAR}?year=${year - 1}`}>
              {year - 1}年
            </LinkButton>
          )}
          {year < 2100 && (
            <LinkButton icon="chevron-right" href={`${CALENDAR}?year=${year + 1}`}>
              {year + 1}年
            </LinkButton>
          )}
        </>
      }
    >
      <ErrorSummary errors={localForm.errors} />
      {!calendar.isPublished(year) && (
        <Alert tone="warning" title={`${year}年的放假安排尚未导入`}>
          暂按周一至周五为工作日计算，涉及该年的期限均标为“暂定”。通知一般在上一年10月至12月印发，导入后自动重新计算。
        </Alert>
      )}
      <Stats>
        <Stat label="全年工作日" value={formatNumber(workingDays)} unit="天" />
        <Stat label="放假安排所据通知" value={sources.length} unit="份" />
        <Stat label="本年地方安排" value={own.length} unit="天" />
      </Stats>
      <YearView year={year} calendar={calendar} today={today} local={new Set(own.map((day) => day.date))} />
      {sources.length > 0 && (
        <Card title="所据通知" flush>
          <Table caption="所据通知" columns={[{ label: '通知' }, { label: '文号' }, { label: '来源' }]}>
            {sources.map((source, index) => (
              <tr key={index}>
                <td>{source.title}</td>
                <td>{source.number || '—'}</td>
                <td>{source.from}</td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
      {calculator}
      <LocalDays days={own} agencyId={agencyId} mayImport={mayImport} form={localForm} year={year} />
    </WorkbenchPage>
  );
}

function LocalDays(props: {
  days: StoredLocalDay[];
  agencyId: number;
  mayImport: boolean;
  form: LocalDayForm;
  year: number;
}) {
  const { days, agencyId, mayImport, form, year } = props;
  return (
    <Card title="地方安排" id="local-days">
      <p>自治州、自治县等按地方规定增加的假日或者调休，优先于全国安排。</p>
      {days.length === 0 ? (
        <Empty title={`${year}年没有登记地方安排`} icon="calendar" />
      ) : (
        <Table
          caption="地方安排"
          columns={[
            { label: '日期' },
            { label: '名称' },
            { label: '安排' },
            { label: '依据' },
            { label: '登记' },
            { label: '操作', labelHidden: true },
          ]}
        >
          {days.map((day) => (
            <tr key={`${day.agencyId} ${day.date}`}>
              <td>{formatDate(day.date)}</td>
              <td>{day.name}</td>
              <td>{day.isOffDay ? '放假' : '上班'}</td>
              <td>{day.ground}</td>
              <td>{day.agencyId === agencyId ? day.addedBy : day.agencyName}</td>
              <td>
                {mayImport && day.agencyId === agencyId && (
                  <Form action={`${CALENDAR}/local-days/${day.date}/removal`} layout="bare">
                    <Button small tone="danger">
                      删除
                    </Button>
                  </Form>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {mayImport && (
        <Form action={`${CALENDAR}/local-days`} label="登记地方安排">
          <DateField name="date" label="日期" value={form.values.date} error={form.errors.date} required />
          <TextField
            name="name"
            label="名称"
            value={form.values.name}
            error={form.errors.name}
            maxlength={50}
            width={20}
            required
          />
          <RadioField
            name="isOffDay"
            label="安排"
            value={form.values.isOffDay ?? 'true'}
            options={[
              { value: 'true', label: '放假' },
              { value: 'false', label: '上班' },
            ]}
          />
          <TextField
            name="ground"
            label="依据"
            value={form.values.ground}
            error={form.errors.ground}
            help="地方性法规或者本级政府通知的名称、文号"
            maxlength={200}
            width={40}
            required
          />
          <FormActions>
            <Button tone="primary">登记地方安排</Button>
          </FormActions>
        </Form>
      )}
    </Card>
  );
}
