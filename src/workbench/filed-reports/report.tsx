import type { ReadReport } from '../../annual-report/reading/index.ts';
import { placeInWords } from '../../annual-report/reading/index.ts';
import type { FiledReport } from '../../areas/filed-reports/index.ts';
import {
  Alert,
  Card,
  Empty,
  ErrorSummary,
  Facts,
  formatBytes,
  formatDateTime,
  formatNumber,
  LinkButton,
  Table,
} from '../../ui/index.ts';
import { reportAddress, UPLOAD, withQuery } from './addresses.ts';
import { FindingRail, type RefusedJudgement } from './finding-rail.tsx';
import { ReadProse } from './prose.tsx';
import { ReadTables } from './read-sheet.tsx';
import { fileAddress, type Powers, ReportFrame } from './report-frame.tsx';
import { marksOf } from './report-marks.ts';
import { documentKinds, formatNames, foundByWords } from './words.ts';

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
