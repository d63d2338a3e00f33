import type { ComponentChildren } from 'preact';
import type { FiledReport } from '../../areas/filed-reports/index.ts';
import { Alert, formatDate, LinkButton, Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { FINDINGS, type ReportView, ROOM, reportAddress, withQuery } from './addresses.ts';
import { crumbsTo } from './room-page.tsx';
import { countOf, Standing } from './standing.tsx';

/** What one may do with a report. */
export interface Powers {
  file: boolean;
  judge: boolean;
  ask: boolean;
}

/** The pages of one unit's report of one year. */
export function ReportFrame(props: {
  filed: FiledReport;
  view: ReportView;
  powers: Powers;
  children: ComponentChildren;
}) {
  const { filed, view, powers, children } = props;
  const { unit, year, cell, corrections } = filed;
  const current = corrections.find(({ state }) => state !== 'closed');
  const tabs: { view: ReportView; label: string; count?: number }[] = [
    { view: '', label: '统计表与核查', count: cell.wrong + cell.doubtful + cell.unassessable },
    { view: '/last-year', label: '与上年对照' },
    ...(filed.children.expected > 0 ? [{ view: '/children' as const, label: '与下级对照' }] : []),
    { view: '/corrections', label: '更正往来', count: corrections.length },
    { view: '/versions', label: '版本与原件', count: filed.versions.length + filed.unreadable.length },
  ];
  return (
    <WorkbenchPage
      title={`${unit.name} ${year}年度报告`}
      current={ROOM}
      breadcrumbs={crumbsTo(year, { label: `${unit.name} ${year}年度报告` })}
      state={<Standing state={cell.state} count={countOf(cell)} />}
      wide
      actions={
        <>
          {powers.ask && !current && cell.state !== 'missing' && (
            <LinkButton
              href={`${reportAddress(unit.id, year, '/corrections')}#ask`}
              tone={cell.wrong > 0 ? 'primary' : 'plain'}
              icon="mail-forward"
            >
              要求更正
            </LinkButton>
          )}
          {filed.shown && (
            <LinkButton href={fileAddress(filed.shown.fileId)} icon="download" download>
              下载原件
            </LinkButton>
          )}
          <LinkButton
            href={withQuery(`${FINDINGS}/export.xlsx`, { year, 'unit-id': unit.id })}
            icon="table-export"
            download
          >
            导出发现
          </LinkButton>
        </>
      }
    >
      <Tabs
        label="报告的各个方面"
        items={tabs.map((tab) => ({
          label: tab.label,
          href: reportAddress(unit.id, year, tab.view),
          current: tab.view === view,
          ...(tab.count !== undefined && { count: tab.count }),
        }))}
      />
      {cell.checking && (
        <Alert tone="info" title="正在重新核查" live>
          核查所依据的内容有变动，结果稍后更新，<a href={reportAddress(unit.id, year, view)}>刷新</a>
          即可查看。
        </Alert>
      )}
      {current && view !== '/corrections' && (
        <Alert
          tone={current.overdue ? 'danger' : current.state === 'answered' ? 'info' : 'warning'}
          title={
            current.overdue
              ? `更正已逾期，应于${formatDate(current.dueOn)}前完成`
              : current.state === 'answered'
                ? '单位已答复，等待复核'
                : `已要求更正，${formatDate(current.dueOn)}前完成`
          }
        >
          <a href={reportAddress(unit.id, year, '/corrections')}>查看更正往来</a>
        </Alert>
      )}
      {children}
    </WorkbenchPage>
  );
}

export const fileAddress = (fileId: number): string => `${ROOM}/files/${fileId}/content`;
