import {
  type CompiledReport,
  cellAt,
  type VersionDifference,
  type VersionSummary,
} from '../../annual-report/index.ts';
import { ReportBody } from '../../annual-report/render/index.ts';
import { Alert, Card, Facts, formatDate, formatNumber, Table } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { Downloads, reportsColumn } from './list-page.tsx';

/** Where a version is read: the newest at the year's own address, older ones at theirs. */
export const addressOf = (report: CompiledReport, latest: boolean): string =>
  latest ? `/reports/${report.year}` : `/reports/${report.year}/versions/${report.version}`;

/** The published report to read: metadata, contents, chapters, the table with every figure opening its evidence. */
export function ReportPage(props: {
  report: CompiledReport;
  versions: VersionSummary[];
  /** Whether this is the newest published version. */
  latest: boolean;
  difference?: VersionDifference | null;
}) {
  const { report, versions, latest, difference } = props;
  const base = addressOf(report, latest);
  const tableOf = new Map(
    report.tables.flatMap((table) =>
      table.sections.flatMap(({ rows }) => rows.map((row) => [row, table.id] as const)),
    ),
  );
  const nameOf = (row: string, column: string) => cellAt(report.tables, { row, column })?.name ?? row;
  const first = new Set(
    report.tables.flatMap(({ sections }) => sections.map(({ spec }) => spec.columns[0]?.id ?? '')),
  );
  return (
    <PortalPage
      title={report.title}
      labels={{
        column: reportsColumn,
        article: {
          title: report.title,
          publishedAt: `${report.publishedOn ?? ''} 00:00`,
          source: report.agency.name,
        },
      }}
      breadcrumbs={[{ label: '年度报告', href: '/reports' }, { label: `${report.year}年度` }]}
    >
      {!latest && (
        <Alert tone="warning" title="这不是最新版本">
          本版已由<a href={`/reports/${report.year}`}>第 {versions[0]?.version} 版</a>更正，仅供查考。
        </Alert>
      )}
      {report.correction && (
        <Alert tone="info" title={`本版为更正版（第 ${report.version} 版）`}>
          更正原因：{report.correction.reason}{' '}
          <a href={`/reports/${report.year}/versions/${report.version}#differences`}>查看与上一版的差异</a>
        </Alert>
      )}
      <Facts
        items={[
          { label: '报告年度', value: `${report.year}年` },
          { label: '发布机构', value: report.agency.name },
          { label: '发布日期', value: formatDate(report.publishedOn) },
          { label: '统计期限', value: `${formatDate(report.period.from)}至${formatDate(report.period.to)}` },
          { label: '版本', value: `第 ${report.version} 版` },
          { label: '签发', value: `${report.signed?.by} ${formatDate(report.signed?.on)}` },
        ]}
      />
      <Downloads base={base} />
      <div class="report-reading">
        <nav class="report-contents" aria-label="本报告目录">
          <h2>目录</h2>
          <ol>
            {report.chapters.map((chapter) => (
              <li key={chapter.key}>
                <a href={`#chapter-${chapter.key}`}>{chapter.title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <article>
          <ReportBody
            report={report}
            cell={({ row, column, text }) => (
              <a
                id={first.has(column) ? `row-${tableOf.get(row)}-${row.spec.code}` : undefined}
                href={`${base}/figures/${row.spec.code}/${column}`}
                aria-label={`${nameOf(row.spec.code, column)} ${text || '空白'}，查看依据`}
              >
                {text || <span class="blank">空白</span>}
              </a>
            )}
          />
        </article>
      </div>
      {difference && <Differences difference={difference} version={report.version} />}
      <Card title="核验与历次版本">
        <Facts
          items={[
            { label: 'SM3 摘要', value: <code class="digest">{report.signed?.digest}</code> },
            { label: '核验', value: <a href="/ledger">公开台账每日公布操作记录的摘要，可离线核验</a> },
          ]}
        />
        {versions.length > 1 && (
          <ul class="report-versions">
            {versions.map((version) => (
              <li key={version.version}>
                <a href={`/reports/${report.year}/versions/${version.version}`}>第 {version.version} 版</a>（
                {formatDate(version.published_on)}发布）{version.reason && `更正原因：${version.reason}`}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </PortalPage>
  );
}

function Differences({ difference, version }: { difference: VersionDifference; version: number }) {
  return (
    <section id="differences">
      <h2>与第 {version - 1} 版的差异</h2>
      {difference.cells.length > 0 && (
        <Table
          caption="统计表变动"
          columns={[
            { label: '统计指标' },
            { label: '原值', numeric: true },
            { label: '更正后', numeric: true },
          ]}
        >
          {difference.cells.map((cell) => (
            <tr key={cell.key}>
              <td>{cell.label}</td>
              <td class="numeric">{cell.before === null ? '空白' : formatNumber(cell.before)}</td>
              <td class="numeric">{cell.after === null ? '空白' : formatNumber(cell.after)}</td>
            </tr>
          ))}
        </Table>
      )}
      {difference.chapters.map((chapter) => (
        <Card key={chapter.key} title={chapter.title}>
          <p class="text-difference">
            {chapter.changes.map((change, index) => {
              if (change.kind === 'added') return <ins key={index}>{change.text}</ins>;
              if (change.kind === 'removed') return <del key={index}>{change.text}</del>;
              return <span key={index}>{change.text}</span>;
            })}
          </p>
        </Card>
      ))}
    </section>
  );
}
