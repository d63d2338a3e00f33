/** Elements without content. */
export const VOID = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);

/** Elements whose content no reader of the page sees as text, and the furniture of the site around the page. */
export const UNSEEN = new Set(
  'script style noscript template iframe object applet svg math canvas audio video select datalist button textarea noframes noembed nav aside footer head xml'.split(
    ' ',
  ),
);

/** Elements that start and end a line of their own. */
export const BLOCKS = new Set(
  'address article blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu ol p pre section summary ul'.split(
    ' ',
  ),
);

/** Which open elements a new one ends when their end tags were left out, and where the search for them stops. */
export const ENDED_BY: Readonly<Record<string, { ends: readonly string[]; within: readonly string[] }>> = {
  p: { ends: ['p'], within: ['div', 'li', 'dd', 'section', 'article', 'blockquote', 'center'] },
  li: { ends: ['li'], within: ['ul', 'ol', 'menu', 'dir'] },
  dt: { ends: ['dt', 'dd'], within: ['dl'] },
  dd: { ends: ['dt', 'dd'], within: ['dl'] },
};

export type TablePart = 'table' | 'section' | 'row' | 'cell';

export const TABLE_PARTS: Readonly<Record<string, TablePart>> = {
  table: 'table',
  tbody: 'section',
  thead: 'section',
  tfoot: 'section',
  tr: 'row',
  td: 'cell',
  th: 'cell',
};

/** Whether the element is laid out as a row although it is not one, as far as it says so itself. */
export function looksLikeRow(
  attributes: ReadonlyMap<string, string>,
  styledRows: ReadonlySet<string>,
): boolean {
  if (attributes.get('role') === 'row') return true;
  if (/display\s*:\s*table-row(?!-)/i.test(attributes.get('style') ?? '')) return true;
  const classes = attributes.get('class')?.split(/\s+/) ?? [];
  return classes.some(
    (name) => /^(tr|(table|grid|tb|data)[-_]?row|row|line-row)$/i.test(name) || styledRows.has(name),
  );
}

export function isHidden(attributes: ReadonlyMap<string, string>): boolean {
  return (
    attributes.has('hidden') ||
    /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/i.test(attributes.get('style') ?? '') ||
    attributes.get('role') === 'navigation'
  );
}

/** Names of classes that a style sheet of the page lays out as table rows. */
export function rowClasses(styleSheet: string): string[] {
  const found: string[] = [];
  for (const [, selectors, body] of styleSheet.matchAll(/([^{}]{1,500})\{([^{}]{0,2000})\}/g)) {
    if (!/display\s*:\s*table-row(?!-)/i.test(body ?? '')) continue;
    for (const [, name] of (selectors ?? '').matchAll(/\.([\w-]+)(?=\s*(?:,|$))/g))
      found.push(name as string);
  }
  return found;
}
