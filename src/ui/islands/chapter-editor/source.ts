import type { Mark, Node } from 'prosemirror-model';
import { isSafeHref, chapterSchema as schema } from './schema.ts';

/**
 * Chapter source to editor document and back. The grammar is the report's own: paragraphs, `## ` and `### ` headings,
 * `- ` and `1. ` lists, **bold**, *italic*, [links](https://…) and `{{…}}` references, with emphasis that closes wherever
 * its mark recurs. What is read here and written back says the same to the report.
 */
export function readSource(source: string): Node {
  const blocks: Node[] = [];
  let paragraph: string[] = [];
  let list = null as { ordered: boolean; items: string[] } | null;
  const close = () => {
    if (paragraph.length > 0) blocks.push(schema.node('paragraph', null, readInlines(joinLines(paragraph))));
    if (list) {
      const items = list.items.map((item) =>
        schema.node('list_item', null, schema.node('paragraph', null, readInlines(item))),
      );
      blocks.push(schema.node(list.ordered ? 'ordered_list' : 'bullet_list', null, items));
    }
    paragraph = [];
    list = null;
  };

  for (const raw of source.replaceAll('\r\n', '\n').split('\n')) {
    const text = raw.trim();
    const heading = /^(#{1,6})\s+(.+)$/.exec(text);
    const item = heading ? null : /^(?:([-*+])|\d+[.)])\s+(.+)$/.exec(text);
    if (item) {
      const ordered = item[1] === undefined;
      if (list?.ordered !== ordered) {
        close();
        list = { ordered, items: [] };
      }
      list.items.push(item[2]!);
    } else if (heading || text === '') {
      close();
      if (heading) {
        const level = heading[1]!.length > 2 ? 2 : 1;
        blocks.push(schema.node('heading', { level }, readInlines(heading[2]!)));
      }
    } else if (list) {
      list.items.push(joinLines([list.items.pop() ?? '', text]));
    } else {
      paragraph.push(text);
    }
  }
  close();
  return schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('paragraph')]);
}

/** The document as source. Empty paragraphs, headings and items are left out. */
export function writeSource(doc: Node): string {
  const blocks: string[] = [];
  doc.forEach((block) => {
    const { name } = block.type;
    if (name === 'bullet_list' || name === 'ordered_list') {
      const items: string[] = [];
      block.forEach((item) => {
        const text = writeInlines(item.child(0)).trim();
        if (text !== '') items.push(`${name === 'bullet_list' ? '-' : `${items.length + 1}.`} ${text}`);
      });
      if (items.length > 0) blocks.push(items.join('\n'));
      return;
    }
    const text = writeInlines(block).trim();
    if (text === '') return;
    blocks.push(
      name === 'heading' ? `${block.attrs.level === 1 ? '##' : '###'} ${text}` : escapeLineStart(text),
    );
  });
  return blocks.join('\n\n');
}

/** Lines of one paragraph; a line break between Latin words is a space, between Han nothing. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => text + (/[!-~]$/.test(text) && /^[!-~]/.test(line) ? ' ' : '') + line);
}

const token =
  /\\(?<escaped>[!-/:-@[-`{-~])|\{\{(?<reference>[^{}]*)\}\}|\[(?<label>[^\][]+)\]\((?<href>[^()\s]+)\)|(?<mark>\*\*|\*)/gu;

function readInlines(text: string): Node[] {
  const inlines: Node[] = [];
  const style = { strong: false, em: false };
  const marks = (): Mark[] => [
    ...(style.strong ? [schema.mark('strong')] : []),
    ...(style.em ? [schema.mark('em')] : []),
  ];
  const write = (part: string) => {
    if (part !== '') inlines.push(schema.text(part, marks()));
  };
  let at = 0;
  for (const match of text.matchAll(token)) {
    write(text.slice(at, match.index));
    at = match.index + match[0].length;
    const { escaped, reference, label, href, mark } = match.groups ?? {};
    if (escaped !== undefined) write(escaped);
    else if (reference !== undefined)
      inlines.push(schema.node('figure', { ref: reference }, undefined, marks()));
    else if (label !== undefined && href !== undefined) {
      if (isSafeHref(href)) inlines.push(schema.text(label, [schema.mark('link', { href })]));
      else write(label);
    } else if (mark !== undefined) {
      const name = mark === '**' ? 'strong' : 'em';
      if (style[name] || closesLater(text, at, mark)) style[name] = !style[name];
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

function writeInlines(block: Node): string {
  let text = '';
  const open = { strong: false, em: false };
  const turn = (wanted: { strong: boolean; em: boolean }) => {
    // Emphasis written as `***` reads as strong, then em, whatever closes or opens.
    if (open.strong !== wanted.strong) text += '**';
    if (open.em !== wanted.em) text += '*';
    Object.assign(open, wanted);
  };
  const parts: { text: string; link: string | null; strong: boolean; em: boolean }[] = [];
  block.forEach((node) => {
    const link = node.marks.find(({ type }) => type.name === 'link');
    const written = node.type.name === 'figure' ? `{{${node.attrs.ref}}}` : (node.text ?? '');
    const last = parts.at(-1);
    if (last && link && last.link === link.attrs.href && node.isText) last.text += written;
    else
      parts.push({
        text: node.isText && !link ? escapeText(written) : written,
        link: link && node.isText ? (link.attrs.href as string) : null,
        strong: node.marks.some(({ type }) => type.name === 'strong'),
        em: node.marks.some(({ type }) => type.name === 'em'),
      });
  });
  let begun = false;
  for (const part of parts) {
    // Space before the first word is none; with emphasis around it, it would read as an item or as a mark that never closes.
    if (!begun && part.link === null) part.text = part.text.trimStart();
    if (part.text === '') continue;
    begun = true;
    // A link keeps whatever emphasis is open around it: its words show none.
    if (part.link !== null) text += writeLink(part.text, part.link);
    else {
      turn(part);
      text += part.text;
    }
  }
  turn({ strong: false, em: false });
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

/** A link's words stand between brackets as they are, so they can hold none. */
function writeLink(words: string, href: string): string {
  const label = words.replaceAll('[', '〔').replaceAll(']', '〕');
  return label === '' ? '' : `[${label}](${href})`;
}

/** Marks of the subset that stand in the text as themselves. */
function escapeText(text: string): string {
  return text.replaceAll(/\\(?=[!-/:-@[-`{-~]|$)|\*|\{(?=\{|$)|(?<=\])\(/g, '\\$&');
}

/** A paragraph that begins like a heading or a list item. */
function escapeLineStart(line: string): string {
  return line.replace(/^(#{1,6}|[-+])(?=\s)/, '\\$1').replace(/^(\d+)([.)])(?=\s)/, '$1\\$2');
}
