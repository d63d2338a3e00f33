import { HISTORY_BYTES, importFields, type ListedImport } from '../../areas/catalogue/index.ts';
import {
  Alert,
  Button,
  Card,
  Empty,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  formatBytes,
  formatDateTime,
  formatNumber,
  LinkButton,
  Pager,
  Table,
  UploadProgress,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { IMPORTS, importAddress } from './addresses.ts';
import { ImportBadge } from './parts.tsx';

/** Bringing a file in, how it is filled in, and what was imported before. */
export function ImportsPage(props: {
  imports: readonly ListedImport[];
  /** Address of the older ones. */
  nextHref: string | null;
  first: boolean;
  error?: string;
}) {
  const { imports, nextHref, first, error } = props;
  return (
    <WorkbenchPage
      title="历史数据导入"
      current={IMPORTS}
      lead="把原网站已经公开过的信息成批导入目录。先检查、看结果，确认后才导入；同一来源编号只导入一次，可以随时停止、接着导入。"
      actions={
        <>
          <LinkButton href={`${IMPORTS}/template.xlsx`} icon="download">
            下载 XLSX 模板
          </LinkButton>
          <LinkButton href={`${IMPORTS}/template.csv`}>CSV 模板</LinkButton>
        </>
      }
      wide
    >
      {first && (
        <>
          <ErrorSummary errors={error ? { file: error } : {}} />
          <Card title="上传文件">
            <Form action={IMPORTS} multipart>
              <FileField
                name="file"
                label="JSON Lines、CSV 或 XLSX 文件"
                help={`按内容识别，最大 ${formatBytes(HISTORY_BYTES)}。第一张工作表的第一行是各列名称，次序不限；认不出的列不读。`}
                error={error}
                accept=".jsonl,.ndjson,.json,.csv,.txt,.xlsx"
                required
              />
              <UploadProgress maxBytes={HISTORY_BYTES} />
              <FormActions>
                <Button tone="primary" icon="upload">
                  上传并检查
                </Button>
              </FormActions>
            </Form>
          </Card>
        </>
      )}
      <Card title="历次导入" flush>
        {imports.length === 0 ? (
          <Empty title="还没有导入过" />
        ) : (
          <Table
            caption="历次导入"
            stack
            columns={[
              { label: '文件', width: 'wide' },
              { label: '状态' },
              { label: '已导入', numeric: true },
              { label: '已有', numeric: true },
              { label: '不合格', numeric: true },
              { label: '上传或执行人' },
              { label: '时间' },
              { label: '文件摘要（SHA-256）' },
            ]}
          >
            {imports.map((one) => (
              <tr key={one.id}>
                <th scope="row" data-label="文件" class="import-file">
                  <a href={importAddress(one.id)}>{one.fileName}</a>
                </th>
                <td data-label="状态">
                  <ImportBadge state={one.state} />
                </td>
                <td class="numeric" data-label="已导入">
                  {formatNumber(one.imported)}
                </td>
                <td class="numeric" data-label="已有">
                  {formatNumber(one.unchanged)}
                </td>
                <td class="numeric" data-label="不合格">
                  {formatNumber(one.rejected)}
                </td>
                <td data-label="上传或执行人">{one.byName || '—'}</td>
                <td data-label="时间">{formatDateTime(one.startedAt)}</td>
                <td data-label="文件摘要">
                  {one.digest === null ? (
                    '—'
                  ) : (
                    <code title={one.digest}>{`${one.digest.slice(0, 12)}…`}</code>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      <Pager previousHref={first ? null : IMPORTS} nextHref={nextHref} />
      {first && <Fields />}
    </WorkbenchPage>
  );
}

function Fields() {
  return (
    <Card title="各列怎样填" flush>
      <Table
        caption="各列怎样填"
        stack
        columns={[
          { label: '列名' },
          { label: '字段名（JSON Lines）' },
          { label: '是否必填' },
          { label: '怎样填写', width: 'wide' },
          { label: '示例' },
        ]}
      >
        {importFields.map(({ label, name, required, help, example }) => (
          <tr key={name}>
            <th scope="row" data-label="列名">
              {label}
            </th>
            <td data-label="字段名">
              <code>{name}</code>
            </td>
            <td data-label="是否必填">{required ? '必填' : '可空'}</td>
            <td data-label="怎样填写">{help}</td>
            <td data-label="示例">{example}</td>
          </tr>
        ))}
      </Table>
      <div class="card-note">
        <Alert tone="info" title="导入的是已经公开过的信息">
          导入后公众立即可见，这次导入记为它的审查，并记入操作台账。新写的信息请在“公开信息”中撰写、送审。
        </Alert>
      </div>
    </Card>
  );
}
