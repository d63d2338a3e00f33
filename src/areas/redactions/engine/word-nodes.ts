import { parseDocument } from 'htmlparser2';

/** What `word.typ` sets. */
export type WordNode =
  | { kind: 'text'; text: string }
  | { kind: 'break' | 'lost-picture' }
  | { kind: 'picture'; file: string; width: number }
  | { kind: 'strong' | 'emphasis' | 'underline' | 'strike' | 'super' | 'sub'; children: WordNode[] }
  | { kind: 'paragraph'; align: 'left' | 'center' | 'right'; children: WordNode[] }
  | { kind: 'heading'; level: number; children: WordNode[] }
  | { kind: 'list'; ordered: boolean; items: WordNode[][] }
  | { kind: 'table'; columns: number; cells: WordCell[] };

interface WordCell {
  x: number;
  y: number;
  columns: number;
  rows: number;
  children: WordNode[];
}

type Picture = { file: string; width: number } | null;
type Element = {
  type: string;
  name?: string;
  attribs?: Record<string, string>;
  data?: string;
  children?: unknown[];
};

const INLINE = {
  strong: 'strong',
  b: 'strong',
  em: 'emphasis',
  i: 'emphasis',
  u: 'underline',
  s: 'strike',
  sup: 'super',
  sub: 'sub',
} as const;
const DEEPEST = 40;

/** The HTML of a converted Word document as nodes; `src` of a picture is its place among `pictures`. */
export function markupNodes(html: string, pictures: readonly Picture[]): WordNode[] {
  return read(parseDocument(html).children as Element[], pictures, 0);
}

function read(elements: readonly Element[], pictures: readonly Picture[], depth: number): WordNode[] {
  if (depth > DEEPEST) return [];
  return elements.flatMap((element) => node(element, pictures, depth + 1));
}

function node(element: Element, pictures: readonly Picture[], depth: number): WordNode[] {
  if (element.type === 'text') return element.data ? [{ kind: 'text', text: element.data }] : [];
  const inside = () => read((element.children ?? []) as Element[], pictures, depth);
  const name = element.name ?? '';
  if (name in INLINE) return [{ kind: INLINE[name as keyof typeof INLINE], children: inside() }];
  if (/^h[1-6]$/.test(name)) return [{ kind: 'heading', level: Number(name[1]), children: inside() }];
  switch (name) {
    case 'p':
      return [{ kind: 'paragraph', align: alignOf(element), children: inside() }];
    case 'br':
      return [{ kind: 'break' }];
    case 'img': {
      const src = element.attribs?.src ?? '';
      const picture = /^\d+$/.test(src) ? pictures[Number(src)] : null;
      return [
        picture ? { kind: 'picture', file: picture.file, width: picture.width } : { kind: 'lost-picture' },
      ];
    }
    case 'ul':
    case 'ol': {
      const items = children(element, ['li']);
      return [
        {
          kind: 'list',
          ordered: name === 'ol',
          items: items.map((item) => read((item.children ?? []) as Element[], pictures, depth)),
        },
      ];
    }
    case 'table':
      return [table(element, pictures, depth)];
    default:
      return inside();
  }
}

function alignOf({ attribs }: Element): 'left' | 'center' | 'right' {
  return attribs?.class === 'center' || attribs?.class === 'right' ? attribs.class : 'left';
}

/** Each cell in the first free place of its row, as browsers lay tables out; no two ever overlap. */
function table(element: Element, pictures: readonly Picture[], depth: number): WordNode {
  const taken = new Set<string>();
  let columns = 1;
  const cells = rowsOf(element).flatMap((row, y) => {
    let x = 0;
    return children(row, ['td', 'th']).map((cell) => {
      while (taken.has(`${x},${y}`)) x += 1;
      const wanted = span(cell, 'colspan');
      let width = 1;
      while (width < wanted && !taken.has(`${x + width},${y}`)) width += 1;
      const height = span(cell, 'rowspan');
      for (let dx = 0; dx < width; dx += 1) {
        for (let dy = 0; dy < height; dy += 1) taken.add(`${x + dx},${y + dy}`);
      }
      columns = Math.max(columns, x + width);
      const content = read((cell.children ?? []) as Element[], pictures, depth);
      return { x, y, columns: width, rows: height, children: content };
    });
  });
  return { kind: 'table', columns, cells };
}

const rowsOf = (element: Element): Element[] =>
  children(element, ['tr', 'thead', 'tbody']).flatMap((child) =>
    child.name === 'tr' ? [child] : rowsOf(child),
  );

function span({ attribs }: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number(attribs?.[name] ?? 1);
  return Number.isInteger(value) && value >= 1 && value <= 60 ? value : 1;
}

const children = (element: Element, names: readonly string[]) =>
  ((element.children ?? []) as Element[]).filter(({ name }) => names.includes(name ?? ''));
