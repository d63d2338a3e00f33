import type { ReadReport } from '../../annual-report/reading/index.ts';
import { placeInWords } from '../../annual-report/reading/index.ts';
import type { FiledFinding, FiledReport } from '../../areas/filed-reports/index.ts';
import {
  Alert,
  Card,
  Empty,
  ErrorSummary,
  Facts,
  formatBytes,
  formatDateTime,
  formatNumber,
  Icon,
  LinkButton,
  Table,
} from '../../ui/index.ts';
import { reportAddress, UPLOAD, withQuery } from './addresses.ts';
import { JudgedNote, JudgementForm, Sides } from './finding-parts.tsx';
import { placeOf } from './places.ts';
import { ReadProse } from './prose.tsx';
import { ReadTables } from './read-sheet.tsx';
import { fileAddress, type Powers, ReportFrame } from './report-frame.tsx';
import { anchorsOf, marksOf } from './report-marks.ts';
import { ruleName } from './rule-names.ts';
import { documentKinds, formatNames, foundByWords, weightOf, weights } from './words.ts';

/** A judgement that was posted and refused. */
export interface RefusedJudgement {
  key: string;
  judgement: string;
  note: string;
  errors: Readonly<Record<string, string>>;
}

/** Findings beside the rebuilt tables; the cells of the opened finding stand out. */
export function ReportPage(props: {
  filed: FiledReport;
  powers: Powers;
  opened: string | null;
  tookMs: number | null;
  refused?: RefusedJudgement;
}) {
  const { filed, powers, opened, tookMs, refused } = props;
  const { shown, unit, year } = filed;
  return (
    <ReportFrame filed={filed} view="" powers={powers}>
      <ErrorSummary errors={refused?.errors} />
      {shown ? (
        <>
          {!shown.newest && (
            <Alert tone="warning" title={`这是第 ${shown.version} 版，已有更新的版本`}>
              核查发现只对最新一版。<a href={reportAddress(unit.id, year)}>查看最新一版</a>
            </Alert>
          )}
          <ReportFacts filed={filed} shown={shown} tookMs={tookMs} />
          <div class="reading">
            <FindingRail
              findings={filed.findings}
              report={shown.report}
              opened={opened}
              base={reportAddress(unit.id, year)}
              judging={
                powers.judge && shown.newest
                  ? { action: `${reportAddress(unit.id, year)}/judgements`, refused }
                  : null
              }
              checked={filed.checkedAt !== null}
            />
            <div>
              <ReadTables report={shown.report} marks={marksOf(filed.findings, opened)} />
              <UnreadParts report={shown.report} />
              <ReadProse report={shown.report} findings={filed.findings} openedKey={opened} />
            </div>
          </div>
        </>
      ) : (
        <NothingRead filed={filed} mayFile={powers.file} />
      )}
    </ReportFrame>
  );
}

function ReportFacts(props: {
  filed: FiledReport;
  shown: NonNullable<FiledReport['shown']>;
  tookMs: number | null;
}) {
  const { shown, tookMs, filed } = props;
  const { report } = shown;
  return (
    <details class="report-facts">
      <summary>
        <span>{report.title || shown.fileName}</span>
        <span class="help">
          {[
            shown.kind && documentKinds[shown.kind],
            `第 ${shown.version} 版`,
            `${formatDateTime(shown.addedAt)} 收到`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </summary>
      <Facts
        items={[
          { label: '标题', value: report.title || '—' },
          {
            label: '机关',
            value: report.agency ? (
              <>
                {report.agency}
                {report.agency !== filed.unit.name && <span class="help">与单位名称不同</span>}
              </>
            ) : (
              '正文没有写明'
            ),
          },
          { label: '报告年度', value: report.year ? `${report.year}年` : '正文没有写明' },
          { label: '格式', value: report.format ? formatNames[report.format] : '没有认出' },
          {
            label: '文件',
            value: (
              <>
                <a class="file-name" href={fileAddress(shown.fileId)} download>
                  {shown.fileName}
                </a>{' '}
                {formatBytes(shown.bytes)}
                {report.encoding && report.encoding !== 'utf-8' && `，${report.encoding}`}
              </>
            ),
          },
          { label: '收到', value: `${formatDateTime(shown.addedAt)} ${shown.addedBy}` },
          { label: '归档', value: shown.foundBy ? foundByWords[shown.foundBy] : '—' },
          ...(filed.unit.parentId === null
            ? []
            : [
                {
                  label: '汇总到',
                  value: (
                    <a href={reportAddress(filed.unit.parentId, filed.year, '/children')}>
                      {filed.unit.parentName}
                    </a>
                  ),
                },
              ]),
          {
            label: '核查',
            value: filed.checkedAt
              ? `${formatDateTime(filed.checkedAt)}${tookMs === null ? '' : `，读取用时 ${formatNumber(tookMs)} 毫秒`}`
              : '还没有核查',
          },
        ]}
      />
    </details>
  );
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

/** What the file holds but could not be read, each with its place. */
export function UnreadParts({ report }: { report: ReadReport }) {
  if (report.unread.length === 0) return null;
  return (
    <Card title={`没有读出的内容（${report.unread.length}）`} id="unread" flush>
      <Table caption="没有读出的内容" stack columns={[{ label: '位置', width: 'medium' }, { label: '原因' }]}>
        {report.unread.map(({ reason, place }, index) => (
          <tr key={index}>
            <td data-label="位置">{placeInWords(place) || '—'}</td>
            <td data-label="原因">{reason}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function NothingRead({ filed, mayFile }: { filed: FiledReport; mayFile: boolean }) {
  const { year, unreadable, unit } = filed;
  const upload = mayFile && (
    <LinkButton href={withQuery(UPLOAD, { year })} icon="upload">
      上传年报
    </LinkButton>
  );
  if (unreadable.length === 0) {
    return (
      <Card>
        <Empty title={`还没有收到${unit.name}${year}年度报告`} icon="file-off" action={upload}>
          收到文件后上传，系统自动归档到这里。
        </Empty>
      </Card>
    );
  }
  return (
    <Card title="收到的文件读不出来" actions={upload}>
      <ul class="plain-list">
        {unreadable.map((file) => (
          <li key={file.id}>
            <a class="file-name" href={fileAddress(file.id)} download>
              {file.name}
            </a>{' '}
            {formatBytes(file.bytes)}
            <span class="file-reason">{file.fault}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
