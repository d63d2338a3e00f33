import { Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import type { Saving } from './saving.ts';

interface Marked {
  from: number;
  to: number;
}

const marks = new PluginKey<DecorationSet>('marked-places');

/** Shows the place a finding is about until the text there is changed. */
export const markedPlaces = new Plugin<DecorationSet>({
  key: marks,
  state: {
    init: () => DecorationSet.empty,
    apply(transaction, now) {
      const place = transaction.getMeta(marks) as Marked | undefined;
      if (!place) return now.map(transaction.mapping, transaction.doc);
      const shown = Decoration.inline(place.from, place.to, { class: 'editor-marked' });
      return DecorationSet.create(transaction.doc, [shown]);
    },
  },
  props: { decorations: (state) => marks.getState(state) },
});

/** Blanks and what nobody sees are not counted: a place is the same here as in the text the server read. */
const isBlank = (code: number): boolean =>
  code <= 0x20 || code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200f);

/**
 * Findings beside the text: a click leads to the place and marks it; after each save they are read anew; whatever is done
 * beside the text waits until the text is saved.
 */
export function openFindings(desk: {
  view: EditorView;
  field: HTMLTextAreaElement;
  form: HTMLFormElement;
  saving: Saving;
  /** Where the findings are read anew. */
  address: string;
}): void {
  const { view, field, form, saving, address } = desk;
  const aside = document.querySelector<HTMLElement>('.item-aside');
  if (!aside) return;
  aside.addEventListener('click', (event) => {
    if ((event.target as Element).closest(`a[href$="#${field.id}"]`)) view.focus();
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-finding]');
    if (!link) return;
    const name = link.dataset.finding ?? '';
    const [from, length] = [Number(link.dataset.from), Number(link.dataset.length)];
    if (name === 'body') showInText(view, from, length);
    else {
      const control = form.elements.namedItem(name);
      if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) return;
      showInField(control, from, length);
    }
    event.preventDefault();
  });
  aside.addEventListener('submit', (event) => {
    const other = event.target as HTMLFormElement;
    if (other.dataset.settled !== undefined) return;
    const { submitter } = event;
    event.preventDefault();
    // A form that is still telling of its submission cannot be submitted.
    void saving.settle().then(() =>
      setTimeout(() => {
        other.dataset.settled = '';
        other.requestSubmit(submitter);
        delete other.dataset.settled;
      }),
    );
  });
  let wanted = 0;
  const refresh = () => {
    wanted += 1;
    const turn = wanted;
    void readAnew(address, aside, () => turn === wanted);
  };
  form.addEventListener('gongkai:saved', refresh);
  for (const source of [form, aside]) source.addEventListener('gongkai:uploaded', refresh);
  // What came while the line was broken is not told yet.
  addEventListener('online', refresh);
}

/** What the server tells of the draft beside it: what is missing, what the scan found, and its files. */
const TOLD = ['lacks', 'findings', 'draft-files'] as const;

async function readAnew(address: string, aside: HTMLElement, isLast: () => boolean): Promise<void> {
  if (address === '') return;
  const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!isLast()) return;
  for (const id of TOLD) {
    const read = page.querySelector(`#${id}`);
    const present = aside.querySelector(`#${id}`);
    if (!read || !present) continue;
    const focused = present.contains(document.activeElement) ? document.activeElement : null;
    // Somebody who is writing a reason is not interrupted.
    if (focused && id !== 'draft-files') continue;
    present.replaceWith(document.adoptNode(read));
    if (focused) sameIn(read, focused)?.focus();
  }
  noteBesideFields(aside);
}

/** What is called as something is that has gone. */
function sameIn(within: Element, gone: Element): HTMLElement | undefined {
  const nameOf = (one: Element) => `${one.getAttribute('title') ?? ''}${one.textContent}`;
  return [...within.querySelectorAll<HTMLElement>('a, button')].find((one) => nameOf(one) === nameOf(gone));
}

/** What is wrong with a field that is filled in stands beside it too, while one types. */
function noteBesideFields(aside: HTMLElement): void {
  for (const note of document.querySelectorAll<HTMLElement>('[data-lack-note]')) {
    const field = document.querySelector<HTMLInputElement>(`[name="${note.dataset.lackNote}"]`);
    const told = field && aside.querySelector(`#lacks a[href$="#${field.id}"]`);
    note.textContent = told && field.value !== '' ? told.textContent : '';
    note.hidden = note.textContent === '';
  }
}

function showInText(view: EditorView, from: number, length: number): void {
  const start = positionOf(view, from);
  const end = length === 0 ? start : positionOf(view, from + length - 1) + 1;
  const { tr, doc } = view.state;
  const selection = TextSelection.between(doc.resolve(start), doc.resolve(end));
  view.dispatch(tr.setSelection(selection).setMeta(marks, { from: start, to: end }).scrollIntoView());
  view.focus();
  const { node } = view.domAtPos(start);
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
}

/** Where the visible character of that number stands in the text. */
function positionOf(view: EditorView, wanted: number): number {
  let seen = 0;
  let found = -1;
  view.state.doc.descendants((node, position) => {
    if (found >= 0) return false;
    const text = node.isText ? (node.text ?? '') : '';
    for (let at = 0; at < text.length; at++) {
      if (isBlank(text.charCodeAt(at))) continue;
      if (seen === wanted) {
        found = position + at;
        return false;
      }
      seen += 1;
    }
    return true;
  });
  return found >= 0 ? found : view.state.doc.content.size;
}

function showInField(control: HTMLInputElement | HTMLTextAreaElement, from: number, length: number): void {
  const offsetOf = (wanted: number) => {
    let seen = 0;
    for (let at = 0; at < control.value.length; at++) {
      if (isBlank(control.value.charCodeAt(at))) continue;
      if (seen === wanted) return at;
      seen += 1;
    }
    return control.value.length;
  };
  // What is folded away cannot be focused.
  control.closest('details')?.setAttribute('open', '');
  control.focus();
  control.scrollIntoView({ block: 'center' });
  if (length > 0) control.setSelectionRange(offsetOf(from), offsetOf(from + length - 1) + 1);
}
