import { parseDocument } from 'htmlparser2';
import sanitize from 'sanitize-html';

/** Elements and attributes that a body may hold; everything else is dropped, its text kept. */
const allowed: sanitize.IOptions = {
  allowedTags: [
    'h2',
    'h3',
    'h4',
    'p',
    'br',
    'hr',
    'strong',
    'em',
    'u',
    's',
    'sup',
    'sub',
    'blockquote',
    'ul',
    'ol',
    'li',
    'a',
    'img',
    'figure',
    'figcaption',
    'table',
    'caption',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
  ],
  allowedAttributes: {
    a: ['href', 'title'],
    img: ['src', 'alt', 'width', 'height'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    ol: ['start'],
    p: ['class'],
  },
  allowedClasses: { p: ['align-center', 'align-right', 'no-indent'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  // Pictures are files of the item itself: nothing is fetched from elsewhere when a page is read.
  allowedSchemesByTag: { img: [] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'template',
    'xml',
    'svg',
    'math',
    'iframe',
    'object',
  ],
  nestingLimit: 60,
  transformTags: { b: 'strong', i: 'em', h1: 'h2', h5: 'h4', h6: 'h4', strike: 's', del: 's' },
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'img' && !/^\/files\/items\/\d+\/[0-9a-f]{64}$/.test(attribs.src ?? ''),
};

const MOST_COLUMNS = 60;
const span = (value: string | undefined) =>
  Math.min(Math.max(Number.parseInt(value ?? '1', 10) || 1, 1), MOST_COLUMNS);

/** Passes after which markup has come to rest; only what was made to confuse needs more than two. */
const MOST_PASSES = 6;

/**
 * The body as it may be kept and shown: no script, no style, no address that runs, nothing loaded from elsewhere. What Word
 * and WPS leave behind (mso styles, empty spans, name-spaced elements) goes with it. Cleaned again, it stays as it is: an
 * element that goes may have hidden how what stays is nested, so what was changed is looked at once more.
 */
export function sanitiseBody(html: string): string {
  let clean = cleaned(html);
  for (let before = html, pass = 1; clean !== before && pass < MOST_PASSES; pass++) {
    before = clean;
    clean = cleaned(before);
  }
  return clean;
}

/** Elements open at once. No text has as many; reading more takes time by their square. */
const MOST_OPEN = 5000;
const TOO_DEEP = new Error('more elements are open at once than a text has');

function cleaned(html: string): string {
  let open = 0;
  const bounded: sanitize.IOptions = {
    ...allowed,
    transformTags: {
      ...allowed.transformTags,
      td: (tagName, attribs) => ({ tagName, attribs: boundedSpans(attribs) }),
      th: (tagName, attribs) => ({ tagName, attribs: boundedSpans(attribs) }),
      a: (tagName, attribs) => ({ tagName, attribs: attribs.href ? { ...attribs } : {} }),
    },
    onOpenTag() {
      open += 1;
      if (open > MOST_OPEN) throw TOO_DEEP;
    },
    onCloseTag() {
      open -= 1;
    },
  };
  try {
    return boundedNesting(sanitize(html, bounded))
      .replaceAll(/<p>(?:\s|&nbsp;|\u00a0)*<\/p>/g, '')
      .trim();
  } catch (error) {
    if (error !== TOO_DEEP) throw error;
    return wordsAlone(html);
  }
}

/** The words of markup that is nothing but boxes within boxes, as one text that holds no markup. */
function wordsAlone(html: string): string {
  return html
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[ \n\r\t]+/g, ' ')
    .trim();
}

/** As deep as people read; beyond it the words stay and the boxes go. */
const DEEPEST: Readonly<Record<string, number>> = { blockquote: 3, list: 6, table: 2 };
const BOX = /<(\/?)(blockquote|ul|ol|li|table|caption|thead|tbody|tfoot|tr|th|td)\b[^>]*>/g;

/** Quotations, lists and tables within each other push a narrow page aside; `html` is sanitised, so its tags are in pairs. */
function boundedNesting(html: string): string {
  const depths: Record<string, number> = { blockquote: 0, list: 0, table: 0 };
  return html.replaceAll(BOX, (tag, end: string, name: string) => {
    const opens = name === 'blockquote' || name === 'ul' || name === 'ol' || name === 'table';
    const kind = name === 'blockquote' ? name : /^(ul|ol|li)$/.test(name) ? 'list' : 'table';
    if (opens && end === '') depths[kind] = (depths[kind] ?? 0) + 1;
    const beyond = (depths[kind] ?? 0) > (DEEPEST[kind] ?? 0);
    if (opens && end !== '') depths[kind] = (depths[kind] ?? 0) - 1;
    return beyond ? ' ' : tag;
  });
}

function boundedSpans(attribs: sanitize.Attributes): sanitize.Attributes {
  return {
    ...attribs,
    ...(attribs.colspan && { colspan: String(span(attribs.colspan)) }),
    ...(attribs.rowspan && { rowspan: String(Math.min(Number.parseInt(attribs.rowspan, 10) || 1, 1000)) }),
  };
}

const BLOCKS: ReadonlySet<string> = new Set([
  'p',
  'h2',
  'h3',
  'h4',
  'li',
  'tr',
  'blockquote',
  'figcaption',
  'br',
  'hr',
  'caption',
]);

interface Node {
  type: string;
  name?: string;
  data?: string;
  children?: Node[];
}

/** A sanitised body as plain text, a block a line and cells apart. */
export function plainText(html: string): string {
  const lines: string[] = [''];
  const open = parseDocument(html).children.toReversed() as unknown as Node[];
  // A stack of its own: a body may be nested deeper than calls may be.
  while (open.length > 0) {
    const node = open.pop() as Node;
    if (node.type === 'text') lines[lines.length - 1] += node.data ?? '';
    if (BLOCKS.has(node.name ?? '') && lines.at(-1) !== '') lines.push('');
    if (node.name === 'td' || node.name === 'th') lines[lines.length - 1] += '\t';
    open.push(...(node.children ?? []).toReversed());
    if (BLOCKS.has(node.name ?? '') && (node.children?.length ?? 0) > 0) {
      const end: Node = { type: 'end', name: 'br' };
      open.splice(open.length - (node.children?.length ?? 0), 0, end);
    }
  }
  return lines
    .map((line) => line.replaceAll(/[ \u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
