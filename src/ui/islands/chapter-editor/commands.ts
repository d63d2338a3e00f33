import { baseKeymap, chainCommands, setBlockType, toggleMark } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { chapterSchema as schema } from './schema.ts';

const { paragraph, heading, bullet_list: bullets, ordered_list: numbers, list_item: item } = schema.nodes;
const { strong, em, link } = schema.marks;

/** Buttons of the toolbar by their `data-command`: what they do and whether it is the case now. */
export const commands: Record<string, { run: Command; active?: (state: EditorState) => boolean }> = {
  heading: { run: toggleHeading(1), active: (state) => headingLevel(state) === 1 },
  subheading: { run: toggleHeading(2), active: (state) => headingLevel(state) === 2 },
  strong: { run: toggleMark(strong!), active: (state) => hasMark(state, 'strong') },
  em: { run: toggleMark(em!), active: (state) => hasMark(state, 'em') },
  bullets: { run: toggleList(bullets!), active: (state) => listType(state) === bullets },
  numbers: { run: toggleList(numbers!), active: (state) => listType(state) === numbers },
  undo: { run: undo },
  redo: { run: redo },
};

export const keys: Record<string, Command> = {
  ...baseKeymap,
  'Mod-b': toggleMark(strong!),
  'Mod-i': toggleMark(em!),
  'Mod-z': undo,
  'Mod-y': redo,
  'Shift-Mod-z': redo,
  'Mod-Alt-0': setBlockType(paragraph!),
  'Mod-Alt-1': toggleHeading(1),
  'Mod-Alt-2': toggleHeading(2),
  'Mod-Shift-7': toggleList(numbers!),
  'Mod-Shift-8': toggleList(bullets!),
  Enter: chainCommands(leaveEmptyItem, splitListItem(item!), baseKeymap.Enter!),
  'Shift-Enter': chainCommands(splitListItem(item!), baseKeymap.Enter!),
  Backspace: chainCommands(plainAtStart, baseKeymap.Backspace!),
};

/** Makes the selection a link, or plain text again when there is no address. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const { from, to } = linkRange(state) ?? state.selection;
    if (from === to) return false;
    const change = state.tr.removeMark(from, to, link!);
    dispatch?.(href === null ? change : change.addMark(from, to, link!.create({ href })));
    return true;
  };
}

/** The address of the link the cursor stands in, else null. */
export function linkAt(state: EditorState): string | null {
  const { $from, from, to } = state.selection;
  const found = link!.isInSet($from.marks()) ?? link!.isInSet($from.nodeAfter?.marks ?? []);
  if (found) return found.attrs.href as string;
  let href: string | null = null;
  state.doc.nodesBetween(from, to, (node) => {
    href ??= (link!.isInSet(node.marks)?.attrs.href as string | undefined) ?? null;
  });
  return href;
}

/** The whole link around an empty cursor. */
function linkRange(state: EditorState): { from: number; to: number } | null {
  const { $from, empty } = state.selection;
  if (!empty) return null;
  let range = null as { from: number; to: number } | null;
  $from.parent.forEach((node, offset) => {
    const from = $from.start() + offset;
    const to = from + node.nodeSize;
    if (link!.isInSet(node.marks) && from <= $from.pos && $from.pos <= to) range = { from, to };
  });
  return range;
}

function toggleHeading(level: 1 | 2): Command {
  return (state, dispatch, view) =>
    headingLevel(state) === level
      ? setBlockType(paragraph!)(state, dispatch, view)
      : setBlockType(heading!, { level })(state, dispatch, view);
}

/** Into a list, out of it, or from one kind to the other. */
function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    const current = listType(state);
    if (current === type) return liftListItem(item!)(state, dispatch, view);
    if (current) {
      const { $from } = state.selection;
      const depth = listDepth(state);
      dispatch?.(state.tr.setNodeMarkup($from.before(depth), type));
      return true;
    }
    if (headingLevel(state) === null) return wrapInList(type)(state, dispatch, view);
    if (!dispatch) return true;
    return setBlockType(paragraph!)(state, (change) => {
      const plain = state.apply(change);
      wrapInList(type)(plain, (wrap) => {
        for (const step of wrap.steps) change.step(step);
        dispatch(change);
      });
    });
  };
}

function leaveEmptyItem(state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.content.size > 0 || listType(state) === null) return false;
  return liftListItem(item!)(state, dispatch);
}

/** Backspace at the start of a heading or item makes it a plain paragraph first. */
function plainAtStart(state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if (headingLevel(state) !== null) return setBlockType(paragraph!)(state, dispatch);
  return listType(state) === null ? false : liftListItem(item!)(state, dispatch);
}

function headingLevel(state: EditorState): number | null {
  const { parent } = state.selection.$from;
  return parent.type === heading ? (parent.attrs.level as number) : null;
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

function hasMark(state: EditorState, name: 'strong' | 'em'): boolean {
  const type = schema.marks[name]!;
  const { from, to, empty, $from } = state.selection;
  return empty
    ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, type);
}
