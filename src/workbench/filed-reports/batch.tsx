import type { BatchProgress, FiledFile, FileState, ReportStanding } from '../../areas/filed-reports/index.ts';
import {
  Alert,
  Card,
  Empty,
  FilterLinks,
  formatBytes,
  formatDateTime,
  formatNumber,
  Icon,
  LinkButton,
  Pager,
  Progress,
  Table,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { APART, batchAddress, ROOM, reportAddress, UPLOAD, withQuery } from './addresses.ts';
import { fileAddress } from './report-frame.tsx';
import { crumbsTo } from './room-page.tsx';
import { countWords, Standing } from './standing.tsx';
import { fileStates } from './words.ts';

export interface BatchProps {
  progress: BatchProgress;
  state: FileState | undefined;
  files: readonly FiledFile[];
  /** Where the reports of these files stand, by `unit.year`. */
  standings: ReadonlyMap<string, ReportStanding>;
  previousHref: string | null;
  nextHref: string | null;
}

/** What became of the files that came in one go; it looks again by itself until all are read and checked. */
export function BatchPage(props: BatchProps) {
  const { batch } = props.progress;
  return (
    <WorkbenchPage
      title={`${formatDateTime(batch.at)} 上传的文件`}
      current={ROOM}
      breadcrumbs={crumbsTo(
        batch.year ?? undefined,
        { label: '上传年报', href: UPLOAD },
        { label: '这一批' },
      )}
      wide
      actions={
        <LinkButton href={UPLOAD} icon="upload">
          继续上传
        </LinkButton>
      }
    >
      {!props.progress.finished && (
        <noscript>
          <meta http-equiv="refresh" content="4" />
        </noscript>
      )}
      <BatchRegion {...props} />
    </WorkbenchPage>
  );
}

/** The part that is fetched again while files are being read. */
export function BatchRegion(props: BatchProps) {
  const { progress, state, files, standings } = props;
  const { batch, counts, total, checking, finished, outcomes } = progress;
  const base = batchAddress(batch.id);
  const done = total - counts.waiting;
  const polling = finished
    ? {}
    : {
        'hx-get': withQuery(`${base}/progress`, { state }),
        'hx-trigger': 'every 1500ms',
        'hx-swap': 'outerHTML',
      };
  return (
    <div id="batch" {...polling}>
      <section class="batch-progress" aria-label="读取进度">
        <Progress value={done} max={total} label="已处理的文件" />
        <p role="status">
          {finished ? (
            <strong>{`${formatNumber(total)} 个文件已全部处理`}</strong>
          ) : counts.waiting > 0 ? (
            `正在读取，还有 ${formatNumber(counts.waiting)} 个`
          ) : (
            `正在核查，还有 ${formatNumber(checking)} 份`
          )}
        </p>
        {!finished && (
          <a href={withQuery(base, { state })}>
            <Icon name="refresh" /> 刷新
          </a>
        )}
        <p class="batch-outcomes">
          {outcomes.wrong > 0 && <Standing state="wrong" label={`有误 ${outcomes.wrong} 份`} />}
          {outcomes.doubtful > 0 && <Standing state="doubtful" label={`存疑 ${outcomes.doubtful} 份`} />}
          {outcomes.clean > 0 && <Standing state="clean" label={`无问题 ${outcomes.clean} 份`} />}
        </p>
      </section>
      {counts.unfiled > 0 && (
        <Alert tone="warning" title={`${counts.unfiled} 个文件还不知道归到哪个单位或年度`}>
          <a href={withQuery(APART, { state: 'unfiled' })}>逐个指定，或按报告上的名称建立单位</a>
        </Alert>
      )}
      <div class="batch-filters">
        <FilterLinks
          title="处理结果"
          items={[
            { label: '全部', href: base, current: state === undefined, count: total },
            ...(Object.keys(fileStates) as FileState[])
              .filter((key) => counts[key] > 0 || key === state)
              .map((key) => ({
                label: fileStates[key].label,
                href: withQuery(base, { state: key }),
                current: key === state,
                count: counts[key],
              })),
          ]}
        />
      </div>
      {files.length === 0 ? (
        <Card>
          <Empty title="没有这样的文件" />
        </Card>
      ) : (
        <Table
          caption="这一批的文件"
          stack
          queue
          columns={[
            { label: '文件' },
            { label: '处理结果' },
            { label: '单位和年度' },
            { label: '核查' },
            { label: '用时', numeric: true },
          ]}
        >
          {files.map((file) => (
            <FileRow key={file.id} file={file} cell={standings.get(`${file.unitId}.${file.year}`)} />
          ))}
        </Table>
      )}
      <Pager previousHref={props.previousHref} nextHref={props.nextHref} />
    </div>
  );
}

/** Its link has an id, so that it keeps the focus when the region is fetched again. */
function FileRow({ file, cell }: { file: FiledFile; cell: ReportStanding | undefined }) {
  const { label, standing } = fileStates[file.state];
  const filed = file.unitId !== null && file.year !== null;
  return (
    <tr>
      <td data-label="文件">
        <span class="file-name">{file.name}</span> <span class="help-inline">{formatBytes(file.bytes)}</span>
        {file.fault && <span class="file-reason">{file.fault}</span>}
      </td>
      <td data-label="处理结果">
        <Standing state={standing} label={label} />
      </td>
      <td data-label="单位和年度">
        {filed && file.unitId !== null && file.year !== null ? (
          <a id={`file-${file.id}`} href={reportAddress(file.unitId, file.year)}>
            {`${file.unitName} ${file.year}年`}
          </a>
        ) : file.state === 'unfiled' ? (
          <>
            {[file.agencyInText, file.yearInText && `${file.yearInText}年`].filter(Boolean).join(' ') ||
              '没有写明'}{' '}
            <a id={`file-${file.id}`} href={`${APART}/${file.id}`}>
              指定归档
            </a>
          </>
        ) : file.state === 'unreadable' ? (
          <a id={`file-${file.id}`} href={fileAddress(file.id)} download>
            下载原件
          </a>
        ) : (
          '—'
        )}
      </td>
      <td data-label="核查">
        {file.state === 'read' && cell ? (
          cell.checking || cell.state === 'waiting' ? (
            <Standing state="waiting" />
          ) : (
            <Standing state={cell.state} label={countWords(cell)} />
          )
        ) : (
          '—'
        )}
      </td>
      <td class="numeric" data-label="用时">
        {file.tookMs === null ? '—' : `${formatNumber(file.tookMs)} 毫秒`}
      </td>
    </tr>
  );
}
