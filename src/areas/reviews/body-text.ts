import { escapeText } from '../../core/markup.ts';

/** A run of text of a body: where it stands in the text that people read and in the HTML. */
interface Run {
  text: number;
  html: number;
  /** In the text. */
  length: number;
  /** Of the HTML; differs from `length` when a character is written as an entity. */
  htmlLength: number;
}

export interface BodyPicture {
  /** In the HTML. */
  start: number;
  end: number;
  /** Where it stands in the text. */
  text: number;
  src: string;
  alt: string;
}

export interface BodyLink {
  /** In the text. */
  start: number;
  end: number;
  href: string;
}

/** A body as it reads, with the way back into its HTML. */
export interface BodyText {
  text: string;
  runs: readonly Run[];
  pictures: readonly BodyPicture[];
  links: readonly BodyLink[];
}

const PIECES =
  /<(\/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});|[^<&]+|[<&]/gi;
/** What people see as parted: words do not run on from one to the next. */
const PARTS =
  /^(p|h[2-6]|li|ul|ol|br|hr|blockquote|figure|figcaption|table|caption|thead|tbody|tfoot|tr|th|td)$/i;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Reads a body that has been sanitised: every tag closed, `<` and `&` written as entities. */
export function readBody(html: string): BodyText {
  const pieces: string[] = [];
  const runs: Run[] = [];
  const pictures: BodyPicture[] = [];
  const links: BodyLink[] = [];
  const open: BodyLink[] = [];
  let at = 0;
  const add = (text: string) => {
    pieces.push(text);
    at += text.length;
  };
  for (const match of html.matchAll(PIECES)) {
    const [piece, closing, tag] = match;
    if (tag === undefined) {
      const text = piece.length > 1 && piece.startsWith('&') ? decoded(piece) : piece;
      runs.push({ text: at, html: match.index, length: text.length, htmlLength: piece.length });
      add(text);
      continue;
    }
    const name = tag.toLowerCase();
    if (PARTS.test(name)) add('\n');
    if (name === 'a') {
      if (closing === '') {
        const link = { start: at, end: at, href: attribute(match[3] ?? '', 'href') };
        open.push(link);
        links.push(link);
      } else {
        const link = open.pop();
        if (link) link.end = at;
      }
    }
    if (name === 'img')
      pictures.push({
        start: match.index,
        end: match.index + piece.length,
        text: at,
        src: attribute(match[3] ?? '', 'src'),
        alt: attribute(match[3] ?? '', 'alt'),
      });
  }
  return { text: pieces.join(''), runs, pictures, links };
}

function decoded(entity: string): string {
  const name = entity.slice(1, -1);
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? entity;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

function attribute(attributes: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(attributes)?.[1] ?? '';
  return value.replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, decoded).trim();
}

/** A stretch of the text, and what stands there instead. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** The body with stretches of its text replaced, tags between them kept. Replacements stand in order and apart. */
export function replaceInBody(
  html: string,
  { runs }: BodyText,
  replacements: readonly Replacement[],
): string {
  const pieces: string[] = [];
  let copied = 0;
  let run = 0;
  for (const { start, end, text } of replacements) {
    while (run < runs.length && endOf(runs[run]) <= start) run += 1;
    let said = false;
    for (let at = run; at < runs.length; at++) {
      const one = runs[at];
      if (!one || one.text >= end) break;
      const plain = one.htmlLength === one.length;
      const from = plain ? one.html + Math.max(0, start - one.text) : one.html;
      const to = plain ? one.html + Math.min(one.length, end - one.text) : one.html + one.htmlLength;
      pieces.push(html.slice(copied, Math.max(copied, from)), said ? '' : escapeText(text));
      said = true;
      copied = Math.max(copied, to);
    }
  }
  pieces.push(html.slice(copied));
  return pieces.join('');
}

const endOf = (run: Run | undefined): number => (run ? run.text + run.length : 0);
