import { channelKinds, importHeadings, type PostImportPreview } from '../../areas/channels/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  formatDate,
  formatNumber,
  LinkButton,
  Stat,
  Stats,
  Table,
} from '../../ui/index.ts';
import { CHANNELS, IMPORT } from './addresses.ts';
import { ChannelsPage } from './frame.tsx';

const SHOWN = 50;
const MOST_FAULTS = 200;

export function ImportPage({ error }: { error?: string }) {
  return (
    <ChannelsPage
      title="导入发布"
      lead="先读文件、看预览，确认后才会登记。整个文件一次导入，有一行不合格就全部不导入；同一文件再导入一次不会重复。"
      actions={
        <LinkButton href={`${IMPORT}/template.xlsx`} icon="download">
          下载模板
        </LinkButton>
      }
    >
      <UploadForm error={error} />
    </ChannelsPage>
  );
}

function UploadForm({ error }: { error?: string }) {
  return (
    <>
      <ErrorSummary errors={error ? { file: error } : {}} />
      <Form action={IMPORT} multipart>
        <FileField
          name="file"
          label="XLSX 或 CSV 文件"
          help={`表头：${Object.values(importHeadings).join('、')}，次序不限。账号写台账里的名称；两个渠道有同名账号时须写渠道。最多 5000 行。`}
          error={error}
          accept=".xlsx,.csv"
          required
        />
        <FormActions>
          <Button tone="primary">读取并预览</Button>
          <LinkButton href={CHANNELS}>返回</LinkButton>
        </FormActions>
      </Form>
    </>
  );
}

export function PreviewPage(props: { fileName: string; preview: PostImportPreview; waiting: number | null }) {
  const { fileName, preview, waiting } = props;
  const { fresh, unchanged, rejected } = preview;
  const rejectedRows = new Set(rejected.map(({ line }) => line)).size;
  return (
    <ChannelsPage title={`预览：${fileName}`} lead="下面是读到的内容，还没有登记。">
      <Stats>
        <Stat label="可以登记" value={formatNumber(fresh.length)} unit="行" />
        <Stat label="已有，不变" value={formatNumber(unchanged.length)} unit="行" />
        <Stat label="不合格" value={formatNumber(rejectedRows)} unit="行" />
      </Stats>
      {rejected.length > 0 && <Rejected rejected={rejected} rows={rejectedRows} />}
      {rejected.length === 0 && fresh.length === 0 && (
        <Alert tone="info" title="文件中的内容都已登记，不需要导入">
          <a href={CHANNELS}>返回发布记录</a>
        </Alert>
      )}
      {waiting !== null && (
        <Form action={`${IMPORT}/confirmation`}>
          <input type="hidden" name="waiting" value={waiting} />
          <FormActions>
            <Button tone="primary" icon="check">
              确认登记 {formatNumber(fresh.length)} 条发布
            </Button>
            <LinkButton href={IMPORT}>不导入，换一个文件</LinkButton>
          </FormActions>
        </Form>
      )}
      {fresh.length > 0 && <Fresh fresh={fresh} />}
      {rejected.length > 0 && (
        <Card title="改好后重新选择文件">
          <UploadForm />
        </Card>
      )}
    </ChannelsPage>
  );
}

function Rejected({ rejected, rows }: { rejected: PostImportPreview['rejected']; rows: number }) {
  return (
    <>
      <Alert tone="danger" title={`有 ${formatNumber(rows)} 行不合格，没有登记任何内容`} live>
        请在表格中改正下列各处，保存后重新上传。
      </Alert>
      <Table
        caption="不合格的地方"
        stack
        columns={[{ label: '行', numeric: true }, { label: '栏目' }, { label: '怎样改' }]}
      >
        {rejected.slice(0, MOST_FAULTS).map(({ line, field, problem }) => (
          <tr key={`${line} ${field}`}>
            <td class="numeric" data-label="行">
              {line}
            </td>
            <td data-label="栏目">{field}</td>
            <td data-label="怎样改">{problem}</td>
          </tr>
        ))}
      </Table>
      {rejected.length > MOST_FAULTS && (
        <p class="help">
          只列出前 {MOST_FAULTS} 处，共 {formatNumber(rejected.length)} 处。
        </p>
      )}
    </>
  );
}

function Fresh({ fresh }: { fresh: PostImportPreview['fresh'] }) {
  return (
    <Card title="可以登记的发布" flush>
      <Table
        caption="可以登记的发布"
        stack
        columns={[
          { label: '行', numeric: true },
          { label: '渠道' },
          { label: '账号' },
          { label: '标题' },
          { label: '发布日期' },
          { label: '阅读量', numeric: true },
        ]}
      >
        {fresh.slice(0, SHOWN).map((post) => (
          <tr key={post.line}>
            <td class="numeric" data-label="行">
              {post.line}
            </td>
            <td data-label="渠道">{channelKinds[post.channel]}</td>
            <td data-label="账号">{post.accountName}</td>
            <td data-label="标题">{post.title}</td>
            <td data-label="发布日期">{formatDate(post.postedOn)}</td>
            <td class="numeric" data-label="阅读量">
              {post.reads === null ? '—' : formatNumber(post.reads)}
            </td>
          </tr>
        ))}
      </Table>
      {fresh.length > SHOWN && (
        <p class="help">
          只列出前 {SHOWN} 行，确认后登记全部 {formatNumber(fresh.length)} 行。
        </p>
      )}
    </Card>
  );
}
