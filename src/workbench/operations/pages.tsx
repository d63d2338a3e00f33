import type { DatabaseFacts } from '../../core/database-facts.ts';
import type { JobStatus } from '../../core/jobs.ts';
import type { AnchorFile, PublishedAnchor } from '../../ledger/index.ts';
import {
  Alert,
  Button,
  Card,
  Empty,
  Facts,
  Form,
  formatBytes,
  formatDate,
  formatDateTime,
  formatNumber,
  Light,
  Table,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

const OPERATIONS = '/workbench/operations';

export interface AnchorState {
  path: string;
  file: AnchorFile;
  latest: PublishedAnchor | null;
  acts: number;
}

export function OperationsPage(props: {
  jobs: JobStatus[];
  database: DatabaseFacts;
  anchors: AnchorState;
  /** Site identifiers nobody has entered yet. */
  missing: string[];
  agencyCode: string;
}) {
  const { jobs, database, anchors, missing, agencyCode } = props;
  return (
    <WorkbenchPage title="系统运行" current={OPERATIONS} wide lead="后台任务、数据库和台账存证的现状。">
      {missing.length > 0 && (
        <Alert tone="warning" title="网站标识信息不完整">
          页面底部和网页标签缺少：{missing.join('、')}。请在
          <a href={`/workbench/agencies/${agencyCode}`}>机构信息</a>
          中补齐（《政府网站发展指引》，国办发〔2017〕47号）。
        </Alert>
      )}
      <Card title="后台任务" flush>
        {jobs.length === 0 ? <Empty title="没有后台任务" /> : <Jobs jobs={jobs} />}
      </Card>
      <Card title="台账存证">
        <Anchors state={anchors} />
      </Card>
      <Card title="数据库">
        <Facts
          items={[
            { label: '数据库版本', value: `PostgreSQL ${database.version}` },
            { label: '占用空间', value: formatBytes(database.bytes) },
          ]}
        />
        <Table
          caption="最大的表"
          captionHidden={false}
          columns={[
            { label: '表' },
            { label: '占用空间', numeric: true },
            { label: '约计行数', numeric: true },
          ]}
        >
          {database.tables.map((table) => (
            <tr key={table.name}>
              <td>
                <code>{table.name}</code>
              </td>
              <td class="numeric">{formatBytes(table.bytes)}</td>
              <td class="numeric">{formatNumber(table.rows)}</td>
            </tr>
          ))}
        </Table>
      </Card>
    </WorkbenchPage>
  );
}

function Jobs({ jobs }: { jobs: JobStatus[] }) {
  return (
    <Table
      caption="后台任务"
      stack
      columns={[
        { label: '任务' },
        { label: '时间' },
        { label: '状态' },
        { label: '排队', numeric: true },
        { label: '失败', numeric: true },
        { label: '最近完成' },
        { label: '操作', labelHidden: true },
      ]}
    >
      {jobs.map((job) => (
        <tr key={job.name}>
          <td data-label="任务">
            {job.label} <code>{job.name}</code>
          </td>
          <td data-label="时间">{scheduleWords(job.schedule)}</td>
          <td data-label="状态">
            {job.failed > 0 ? (
              <Light tone="red">有失败</Light>
            ) : job.running > 0 ? (
              <Light tone="amber">运行中</Light>
            ) : (
              <Light tone="green">正常</Light>
            )}
            {job.failed > 0 && job.lastError && <p class="help">{job.lastError}</p>}
          </td>
          <td class="numeric" data-label="排队">
            {formatNumber(job.waiting)}
          </td>
          <td class="numeric" data-label="失败">
            {formatNumber(job.failed)}
          </td>
          <td data-label="最近完成">{job.lastDone ? formatDateTime(job.lastDone) : '尚未运行'}</td>
          <td>
            {job.failed > 0 && (
              <Form action={`${OPERATIONS}/jobs/${job.name}/retry`} layout="bare">
                <Button small tone="primary">
                  重试失败任务
                </Button>
              </Form>
            )}
            {job.schedule && (
              <Form action={`${OPERATIONS}/jobs/${job.name}/run`} layout="bare">
                <Button small>立即运行</Button>
              </Form>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** The few shapes of cron expressions the house uses, in words; any other as it stands. */
export function scheduleWords(schedule: string | null): string {
  if (schedule === null) return '由业务触发';
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule.split(' ');
  const every = /^\*\/(\d+) \* \* \* \*$/.exec(schedule)?.[1];
  if (every) return `每 ${every} 分钟`;
  if (!/^\d+$/.test(minute) || month !== '*') return schedule;
  const two = (text: string) => text.padStart(2, '0');
  if (/^\d+$/.test(hour)) {
    const time = `${two(hour)}:${two(minute)}`;
    if (day === '*' && weekday === '*') return `每天 ${time}`;
    if (/^\d+$/.test(day) && weekday === '*') return `每月${day}日 ${time}`;
    if (day === '*' && weekday === '1-5') return `周一至周五 ${time}`;
    if (day === '*' && /^[0-7]$/.test(weekday)) return `每周${'日一二三四五六日'[Number(weekday)]} ${time}`;
  }
  return hour === '*' && day === '*' && weekday === '*' ? `每小时第 ${Number(minute)} 分` : schedule;
}

function Anchors({ state: { path, file, latest, acts } }: { state: AnchorState }) {
  const behind = latest === null && acts > 0;
  return (
    <>
      {file.state === 'missing' && latest !== null && (
        <Alert tone="danger" title="存证文件不见了">
          数据库记得已公布过摘要，文件却不存在。请从备份恢复 {path}
          ；在此之前写入的新行会从中断处接续，缺口可以被发现。
        </Alert>
      )}
      {file.state === 'broken' && (
        <Alert tone="danger" title={`存证文件第 ${file.brokenAt} 行与上一行不衔接`}>
          文件被改动，或者从中断处接续。请与备份对照，查明原因。
        </Alert>
      )}
      {behind && (
        <Alert tone="warning">
          台账已有 {formatNumber(acts)} 条，还没有公布过摘要；今晚 23:55 将自动公布。
        </Alert>
      )}
      <Facts
        items={[
          { label: '存证文件', value: <code>{path}</code> },
          {
            label: '状态',
            value:
              file.state === 'ok' ? (
                <Light tone="green">完好，共 {formatNumber(file.lines)} 行</Light>
              ) : file.state === 'missing' ? (
                <Light tone={latest ? 'red' : 'amber'}>尚无文件</Light>
              ) : (
                <Light tone="red">不衔接</Light>
              ),
          },
          {
            label: '最近公布',
            value: latest
              ? `${formatDate(latest.day)} ${latest.agencyName} 第 ${formatNumber(latest.seq)} 条（${formatDateTime(latest.takenAt)}）`
              : '—',
          },
          { label: '公开页面', value: <a href="/ledger">公开台账</a> },
        ]}
      />
      <p class="help">
        请把存证文件定期复制到本系统之外（另一台机器或者只写一次的介质），这样数据库被整体改写也能发现。
      </p>
    </>
  );
}
