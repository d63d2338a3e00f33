import type { ReportDesk, VersionDifference, VersionSummary } from '../../annual-report/index.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import { Card, Empty, formatDate, formatDateTime, formatNumber, LinkButton, Table } from '../../ui/index.ts';
import { ActHistory } from '../history.tsx';
import { ReportFrame } from './frame.tsx';

/** Signed versions, what changed between them, and every act on the report. */
export function Versions(props: { desk: ReportDesk; versions: VersionSummary[]; acts: TimelineAct[] }) {
  const { desk, versions, acts } = props;
  const base = `/workbench/reports/${desk.report.year}/versions`;
  return (
    <ReportFrame desk={desk} view="versions">
      <Card title="已签发的版本" flush>
        {versions.length === 0 ? (
          <Empty title="尚未签发" icon="writing-sign">
            签发后的每一版都永久保留，可以逐版比较。
          </Empty>
        ) : (
          <Table
            caption="已签发的版本"
            columns={[
              { label: '版本' },
              { label: '签发' },
              { label: '发布' },
              { label: '依据', numeric: true },
              { label: 'SM3 摘要' },
              { label: '比较', labelHidden: true },
            ]}
          >
            {versions.map((version) => (
              <tr key={version.version}>
                <td>
                  第 {version.version} 版
                  {version.reason && <div class="help">更正原因：{version.reason}</div>}
                </td>
                <td>
                  {version.signed_by_name}
                  <div class="help">{formatDateTime(version.signed_at)}</div>
                </td>
                <td>{formatDate(version.published_on)}</td>
                <td class="numeric">{formatNumber(version.evidence_records)}</td>
                <td>
                  <code class="digest">{version.digest}</code>
                </td>
                <td>
                  {version.version > 1 && (
                    <LinkButton small href={`${base}/${version.version}`}>
                      与上一版比较
                    </LinkButton>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      <Card title="办理历史">
        <ActHistory items={acts} />
      </Card>
    </ReportFrame>
  );
}

/** The visible difference between a corrected version and the one it replaced. */
export function VersionComparison(props: {
  desk: ReportDesk;
  version: number;
  reason: string;
  difference: VersionDifference;
}) {
  const { desk, version, reason, difference } = props;
  return (
    <ReportFrame desk={desk} view="versions" title={`第 ${version - 1} 版与第 ${version} 版`}>
      <Card title="更正原因">
        <p>{reason}</p>
      </Card>
      <Differences difference={difference} />
    </ReportFrame>
  );
}

/** Changed cells and changed words; also shown to the public beside a corrected report. */
export function Differences({ difference }: { difference: VersionDifference }) {
  const { cells, chapters } = difference;
  return (
    <>
      <Card title={`统计表变动（${cells.length} 格）`} flush>
        {cells.length === 0 ? (
          <Empty title="统计表没有变动" />
        ) : (
          <Table
            caption="统计表变动"
            columns={[
              { label: '统计指标' },
              { label: '原值', numeric: true },
              { label: '更正后', numeric: true },
            ]}
          >
            {cells.map((cell) => (
              <tr key={cell.key}>
                <td>{cell.label}</td>
                <td class="numeric">{cell.before === null ? '空白' : formatNumber(cell.before)}</td>
                <td class="numeric">{cell.after === null ? '空白' : formatNumber(cell.after)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      {chapters.map((chapter) => (
        <Card key={chapter.key} title={chapter.title}>
          <p class="text-difference">
            {chapter.changes.map((change, index) =>
              change.kind === 'added' ? (
                <ins key={index}>{change.text}</ins>
              ) : change.kind === 'removed' ? (
                <del key={index}>{change.text}</del>
              ) : (
                <span key={index}>{change.text}</span>
              ),
            )}
          </p>
        </Card>
      ))}
    </>
  );
}
