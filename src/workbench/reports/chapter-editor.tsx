import { figureWordings, type ReportDesk, tryChapter } from '../../annual-report/index.ts';
import type { CompiledChapter } from '../../annual-report/model.ts';
import {
  Alert,
  Button,
  ErrorSummary,
  Form,
  FormActions,
  Icon,
  LinkButton,
  TextArea,
  usePage,
} from '../../ui/index.ts';
import { ChapterSide, EditedNote } from './chapters.tsx';
import { ReportFrame } from './frame.tsx';

/**
 * One chapter being written. Without script the text is plain, with `{{code}}` for live figures; with script the field
 * becomes an editor (`src/ui/islands/chapter-editor`).
 */
export function ChapterEditor(props: {
  desk: ReportDesk;
  chapter: CompiledChapter;
  /** The text in the field: saved, or what was typed. */
  source: string;
  fromRevision: number;
  /** The saved text the editing began from, null when it is not known. */
  base: string | null;
  errors?: Record<string, string>;
  /** The text was just merged with somebody else's and is not saved yet. */
  merged?: boolean;
}) {
  const { desk, chapter, source, fromRevision, base, errors, merged } = props;
  const { assets, actor } = usePage();
  const { year, status, agency } = desk.report;
  const address = `/workbench/reports/${year}/chapters`;
  const tried = tryChapter(desk, chapter.key, source);
  const before = desk.report.chapters[chapter.number - 2];
  const after = desk.report.chapters[chapter.number];
  return (
    <ReportFrame desk={desk} view="chapters" title={chapter.title} focused>
      <ErrorSummary errors={errors} />
      {merged && (
        <Alert tone="info" title="已合并，尚未保存" live>
          请通读一遍合并后的文字，再点“保存本章”。
        </Alert>
      )}
      {(status === 'checked' || status === 'reviewed') && (
        <Alert tone="warning" title="保存后须重新核对和审核">
          报告已经核对，改动文字会使它退回“编制中”，已有的审核结果随之失效。
        </Alert>
      )}
      <div class="chapter-desk">
        <Form action={`${address}/${chapter.key}`} guard>
          <input type="hidden" name="fromRevision" value={String(fromRevision)} />
          <input type="hidden" name="base" value={base ?? ''} />
          <div
            class="editor"
            data-island="chapter-editor"
            data-figures={JSON.stringify(figureWordings(desk))}
            data-check={`${address}/${chapter.key}/check`}
            data-draft={`${agency.id}/${actor?.staffId}/${year}/${chapter.key}`}
            data-conflict={merged || undefined}
          >
            <Restore />
            <Toolbar />
            <FigurePanel compares={desk.previous !== null} />
            <LinkPanel />
            <TextArea
              name="source"
              label={`第 ${chapter.number} 章　${chapter.title}`}
              value={source}
              rows={22}
              song
              error={errors?.source}
              help={`用 {{${exampleRef(desk)}}} 引用统计表中的数字，它会随汇编自动更新；“## ”开头为小标题，“- ”开头为列表，**文字** 为加粗。`}
            />
            <p class="editor-status" role="status" data-editor-status hidden />
          </div>
          <FormActions>
            <Button tone="primary">保存本章</Button>
            <LinkButton href={`${address}#chapter-${chapter.key}`}>返回正文</LinkButton>
          </FormActions>
          <EditedNote desk={desk} chapter={chapter} />
        </Form>
        <aside class="chapter-side" aria-label="核对与预览" data-chapter-side>
          {tried && <ChapterSide desk={desk} chapter={tried.chapter} findings={tried.findings} />}
        </aside>
      </div>
      <nav class="chapter-neighbours" aria-label="相邻各章">
        {before && <a href={`${address}/${before.key}`}>上一章：{before.title}</a>}
        {after && <a href={`${address}/${after.key}`}>下一章：{after.title}</a>}
      </nav>
      <script type="module" src={`/assets/chapter-editor.js?v=${assets}`} />
    </ReportFrame>
  );
}

/** How this report's figures are written, e.g. `1.1` or `P1.1.issued`. */
const exampleRef = (desk: ReportDesk): string => figureWordings(desk)[0]?.ref ?? '1.1';

const tools = [
  ['heading', '小标题', 'h-1', 'Ctrl+Alt+1'],
  ['subheading', '次级标题', 'h-2', 'Ctrl+Alt+2'],
  ['strong', '加粗', 'bold', 'Ctrl+B'],
  ['em', '斜体', 'italic', 'Ctrl+I'],
  ['bullets', '列表', 'list', 'Ctrl+Shift+8'],
  ['numbers', '编号', 'list-numbers', 'Ctrl+Shift+7'],
  ['link', '链接', 'link', 'Ctrl+K'],
  ['undo', '撤销', 'arrow-back-up', 'Ctrl+Z'],
  ['redo', '重做', 'arrow-forward-up', 'Ctrl+Y'],
] as const;
const toggles = new Set<string>(['heading', 'subheading', 'strong', 'em', 'bullets', 'numbers']);

function Toolbar() {
  return (
    <div class="editor-toolbar" role="toolbar" aria-label="文字格式" data-editor-toolbar hidden>
      <button
        type="button"
        class="editor-insert"
        data-command="figure"
        aria-haspopup="dialog"
        aria-expanded="false"
        title="插入数字（Ctrl+Alt+N，或连续键入 {{）"
      >
        <Icon name="number-123" />
        插入数字
      </button>
      {tools.map(([command, label, icon, keys]) => (
        <button
          key={command}
          type="button"
          data-command={command}
          title={`${label}（${keys}）`}
          aria-pressed={toggles.has(command) ? 'false' : undefined}
        >
          <Icon name={icon} />
          <span class="visually-hidden">{label}</span>
        </button>
      ))}
    </div>
  );
}

function FigurePanel({ compares }: { compares: boolean }) {
  return (
    <div class="editor-panel" role="dialog" aria-label="插入数字" data-editor-figures hidden>
      <div class="editor-panel-row">
        <label class="label" for="figure-search">
          查找
        </label>
        <input
          id="figure-search"
          class="input"
          type="text"
          autocomplete="off"
          placeholder="指标名称、行号或数值"
          role="combobox"
          aria-expanded="true"
          aria-controls="figure-list"
          aria-autocomplete="list"
          data-figure-search
        />
        <label class="label" for="figure-way">
          写法
        </label>
        <select id="figure-way" class="input" data-figure-way>
          <option value="*">准确数</option>
          <option value="*|approx">约数（200余）</option>
          {compares && <option value="*|change">比上年增减</option>}
          {compares && <option value="prev:*">上年数</option>}
        </select>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the list of a combobox (WAI-ARIA 1.2) */}
      <ul id="figure-list" class="editor-list" role="listbox" aria-label="可引用的数字" data-figure-list />
      <p class="help">上下键选择，回车插入，Esc 关闭。插入的数字随统计表更新，不会与表不一致。</p>
    </div>
  );
}

function LinkPanel() {
  return (
    <div class="editor-panel" role="dialog" aria-label="链接" data-editor-link hidden>
      <div class="editor-panel-row">
        <label class="label" for="link-address">
          地址
        </label>
        <input
          id="link-address"
          class="input"
          type="url"
          autocomplete="off"
          placeholder="https:// 或 /catalogue"
        />
        <Button type="button" small>
          <span data-link-apply>加上链接</span>
        </Button>
        <Button type="button" small>
          <span data-link-remove>取消链接</span>
        </Button>
      </div>
      <p class="help" role="status" data-link-note />
    </div>
  );
}

function Restore() {
  return (
    <div class="editor-restore" role="status" data-editor-restore hidden>
      <p data-restore-words />
      <Button type="button" small>
        <span data-restore-apply>恢复草稿</span>
      </Button>
      <Button type="button" small>
        <span data-restore-drop>丢弃</span>
      </Button>
    </div>
  );
}
