import { placeInWords, type ReadReport } from '../../annual-report/reading/index.ts';
import type { FiledFinding } from '../../areas/filed-reports/index.ts';
import { Empty, Icon } from '../../ui/index.ts';
import { withQuery } from './addresses.ts';
import { JudgedNote, JudgementForm, Sides } from './finding-parts.tsx';
import { placeOf } from './places.ts';
import { anchorsOf } from './report-marks.ts';
import { ruleName } from './rule-names.ts';
import { weightOf, weights } from './words.ts';

/** A judgement that was posted and refused. */
export interface RefusedJudgement {
  key: string;
  judgement: string;
  note: string;
  errors: Readonly<Record<string, string>>;
}

interface Judging {
  action: string;
  refused?: RefusedJudgement;
}

/** The findings of one report, problems first; one is opened at a time. */
export function FindingRail(props: {
  findings: readonly FiledFinding[];
  report: ReadReport;
  opened: string | null;
  /** Address of this page without its query. */
  base: string;
  judging: Judging | null;
  checked: boolean;
}) {
  const { findings, report, opened, base, judging, checked } = props;
  const groups = (['wrong', 'uncertain', 'unassessable', 'notice'] as const).map((weight) => ({
    weight,
    found: findings.filter(({ finding }) => weightOf(finding) === weight),
  }));
  return (
    <section class="finding-rail" aria-labelledby="findings-title" id="findings">
      <header>
        <h2 id="findings-title">核查发现</h2>
        <span class="help">{totalWords(findings)}</span>
      </header>
      {findings.length === 0 &&
        (checked ? (
          <Empty title="没有发现问题" icon="circle-check">
            勾稽关系成立，文字与统计表一致。
          </Empty>
        ) : (
          <Empty title="还没有核查" icon="clock">
            读取后自动核查，请稍后刷新。
          </Empty>
        ))}
      {groups.map(({ weight, found }) =>
        found.length === 0 ? null : (
          <div key={weight}>
            <h3 class="rail-group">{`${weights[weight].group}（${found.length}）`}</h3>
            {found.map((one) => (
              <RailItem
                key={one.key}
                found={one}
                format={report.format}
                opened={one.key === opened}
                base={base}
                judging={judging}
              />
            ))}
          </div>
        ),
      )}
    </section>
  );
}

/** `共 13 处，其中提示 11 处`. */
function totalWords(findings: readonly FiledFinding[]): string {
  const hints = findings.filter(({ finding }) => weightOf(finding) === 'notice').length;
  if (findings.length === 0) return '';
  return `共 ${findings.length} 处${hints > 0 ? `，其中提示 ${hints} 处` : ''}`;
}

function RailItem(props: {
  found: FiledFinding;
  format: ReadReport['format'];
  opened: boolean;
  base: string;
  judging: Judging | null;
}) {
  const { found, format, opened, base, judging } = props;
  const { key, finding, judged } = found;
  const weight = weightOf(finding);
  const { icon, label } = weights[weight];
  const settled = judged !== null && judged.judgement !== 'confirmed';
  const anchors = anchorsOf(found);
  const refused = judging?.refused?.key === key ? judging.refused : undefined;
  return (
    <details
      class={`rail-item rail-${weight}${settled ? ' rail-settled' : ''}`}
      id={`finding-${key}`}
      data-marks={anchors.join(' ')}
      open={opened}
    >
      <summary>
        <Icon name={icon} label={label} />
        <span>
          <span class="rail-message">{finding.message}</span>
          <span class="rail-rule">
            {[ruleName(finding.rule), placeInWords(finding.place)].filter(Boolean).join(' · ')}
          </span>
        </span>
        {judged && <JudgedWord judgement={judged.judgement} />}
      </summary>
      <div class="rail-body">
        <Sides finding={finding} />
        {finding.quote && <p class="rail-quote">“{finding.quote}”</p>}
        {finding.cells.length > 0 && (
          <p class="help">
            涉及：
            {finding.cells
              .slice(0, 6)
              .map((cell) => placeOf(cell, format))
              .join('、')}
            {finding.cells.length > 6 && ` 等 ${finding.cells.length} 格`}
          </p>
        )}
        {anchors.length > 0 && (
          <p>
            <a data-mark-link href={`${withQuery(base, { finding: key })}#${anchors[0]}`}>
              在{finding.cells.length > 0 ? '表' : '正文'}中标出
            </a>
          </p>
        )}
        <JudgedNote judged={judged} />
        {judging && <JudgementForm action={judging.action} found={found} given={refused} />}
      </div>
    </details>
  );
}

function JudgedWord({ judgement }: { judgement: NonNullable<FiledFinding['judged']>['judgement'] }) {
  const words = { confirmed: '属实', dismissed: '不成立', explained: '已说明' } as const;
  return <span class="help">{words[judgement]}</span>;
}
