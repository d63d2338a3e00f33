import {
  type CaseFile,
  type CaseView,
  type DraftFile,
  fileKinds,
  type RequestFileKind,
} from '../../areas/requests/index.ts';
import {
  Button,
  FileField,
  Form,
  formatBytes,
  formatDateTime,
  KeptFiles,
  LinkButton,
  SelectField,
  Table,
  UploadProgress,
} from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { caseAddress, caseFileAddress } from './case-addresses.ts';
import { GateState, type GateStates, outgoingFiles } from './case-release.tsx';
import { SCANS } from './case-uploads.ts';
import { FILE_BYTES } from './request.ts';

/** Kinds that are added by hand; the others come with their act. */
export const addedKinds = [
  'scan',
  'identity',
  'record',
  'released',
  'proof',
] as const satisfies readonly RequestFileKind[];

/** The form that adds files, as it came back or as it is shown first. */
export interface FilesAdded {
  pageKey: string;
  kind: string;
  /** They wait with it. */
  kept: readonly DraftFile[];
  errors: Errors;
}

/** Every file of the case; what goes out with the reply stands first and apart. */
export function CaseFiles(props: {
  view: CaseView;
  mayAdd: boolean;
  mayRemove: boolean;
  mayRedact: boolean;
  mayCheck: boolean;
  gate: GateStates;
  adding: FilesAdded;
}) {
  const { view, mayAdd, mayRedact, adding } = props;
  const { errors } = adding;
  const { files } = view;
  const open = view.case.concludedOn === null;
  const going = outgoingFiles(view);
  const others = files.filter(({ kind }) => kind !== 'released');
  return (
    <section class="case-part" id="files" aria-labelledby="files-title">
      <h2 id="files-title">文件</h2>
      {going.length > 0 && <FileTable {...props} caption="答复附件" files={going} removable={open} />}
      {others.length > 0 && (
        <FileTable {...props} caption="收到和检索到的文件" files={others} removable={open} />
      )}
      {files.length === 0 && <p class="help">{view.disposal ? '文件已经销毁。' : '还没有文件。'}</p>}
      <div class="file-acts">
        {mayRedact && open && (
          <LinkButton href={`/workbench/redactions/new?request=${view.case.id}`} icon="eraser" small>
            区分处理
          </LinkButton>
        )}
        {mayAdd && (
          <details class="add-files" open={Object.keys(errors).length > 0}>
            <summary>添加文件</summary>
            <Form action={`${caseAddress(view.case.id)}/files`} multipart>
              <input type="hidden" name="pageKey" value={adding.pageKey} />
              <SelectField
                name="kind"
                label="是什么"
                value={adding.kind}
                error={errors.kind}
                options={addedKinds.map((value) => ({ value, label: fileKinds[value] }))}
              />
              <FileField
                name="file"
                label="选择文件"
                multiple
                accept={SCANS}
                error={errors.file}
                help="PDF、图片、Word、Excel 或文本，每个不超过 20 MB，密封保存。"
                required={adding.kept.length === 0}
              />
              <KeptFiles files={adding.kept} kindOf={({ kind }) => fileKinds[kind]} />
              <UploadProgress maxBytes={FILE_BYTES} />
              <Button small>添加</Button>
            </Form>
          </details>
        )}
      </div>
    </section>
  );
}

function FileTable(props: {
  view: CaseView;
  caption: string;
  files: readonly CaseFile[];
  mayRemove: boolean;
  mayCheck: boolean;
  gate: GateStates;
  removable: boolean;
}) {
  const { view, caption, files, mayRemove, removable, gate, mayCheck } = props;
  return (
    <Table
      caption={caption}
      captionHidden={false}
      stack
      columns={[
        { label: '文件' },
        { label: files[0]?.kind === 'released' ? '出口检查' : '种类' },
        { label: '添加' },
        { label: '移除', labelHidden: true, width: 'narrow' },
      ]}
    >
      {files.map((file) => {
        const { id, name, kind, bytes, addedBy, addedAt, requestId, digest } = file;
        return (
          <tr key={id}>
            <td data-label="文件">
              <a
                class="file-name"
                href={caseFileAddress(view.case.id, id)}
                // Before a proof of identity a page may ask why.
                download={kind === 'identity' ? undefined : ''}
              >
                {name}
              </a>{' '}
              <span class="help-inline">{formatBytes(bytes)}</span>
            </td>
            <td data-label="种类">
              {kind === 'released' ? (
                <GateState
                  requestId={view.case.id}
                  file={file}
                  state={gate.get(digest)}
                  mayCheck={mayCheck}
                />
              ) : (
                fileKinds[kind]
              )}
            </td>
            <td data-label="添加">
              {addedBy}
              <span class="help">{formatDateTime(addedAt)}</span>
            </td>
            <td>
              {removable && mayRemove && requestId !== null && (
                <Form action={`${caseFileAddress(view.case.id, id)}/removal`} layout="bare">
                  <button type="submit" class="link-button" aria-label={`移除 ${name}`}>
                    移除
                  </button>
                </Form>
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
