import type {
  CatalogueColumn,
  Document,
  Duty,
  GatedFile,
  Item,
  ItemReview,
  Version,
} from '../../areas/catalogue/index.ts';
import type { Judged } from '../../areas/reviews/index.ts';
import {
  Alert,
  Button,
  ErrorSummary,
  Form,
  FormActions,
  formatDateTime,
  LinkButton,
  usePage,
} from '../../ui/index.ts';
import { DutyCard } from '../duties/duty-page.tsx';
import type { Errors } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress } from './addresses.ts';
import { ChangedText } from './changed-text.tsx';
import type { ContentForm } from './content-form.ts';
import { EditorBody } from './editor-body.tsx';
import { EditorFields } from './editor-fields.tsx';
import { EditorFiles } from './editor-files.tsx';
import { EditorFindings } from './editor-findings.tsx';
import { EditorLacks } from './editor-lacks.tsx';
import { SentBack } from './sent-back.tsx';
import { ImportForm } from './word-form.tsx';

export interface EditorProps {
  item: Item;
  version: Version;
  form: ContentForm;
  columns: readonly CatalogueColumn[];
  files: readonly GatedFile[];
  /** What is missing before review; told beside the fields once somebody asked. */
  lacks: Errors;
  /** What the scan finds in what is saved. */
  findings: readonly Judged[];
  /** The limit to publish, where one runs. */
  duty: Duty | null;
  /** The review that sent this draft back, where one did. */
  sentBack: ItemReview | null;
  errors?: Errors;
  /** What was saved meanwhile from elsewhere. */
  conflict?: Version;
  mayDiscard: boolean;
  /** May put it out before its review. */
  mayUrge: boolean;
  today: string;
  /** Documents this item interprets, and what a search for more found. */
  documents: { chosen: readonly Document[]; found: readonly Document[]; query: string };
}

/** A draft being written. Complete without script; with script the text becomes an editor and saves itself. */
export function EditorPage(props: EditorProps) {
  const { item, version, form, files, lacks, errors, conflict } = props;
  const { assets, agency, actor } = usePage();
  const amends = item.liveVersion !== null;
  const address = itemAddress(item.id);
  return (
    <WorkbenchPage
      title={form.title || '未命名的信息'}
      current={ITEMS}
      wide
      lead={
        amends
          ? `第 ${version.version} 版修改稿。${item.state === 'withdrawn' ? '原来的版本已经撤下，审查通过后重新公开。' : '现行版本继续公开，审查通过后才替换。'}`
          : `索引号 ${item.indexNumber}`
      }
      breadcrumbs={[{ label: '公开信息', href: ITEMS }, { label: '撰写' }]}
      actions={
        <>
          <LinkButton href={`${address}/preview`} icon="eye">
            预览
          </LinkButton>
          <LinkButton href={`${address}/record`} icon="history">
            版本和记录
          </LinkButton>
        </>
      }
    >
      <ErrorSummary errors={errors} />
      <SentBack review={props.sentBack} />
      {conflict && <Conflict mine={form} theirs={conflict} own={conflict.authorId === actor?.staffId} />}
      <div class="item-desk">
        <div>
          <Form action={`${address}/draft`} id="item-form" guard label="稿件">
            <input type="hidden" name="revision" value={String((conflict ?? version).revision)} />
            <div
              class="item-editor"
              data-island="item-editor"
              data-save={`${address}/draft`}
              data-upload={`${address}/files`}
              data-findings={`${address}/findings`}
              data-item={String(item.id)}
              data-draft={`${agency.id}/${actor?.staffId}/item/${item.id}/${version.version}`}
              data-conflict={conflict ? '' : undefined}
            >
              <EditorFields {...props} errors={errors ?? {}} part="head" />
              <EditorBody body={form.body} error={errors?.body} itemId={item.id} />
              <EditorFields {...props} errors={errors ?? {}} part="rest" />
            </div>
            <div class="item-save">
              <p role="status" data-item-status>
                {`上次保存：${formatDateTime(version.savedAt)}`}
              </p>
              <FormActions>
                <Button icon="device-floppy">{conflict ? '以我的内容保存' : '保存草稿'}</Button>
                <Button tone="primary" name="then" value="submission">
                  保存并送审
                </Button>
              </FormActions>
            </div>
          </Form>
        </div>
        <aside class="item-aside" aria-label="检查和附件">
          <EditorLacks lacks={lacks} />
          <EditorFindings itemId={item.id} findings={props.findings} />
          <EditorFiles itemId={item.id} files={files} error={errors?.file} />
          <DutyCard duty={props.duty} />
          <ImportForm action={`${address}/import`} replaces={form.body !== ''} error={errors?.word} />
          {props.mayUrge && form.attribute === 'proactive' && (
            <p>
              <a href={`${address}/urgent`}>不经审查，紧急发布</a>
            </p>
          )}
          {props.mayDiscard && (
            <p>
              <a href={`${address}/discard`}>删除这份草稿</a>
            </p>
          )}
        </aside>
      </div>
      <script type="module" src={`/assets/item-editor.js?v=${assets}`} />
    </WorkbenchPage>
  );
}

/** Somebody else, or the same person in another window, saved first: both texts in sight, nothing lost. */
function Conflict({ mine, theirs, own }: { mine: ContentForm; theirs: Version; own: boolean }) {
  const who = own ? '您在另一个窗口' : '他人';
  const plain = mine.body
    .replaceAll(/<\/(p|h\d|li|tr)>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
  return (
    <Alert tone="warning" title={`这份稿件在您打开页面之后，${who}保存过`} live>
      <p>
        这里写的内容都还在下面的表单里，还没有保存。请对照{who}保存的内容合并，再点“以我的内容保存”；
        不需要这里的内容时，<a href={itemAddress(theirs.itemId)}>打开已保存的稿件</a>即可。
      </p>
      <details open>
        <summary>{`${who} ${formatDateTime(theirs.savedAt)} 保存的内容，与这里的内容比较`}</summary>
        {theirs.title !== mine.title && <ChangedText label="标题" before={theirs.title} after={mine.title} />}
        {theirs.abstract !== mine.abstract && (
          <ChangedText label="内容概述" before={theirs.abstract} after={mine.abstract} />
        )}
        <ChangedText label="正文" before={theirs.plain} after={plain} />
        <p class="help">标“删去”的只在已保存的稿件里，标“新增”的只在这里。</p>
      </details>
    </Alert>
  );
}
