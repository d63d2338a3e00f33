import type { Edits } from '../office/edits.ts';
import { child, descendants, type Element, textOf } from '../office/xml-tree.ts';

const REMOVED = new Set(['del', 'moveFrom']);
const ADDED = new Set(['ins', 'moveTo']);
const MARKS = /^(moveFrom|moveTo|customXml(Ins|Del|MoveFrom|MoveTo))Range(Start|End)$/;
const FORMER = /^(r|p|sect|tbl|tblEx|tblGrid|tc|tr|numbering)(Pr)?Change$/;
/** Where a mark speaks of its surroundings: a paragraph end, a row, a cell. */
const PROPERTIES = new Set(['rPr', 'trPr', 'tcPr', 'numPr']);

/** Elements that tell what was changed and by whom (ECMA-376 part 1, 17.13.5). */
export function revisionsOf(root: Element): Element[] {
  return [...descendants(root)].filter(isRevision);
}

function isRevision({ name }: Element): boolean {
  return (
    REMOVED.has(name) ||
    ADDED.has(name) ||
    MARKS.test(name) ||
    FORMER.test(name) ||
    /^cell(Ins|Del|Merge)$/.test(name)
  );
}

/** The words that a change took out. */
export function removedText(root: Element, xml: string): string[] {
  return [...descendants(root)]
    .filter(({ name, parent }) => REMOVED.has(name) && !PROPERTIES.has(parent?.name ?? ''))
    .map((change) => textOf(xml, change));
}

/** Accepts every change, as the command of Word does. */
export function acceptRevisions(root: Element, edits: Edits, xml: string): void {
  for (const element of descendants(root)) {
    const { name, parent } = element;
    const marks = PROPERTIES.has(parent?.name ?? '');
    if (marks && name === 'del' && parent?.name === 'trPr' && parent.parent) cutWhole(parent.parent, edits);
    else if (name === 'cellDel' && parent?.parent) cutWhole(parent.parent, edits);
    else if (REMOVED.has(name) && !marks) cutWhole(element, edits);
    else if (ADDED.has(name) && !marks) edits.unwrap(element);
    else if (isRevision(element)) cutWhole(element, edits);
  }
  joinParagraphs(root, edits, xml);
}

function cutWhole({ start, end }: Element, edits: Edits): void {
  edits.cut(start, end);
}

/** A paragraph whose end was deleted goes on in the next one and looks like it. */
function joinParagraphs(root: Element, edits: Edits, xml: string): void {
  for (const container of [root, ...descendants(root)]) {
    const { children } = container;
    for (let index = 0; index < children.length; index++) {
      const first = children[index] as Element;
      if (!endIsDeleted(first)) continue;
      let last = index + 1;
      while (endIsDeleted(children[last])) last += 1;
      const end = children[last];
      if (end?.name !== 'p') {
        dropEmptied(children.slice(index, last), edits);
        index = last - 1;
        continue;
      }
      const properties = child(end, 'pPr');
      const shown = properties ? withoutRevisions(properties, xml) : '';
      const own = child(first, 'pPr');
      const opening = first.openEnd === first.end ? first.source.replace(/\/>$/, '>') : first.source;
      edits.put(first.start, own ? own.end : first.openEnd, opening + shown);
      for (let at = index; at < last; at++) {
        const before = children[at] as Element;
        const after = children[at + 1] as Element;
        const from = before.openEnd === before.end ? before.end : before.closeStart;
        edits.cut(from, child(after, 'pPr')?.end ?? after.openEnd);
      }
      if (end.openEnd === end.end) edits.put(end.end, end.end, `</${tagName(end)}>`);
      index = last;
    }
  }
}

function endIsDeleted(element: Element | undefined): boolean {
  if (element?.name !== 'p') return false;
  const marks = child(element, 'pPr')?.children.find(({ name }) => name === 'rPr');
  return marks?.children.some(({ name }) => REMOVED.has(name)) ?? false;
}

/** With nothing behind them to go on in, paragraphs that were deleted whole are gone; others keep their end. */
function dropEmptied(paragraphs: readonly Element[], edits: Edits): void {
  for (const paragraph of paragraphs) {
    const left = paragraph.children.some(
      ({ name }) => name !== 'pPr' && !REMOVED.has(name) && !MARKS.test(name) && name !== 'proofErr',
    );
    const only = paragraph.parent?.children.filter(({ name }) => name === 'p').length === 1;
    if (!left && !only) cutWhole(paragraph, edits);
  }
}

function withoutRevisions(properties: Element, xml: string): string {
  let text = xml.slice(properties.start, properties.end);
  for (const element of [...descendants(properties)].filter(isRevision).toReversed()) {
    const from = element.start - properties.start;
    const to = element.end - properties.start;
    if (to <= text.length) text = text.slice(0, from) + text.slice(to);
  }
  return text;
}

function tagName({ source }: Element): string {
  return /^<([^\s/>]+)/.exec(source)?.[1] ?? '';
}
