import { ITEM_FILE_BYTES } from '../../areas/catalogue/index.ts';
import { Button, Icon, TextArea } from '../../ui/index.ts';

const tools = [
  ['heading', '一级小标题', 'h-2', 'Ctrl+Alt+1'],
  ['subheading', '二级小标题', 'h-3', 'Ctrl+Alt+2'],
  ['strong', '加粗', 'bold', 'Ctrl+B'],
  ['em', '斜体', 'italic', 'Ctrl+I'],
  ['underline', '下划线', 'underline', 'Ctrl+U'],
  ['center', '居中', 'align-center', ''],
  ['right', '右对齐', 'align-right', ''],
  ['bullets', '列表', 'list', 'Ctrl+Shift+8'],
  ['numbers', '编号', 'list-numbers', 'Ctrl+Shift+7'],
  ['quote', '引文', 'quote', ''],
  ['link', '链接', 'link', 'Ctrl+K'],
  ['picture', '插入图片', 'photo-plus', ''],
  ['table', '插入表格', 'table-plus', ''],
  ['undo', '撤销', 'arrow-back-up', 'Ctrl+Z'],
  ['redo', '重做', 'arrow-forward-up', 'Ctrl+Y'],
] as const;

const tableTools = [
  ['rowAfter', '下面加行', 'row-insert-bottom'],
  ['columnAfter', '右边加列', 'column-insert-right'],
  ['rowRemove', '删行', 'row-remove'],
  ['columnRemove', '删列', 'column-remove'],
  ['merge', '合并单元格', 'arrows-join'],
  ['split', '拆分单元格', 'arrows-split'],
  ['headerRow', '表头行', 'table-row'],
  ['tableRemove', '删除表格', 'table-minus'],
] as const;

/** The text: a plain field with HTML or paragraphs, which the script turns into an editor. */
export function EditorBody(props: { body: string; error?: string; itemId: number }) {
  return (
    <div class="editor" data-editor>
      <div class="editor-restore" role="status" data-editor-restore hidden>
        <p data-restore-words />
        <Button type="button" small>
          <span data-restore-apply>恢复</span>
        </Button>
        <Button type="button" small>
          <span data-restore-drop>丢弃</span>
        </Button>
      </div>
      <div class="editor-toolbar" role="toolbar" aria-label="正文格式" data-editor-toolbar hidden>
        {tools.map(([command, label, icon, keys]) => (
          <button
            key={command}
            type="button"
            data-command={command}
            title={keys ? `${label}（${keys}）` : label}
          >
            <Icon name={icon} />
            <span class="visually-hidden">{label}</span>
          </button>
        ))}
        <span class="editor-table-tools" data-editor-table hidden>
          {tableTools.map(([command, label, icon]) => (
            <button key={command} type="button" data-command={command} title={label}>
              <Icon name={icon} />
              <span class="visually-hidden">{label}</span>
            </button>
          ))}
        </span>
      </div>
      <div class="editor-panel" role="dialog" aria-label="链接" data-editor-link hidden>
        <div class="editor-panel-row">
          <label class="label" for="link-address">
            地址
          </label>
          <input id="link-address" class="input" type="url" autocomplete="off" placeholder="https://" />
          <Button type="button" small>
            <span data-link-apply>加上链接</span>
          </Button>
          <Button type="button" small>
            <span data-link-remove>取消链接</span>
          </Button>
        </div>
        <p class="help" role="status" data-link-note />
      </div>
      <div class="editor-panel" role="dialog" aria-label="图片说明" data-editor-alt hidden>
        <div class="editor-panel-row">
          <label class="label" for="picture-alt">
            替代文字
          </label>
          <input
            id="picture-alt"
            class="input"
            type="text"
            maxLength={200}
            autocomplete="off"
            placeholder="看不到图片的人听到的话"
          />
          <Button type="button" small>
            <span data-alt-apply>写上</span>
          </Button>
        </div>
      </div>
      <input
        type="file"
        class="visually-hidden"
        accept="image/png,image/jpeg"
        aria-label="选择正文图片"
        tabIndex={-1}
        data-editor-picture
        hidden
      />
      <ol
        class="upload-list"
        aria-label="正在上传的图片"
        data-max-bytes={ITEM_FILE_BYTES}
        data-editor-uploads
      />
      <TextArea
        name="body"
        label="正文"
        value={props.body}
        rows={20}
        song
        error={props.error}
        help="可以直接写文字，一行一段；也可以用 HTML（p、h2、ul、table、img 等），不允许的标记保存时会去掉。"
      />
    </div>
  );
}
