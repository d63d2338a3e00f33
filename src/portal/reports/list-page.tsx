import { renderers } from '../../annual-report/render/index.ts';
import { Empty, formatDate, Icon, Table, usePage } from '../../ui/index.ts';
import type { PublishedReport } from '../published.ts';
import { PortalPage } from '../shell.tsx';

export const reportsColumn = {
  name: '政府信息公开年报',
  description: '历年政府信息公开工作年度报告，含统计表，可在线阅读和下载',
  keywords: '政府信息公开,年度报告,年报,统计表',
  type: '信息公开年报',
};

/** All past reports stay online (国办公开办函〔2019〕61号). */
export function ReportListPage({ reports }: { reports: PublishedReport[] }) {
  const { agency } = usePage();
  return (
    <PortalPage
      title="政府信息公开工作年度报告"
      labels={{ column: reportsColumn }}
      breadcrumbs={[{ label: '年度报告' }]}
      lead={`${agency.name}历年政府信息公开工作的情况和统计数据。`}
    >
      {reports.length === 0 ? (
        <Empty title="尚未发布年度报告" icon="report">
          年度报告依法于次年 1 月 31 日、3 月 31 日前公布。
        </Empty>
      ) : (
        <Table
          caption="历年年度报告"
          stack
          columns={[{ label: '报告' }, { label: '发布日期' }, { label: '下载' }]}
        >
          {reports.map((report) => (
            <tr key={report.year}>
              <td data-label="报告">
                <a href={`/reports/${report.year}`}>{report.year}年政府信息公开工作年度报告</a>
                {report.version > 1 && <span class="help">（第 {report.version} 版，已更正）</span>}
              </td>
              <td data-label="发布日期">{formatDate(report.publishedOn)}</td>
              <td data-label="下载">
                <Downloads base={`/reports/${report.year}`} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <p>
        <a href="/reports/crosswalk">历年统计表格式对照：哪些数字可以逐年比较</a>
      </p>
    </PortalPage>
  );
}

const icons: Record<string, string> = {
  pdf: 'file-type-pdf',
  docx: 'file-type-docx',
  xlsx: 'file-type-xls',
  csv: 'file-type-csv',
  json: 'braces',
};

/** The published forms of one report. */
export function Downloads({ base }: { base: string }) {
  return (
    <ul class="downloads" aria-label="下载">
      {Object.entries(renderers)
        .filter(([kind]) => kind !== 'html')
        .map(([kind, { label }]) => (
          <li key={kind}>
            <a href={`${base}.${kind}`}>
              <Icon name={icons[kind] ?? 'file'} />
              {label}
            </a>
          </li>
        ))}
    </ul>
  );
}
