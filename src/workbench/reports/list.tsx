import { statusLabels } from '../../annual-report/index.ts';
import type { ReportStatus } from '../../annual-report/model.ts';
import {
  Badge,
  Button,
  Card,
  CheckField,
  Empty,
  ErrorSummary,
  Form,
  formatDate,
  LinkButton,
  SelectField,
  Table,
  type Tone,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

export const statusTones: Record<ReportStatus, Tone> = {
  draft: 'info',
  checked: 'info',
  reviewed: 'info',
  signed: 'warning',
  published: 'success',
};

export interface ListedReport {
  year: number;
  status: ReportStatus;
  version: number;
  publishedOn: string | null;
  due: { role: string; on: string; late: boolean }[];
}

/** Every year's report, newest first, with what the law wants by when. */
export function ReportList(props: {
  reports: ListedReport[];
  openable: number[];
  mayOpen: boolean;
  hasSubordinates: boolean;
  errors?: Record<string, string>;
}) {
  const { reports, openable, mayOpen, hasSubordinates, errors } = props;
  return (
    <WorkbenchPage title="年度报告" current="reports">
      <ErrorSummary errors={errors} />
      {mayOpen && openable.length > 0 && (
        <Card title="开始编制">
          <Form action="/workbench/reports" layout="inline">
            <SelectField
              name="year"
              label="报告年度"
              value={String(openable[0])}
              options={openable.map((year) => ({ value: String(year), label: `${year}年度` }))}
              error={errors?.year}
            />
            {hasSubordinates && (
              <CheckField name="consolidated" label="汇总下级机构已发布的报告" value="yes" />
            )}
            <Button tone="primary">开始编制</Button>
          </Form>
        </Card>
      )}
      {reports.length === 0 ? (
        <Empty title="还没有年度报告" icon="report">
          选择报告年度后开始编制，系统会按当年的统计表格式生成各章模板。
        </Empty>
      ) : (
        <Card flush>
          <Table
            caption="各年度报告"
            queue
            columns={[
              { label: '报告年度' },
              { label: '状态' },
              { label: '版本' },
              { label: '法定时限' },
              { label: '发布日期' },
              { label: '下载', labelHidden: true },
            ]}
          >
            {reports.map((report) => (
              <tr key={report.year}>
                <td>
                  <a href={`/workbench/reports/${report.year}`}>{report.year}年度</a>
                </td>
                <td>
                  <Badge tone={statusTones[report.status]}>{statusLabels[report.status]}</Badge>
                </td>
                <td>第 {report.version} 版</td>
                <td>
                  {report.due.map((due) => (
                    <div key={due.role}>
                      {formatDate(due.on)}前{due.role}
                      {due.late && <Badge tone="danger">已逾期</Badge>}
                    </div>
                  ))}
                </td>
                <td>{formatDate(report.publishedOn)}</td>
                <td>
                  {report.publishedOn && (
                    <LinkButton small href={`/reports/${report.year}`}>
                      公开页面
                    </LinkButton>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
    </WorkbenchPage>
  );
}
