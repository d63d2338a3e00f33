import { Schema } from 'prosemirror-model';

/** What a chapter may hold: exactly what the report's own Markdown subset can write down, and nothing else. */
export const chapterSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      defining: true,
      attrs: { level: { default: 1, validate: 'number' } },
      parseDOM: [
        { tag: 'h1', attrs: { level: 1 } },
        { tag: 'h2', attrs: { level: 1 } },
        { tag: 'h3', attrs: { level: 2 } },
        { tag: 'h4', attrs: { level: 2 } },
        { tag: 'h5', attrs: { level: 2 } },
        { tag: 'h6', attrs: { level: 2 } },
      ],
      toDOM: (node) => [node.attrs.level === 1 ? 'h2' : 'h3', 0],
    },
    bullet_list: {
      group: 'block',
      content: 'list_item+',
      parseDOM: [{ tag: 'ul' }],
      toDOM: () => ['ul', 0],
    },
    ordered_list: {
      group: 'block',
      content: 'list_item+',
      parseDOM: [{ tag: 'ol' }],
      toDOM: () => ['ol', 0],
    },
    list_item: { content: 'paragraph', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    text: { group: 'inline' },
    figure: {
      group: 'inline',
      inline: true,
      atom: true,
      attrs: { ref: { validate: 'string' } },
      parseDOM: [
        { tag: '[data-figure]', getAttrs: (element) => ({ ref: element.getAttribute('data-figure') ?? '' }) },
      ],
      toDOM: (node) => ['span', { 'data-figure': node.attrs.ref as string }, `{{${node.attrs.ref}}}`],
      leafText: (node) => `{{${node.attrs.ref}}}`,
    },
  },
  marks: {
    /** A link's words carry no emphasis of their own, as the subset has none inside brackets. */
    link: {
      attrs: { href: { validate: 'string' } },
      inclusive: false,
      excludes: '_',
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (element) => {
            const href = readHref(element.getAttribute('href') ?? '');
            return href === null ? false : { href };
          },
        },
      ],
      toDOM: (mark) => ['a', { href: mark.attrs.href as string }, 0],
    },
    strong: {
      parseDOM: [
        { tag: 'strong' },
        { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
        { style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[5-9]\d\d)$/.test(value) && null },
      ],
      toDOM: () => ['strong', 0],
    },
    em: {
      parseDOM: [
        { tag: 'i', getAttrs: (element) => element.style.fontStyle !== 'normal' && null },
        { tag: 'em' },
        { style: 'font-style=italic' },
      ],
      toDOM: () => ['em', 0],
    },
  },
});

/** Addresses a report may link to: the web, mail, pages of this site. Null for anything else. */
export function isSafeHref(href: string): boolean {
  return /^(?:https?:\/\/|mailto:|\/(?!\/))/i.test(href);
}

/** An address as the subset can carry it, without spaces and brackets; null when it may not be followed. */
export function readHref(given: string): string | null {
  const href = given.trim().replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(/\s/g, '%20');
  return isSafeHref(href) ? href : null;
}
