import type { Block, Inline } from '../model.ts';
import { type NarrativeContext, resolveReference } from './reference.ts';

type Line =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'item'; ordered: boolean; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'empty' };

/**
 * Chapter source to blocks: paragraphs, `## ` and `### ` headings, `- ` and `1. ` lists, **bold**, *italic*,
 * [links](https://…) and `{{…}}` references. Emphasis closes wherever its mark recurs, unlike CommonMark, because Chinese
 * has no spaces around words. Everything else is plain text.
 */
export function parseNarrative(source: string, context: NarrativeContext): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let list = null as { ordered: boolean; items: string[] } | null;

  const close = () => {
    if (paragraph.length > 0)
      blocks.push({ kind: 'paragraph', inlines: parseInlines(joinLines(paragraph), context) });
    if (list)
      blocks.push({
        kind: 'list',
        ordered: list.ordered,
        items: list.items.map((item) => parseInlines(item, context)),
      });
    paragraph = [];
    list = null;
  };

  for (const raw of source.replaceAll('\r\n', '\n').split('\n')) {
    const line = readLine(raw);
    if (line.kind === 'item') {
      if (list?.ordered !== line.ordered) {
        close();
        list = { ordered: line.ordered, items: [] };
      }
      list.items.push(line.text);
    } else if (line.kind === 'text' && list) {
      list.items.push(joinLines([list.items.pop() ?? '', line.text]));
    } else if (line.kind === 'text') {
      paragraph.push(line.text);
    } else {
      close();
      if (line.kind === 'heading')
        blocks.push({ kind: 'heading', level: line.level, inlines: parseInlines(line.text, context) });
    }
  }
  close();
  return blocks;
}

/** The plain text of inlines, with figures as they print. */
export function textOf(inlines: readonly Inline[]): string {
  return inlines.map(({ text }) => text).join('');
}

/** Inline lists of a block, one for each line of text it prints. */
export function linesOf(block: Block): Inline[][] {
  return block.kind === 'list' ? block.items : [block.inlines];
}

function readLine(raw: string): Line {
  const text = raw.trim();
  if (text === '') return { kind: 'empty' };
  const heading = /^(#{1,6})\s+(.+)$/.exec(text);
  if (heading) return { kind: 'heading', level: heading[1]!.length > 2 ? 2 : 1, text: heading[2]! };
  const item = /^(?:([-*+])|\d+[.)])\s+(.+)$/.exec(text);
  if (item) return { kind: 'item', ordered: item[1] === undefined, text: item[2]! };
  return { kind: 'text', text };
}

/** Lines of one paragraph; a line break between Latin words is a space, between Han nothing. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => text + (/[!-~]$/.test(text) && /^[!-~]/.test(line) ? ' ' : '') + line);
}

const token =
  /\\(?<escaped>[!-/:-@[-`{-~])|\{\{(?<reference>[^{}]*)\}\}|\[(?<label>[^\][]+)\]\((?<href>[^()\s]+)\)|(?<mark>\*\*|\*)/gu;

function parseInlines(text: string, context: NarrativeContext): Inline[] {
  const inlines: Inline[] = [];
  const style = { bold: false, italic: false };
  const write = (part: string) => {
    if (part === '') return;
    const styled = { ...(style.bold && { bold: true }), ...(style.italic && { italic: true }) };
    const last = inlines.at(-1);
    if (last?.kind === 'text' && !last.bold === !style.bold && !last.italic === !style.italic)
      last.text += part;
    else inlines.push({ kind: 'text', text: part, ...styled });
  };

  let at = 0;
  for (const match of text.matchAll(token)) {
    write(text.slice(at, match.index));
    at = match.index + match[0].length;
    const { escaped, reference, label, href, mark } = match.groups ?? {};
    if (escaped !== undefined) write(escaped);
    else if (reference !== undefined) {
      const inline = resolveReference(reference, context);
      if (inline.kind === 'text') write(inline.text);
      else inlines.push(inline);
    } else if (label !== undefined && href !== undefined) {
      if (isSafeLink(href)) inlines.push({ kind: 'link', href, text: label });
      else write(label);
    } else if (mark !== undefined) {
      const name = mark === '**' ? 'bold' : 'italic';
      const opensOrCloses = style[name] || closesLater(text, at, mark);
      if (opensOrCloses) style[name] = !style[name];
      else write(mark);
    }
  }
  write(text.slice(at));
  return inlines;
}

function closesLater(text: string, from: number, mark: string): boolean {
  for (const match of text.slice(from).matchAll(token)) if (match.groups?.mark === mark) return true;
  return false;
}

/** Web addresses, mail and pages of this site; anything else could run script. */
function isSafeLink(href: string): boolean {
  return /^(?:https?:\/\/|mailto:|\/(?!\/))/i.test(href);
}
