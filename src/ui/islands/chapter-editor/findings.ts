import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { type FigureLookup, printedLine } from './figures.ts';
import { chapterSchema } from './schema.ts';

/** A place where the text contradicts the table, as the server found it. */
export interface FindingNote {
  quote: string;
  /** The table's value in words, e.g. `表中 5 场`; empty when there is none to put beside it. */
  table: string;
  message: string;
  /** The typed number within the quote and the figure that should stand there instead. */
  replace: { number: string; ref: string } | null;
}

const key = new PluginKey<{ notes: readonly FindingNote[]; marks: DecorationSet }>('findings');

/** Underlines the words of each finding and puts the table's figure beside them, with one click to use it. */
export function findingsPlugin(lookup: FigureLookup, notes: readonly FindingNote[]): Plugin {
  return new Plugin({
    key,
    state: {
      init: (_config, state) => ({ notes, marks: marksOf(state.doc, notes, lookup) }),
      apply: (transaction, before) => {
        const given = transaction.getMeta(key) as readonly FindingNote[] | undefined;
        if (!given && !transaction.docChanged) return before;
        const current = given ?? before.notes;
        return { notes: current, marks: marksOf(transaction.doc, current, lookup) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.marks },
  });
}

/** Puts the findings of the last check in place of the earlier ones. */
export function showFindings(view: EditorView, notes: readonly FindingNote[]): void {
  view.dispatch(view.state.tr.setMeta(key, notes).setMeta('addToHistory', false));
}

function marksOf(doc: Node, notes: readonly FindingNote[], lookup: FigureLookup): DecorationSet {
  const marks: Decoration[] = [];
  doc.descendants((block, at) => {
    if (!block.isTextblock) return true;
    const line = printedLine(block, at + 1, lookup);
    for (const note of notes) {
      if (note.quote === '') continue;
      for (let index = line.text.indexOf(note.quote); index >= 0; ) {
        const end = index + note.quote.length;
        const [from, to] = [line.position(index), line.position(end, true)];
        marks.push(Decoration.inline(from, to, { class: 'contradiction', title: note.message }));
        const number = note.replace ? note.quote.indexOf(note.replace.number) : -1;
        const place =
          note.replace && number >= 0
            ? {
                from: line.position(index + number),
                to: line.position(index + number + note.replace.number.length, true),
                ref: note.replace.ref,
              }
            : null;
        if (note.table !== '') {
          marks.push(
            Decoration.widget(to, (view) => noteOf(view, note, place), {
              side: 1,
              key: `${from} ${note.quote} ${note.table}`,
              ignoreSelection: true,
              stopEvent: () => true,
            }),
          );
        }
        index = line.text.indexOf(note.quote, end);
      }
    }
    return false;
  });
  return DecorationSet.create(doc, marks);
}

function noteOf(
  view: EditorView,
  note: FindingNote,
  place: { from: number; to: number; ref: string } | null,
): HTMLElement {
  const aside = document.createElement('span');
  aside.className = 'finding-note';
  aside.contentEditable = 'false';
  aside.append(note.table);
  if (place) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = '改用此数';
    button.title = '换成随统计表更新的数字';
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      const figure = chapterSchema.node('figure', { ref: place.ref });
      view.dispatch(view.state.tr.replaceRangeWith(place.from, place.to, figure));
      view.focus();
    });
    aside.append(button);
  }
  return aside;
}
