import { SaxesParser } from 'saxes';
import { escapeQuoted } from '../../../../core/markup.ts';
import { type Budget, refused } from '../limits.ts';

/** An element of an XML part with its place in the text; names come without their prefix. */
export interface Element {
  name: string;
  parent: Element | null;
  children: Element[];
  /** Of the opening tag, from `<` to behind `>`. */
  start: number;
  openEnd: number;
  /** Of the closing tag; equal to `openEnd` and `end` of an empty element. */
  closeStart: number;
  end: number;
  /** As written in the opening tag. */
  source: string;
}

export interface Attribute {
  /** With its prefix, e.g. `r:id`. */
  name: string;
  local: string;
  value: string;
  /** Within the text, with the blank before the name. */
  start: number;
  end: number;
}

/** Decodes a part; packages hold UTF-8 and, rarely, UTF-16. @throws UnreadableFile `encoding` */
export function decodeXml(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  const text = new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/i.exec(text);
  if (!declared) return text;
  if (!/^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(declared[1] ?? '')) {
    throw refused('encoding', '文件内部使用了不常见的文字编码，无法检查，不能发出。请另存后重试。');
  }
  return text.replace(declared[0], declared[0].replace(declared[1] ?? '', 'UTF-8'));
}

/**
 * Makes sure that a part is XML which every reader takes alike: well formed, without a document type, not too deep.
 * @throws UnreadableFile
 */
export function checkXml(text: string, budget: Budget): void {
  const parser = new SaxesParser({ xmlns: false });
  let fault: Error | null = null;
  let depth = 0;
  let elements = 0;
  parser.on('error', () => {
    fault ??= refused(
      'damaged',
      '文件内部的 XML 不完整，无法检查，不能发出。请在 Office 或 WPS 中打开后另存。',
    );
  });
  parser.on('doctype', () => {
    fault ??= refused('damaged', '文件内含不允许的声明，不能发出。请在 Office 或 WPS 中打开后另存。');
  });
  parser.on('opentag', () => {
    depth += 1;
    elements += 1;
    if (depth > budget.limits.nesting || elements > budget.limits.elements) {
      fault ??= refused('bomb', '文件内部结构过深或过大，无法检查，不能发出。请删去不需要的内容后另存。');
    }
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  for (let at = 0; at < text.length && !fault; at += 1 << 20) {
    parser.write(text.slice(at, at + (1 << 20)));
    budget.time();
  }
  if (!fault) parser.close();
  if (fault) throw fault;
}

const MARKUP =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|\?[\s\S]*?\?>|(\/?)([^\s/>!?][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>)/g;

export interface Tag {
  kind: 'open' | 'close' | 'empty';
  name: string;
  start: number;
  end: number;
  /** The whole tag. */
  source: string;
}

/** The tags of checked XML in order. */
export function* tagsOf(xml: string): Generator<Tag> {
  for (const match of xml.matchAll(MARKUP)) {
    const name = match[2];
    if (name === undefined) continue;
    const kind = match[1] === '/' ? 'close' : match[3]?.endsWith('/') ? 'empty' : 'open';
    yield {
      kind,
      name: local(name),
      start: match.index,
      end: match.index + match[0].length,
      source: match[0],
    };
  }
}

/** The whole of checked XML; the root of the tree is the element of the part. */
export function treeOf(xml: string): Element {
  const top = node('', null, 0, '');
  let current = top;
  for (const tag of tagsOf(xml)) {
    if (tag.kind === 'close') {
      current.closeStart = tag.start;
      current.end = tag.end;
      current = current.parent ?? top;
      continue;
    }
    const element = node(tag.name, current === top ? null : current, tag.start, tag.source);
    element.openEnd = element.closeStart = element.end = tag.end;
    current.children.push(element);
    if (tag.kind === 'open') current = element;
  }
  return top.children[0] ?? top;
}

function node(name: string, parent: Element | null, start: number, source: string): Element {
  return { name, parent, children: [], start, openEnd: start, closeStart: start, end: start, source };
}

export function* descendants(element: Element): Generator<Element> {
  const stack = element.children.toReversed();
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    for (let index = next.children.length - 1; index >= 0; index--)
      stack.push(next.children[index] as Element);
  }
}

export function child(element: Element, name: string): Element | undefined {
  return element.children.find((inner) => inner.name === name);
}

export function ancestor(element: Element, ...names: string[]): Element | undefined {
  for (let above = element.parent; above; above = above.parent) if (names.includes(above.name)) return above;
  return undefined;
}

const ATTRIBUTE = /\s+([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export function attributesOf({ source, start }: { source: string; start: number }): Attribute[] {
  return [...source.matchAll(ATTRIBUTE)].map((match) => ({
    name: match[1] ?? '',
    local: local(match[1] ?? ''),
    value: decodeEntities(match[2] ?? match[3] ?? ''),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}

/** The value of an attribute, by its name without prefix. */
export function attribute(tag: { source: string; start: number }, name: string): string | undefined {
  if (!tag.source.includes(name)) return undefined;
  return attributesOf(tag).find((found) => found.local === name)?.value;
}

/** `1`, `true`, `on`, or there without a value: how Office writes a switch; `w:val="0"` turns it off. */
export function isOn(element: Element | undefined): boolean {
  if (!element) return false;
  return !/^(0|false|off|none)$/i.test(attribute(element, 'val') ?? 'true');
}

/** The text between two places of checked XML, tags and comments left out. */
export function textBetween(xml: string, start: number, end: number): string {
  const inside = xml.slice(start, end);
  if (!inside.includes('<')) return decodeEntities(inside);
  return decodeEntities(
    inside.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, raw: string) => escapeQuoted(raw)).replace(MARKUP, ''),
  );
}

export function textOf(xml: string, element: Element): string {
  return textBetween(xml, element.openEnd, element.closeStart);
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ENTITY = /&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/g;

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, entity: string) => {
    if (!entity.startsWith('#')) return NAMED[entity] ?? whole;
    const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
