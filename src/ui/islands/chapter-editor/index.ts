/**
 * The chapter editor: in place of the plain text field, the chapter as it reads, with live figures as chips. The field
 * stays in the form and always holds the source, so that saving is the same with and without script.
 */
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import type { Slice } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { commands, keys, linkAt, setLink } from './commands.ts';
import { draftKeeper } from './draft.ts';
import { type FigureChoice, figureLookup, figureMenu, nodeViews } from './figures.ts';
import { type FindingNote, findingsPlugin, showFindings } from './findings.ts';
import { cleanPastedHtml } from './paste.ts';
import { readHref, chapterSchema as schema } from './schema.ts';
import { readSource, writeSource } from './source.ts';

const QUIET_MS = 1200;

for (const place of document.querySelectorAll<HTMLElement>('[data-island="chapter-editor"]')) open(place);

function open(place: HTMLElement): void {
  const form = place.closest('form')!;
  const field = place.querySelector<HTMLTextAreaElement>('textarea[name="source"]')!;
  const revision = form.elements.namedItem('fromRevision') as HTMLInputElement;
  const base = form.elements.namedItem('base') as HTMLInputElement;
  const part = (name: string) => place.querySelector<HTMLElement>(`[data-editor-${name}]`)!;
  const [toolbar, figurePanel, linkPanel, status, restore] = [
    part('toolbar'),
    part('figures'),
    part('link'),
    part('status'),
    part('restore'),
  ];
  const choices = JSON.parse(place.dataset.figures ?? '[]') as FigureChoice[];
  const lookup = figureLookup(choices);
  const drafts = draftKeeper(place.dataset.draft ?? location.pathname);
  const saved = field.value;
  let latest = 0;

  const state = (source: string, notes: readonly FindingNote[]) =>
    EditorState.create({
      doc: readSource(source),
      plugins: [
        history(),
        keymap({
          ...keys,
          'Mod-k': () => openLink(),
          'Mod-Alt-n': () => openFigures(),
          'Mod-s': () => save(),
        }),
        findingsPlugin(lookup, notes),
      ],
    });

  const editor = document.createElement('div');
  editor.className = 'editor-sheet';
  field.before(editor);
  const label = place.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`);
  const view = new EditorView(editor, {
    state: state(saved, notesOf(document)),
    nodeViews: nodeViews(lookup),
    attributes: {
      class: 'prose editor-text',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label?.textContent?.trim() ?? '正文',
      id: `${field.id}-editor`,
      spellcheck: 'false',
    },
    transformPastedHTML: cleanPastedHtml,
    clipboardTextSerializer: (slice: Slice) => writeSource(schema.topNodeType.create(null, slice.content)),
    handleTextInput(current, from, _to, text) {
      // `{{` opens the list of figures.
      if (text !== '{' || current.state.doc.textBetween(Math.max(0, from - 1), from) !== '{') return false;
      current.dispatch(current.state.tr.delete(from - 1, from));
      return openFigures();
    },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      refresh();
      if (transaction.docChanged) changed();
    },
  });
  field.hidden = true;
  for (const element of place.querySelectorAll<HTMLElement>('.help, .hint')) {
    if (!element.closest('.editor-panel')) element.hidden = true;
  }
  label?.setAttribute('for', `${field.id}-editor`);
  label?.addEventListener('click', () => view.focus());
  toolbar.hidden = false;
  status.hidden = false;

  const menu = figureMenu(
    figurePanel,
    choices,
    (ref) => {
      closePanels();
      view.dispatch(
        view.state.tr.replaceSelectionWith(schema.node('figure', { ref }), true).scrollIntoView(),
      );
    },
    closePanels,
  );

  for (const tool of buttons()) {
    tool.addEventListener('mousedown', (event) => event.preventDefault());
    tool.addEventListener('click', () => {
      const name = tool.dataset.command!;
      if (name === 'figure') openFigures();
      else if (name === 'link') openLink();
      else {
        commands[name]?.run(view.state, view.dispatch, view);
        view.focus();
      }
    });
  }
  toolbar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const list = buttons().filter((tool) => !tool.disabled);
    const at = list.indexOf(document.activeElement as HTMLButtonElement);
    list[(at + step + list.length) % list.length]?.focus();
    event.preventDefault();
  });

  linkPanel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closePanels();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) applyLink();
    else return;
    event.preventDefault();
  });
  linkPanel.addEventListener('input', (event) => event.stopPropagation());
  button(linkPanel, 'link-apply').addEventListener('click', applyLink);
  button(linkPanel, 'link-remove').addEventListener('click', () => {
    closePanels();
    setLink(null)(view.state, view.dispatch);
  });

  offerDraft();
  refresh();
  if (place.dataset.conflict !== undefined) keepDraft();
  // Kept until the saved page comes back and finds the same text in it; and when the window closes in mid-sentence.
  form.addEventListener('submit', keepDraft);
  addEventListener('pagehide', () => {
    if (latest > 0) keepDraft();
  });

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
  }

  function changed(): void {
    field.value = writeSource(view.state.doc);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const turn = ++latest;
    setTimeout(() => {
      if (turn !== latest) return;
      keepDraft();
      void check(turn);
    }, QUIET_MS);
  }

  /** Asks the server how the text reads now and what contradicts the table; nothing is saved there. */
  async function check(turn: number): Promise<void> {
    const side = document.querySelector<HTMLElement>('[data-chapter-side]');
    if (!place.dataset.check || !side) return;
    const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    const answer = await fetch(place.dataset.check, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, source: field.value }),
      headers: { 'hx-request': 'true', 'x-csrf-token': token },
    }).catch(() => null);
    if (!answer?.ok || turn !== latest) return;
    side.innerHTML = await answer.text();
    showFindings(view, notesOf(side));
  }

  function keepDraft(): void {
    if (field.value === saved && place.dataset.conflict === undefined) {
      drafts.forget();
      return;
    }
    const now = new Date();
    const kept = drafts.keep({
      revision: Number(revision.value),
      source: field.value,
      at: now.toISOString(),
    });
    const time = now.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' });
    status.textContent = kept
      ? `草稿已于 ${time} 存在本机，点“保存本章”后其他人才能看到`
      : '尚未保存（本浏览器不能存草稿，请及时点“保存本章”）';
  }

  function offerDraft(): void {
    const draft = drafts.read();
    if (!draft || place.dataset.conflict !== undefined) return;
    if (draft.source === saved) {
      drafts.forget();
      return;
    }
    const when = new Date(draft.at).toLocaleString('zh-CN', { dateStyle: 'long', timeStyle: 'short' });
    const words = restore.querySelector<HTMLElement>('[data-restore-words]')!;
    words.textContent =
      draft.revision === Number(revision.value)
        ? `本机有 ${when} 写下、没有保存的草稿。`
        : `本机有 ${when} 写下、没有保存的草稿；此后有人保存过本章，恢复后保存时会请您合并。`;
    restore.hidden = false;
    button(restore, 'restore-apply').addEventListener('click', () => {
      restore.hidden = true;
      if (draft.revision !== Number(revision.value)) {
        // What that draft began from is not on this page, so nothing can be suggested when the two are merged.
        revision.value = String(draft.revision);
        base.value = '';
      }
      view.updateState(state(draft.source, []));
      refresh();
      changed();
      view.focus();
    });
    button(restore, 'restore-drop').addEventListener('click', () => {
      restore.hidden = true;
      drafts.forget();
      view.focus();
    });
  }

  function openFigures(): boolean {
    linkPanel.hidden = true;
    figurePanel.hidden = false;
    toolbar.querySelector('[data-command="figure"]')?.setAttribute('aria-expanded', 'true');
    menu.open();
    return true;
  }

  function openLink(): boolean {
    const input = linkPanel.querySelector('input')!;
    const href = linkAt(view.state);
    const note = linkPanel.querySelector<HTMLElement>('[data-link-note]')!;
    note.textContent = href === null && view.state.selection.empty ? '请先选中要加链接的文字。' : '';
    figurePanel.hidden = true;
    linkPanel.hidden = false;
    input.value = href ?? '';
    input.focus();
    return true;
  }

  function applyLink(): void {
    const input = linkPanel.querySelector('input')!;
    const href = readHref(input.value);
    if (href === null) {
      const note = linkPanel.querySelector<HTMLElement>('[data-link-note]')!;
      note.textContent = '请填写以 https:// 或 / 开头的地址。';
      input.focus();
      return;
    }
    closePanels();
    setLink(href)(view.state, view.dispatch);
  }

  function closePanels(): void {
    figurePanel.hidden = true;
    linkPanel.hidden = true;
    toolbar.querySelector('[data-command="figure"]')?.setAttribute('aria-expanded', 'false');
    view.focus();
  }

  function save(): boolean {
    form.requestSubmit();
    return true;
  }
}

/** The button whose words are marked `data-<name>`. */
function button(within: HTMLElement, name: string): HTMLButtonElement {
  return within.querySelector(`[data-${name}]`)!.closest('button')!;
}

function notesOf(within: ParentNode): FindingNote[] {
  const notes = within.querySelector<HTMLElement>('[data-notes]')?.dataset.notes;
  return JSON.parse(notes ?? '[]') as FindingNote[];
}
