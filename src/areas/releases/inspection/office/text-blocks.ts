import type { Temporal } from 'temporal-polyfill';
import { escapeQuoted } from '../../../../core/markup.ts';
import { type PersonalDatum, personalData } from '../../../../law/index.ts';
import type { Edits } from './edits.ts';
import { type Element, textOf } from './xml-tree.ts';

/** What reads as one text, such as a paragraph, with the elements that hold its pieces. */
export interface TextBlock {
  element: Element;
  text: string;
  leaves: { element: Element; from: number; text: string }[];
}

export interface BlockNames {
  /** Elements whose text belongs together. */
  blocks: ReadonlySet<string>;
  /** Elements that hold characters. */
  leaves: ReadonlySet<string>;
  /** Elements that part what stands before from what stands after. */
  breaks: ReadonlySet<string>;
}

export const wordBlocks: BlockNames = {
  blocks: new Set(['p']),
  leaves: new Set(['t', 'delText', 'instrText', 'delInstrText']),
  breaks: new Set(['tab', 'br', 'cr', 'ptab']),
};

/** Paragraphs of drawings, cached values of charts, properties: whatever else may hold words. */
export const drawingBlocks: BlockNames = {
  blocks: new Set(['p', 'pt', 'tx', 'cm', 'text', 'property']),
  leaves: new Set(['t', 'v', 'text', 'lpwstr', 'lpstr']),
  breaks: new Set(['tab', 'br']),
};

/** Every block of a part, those inside others apart from them; leaves outside any block are blocks of their own. */
export function* textBlocksOf(root: Element, xml: string, names: BlockNames): Generator<TextBlock> {
  const waiting: Element[] = [root];
  for (let element = waiting.shift(); element; element = waiting.shift()) {
    const block: TextBlock = { element, text: '', leaves: [] };
    gather(element, xml, names, block, waiting);
    if (block.text.trim() !== '') yield block;
  }
}

function gather(
  element: Element,
  xml: string,
  names: BlockNames,
  block: TextBlock,
  waiting: Element[],
): void {
  for (const inner of element.children) {
    if (names.breaks.has(inner.name)) block.text += '\t';
    else if (names.leaves.has(inner.name) && inner.children.length === 0) {
      const text = textOf(xml, inner);
      block.leaves.push({ element: inner, from: block.text.length, text });
      block.text += text;
      if (!names.blocks.has(block.element.name)) block.text += '\n';
    } else if (names.blocks.has(inner.name)) waiting.push(inner);
    else gather(inner, xml, names, block, waiting);
  }
}

/** Masks every datum of this kind in the blocks. */
export function maskBlocks(
  blocks: Iterable<TextBlock>,
  edits: Edits,
  kind: PersonalDatum['kind'],
  today: Temporal.PlainDate,
): void {
  for (const { text, leaves } of blocks) {
    const data = personalData(text, today).filter((datum) => datum.kind === kind);
    if (data.length === 0) continue;
    for (const leaf of leaves) {
      const masked = maskPiece(leaf.text, leaf.from, data);
      if (masked !== leaf.text) {
        edits.put(leaf.element.openEnd, leaf.element.closeStart, escapeQuoted(masked));
      }
    }
  }
}

/** A piece of a text that starts at `from` of it, with the data masked that lie in it. */
export function maskPiece(piece: string, from: number, data: readonly PersonalDatum[]): string {
  let masked = piece;
  for (const { start, end, replacement } of data) {
    const first = Math.max(start, from);
    const last = Math.min(end, from + piece.length);
    if (first >= last) continue;
    masked =
      masked.slice(0, first - from) +
      replacement.slice(first - start, last - start) +
      masked.slice(last - from);
  }
  return masked;
}
