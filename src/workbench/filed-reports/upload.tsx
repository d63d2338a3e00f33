import type { Batch } from '../../areas/filed-reports/index.ts';
import {
  Button,
  Card,
  ErrorSummary,
  FileField,
  FormActions,
  formatDateTime,
  Icon,
  LinkButton,
  SelectField,
  Table,
  UploadList,
} from '../../ui/index.ts';
import { usePage } from '../../ui/page-context.ts';
import { WorkbenchPage } from '../shell.tsx';
import { BATCHES, batchAddress, ROOM, withQuery } from './addresses.ts';
import { crumbsTo } from './room-page.tsx';

export const ACCEPTED = '.html,.htm,.mht,.txt,.docx,.xlsx,.pdf,.zip';

/** Many files at once: dropped and sent one by one with script, all in one form without. */
export function UploadPage(props: {
  years: readonly number[];
  year: number | undefined;
  maxBytes: number;
  mostFiles: number;
  batches: readonly (Batch & { files: number })[];
  errors?: Readonly<Record<string, string>>;
}) {
  const { years, year, maxBytes, mostFiles, batches, errors } = props;
  const { csrf } = usePage();
  const megabytes = Math.floor(maxBytes / 1024 / 1024);
  return (
    <WorkbenchPage
      title="上传年报"
      current={ROOM}
      breadcrumbs={crumbsTo(year, { label: '上传年报' })}
      lead="一次选择多个文件，或上传一个压缩包。系统读出单位、年度和统计表，自动归档并核查；读不出、认不出的单独列出。"
    >
      <ErrorSummary errors={errors} />
      <form
        class="form form-stacked upload-form"
        action={`${BATCHES}?_csrf=${encodeURIComponent(csrf)}`}
        method="post"
        enctype="multipart/form-data"
        novalidate
      >
        <SelectField
          name="year"
          label="报告年度"
          blank="由报告自己说明"
          value={year}
          options={years.map((one) => ({ value: String(one), label: `${one}年度` }))}
          help="选了年度，报告写的却是别的年度时不归档，单独列出由您核对；报告没有写明年度的按这里归档。"
        />
        <div class="drop-area" data-drop>
          <Icon name="cloud-upload" />
          <p class="drop-title">把文件或文件夹拖到这里</p>
          <FileField
            name="files"
            label="选择文件"
            error={errors?.files}
            accept={ACCEPTED}
            multiple
            help={`网页、文本、Word（docx）、Excel（xlsx）、PDF，或装有这些文件的 ZIP；每个不超过 ${megabytes} MB，一次最多 ${mostFiles} 个。`}
          />
        </div>
        <UploadList maxBytes={maxBytes} />
        <FormActions>
          <Button tone="primary" icon="upload">
            上传并核查
          </Button>
          <LinkButton href={withQuery(ROOM, { year })}>返回总览</LinkButton>
        </FormActions>
      </form>
      {batches.length > 0 && (
        <Card title="最近上传" flush>
          <Table
            caption="最近上传的各批文件"
            columns={[{ label: '时间' }, { label: '上传人' }, { label: '文件', numeric: true }]}
          >
            {batches.map((batch) => (
              <tr key={batch.id}>
                <td>
                  <a href={batchAddress(batch.id)}>{formatDateTime(batch.at)}</a>
                </td>
                <td>{batch.byName}</td>
                <td class="numeric">{batch.files}</td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
    </WorkbenchPage>
  );
}
