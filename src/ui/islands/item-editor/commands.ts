import { baseKeymap, chainCommands, lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  mergeCells,
  splitCell,
  toggleHeaderRow,
} from 'prosemirror-tables';
import { itemSchema as schema } from './schema.ts';

const {
  paragraph,
  heading,
  blockquote,
  bullet_list: bullets,
  ordered_list: numbers,
  list_item: item,
  hard_break: lineBreak,
} = schema.nodes;
const { strong, em, underline, link } = schema.marks;

/** Buttons of the toolbar by their `data-command`: what they do and whether it is the case now. */
export const commands: Record<string, { run: Command; active?: (state: EditorState) => boolean }> = {
  heading: { run: toggleHeading(2), active: (state) => headingLevel(state) === 2 },
  subheading: { run: toggleHeading(3), active: (state) => headingLevel(state) === 3 },
  strong: { run: toggleMark(strong!), active: (state) => hasMark(state, 'strong') },
  em: { run: toggleMark(em!), active: (state) => hasMark(state, 'em') },
  underline: { run: toggleMark(underline!), active: (state) => hasMark(state, 'underline') },
  center: { run: toggleAlign('align-center'), active: (state) => alignOf(state) === 'align-center' },
  right: { run: toggleAlign('align-right'), active: (state) => alignOf(state) === 'align-right' },
  bullets: { run: toggleList(bullets!), active: (state) => listType(state) === bullets },
  numbers: { run: toggleList(numbers!), active: (state) => listType(state) === numbers },
  quote: {
    run: (state, dispatch) => (inQuote(state) ? lift(state, dispatch) : wrapIn(blockquote!)(state, dispatch)),
    active: inQuote,
  },
  table: { run: insertTable },
  undo: { run: undo },
  redo: { run: redo },
  rowAfter: { run: addRowAfter },
  columnAfter: { run: addColumnAfter },
  rowRemove: { run: deleteRow },
  columnRemove: { run: deleteColumn },
  merge: { run: mergeCells },
  split: { run: splitCell },
  headerRow: { run: toggleHeaderRow },
  tableRemove: { run: deleteTable },
};

export const keys: Record<string, Command> = {
  ...baseKeymap,
  'Mod-b': toggleMark(strong!),
  'Mod-i': toggleMark(em!),
  'Mod-u': toggleMark(underline!),
  'Mod-z': undo,
  'Mod-y': redo,
  'Shift-Mod-z': redo,
  'Mod-Alt-0': setBlockType(paragraph!),
  'Mod-Alt-1': toggleHeading(2),
  'Mod-Alt-2': toggleHeading(3),
  'Mod-Shift-7': toggleList(numbers!),
  'Mod-Shift-8': toggleList(bullets!),
  Enter: chainCommands(splitListItem(item!), baseKeymap.Enter!),
  'Shift-Enter': (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(lineBreak!.create()).scrollIntoView());
    return true;
  },
  // Within tables and lists only: elsewhere Tab leaves the text, as it must for the keyboard.
  Tab: chainCommands(goToNextCell(1), sinkListItem(item!)),
  'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(item!)),
};

export { isInTable };

/** Makes the selection a link, or plain text again when there is no address. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    if (from === to) return false;
    const change = state.tr.removeMark(from, to, link!);
    dispatch?.(href === null ? change : change.addMark(from, to, link!.create({ href })));
    return true;
  };
}

/** The address of the link at the cursor, else null. */
export function linkAt(state: EditorState): string | null {
  const { $from, from, to } = state.selection;
  let href = (link!.isInSet($from.marks())?.attrs.href as string | undefined) ?? null;
  state.doc.nodesBetween(from, to, (node) => {
    href ??= (link!.isInSet(node.marks)?.attrs.href as string | undefined) ?? null;
  });
  return href;
}

function insertTable(state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  if (isInTable(state)) return false;
  const { table, table_row: row, table_cell: cell, table_header: header } = schema.nodes;
  const rowOf = (type: NodeType) =>
    row!.create(
      null,
      [0, 1, 2].map(() => type.createAndFill()!),
    );
  const node = table!.create(null, [rowOf(header!), rowOf(cell!), rowOf(cell!)]);
  dispatch?.(state.tr.replaceSelectionWith(node).scrollIntoView());
  return true;
}

function toggleHeading(level: number): Command {
  return (state, dispatch, view) =>
    headingLevel(state) === level
      ? setBlockType(paragraph!)(state, dispatch, view)
      : setBlockType(heading!, { level })(state, dispatch, view);
}

function toggleAlign(align: string): Command {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    const change = state.tr;
    const wanted = alignOf(state) === align ? null : align;
    state.doc.nodesBetween(from, to, (node, position) => {
      if (node.type === paragraph) change.setNodeMarkup(position, null, { ...node.attrs, align: wanted });
    });
    if (!change.docChanged) return false;
    dispatch?.(change);
    return true;
  };
}

/** Into a list, out of it, or from one kind to the other. */
function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    const current = listType(state);
    if (current === type) return liftListItem(item!)(state, dispatch, view);
    if (!current) return wrapInList(type)(state, dispatch, view);
    const depth = listDepth(state);
    dispatch?.(state.tr.setNodeMarkup(state.selection.$from.before(depth), type));
    return true;
  };
}

function headingLevel(state: EditorState): number | null {
  const { parent } = state.selection.$from;
  return parent.type === heading ? (parent.attrs.level as number) : null;
}

function alignOf(state: EditorState): string | null {
  const { parent } = state.selection.$from;
  return parent.type === paragraph ? (parent.attrs.align as string | null) : null;
}

function inQuote(state: EditorState): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === blockquote) return true;
  return false;
}

function listDepth(state: EditorState): number {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type } = $from.node(depth);
    if (type === bullets || type === numbers) return depth;
  }
  return 0;
}

function listType(state: EditorState): NodeType | null {
  const depth = listDepth(state);
  return depth === 0 ? null : state.selection.$from.node(depth).type;
}

function hasMark(state: EditorState, name: 'strong' | 'em' | 'underline'): boolean {
  const type = schema.marks[name]!;
  const { from, to, empty, $from } = state.selection;
  return empty
    ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, type);
}
