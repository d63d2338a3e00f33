import type { OfficePackage } from '../office/package.ts';
import { attribute, child, descendants, type Element } from '../office/xml-tree.ts';

/** Cell formats that show nothing: for numbers, for texts. */
export interface Invisible {
  numbers: boolean;
  texts: boolean;
}

type Rgb = readonly [number, number, number];
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const NEAR = 16;

/** The first of the old palette (ECMA-376 part 1, 18.8.27); 8 to 15 repeat them. */
const PALETTE: readonly Rgb[] = [
  BLACK,
  WHITE,
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
  [255, 0, 255],
  [0, 255, 255],
];

/** For each cell format, whether what wears it is invisible: letters in the colour of the ground, or `;;;`. */
export function invisibleFormats(pkg: OfficePackage, workbook: string): Invisible[] {
  const relations = pkg.relations(workbook).filter(({ external, target }) => !external && pkg.has(target));
  const part = relations.find(({ type }) => type === 'styles')?.target;
  if (!part) return [];
  const theme = themeColors(pkg, relations.find(({ type }) => type === 'theme')?.target);
  const root = pkg.tree(part);
  const fonts = (child(root, 'fonts')?.children ?? []).map((font) =>
    colorOf(child(font, 'color'), theme, BLACK),
  );
  const fills = (child(root, 'fills')?.children ?? []).map((fill) => groundOf(fill, theme));
  const codes = new Map(
    (child(root, 'numFmts')?.children ?? []).map((format) => [
      attribute(format, 'numFmtId'),
      attribute(format, 'formatCode') ?? '',
    ]),
  );
  return (child(root, 'cellXfs')?.children ?? []).map((format) => {
    const font = fonts[Number(attribute(format, 'fontId') ?? 0)] ?? BLACK;
    const ground = fills[Number(attribute(format, 'fillId') ?? 0)];
    if (font && ground && near(font, ground)) return { numbers: true, texts: true };
    const code = (codes.get(attribute(format, 'numFmtId')) ?? '').replace(/\s/g, '');
    return { numbers: /^;;;?$/.test(code), texts: code === ';;;' };
  });
}

/** Null for patterns and colours that are not told plainly: they are taken as visible. */
function groundOf(fill: Element, theme: readonly Rgb[]): Rgb | null {
  const pattern = child(fill, 'patternFill');
  if (!pattern) return null;
  const type = attribute(pattern, 'patternType') ?? 'none';
  if (type === 'none') return WHITE;
  return type === 'solid' ? colorOf(child(pattern, 'fgColor'), theme, WHITE) : null;
}

function colorOf(color: Element | undefined, theme: readonly Rgb[], automatic: Rgb): Rgb | null {
  if (!color) return automatic;
  const rgb = attribute(color, 'rgb');
  if (rgb) return fromHex(rgb.slice(-6));
  const index = attribute(color, 'theme');
  if (index !== undefined) return tinted(theme[Number(index)], Number(attribute(color, 'tint') ?? 0));
  const indexed = attribute(color, 'indexed');
  if (indexed === undefined || indexed === '64') return automatic;
  if (indexed === '65') return WHITE;
  return PALETTE[Number(indexed) % 8] && Number(indexed) < 16 ? (PALETTE[Number(indexed) % 8] ?? null) : null;
}

function tinted(color: Rgb | undefined, tint: number): Rgb | null {
  if (!color) return null;
  const [r, g, b] = color.map((part) => (tint < 0 ? part * (1 + tint) : part + (255 - part) * tint));
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** The theme's colours in the order cells count them: light before dark (the part itself has dark first). */
function themeColors(pkg: OfficePackage, part: string | undefined): Rgb[] {
  const scheme = part && [...descendants(pkg.tree(part))].find(({ name }) => name === 'clrScheme');
  if (!scheme) return [WHITE, BLACK];
  const byName = new Map(
    scheme.children.map((entry) => {
      const inner = entry.children[0];
      const hex = inner && (attribute(inner, 'lastClr') ?? attribute(inner, 'val'));
      return [entry.name, (hex && fromHex(hex)) || BLACK];
    }),
  );
  const order = [
    'lt1',
    'dk1',
    'lt2',
    'dk2',
    'accent1',
    'accent2',
    'accent3',
    'accent4',
    'accent5',
    'accent6',
  ];
  return order.map((name) => byName.get(name) ?? BLACK);
}

function fromHex(hex: string): Rgb | null {
  if (!/^[0-9a-f]{6}$/i.test(hex)) return null;
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const near = (a: Rgb, b: Rgb) => a.every((part, index) => Math.abs(part - (b[index] ?? 0)) <= NEAR);
