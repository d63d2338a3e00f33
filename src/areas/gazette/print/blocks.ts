import { parseDocument } from 'htmlparser2';
import { plain as printable } from '../../../annual-report/render/words.ts';
import { type Grid, gridsOf, type RawTable } from './tables.ts';

/** Text in one style; `break` ends the line. */
export type Inline =
  | {
      kind: 'text';
      text: string;
      bold: boolean;
      italic: boolean;
      mark: '' | 'u' | 's' | 'sup' | 'sub';
      href: string;
    }
  | { kind: 'break' };

/** What the layout draws, one under another. */
export type Block =
  | { kind: 'heading'; level: number; inlines: Inline[] }
  | {
      kind: 'paragraph';
      align: 'justify' | 'center' | 'right';
      indent: boolean;
      depth: number;
      mark: string;
      /** So long that its lines are broken one after another. */
      rough: boolean;
      inlines: Inline[];
    }
  | { kind: 'picture'; digest: string; alt: string; caption: string }
  | { kind: 'rule' }
  | { kind: 'table'; caption: string; grids: Grid[] };

interface Node {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: Node[];
}

interface Style {
  bold: boolean;
  italic: boolean;
  mark: '' | 'u' | 's' | 'sup' | 'sub';
  href: string;
}

const bare: Style = { bold: false, italic: false, mark: '', href: '' };
/** A longer paragraph goes on as several: the typesetter weighs every line break of a paragraph against all others. */
const LONGEST_PARAGRAPH = 4000;
/** Beyond this nobody sees how well the lines of a paragraph are broken. */
const ROUGH_PARAGRAPH = 2000;
/** A longer run of letters and digits may break anywhere. */
const LONGEST_WORD = 24;
const DEEPEST = 4;
const MOST_DEPTH = 80;

/** A sanitised body as blocks. Text stays text: nothing of it is ever read as markup. */
export function blocksOf(html: string, hasPicture: (digest: string) => boolean): Block[] {
  const writer = new Writer(hasPicture);
  writer.walk(parseDocument(html).children as unknown as Node[], bare, 0);
  writer.end();
  return writer.blocks;
}

const headingLevels: Readonly<Record<string, number>> = { h2: 1, h3: 2, h4: 3 };

/** The style inside an element that changes it; null for all others. */
function styled(name: string, attribs: Record<string, string>, style: Style): Style | null {
  if (name === 'strong') return { ...style, bold: true };
  if (name === 'em') return { ...style, italic: true };
  if (name === 'u' || name === 's' || name === 'sup' || name === 'sub') return { ...style, mark: name };
  return name === 'a' ? { ...style, href: safeHref(attribs.href ?? '') } : null;
}

class Writer {
  readonly blocks: Block[] = [];
  readonly #hasPicture: (digest: string) => boolean;
  #line: Inline[] = [];
  #characters = 0;
  #form: { align: 'justify' | 'center' | 'right'; indent: boolean; mark: string } = open();
  #depth = 0;

  constructor(hasPicture: (digest: string) => boolean) {
    this.#hasPicture = hasPicture;
  }

  walk(nodes: readonly Node[], style: Style, nesting: number): void {
    if (nesting > MOST_DEPTH) return;
    for (const node of nodes) this.#node(node, style, nesting);
  }

  #node(node: Node, style: Style, nesting: number): void {
    const { name = '', attribs = {}, children = [] } = node;
    const level = headingLevels[name];
    const next = styled(name, attribs, style);
    if (node.type === 'text') this.#text(node.data ?? '', style);
    else if (next) this.walk(children, next, nesting + 1);
    else if (level) this.#heading(level, children);
    else if (name === 'br') this.#line.push({ kind: 'break' });
    else if (name === 'hr') this.#rule();
    else if (name === 'img') this.#picture(attribs);
    else if (name === 'figure') this.#figure(children, nesting);
    else if (name === 'table') this.#table(node);
    else if (name === 'ul' || name === 'ol') this.#list(node, style, nesting);
    else if (name === 'blockquote') this.#quote(children, style, nesting);
    else if (name === 'p' || name === 'figcaption')
      this.#paragraph(attribs.class ?? '', () => this.walk(children, style, nesting + 1));
    else this.walk(children, style, nesting + 1);
  }

  #rule(): void {
    this.end();
    this.blocks.push({ kind: 'rule' });
  }

  #quote(children: readonly Node[], style: Style, nesting: number): void {
    this.end();
    this.#depth += 1;
    this.walk(children, style, nesting + 1);
    this.end();
    this.#depth -= 1;
  }

  #paragraph(classes: string, inside: () => void): void {
    // The first paragraph of a list item stands beside its mark.
    if (this.#line.length > 0) this.end();
    const { mark } = this.#form;
    this.#form = {
      align: classes.includes('align-center')
        ? 'center'
        : classes.includes('align-right')
          ? 'right'
          : 'justify',
      indent: !/align-|no-indent/.test(classes),
      mark,
    };
    inside();
    this.end();
  }

  #text(data: string, style: Style): void {
    const text = breakable(printable(data).replaceAll(/[\s\u2028\u2029]+/g, ' '));
    if (text === '' || (text === ' ' && this.#line.length === 0)) return;
    for (const piece of pieces(text, LONGEST_PARAGRAPH)) {
      if (this.#characters + piece.length > LONGEST_PARAGRAPH && this.#characters > 0) this.#goOn();
      this.#line.push({ kind: 'text', text: piece, ...style });
      this.#characters += piece.length;
    }
  }

  /** The same paragraph, further on. */
  #goOn(): void {
    const { align } = this.#form;
    this.end();
    this.#form = { align, indent: false, mark: '' };
  }

  /** Closes the paragraph that is open. */
  end(): void {
    const inlines = trimmed(this.#line);
    const depth = Math.min(this.#depth, DEEPEST);
    const rough = this.#characters > ROUGH_PARAGRAPH;
    if (inlines.length > 0) this.blocks.push({ kind: 'paragraph', ...this.#form, depth, rough, inlines });
    this.#line = [];
    this.#characters = 0;
    this.#form = open();
  }

  #heading(level: number, children: readonly Node[]): void {
    this.end();
    const inlines = inlinesOf(children);
    if (inlines.length > 0) this.blocks.push({ kind: 'heading', level, inlines });
  }

  #picture({ src = '', alt = '' }: Record<string, string>): void {
    const digest = /^\/files\/items\/\d+\/([0-9a-f]{64})$/.exec(src)?.[1] ?? '';
    if (this.#hasPicture(digest)) {
      this.end();
      this.blocks.push({ kind: 'picture', digest, alt: line(alt) || '图片', caption: '' });
    } else this.#text(`［图片${alt === '' ? '' : `：${alt}`}］`, bare);
  }

  #figure(children: readonly Node[], nesting: number): void {
    this.end();
    const caption = children.find(({ name }) => name === 'figcaption');
    const from = this.blocks.length;
    this.walk(
      children.filter((child) => child !== caption),
      bare,
      nesting + 1,
    );
    this.end();
    const last = this.blocks.at(-1);
    const words = caption ? line(textOf([caption])) : '';
    if (this.blocks.length > from && last?.kind === 'picture') last.caption = words;
    else if (words !== '') this.#paragraph('align-center', () => this.#text(words, bare));
  }

  #list({ name, attribs = {}, children = [] }: Node, style: Style, nesting: number): void {
    this.end();
    let number = Math.min(Math.max(Number.parseInt(attribs.start ?? '1', 10) || 1, 0), 1_000_000);
    this.#depth += 1;
    for (const child of children) {
      if (child.type === 'text' && (child.data ?? '').trim() === '') continue;
      this.#form = { align: 'justify', indent: false, mark: name === 'ol' ? `${number++}.` : '•' };
      this.walk(child.name === 'li' ? (child.children ?? []) : [child], style, nesting + 1);
      this.end();
    }
    this.#depth -= 1;
  }

  #table(node: Node): void {
    this.end();
    const raw = rawTable(node);
    const grids = gridsOf(raw);
    const caption = raw.caption;
    if (grids === null) {
      // Beyond what a page can hold: its text, a row a paragraph.
      if (caption !== '') this.#paragraph('align-center', () => this.#text(caption, bare));
      for (const row of raw.rows)
        this.#paragraph('no-indent', () => this.#text(row.cells.map(({ text }) => text).join('　'), bare));
      return;
    }
    if (grids.length > 0) this.blocks.push({ kind: 'table', caption, grids });
  }
}

const open = (): { align: 'justify' | 'center' | 'right'; indent: boolean; mark: string } => ({
  align: 'justify',
  indent: true,
  mark: '',
});

/** Rows of a table and of those inside it: cells as plain text with line ends. */
function rawTable(table: Node): RawTable {
  const raw: RawTable = { caption: '', rows: [] };
  const visit = (nodes: readonly Node[], head: boolean, nesting: number): void => {
    for (const node of nodes) {
      if (node.name === 'caption') raw.caption = line(textOf([node]));
      else if (node.name === 'tr') {
        const cells = (node.children ?? []).filter(({ name }) => name === 'td' || name === 'th');
        raw.rows.push({
          head: head || (cells.length > 0 && cells.every(({ name }) => name === 'th')),
          cells: cells.map(({ attribs = {}, children = [], name }) => ({
            text: breakable(linesOf(textOf(children))),
            head: name === 'th',
            columns: spanOf(attribs.colspan),
            rows: spanOf(attribs.rowspan),
          })),
        });
      } else if (nesting < 4 && node.children)
        visit(node.children, head || node.name === 'thead', nesting + 1);
    }
  };
  visit(table.children ?? [], false, 0);
  return raw;
}

const spanOf = (value: string | undefined): number =>
  Math.min(Math.max(Number.parseInt(value ?? '1', 10) || 1, 1), 1000);

const ENDS_LINE: ReadonlySet<string> = new Set(['p', 'br', 'li', 'tr', 'h2', 'h3', 'h4', 'blockquote']);

/** Text of nodes, a line a block. */
function textOf(nodes: readonly Node[], nesting = 0): string {
  if (nesting > MOST_DEPTH) return '';
  return nodes
    .map((node) => {
      if (node.type === 'text') return (node.data ?? '').replaceAll(/\s+/g, ' ');
      if (node.name === 'img') return `［图片${node.attribs?.alt ? `：${node.attribs.alt}` : ''}］`;
      const inside = textOf(node.children ?? [], nesting + 1);
      return ENDS_LINE.has(node.name ?? '') ? `${inside}\n` : inside;
    })
    .join('');
}

const linesOf = (text: string): string =>
  printable(text)
    .replaceAll(/[ \t]*\n\s*/g, '\n')
    .trim();
const line = (text: string): string => printable(text).replaceAll(/\s+/g, ' ').trim();

function inlinesOf(nodes: readonly Node[]): Inline[] {
  const text = breakable(line(textOf(nodes))).slice(0, 1000);
  return text === '' ? [] : [{ kind: 'text', text, ...bare }];
}

/** Without line ends and blanks at either end. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  const blank = (inline: Inline | undefined) =>
    inline !== undefined && (inline.kind === 'break' || inline.text.trim() === '');
  let [from, to] = [0, inlines.length];
  while (from < to && blank(inlines[from])) from += 1;
  while (to > from && blank(inlines[to - 1])) to -= 1;
  return inlines.slice(from, to);
}

/** A word too long for a line may break after every few letters: marked by U+200B, which the layout never prints. */
export function breakable(text: string): string {
  return text.replaceAll(new RegExp(`[!-~]{${LONGEST_WORD + 1},}`, 'g'), (word) =>
    word.replaceAll(word.length > 2000 ? /.{20}(?=.)/g : /.{8}(?=.)/g, '$&\u200b'),
  );
}

/** Text in pieces of at most so many characters, after a full stop where there is one. */
function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const stop = Math.max(rest.lastIndexOf('。', most - 1), rest.lastIndexOf('；', most - 1));
    let at = stop > most / 2 ? stop + 1 : most;
    // Never between the halves of one character.
    if (/[\ud800-\udbff]/.test(rest[at - 1] ?? '')) at -= 1;
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...found, rest];
}

/** The address if a reader may follow it, else ''. */
function safeHref(href: string): string {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol) ? href.slice(0, 2000) : '';
  } catch {
    return '';
  }
}
