import type { CellSnapshot, ReportDesk } from '../../annual-report/index.ts';
import { actLabel, type LedgerEntry, subjectHref } from '../../ledger/index.ts';
import { Card, Empty, formatDateTime, formatNumber, Table } from '../../ui/index.ts';
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

/** What changed between the last two compiles, cell by cell, with the acts that caused it. */
export function Changes({ desk, changes }: { desk: ReportDesk; changes: CellChange[] }) {
  const { compile, previousCompile } = desk;
  return (
    <ReportFrame desk={desk} view="changes">
      {!compile || !previousCompile ? (
        <Empty title="还没有可比较的汇编" icon="git-compare">
          重新汇编后，这里逐格列出与上一次汇编的差异，以及引起变动的操作。
        </Empty>
      ) : changes.length === 0 ? (
        <Empty title="没有变动" icon="circle-check">
          第 {compile.number} 次汇编与第 {previousCompile.number} 次完全一致。
        </Empty>
      ) : (
        <Card
          title={`第 ${previousCompile.number} 次 → 第 ${compile.number} 次汇编，${changes.length} 格变动`}
          flush
        >
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
        </Card>
      )}
    </ReportFrame>
  );
}
