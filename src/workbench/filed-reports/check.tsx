import type { ReadReport } from '../../annual-report/reading/index.ts';
import type { FiledFinding } from '../../areas/filed-reports/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  formatBytes,
  formatNumber,
  LinkButton,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { CHECK, ROOM } from './addresses.ts';
import { FindingRail } from './finding-rail.tsx';
import { ReadProse } from './prose.tsx';
import { ReadTables } from './read-sheet.tsx';
import { UnreadParts } from './report.tsx';
import { marksOf } from './report-marks.ts';
import { crumbsTo } from './room-page.tsx';
import { countWords, Standing } from './standing.tsx';
import { ACCEPTED } from './upload.tsx';
import { documentKinds, formatNames, type Weight, weightOf } from './words.ts';

const crumbs = crumbsTo(undefined, { label: '检查一份报告' });

/** One file, looked at once: neither it nor what is found is kept. */
export function CheckPage(props: { maxBytes: number; errors?: Readonly<Record<string, string>> }) {
  return (
    <WorkbenchPage
      title="检查一份报告"
      current={ROOM}
      breadcrumbs={crumbs}
      lead="选择任何机关公开发布的年度报告，当场读出统计表并列出问题。文件和结果都不保存。"
    >
      <ErrorSummary errors={props.errors} />
      <CheckForm {...props} />
    </WorkbenchPage>
  );
}

function CheckForm({ maxBytes, errors }: { maxBytes: number; errors?: Readonly<Record<string, string>> }) {
  return (
    <Form action={CHECK} multipart>
      <FileField
        name="file"
        label="年度报告文件"
        accept={ACCEPTED.replace(',.zip', '')}
        error={errors?.file}
        help={`网页、文本、Word（docx）、Excel（xlsx）或有文字的 PDF，不超过 ${Math.floor(maxBytes / 1024 / 1024)} MB。2014、2019、2021 年三种格式都能认出。`}
        required
      />
      <FileField
        name="previous"
        label="上年度的报告"
        accept={ACCEPTED.replace(',.zip', '')}
        error={errors?.previous}
        help="可以不选。选了就一并核对两年之间的结转。"
      />
      <FormActions>
        <Button tone="primary" icon="file-search">
          读取并检查
        </Button>
        <LinkButton href={ROOM}>返回总览</LinkButton>
      </FormActions>
    </Form>
  );
}

/** What one file holds and what is wrong with it. */
export function CheckedPage(props: {
  fileName: string;
  bytes: number;
  report: ReadReport;
  findings: readonly FiledFinding[];
  tookMs: number;
  maxBytes: number;
}) {
  const { fileName, bytes, report, findings, tookMs, maxBytes } = props;
  const count = (weight: Weight) => findings.filter(({ finding }) => weightOf(finding) === weight).length;
  const counts = {
    wrong: count('wrong'),
    doubtful: count('uncertain'),
    unassessable: count('unassessable'),
  };
  const state = counts.wrong > 0 ? 'wrong' : counts.doubtful > 0 ? 'doubtful' : 'clean';
  const opened = findings[0]?.key ?? null;
  return (
    <WorkbenchPage
      title={report.title || fileName}
      current={ROOM}
      breadcrumbs={crumbs}
      state={
        report.format === null ? (
          <Standing state="unreadable" label="没有认出格式" />
        ) : (
          <Standing state={state} label={countWords(counts)} />
        )
      }
      wide
      actions={
        <LinkButton href={CHECK} icon="file-search" tone="primary">
          再检查一份
        </LinkButton>
      }
    >
      {report.format === null && (
        <Alert tone="warning" title="没有认出是哪一年的格式">
          报告没有写明年度，表格也不像三种格式中的任何一种，只列出读到的文字。
        </Alert>
      )}
      <p class="report-line">
        <span>{report.agency ?? '正文没有写明机关'}</span>
        <span>{report.year ? `${report.year}年度` : '正文没有写明年度'}</span>
        <span>{report.format ? formatNames[report.format] : '没有认出格式'}</span>
        <span>{`${fileName}（${documentKinds[report.kind]}，${formatBytes(bytes)}）`}</span>
        <span>{`用时 ${formatNumber(tookMs)} 毫秒，没有保存`}</span>
      </p>
      <div class="reading">
        <FindingRail
          findings={findings}
          report={report}
          opened={opened}
          base={CHECK}
          judging={null}
          checked
        />
        <div>
          <ReadTables report={report} marks={marksOf(findings, opened)} />
          <UnreadParts report={report} />
          <ReadProse report={report} findings={findings} openedKey={opened} />
        </div>
      </div>
      <Card title="再检查一份">
        <CheckForm maxBytes={maxBytes} />
      </Card>
    </WorkbenchPage>
  );
}
