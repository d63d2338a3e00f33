import type { HistoryImport, ImportCheck, LineNote } from '../../areas/catalogue/index.ts';
import { importObstacle } from '../../areas/catalogue/index.ts';
import {
  Alert,
  Button,
  Card,
  Chip,
  Confirm,
  Facts,
  Form,
  formatBytes,
  formatDateTime,
  formatNumber,
  LinkButton,
  Pager,
  Stat,
  Stats,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { IMPORTS, importAddress } from './addresses.ts';
import { fieldWords, ImportBadge, NoteTable, Outcome } from './parts.tsx';
import { atWork, ProgressRegion, waitingLines } from './progress.tsx';

const FIRST_NOTES = 100;

export interface ImportProps {
  standing: HistoryImport;
  /** Why what was asked for was not done. */
  refused?: string | undefined;
  /** What is told of lines so far: a page of it. */
  notes: readonly LineNote[];
  nextNotesHref: string | null;
  firstNotesHref: string | null;
  now: Date;
}

/** One import: what was found in its file, how far it is, what became of its lines, and what may be done with it. */
export function ImportPage(props: ImportProps) {
  const { standing } = props;
  const { id, fileName, state, found, imported, linesDone } = standing;
  const begun = linesDone > 0 || state === 'finished';
  // While it runs the progress tells of them, and they become fewer.
  const waiting = atWork(standing) || state === 'finished' ? 0 : waitingLines(standing);
  return (
    <WorkbenchPage
      title={fileName}
      current={IMPORTS}
      breadcrumbs={[{ label: '历史数据导入', href: IMPORTS }, { label: fileName }]}
      state={<ImportBadge state={state} />}
      actions={
        begun && (
          <>
            <LinkButton href={importAddress(id, '/report.csv')} icon="download">
              下载逐行报告
            </LinkButton>
            {standing.rejected + standing.noted > 0 && (
              <LinkButton href={importAddress(id, '/problems.csv')}>只下载有问题的行</LinkButton>
            )}
          </>
        )
      }
      wide
    >
      {atWork(standing) && (
        <noscript>
          <meta http-equiv="refresh" content="4" />
        </noscript>
      )}
      {props.refused && (
        <Alert tone="warning" title="没有办成" live>
          {props.refused}
        </Alert>
      )}
      <ProgressRegion standing={standing} now={props.now} />
      {state === 'failed' && (
        <Alert tone="danger" title="没有完成" live>
          {standing.failure}
        </Alert>
      )}
      {state === 'stopped' && (
        <Alert tone="warning" title="已停止">
          {begun
            ? `前 ${formatNumber(linesDone)} 行已处理，${imported === 0 ? '还没有导入任何内容' : `导入的 ${formatNumber(imported)} 条已经公开`}；可以从断处接着导入。${waiting === 0 ? '' : `其中 ${formatNumber(waiting)} 行所解读的文件还没有导入，留到最后处理。`}`
            : '还没有导入任何内容；可以继续导入，也可以放弃这个文件。'}
        </Alert>
      )}
      {state === 'dropped' && (
        <Alert tone="info" title="已放弃">
          {imported > 0 ? `此前导入的 ${formatNumber(imported)} 条仍然公开。` : '没有导入任何内容。'}
        </Alert>
      )}
      {begun && <Outcome standing={standing} waiting={waiting} />}
      {found !== null && !begun && <Found found={found} />}
      <Acts standing={standing} />
      <Told {...props} begun={begun} />
      {found !== null && <Columns found={found} />}
      <About standing={standing} />
    </WorkbenchPage>
  );
}

function Found({ found }: { found: ImportCheck }) {
  return (
    <Stats>
      <Stat label="将导入" value={formatNumber(found.fresh)} unit="条" />
      <Stat
        label="来源编号已有，不变"
        value={formatNumber(found.unchanged)}
        unit="行"
        note={found.differing > 0 ? `其中 ${formatNumber(found.differing)} 行内容不同，不会改动` : undefined}
      />
      <Stat label="不合格，不导入" value={formatNumber(found.rejected)} unit="行" />
      <Stat label="共读到" value={formatNumber(found.read)} unit="行" />
    </Stats>
  );
}

function Acts({ standing }: { standing: HistoryImport }) {
  const { id, state, found, imported } = standing;
  const may = (move: Parameters<typeof importObstacle>[0]) => importObstacle(move, standing) === null;
  const fresh = found?.fresh ?? 0;
  return (
    <>
      {state === 'checked' && fresh > 0 && may('start') && (
        <Confirm
          action={importAddress(id, '/start')}
          label={`导入 ${formatNumber(fresh)} 条`}
          consequence={
            <>
              <p>
                {`确认后导入 ${formatNumber(fresh)} 条已公开过的历史信息，公众随即可见，并计入发布当年的统计。`}
              </p>
              {(found?.rejected ?? 0) > 0 && (
                <p>{`不合格的 ${formatNumber(found?.rejected ?? 0)} 行不导入；改好后把整个文件重新上传即可，已导入的不会重复。`}</p>
              )}
            </>
          }
        />
      )}
      {state === 'checked' && fresh === 0 && (
        <Alert tone="info" title="没有可以导入的新内容">
          {(found?.rejected ?? 0) > 0
            ? '请按下面的说明改正后重新上传。'
            : '文件中的来源编号都已导入过，不需要再导入。'}
        </Alert>
      )}
      <div class="import-acts">
        {state !== 'checked' && may('start') && (
          <Form action={importAddress(id, '/start')} layout="bare">
            <Button tone="primary" icon="player-play">
              {found === null ? '重新检查' : '继续导入'}
            </Button>
          </Form>
        )}
        {may('stop') && (
          <Form action={importAddress(id, '/stop')} layout="bare">
            <Button icon="player-stop">停止导入</Button>
          </Form>
        )}
        {may('drop') && (
          <Form action={importAddress(id, '/abandonment')} layout="bare">
            <Button>{imported > 0 ? '放弃其余的行' : '放弃这个文件'}</Button>
          </Form>
        )}
      </div>
    </>
  );
}

function Told(props: ImportProps & { begun: boolean }) {
  const { standing, begun, notes, nextNotesHref, firstNotesHref } = props;
  const shown = begun ? notes : (standing.found?.notes ?? []).slice(0, FIRST_NOTES);
  if (shown.length === 0) return null;
  const more = !begun && (standing.found?.notes.length ?? 0) > shown.length;
  return (
    <Card title={begun ? '有问题的行' : '先看到的问题'} flush>
      <NoteTable caption={begun ? '有问题的行' : '先看到的问题'} notes={shown} />
      {more && <p class="help card-note">{`只列出前 ${FIRST_NOTES} 处。`}</p>}
      <Pager nextHref={begun ? nextNotesHref : null} previousHref={begun ? firstNotesHref : null} />
    </Card>
  );
}

function Columns({ found }: { found: ImportCheck }) {
  const understood = found.columns.filter(({ field }) => field !== null);
  const ignored = found.columns.filter(({ field }) => field === null);
  return (
    <Card title="认出的列">
      <p class="import-columns">
        {understood.map(({ column, field }) => (
          <Chip key={column} tone="success">
            {column === field ? fieldWords(column) : `${column} → ${field}`}
          </Chip>
        ))}
      </p>
      {ignored.length > 0 && (
        <p class="help">{`没有读的列：${ignored.map(({ column }) => column).join('、')}`}</p>
      )}
    </Card>
  );
}

const kinds = { jsonl: 'JSON Lines', csv: 'CSV', xlsx: 'XLSX' } as const;

function About({ standing }: { standing: HistoryImport }) {
  const { bytes, kind, byName, startedAt, finishedAt, digest } = standing;
  return (
    <Card title="文件">
      <Facts
        items={[
          { label: '上传或执行人', value: byName || '—' },
          { label: '开始时间', value: formatDateTime(startedAt) },
          ...(finishedAt ? [{ label: '结束时间', value: formatDateTime(finishedAt) }] : []),
          {
            label: '文件',
            value: bytes === null ? '命令行导入' : `${kinds[kind ?? 'csv']}，${formatBytes(bytes)}`,
          },
          ...(digest === null
            ? []
            : [{ label: '摘要（SHA-256）', value: <code class="digest">{digest}</code> }]),
        ]}
      />
    </Card>
  );
}
