import type { CellSnapshot, ReportDesk } from '../../annual-report/index.ts';
import { actLabel, type LedgerEntry, subjectHref } from '../../ledger/index.ts';
import { Alert, Card, Empty, formatDateTime, formatNumber, Table } from '../../ui/index.ts';
import { ReportFrame } from './frame.tsx';

export interface CellChange {
  code: string;
  label: string;
  table: string;
  column: string;
  before: CellSnapshot | null;
  after: CellSnapshot | null;
  /** Acts recorded between the two compiles that can have caused it. */
  acts: LedgerEntry[];
}

const words = (cell: CellSnapshot | null): string =>
  cell?.value == null ? '空白' : formatNumber(cell.value);

/** What changed between the last two compiles, and since the report was signed, cell by cell, with the acts that caused it. */
export function Changes(props: {
  desk: ReportDesk;
  changes: CellChange[];
  /** Since it was signed; null while it is not. */
  later: CellChange[] | null;
}) {
  const { desk, changes, later } = props;
  return (
    <ReportFrame desk={desk} view="changes">
      {later && <SinceSigned desk={desk} later={later} />}
      {(later === null || desk.previousCompile) && <BetweenCompiles desk={desk} changes={changes} />}
    </ReportFrame>
  );
}

function SinceSigned({ desk, later }: { desk: ReportDesk; later: readonly CellChange[] }) {
  if (later.length === 0)
    return (
      <Alert tone="success" title="签发以后，记录没有变动">
        按现在的记录重新计算，各格与已签发的报告一致。
      </Alert>
    );
  return (
    <>
      <LaterNotice desk={desk} later={later} />
      <Card title={`签发以后，${later.length} 格变动`} flush>
        <ChangeTable desk={desk} changes={later} />
      </Card>
    </>
  );
}

function BetweenCompiles({ desk, changes }: { desk: ReportDesk; changes: readonly CellChange[] }) {
  const { compile, previousCompile } = desk;
  if (!compile || !previousCompile)
    return (
      <Empty title="还没有可比较的汇编" icon="git-compare">
        重新汇编后，这里逐格列出与上一次汇编的差异，以及引起变动的操作。
      </Empty>
    );
  if (changes.length === 0)
    return (
      <Empty title="没有变动" icon="circle-check">
        第 {compile.number} 次汇编与第 {previousCompile.number} 次完全一致。
      </Empty>
    );
  return (
    <Card
      title={`第 ${previousCompile.number} 次 → 第 ${compile.number} 次汇编，${changes.length} 格变动`}
      flush
    >
      <ChangeTable desk={desk} changes={changes} />
    </Card>
  );
}

function ChangeTable({ desk, changes }: { desk: ReportDesk; changes: readonly CellChange[] }) {
  return (
    <Table
      caption="逐格变动"
      columns={[
        { label: '统计指标' },
        { label: '原值', numeric: true },
        { label: '现值', numeric: true },
        { label: '引起变动的操作' },
      ]}
    >
      {changes.map((change) => (
        <tr key={`${change.code}${change.column}`}>
          <td>
            <a
              href={`/workbench/reports/${desk.report.year}/cells/${change.table}/${change.code}/${change.column}`}
            >
              {change.code} {change.label}
            </a>
          </td>
          <td class="numeric">{words(change.before)}</td>
          <td class="numeric">{words(change.after)}</td>
          <td>
            {change.acts.length === 0
              ? '由分项变动引起'
              : change.acts.map((act) => {
                  const href = subjectHref(act.subjectKind, act.subjectId);
                  const label = `${actLabel(act.act)} ${act.subjectLabel}`;
                  return (
                    <div key={act.seq}>
                      {href ? <a href={href}>{label}</a> : label}
                      <span class="help">
                        {' '}
                        {act.actorName} {formatDateTime(act.at)}
                      </span>
                    </div>
                  );
                })}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Said with a signed report when its records changed since: what was signed stays, but somebody has to know. */
export function LaterNotice({ desk, later }: { desk: ReportDesk; later: readonly CellChange[] | null }) {
  if (!later || later.length === 0) return null;
  return (
    <Alert tone="warning" title={`签发以后，记录有变动：${later.length} 格与现在的记录不同`}>
      已签发的报告不会随之改变。
      <a href={`/workbench/reports/${desk.report.year}/changes`}>查看哪些格、因为什么</a>
      ；影响公布的数字的，请更正报告。
    </Alert>
  );
}

/** Where the notice comes to stand once it is known; the list of changes tells it without script. */
export function LaterNoticePlace({ desk }: { desk: ReportDesk }) {
  if (desk.report.status !== 'signed' && desk.report.status !== 'published') return null;
  const when = { 'hx-get': `/workbench/reports/${desk.report.year}/later-notice`, 'hx-trigger': 'load' };
  return <div {...when} />;
}
