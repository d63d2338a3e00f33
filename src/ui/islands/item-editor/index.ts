/**
 * The editor of items: in place of the field with HTML, the text as it reads, with tables and pictures. The field stays in
 * the form and always holds what is saved, so that saving is the same with and without script.
 */
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import type { Node } from 'prosemirror-model';
import { EditorState, NodeSelection } from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { openRows } from '../uploading/rows.ts';
import { commands, isInTable, keys, linkAt, setLink } from './commands.ts';
import { markedPlaces, openFindings } from './findings.ts';
import { cleanPasted } from './paste.ts';
import { fillForm, openSaving } from './saving.ts';
import { readHref, itemSchema as schema } from './schema.ts';
import { readBody, writeBody } from './source.ts';

for (const place of document.querySelectorAll<HTMLElement>('[data-island="item-editor"]')) open(place);

function open(place: HTMLElement): void {
  const form = place.closest('form')!;
  const field = place.querySelector<HTMLTextAreaElement>('textarea[name="body"]')!;
  const status = form.querySelector<HTMLElement>('[data-item-status]')!;
  const part = (name: string) => place.querySelector<HTMLElement>(`[data-editor-${name}]`)!;
  const [toolbar, tableTools, linkPanel, altPanel, restore] = [
    part('toolbar'),
    part('table'),
    part('link'),
    part('alt'),
    part('restore'),
  ];
  const picture = part('picture') as HTMLInputElement;
  const itemId = place.dataset.item ?? '';
  const saving = openSaving(form, place, status);
  // Fields beside the text save like it; the text itself tells in its own way.
  form.addEventListener('input', (event) => {
    if ((event.target as HTMLElement).closest('.editor-panel')) return;
    saving.changed();
  });
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement) saving.changed();
  });

  const stateOf = (body: string) =>
    EditorState.create({
      doc: readBody(body),
      plugins: [
        history(),
        keymap({ ...keys, 'Mod-k': () => openLink(), 'Mod-s': () => save() }),
        tableEditing(),
        markedPlaces,
      ],
    });

  const holder = document.createElement('div');
  holder.className = 'editor-sheet';
  field.before(holder);
  holder.before(toolbar, linkPanel, altPanel, part('uploads'));
  const label = place.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`);
  const view = new EditorView(holder, {
    state: stateOf(field.value),
    nodeViews: { image: (node) => pictureView(node, itemId), table: tableView },
    attributes: {
      class: 'prose item-text editor-text',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label?.textContent?.trim() ?? '正文',
      id: `${field.id}-editor`,
      spellcheck: 'false',
    },
    transformPastedHTML: cleanPasted,
    handlePaste: (_view, event) =>
      takePictures(event.clipboardData, event.clipboardData?.getData('text/html') !== ''),
    handleDrop: (_view, event) => takePictures((event as DragEvent).dataTransfer, false),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      refresh();
      if (!transaction.docChanged) return;
      field.value = writeBody(view.state.doc);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  });
  const uploads = openRows<{ files: { src: string }[] }>({
    list: part('uploads'),
    home: view.dom,
    say: (words) => {
      status.textContent = words;
    },
    maxBytes: part('uploads').dataset.maxBytes,
    address: () => place.dataset.upload ?? '',
    // They stand in the text in the order in which they were chosen.
    atOnce: () => 1,
    taken({ files = [] }) {
      for (const { src } of files) insertPicture(src);
      return null;
    },
    changed() {},
  });
  field.hidden = true;
  for (const help of place.querySelectorAll<HTMLElement>(`[id="${field.id}-help"]`)) help.hidden = true;
  label?.setAttribute('for', `${field.id}-editor`);
  label?.addEventListener('click', () => view.focus());
  for (const anchor of document.querySelectorAll(`a[href$="#${field.id}"]`))
    anchor.addEventListener('click', () => view.focus());
  toolbar.hidden = false;

  for (const tool of buttons()) {
    tool.addEventListener('mousedown', (event) => event.preventDefault());
    tool.addEventListener('click', () => {
      const name = tool.dataset.command!;
      if (name === 'link') openLink();
      else if (name === 'picture') picture.click();
      else {
        commands[name]?.run(view.state, view.dispatch, view);
        view.focus();
      }
    });
  }
  toolbar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const list = buttons().filter((tool) => !tool.disabled && tool.offsetParent !== null);
    const at = list.indexOf(document.activeElement as HTMLButtonElement);
    list[(at + step + list.length) % list.length]?.focus();
    event.preventDefault();
  });
  picture.addEventListener('change', () => {
    upload([...(picture.files ?? [])]);
    picture.value = '';
  });
  onEnter(linkPanel, applyLink);
  buttonIn(linkPanel, 'link-apply').addEventListener('click', applyLink);
  buttonIn(linkPanel, 'link-remove').addEventListener('click', () => {
    closePanels();
    setLink(null)(view.state, view.dispatch);
  });
  onEnter(altPanel, applyAlt);
  buttonIn(altPanel, 'alt-apply').addEventListener('click', applyAlt);

  form.addEventListener('submit', (event) => {
    const { submitter } = event as SubmitEvent;
    if (form.dataset.settled !== undefined || place.dataset.conflict !== undefined) return;
    // A save that is under way would make this one look like somebody else's.
    event.preventDefault();
    void saving.settle().then(() =>
      // A form that is still telling of its submission cannot be submitted.
      setTimeout(() => {
        form.dataset.settled = '';
        form.requestSubmit(submitter);
        delete form.dataset.settled;
      }),
    );
  });
  openFindings({ view, field, form, saving, address: place.dataset.findings ?? '' });
  offerKept();
  refresh();

  function buttons(): HTMLButtonElement[] {
    return [...toolbar.querySelectorAll<HTMLButtonElement>('button[data-command]')];
  }

  function refresh(): void {
    for (const tool of buttons()) {
      const command = commands[tool.dataset.command!];
      if (!command) continue;
      tool.disabled = !command.run(view.state);
      if (command.active) tool.ariaPressed = String(command.active(view.state));
    }
    tableTools.hidden = !isInTable(view.state);
    const node = selectedPicture();
    altPanel.hidden = node === null;
    if (node) altPanel.querySelector('input')!.value = node.attrs.alt as string;
  }

  function selectedPicture(): Node | null {
    const { selection } = view.state;
    return selection instanceof NodeSelection && selection.node.type === schema.nodes.image
      ? selection.node
      : null;
  }

  function applyAlt(): void {
    const node = selectedPicture();
    if (!node) return;
    const alt = altPanel.querySelector('input')!.value.trim();
    const { from } = view.state.selection;
    view.dispatch(view.state.tr.setNodeMarkup(from, null, { ...node.attrs, alt }));
    view.focus();
  }

  /** Pictures on the clipboard or dropped; what comes with text is pasted as text. */
  function takePictures(transfer: DataTransfer | null, withText: boolean): boolean {
    const files = [...(transfer?.files ?? [])].filter(({ type }) => /^image\/(png|jpeg)$/.test(type));
    if (files.length === 0 || withText) return false;
    upload(files);
    return true;
  }

  function upload(files: readonly File[]): void {
    uploads.clear();
    uploads.add(
      files.map((file) => {
        const fields = new FormData();
        fields.append('kind', 'picture');
        fields.append('file', file, file.name);
        return { file, fields };
      }),
    );
  }

  function insertPicture(src: string): void {
    const node = schema.nodes.image!.create({ src, alt: '' });
    view.dispatch(view.state.tr.replaceSelectionWith(node, false).scrollIntoView());
    status.textContent = '图片已插入，请选中图片写上替代文字。';
    place.dispatchEvent(new CustomEvent('gongkai:uploaded', { bubbles: true }));
    view.focus();
  }

  function openLink(): boolean {
    const input = linkPanel.querySelector('input')!;
    const note = linkPanel.querySelector<HTMLElement>('[data-link-note]')!;
    note.textContent = view.state.selection.empty ? '请先选中要加链接的文字。' : '';
    linkPanel.hidden = false;
    input.value = linkAt(view.state) ?? '';
    input.focus();
    return true;
  }

  function applyLink(): void {
    const href = readHref(linkPanel.querySelector('input')!.value);
    if (href === null) {
      linkPanel.querySelector<HTMLElement>('[data-link-note]')!.textContent =
        '请填写以 https:// 或 / 开头的地址。';
      return;
    }
    closePanels();
    setLink(href)(view.state, view.dispatch);
  }

  function closePanels(): void {
    linkPanel.hidden = true;
    view.focus();
  }

  function onEnter(panel: HTMLElement, act: () => void): void {
    panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') closePanels();
      else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) act();
      else return;
      event.preventDefault();
    });
  }

  function offerKept(): void {
    const kept = place.dataset.conflict === undefined ? saving.kept() : null;
    if (!kept) return;
    const when = new Date(kept.at).toLocaleString('zh-CN', { dateStyle: 'long', timeStyle: 'short' });
    restore.querySelector('[data-restore-words]')!.textContent = kept.stale
      ? `本机有 ${when} 写下、没有保存的内容；此后稿件被保存过，恢复前请先对照。`
      : `本机有 ${when} 写下、没有保存的内容。`;
    restore.hidden = false;
    buttonIn(restore, 'restore-apply').addEventListener('click', () => {
      restore.hidden = true;
      fillForm(form, kept.entries);
      view.updateState(stateOf(field.value));
      refresh();
      saving.changed();
      view.focus();
    });
    buttonIn(restore, 'restore-drop').addEventListener('click', () => {
      restore.hidden = true;
      saving.forget();
      view.focus();
    });
  }

  function save(): boolean {
    void saving.settle();
    return true;
  }
}

/** Pictures of drafts are not public: the desk shows them from its own address. */
function pictureView(node: Node, itemId: string) {
  const dom = document.createElement('img');
  const src = node.attrs.src as string;
  dom.src = src.replace(`/files/items/${itemId}/`, `/workbench/items/${itemId}/pictures/`);
  dom.dataset.src = src;
  dom.alt = node.attrs.alt as string;
  if (node.attrs.width) dom.width = Number(node.attrs.width);
  return { dom };
}

/** A table stands in a frame of its own, which scrolls when it is wider than the page. */
function tableView() {
  const dom = document.createElement('div');
  dom.className = 'item-wide';
  const contentDOM = document.createElement('tbody');
  const table = document.createElement('table');
  table.append(contentDOM);
  dom.append(table);
  return { dom, contentDOM };
}

/** The button whose words are marked `data-<name>`. */
function buttonIn(within: HTMLElement, name: string): HTMLButtonElement {
  return within.querySelector(`[data-${name}]`)!.closest('button')!;
}
