import { type DOMOutputSpec, Schema } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

const LINK = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/))/i;
const PICTURE = /^\/files\/items\/\d+\/[0-9a-f]{64}$/;

/** An address that may be followed; null for anything else. */
export function readHref(given: string): string | null {
  const href = given.trim();
  return LINK.test(href) ? href : null;
}

function classOf(element: HTMLElement): { align: string | null } {
  for (const name of ['align-center', 'align-right', 'no-indent'])
    if (element.classList.contains(name)) return { align: name };
  const side = element.style.textAlign || element.getAttribute('align');
  return { align: side === 'center' ? 'align-center' : side === 'right' ? 'align-right' : null };
}

/** What the text of an item may hold: what the server keeps when it saves, and nothing else. */
export const itemSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: {
      group: 'block',
      content: 'inline*',
      attrs: { align: { default: null } },
      parseDOM: [
        { tag: 'p', getAttrs: classOf },
        { tag: 'figcaption', attrs: { align: 'align-center' } },
      ],
      toDOM: ({ attrs }): DOMOutputSpec =>
        attrs.align ? ['p', { class: attrs.align as string }, 0] : ['p', 0],
    },
    heading: {
      group: 'block',
      content: 'inline*',
      defining: true,
      attrs: { level: { default: 2 } },
      parseDOM: [
        { tag: 'h1', attrs: { level: 2 } },
        { tag: 'h2', attrs: { level: 2 } },
        { tag: 'h3', attrs: { level: 3 } },
        { tag: 'h4', attrs: { level: 4 } },
        { tag: 'h5', attrs: { level: 4 } },
        { tag: 'h6', attrs: { level: 4 } },
      ],
      toDOM: ({ attrs }): DOMOutputSpec => [`h${attrs.level}`, 0],
    },
    blockquote: {
      group: 'block',
      content: 'block+',
      defining: true,
      parseDOM: [{ tag: 'blockquote' }],
      toDOM: (): DOMOutputSpec => ['blockquote', 0],
    },
    horizontal_rule: {
      group: 'block',
      parseDOM: [{ tag: 'hr' }],
      toDOM: (): DOMOutputSpec => ['hr'],
    },
    bullet_list: {
      group: 'block',
      content: 'list_item+',
      parseDOM: [{ tag: 'ul' }],
      toDOM: (): DOMOutputSpec => ['ul', 0],
    },
    ordered_list: {
      group: 'block',
      content: 'list_item+',
      attrs: { start: { default: 1 } },
      parseDOM: [
        { tag: 'ol', getAttrs: (element) => ({ start: Number(element.getAttribute('start') ?? 1) || 1 }) },
      ],
      toDOM: ({ attrs }): DOMOutputSpec =>
        attrs.start === 1 ? ['ol', 0] : ['ol', { start: attrs.start as number }, 0],
    },
    list_item: {
      content: 'paragraph block*',
      defining: true,
      parseDOM: [{ tag: 'li' }],
      toDOM: (): DOMOutputSpec => ['li', 0],
    },
    ...tableNodes({ tableGroup: 'block', cellContent: 'block+', cellAttributes: {} }),
    text: { group: 'inline' },
    image: {
      group: 'inline',
      inline: true,
      draggable: true,
      attrs: { src: {}, alt: { default: '' }, width: { default: null }, height: { default: null } },
      parseDOM: [
        {
          tag: 'img[src]',
          getAttrs: (element) => {
            const src = element.getAttribute('data-src') ?? element.getAttribute('src') ?? '';
            if (!PICTURE.test(src)) return false;
            const length = (name: string) => element.getAttribute(name)?.match(/^\d{1,5}$/)?.[0] ?? null;
            return {
              src,
              alt: element.getAttribute('alt') ?? '',
              width: length('width'),
              height: length('height'),
            };
          },
        },
      ],
      toDOM: ({ attrs: { src, alt, width, height } }): DOMOutputSpec => [
        'img',
        {
          src: src as string,
          alt: alt as string,
          ...(width ? { width } : {}),
          ...(height ? { height } : {}),
        },
      ],
    },
    hard_break: {
      group: 'inline',
      inline: true,
      selectable: false,
      parseDOM: [{ tag: 'br' }],
      toDOM: (): DOMOutputSpec => ['br'],
    },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (element) => {
            const href = readHref(element.getAttribute('href') ?? '');
            return href === null ? false : { href };
          },
        },
      ],
      toDOM: ({ attrs }): DOMOutputSpec => ['a', { href: attrs.href as string }, 0],
    },
    strong: {
      parseDOM: [
        { tag: 'strong' },
        { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
        { style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[5-9]\d\d)$/.test(value) && null },
      ],
      toDOM: (): DOMOutputSpec => ['strong', 0],
    },
    em: {
      parseDOM: [{ tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' }],
      toDOM: (): DOMOutputSpec => ['em', 0],
    },
    underline: { parseDOM: [{ tag: 'u' }], toDOM: (): DOMOutputSpec => ['u', 0] },
    strike: {
      parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }],
      toDOM: (): DOMOutputSpec => ['s', 0],
    },
    superscript: {
      excludes: 'subscript',
      parseDOM: [{ tag: 'sup' }],
      toDOM: (): DOMOutputSpec => ['sup', 0],
    },
    subscript: {
      excludes: 'superscript',
      parseDOM: [{ tag: 'sub' }],
      toDOM: (): DOMOutputSpec => ['sub', 0],
    },
  },
});
