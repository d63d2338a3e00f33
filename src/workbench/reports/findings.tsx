import { findingKey, type ReportDesk } from '../../annual-report/index.ts';
import type { Finding } from '../../annual-report/model.ts';
import { Alert, Badge, Button, Card, Empty, ErrorSummary, Form, TextArea } from '../../ui/index.ts';
import { ReportFrame } from './frame.tsx';

const ROWS_SHOWN = 6;
const groups = [
  ['error', '必须改正或说明', 'danger'],
  ['warning', '存疑，请核实', 'warning'],
  ['notice', '提示', 'neutral'],
] as const;

/** Every finding, worst first; an error is either mended at its source or explained, and the explanation is printed. */
export function Findings(props: {
  desk: ReportDesk;
  mayExplain: boolean;
  errors?: Record<string, string>;
  failedKey?: string;
}) {
  const { desk, mayExplain, errors, failedKey } = props;
  const { findings, year } = desk.report;
  return (
    <ReportFrame desk={desk} view="findings">
      <ErrorSummary errors={errors} />
      {!desk.compile && (
        <Alert tone="info" title="汇编后才能核对">
          请先汇编数据。
        </Alert>
      )}
      {desk.compile && findings.length === 0 && (
        <Empty title="没有发现问题" icon="circle-check">
          全部勾稽关系成立，文字与统计表一致。
        </Empty>
      )}
      {groups.map(([severity, title, tone]) => {
        const group = findings.filter((finding) => finding.severity === severity);
        if (group.length === 0) return null;
        return (
          <Card key={severity} title={`${title}（${group.length}）`}>
            <ol class="finding-list">
              {group.map((finding) => {
                const key = findingKey(finding);
                const explained = desk.explanations.get(key);
                return (
                  <li key={key} class={`finding finding-${severity}`}>
                    <p>
                      <Badge tone={explained ? 'neutral' : tone}>
                        {explained ? `${finding.rule} 已说明` : finding.rule}
                      </Badge>{' '}
                      {finding.message}
                    </p>
                    <FindingPlace finding={finding} desk={desk} />
                    {explained && (
                      <p class="finding-explained">
                        说明：{explained.explanation}（{explained.byName}）
                      </p>
                    )}
                    {mayExplain && severity === 'error' && (
                      <details open={failedKey === key || undefined}>
                        <summary>{explained ? '修改说明' : '数据无误，写明原因'}</summary>
                        <Form action={`/workbench/reports/${year}/explanations`}>
                          <input type="hidden" name="finding" value={key} />
                          <TextArea
                            name="explanation"
                            id={`explanation-${key}`}
                            label="说明"
                            rows={3}
                            value={explained?.explanation ?? ''}
                            error={failedKey === key ? errors?.explanation : undefined}
                            help="说明会印在统计表下方，公众可见。"
                            required
                          />
                          <Button tone="primary">保存说明</Button>
                        </Form>
                      </details>
                    )}
                  </li>
                );
              })}
            </ol>
          </Card>
        );
      })}
    </ReportFrame>
  );
}

function FindingPlace({ finding, desk }: { finding: Finding; desk: ReportDesk }) {
  const base = `/workbench/reports/${desk.report.year}`;
  const chapter = desk.report.chapters.find(({ key }) => key === finding.chapter);
  const rows = [...new Set(finding.cells.map(({ row }) => row))];
  const shown = rows.slice(0, ROWS_SHOWN);
  return (
    <p class="finding-place">
      {chapter && <a href={`${base}/chapters#chapter-${chapter.key}`}>正文“{chapter.title}”</a>}
      {shown.map((row) => (
        <a key={row} href={`${base}#row-${row}`}>
          统计表 {row}
        </a>
      ))}
      {rows.length > ROWS_SHOWN && <span class="help">等 {rows.length} 行</span>}
    </p>
  );
}
