import { redactionLimits } from '../../areas/redactions/index.ts';
import { Button, ErrorSummary, FileField, Form, FormActions, LinkButton } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { REDACTIONS } from './addresses.ts';

const ACCEPTED = '.pdf,.docx,.jpg,.jpeg,.png';

/** Where a file is chosen. */
export function NewRedactionPage(props: {
  requestId: number | null;
  requestNumber: string | null;
  errors?: Readonly<Record<string, string>>;
}) {
  const { requestId, requestNumber, errors } = props;
  const megabytes = redactionLimits.bytes / 2 ** 20;
  const target = requestId === null ? REDACTIONS : `${REDACTIONS}?request=${requestId}`;
  return (
    <WorkbenchPage
      title="选择要区分处理的文件"
      current={REDACTIONS}
      breadcrumbs={[{ label: '区分处理', href: REDACTIONS }, { label: '选择文件' }]}
      lead={
        requestNumber === null
          ? '遮盖不应公开的内容，导出可以公开的文件。原件加密保存，不会改动。'
          : `用于申请 ${requestNumber}。遮盖不应公开的内容，导出可以公开的文件。原件加密保存，不会改动。`
      }
    >
      <ErrorSummary errors={errors} />
      <Form action={target} multipart>
        <FileField
          name="files"
          label="文件"
          required
          multiple
          accept={ACCEPTED}
          error={errors?.files}
          help={`一个 PDF 或一个 Word 文档（.docx），或者几张图片（JPEG、PNG，按选择的顺序合成一份）。合计不超过 ${megabytes} MB，最多 ${redactionLimits.pages} 页。`}
        />
        <FormActions>
          <Button tone="primary" icon="upload">
            上传并开始处理
          </Button>
          <LinkButton href={requestId === null ? REDACTIONS : `/workbench/requests/${requestId}`}>
            返回
          </LinkButton>
        </FormActions>
      </Form>
      {requestId === null && (
        <p class="help">要用于某件申请的，请从那件申请的页面进入，处理结果才能放入案卷。</p>
      )}
    </WorkbenchPage>
  );
}
