import { type GatedFile, ITEM_FILE_BYTES } from '../../areas/catalogue/index.ts';
import { ATTACHMENTS_ACCEPTED } from '../../core/uploads/index.ts';
import {
  Badge,
  Button,
  Card,
  FileField,
  Form,
  formatBytes,
  SelectField,
  UploadList,
} from '../../ui/index.ts';
import { itemAddress, itemFileAddress } from './addresses.ts';

/** Attachments and pictures of a draft: upload, order, gate, removal. */
export function EditorFiles(props: { itemId: number; files: readonly GatedFile[]; error?: string }) {
  const { itemId, files, error } = props;
  return (
    <Card title="附件和图片" id="files">
      <DraftFiles itemId={itemId} files={files} />
      <Form action={itemAddress(itemId, '/files')} multipart layout="bare" label="上传附件">
        <SelectField
          name="kind"
          label="用作"
          value="attachment"
          options={[
            { value: 'attachment', label: '附件' },
            { value: 'picture', label: '正文图片' },
          ]}
        />
        <FileField
          name="file"
          label="选择文件"
          multiple
          accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt"
          help={`每个最大 ${formatBytes(ITEM_FILE_BYTES)}：${ATTACHMENTS_ACCEPTED}。上传后自动做出口检查。`}
          error={error}
        />
        <UploadList maxBytes={ITEM_FILE_BYTES}>
          选好即逐个上传，也可以拖到这里；上传时可以继续写稿，请不要关闭页面。
        </UploadList>
        <Button icon="upload" small>
          上传
        </Button>
      </Form>
    </Card>
  );
}

/** The files of a draft. The script fetches them anew after each upload. */
export function DraftFiles({ itemId, files }: { itemId: number; files: readonly GatedFile[] }) {
  return (
    <div class="draft-files" id="draft-files">
      <FileList itemId={itemId} files={files} edits />
    </div>
  );
}

/** Files with their way through the release gate. */
export function FileList(props: { itemId: number; files: readonly GatedFile[]; edits?: boolean }) {
  const { itemId, files, edits } = props;
  if (files.length === 0) return <p class="help">没有附件。</p>;
  const attachments = files.filter(({ file }) => file.kind === 'attachment');
  return (
    <ul class="item-files">
      {files.map((gated) => {
        const { file } = gated;
        const at = attachments.indexOf(gated);
        return (
          <li key={file.id} class="item-file">
            <p>
              <a href={itemFileAddress(itemId, file.id)}>{file.name}</a>{' '}
              <span class="help-inline">
                {`${formatBytes(file.bytes)}${file.kind === 'picture' ? '，正文图片' : ''}`}
              </span>
            </p>
            {file.kind === 'picture' && (
              <img class="item-file-picture" src={itemAddress(itemId, `/pictures/${file.digest}`)} alt="" />
            )}
            <div class="item-file-acts">
              <Gate itemId={itemId} gated={gated} />
              {edits && at > 0 && <Order itemId={itemId} gated={gated} to="up" />}
              {edits && at >= 0 && at < attachments.length - 1 && (
                <Order itemId={itemId} gated={gated} to="down" />
              )}
              {edits && (
                <Form action={itemFileAddress(itemId, file.id, '/removal')} layout="bare">
                  <Button small icon="trash" title={`删除 ${file.name}`}>
                    删除
                  </Button>
                </Form>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Gate({ itemId, gated: { file, release, oversized } }: { itemId: number; gated: GatedFile }) {
  const href = itemFileAddress(itemId, file.id, '/release');
  if (file.released) return <Badge tone="success">出口检查通过</Badge>;
  const words = release
    ? `出口检查：${release.open} 项待处理`
    : oversized
      ? '超过 50 MB，须说明理由放行'
      : '还没有出口检查';
  return (
    <a href={href}>
      <Badge tone="warning">{words}</Badge>
    </a>
  );
}

function Order({ itemId, gated: { file }, to }: { itemId: number; gated: GatedFile; to: 'up' | 'down' }) {
  const words = to === 'up' ? '上移' : '下移';
  return (
    <Form action={itemFileAddress(itemId, file.id, '/place')} layout="bare">
      <input type="hidden" name="to" value={to} />
      <Button small icon={to === 'up' ? 'arrow-up' : 'arrow-down'} title={`${words} ${file.name}`}>
        {words}
      </Button>
    </Form>
  );
}
