import { ancestor, attribute, child, descendants, type Element, isOn, textOf } from '../office/xml-tree.ts';

/** What a style says of the text that wears it, its own word or that of the style it is based on. */
export interface StyleLook {
  vanish: boolean | null;
  color: string | null;
  halfPoints: number | null;
  basedOn: string | null;
  /** Of tables: may paint cells dark, so that white text on them is legible. */
  table: boolean;
}

export function stylesOf(root: Element): Map<string, StyleLook> {
  const styles = new Map<string, StyleLook>();
  for (const style of root.children) {
    if (style.name !== 'style') continue;
    const run = child(style, 'rPr');
    const basedOn = child(style, 'basedOn');
    styles.set(attribute(style, 'styleId') ?? '', {
      ...lookOf(run),
      basedOn: basedOn ? (attribute(basedOn, 'val') ?? null) : null,
      table: attribute(style, 'type') === 'table',
    });
  }
  return styles;
}

type Look = Pick<StyleLook, 'vanish' | 'color' | 'halfPoints'>;

function lookOf(properties: Element | undefined): Look {
  const vanish = properties && child(properties, 'vanish');
  const color = properties && child(properties, 'color');
  const size = properties && child(properties, 'sz');
  return {
    vanish: vanish ? isOn(vanish) : null,
    color: color ? (attribute(color, 'val') ?? null) : null,
    halfPoints: size ? Number(attribute(size, 'val')) : null,
  };
}

/** Runs that hold words or codes nobody sees because they are set hidden (ECMA-376 part 1, 17.3.2.41). */
export function hiddenRuns(root: Element, xml: string, styles: ReadonlyMap<string, StyleLook>): Element[] {
  return runs(root).filter((run) => holdsWords(run, xml) && effective(run, styles, 'vanish') === true);
}

/** Runs in white on white, or too small to be seen; the severity tells whether something may lie behind them. */
export function invisibleRuns(
  root: Element,
  xml: string,
  styles: ReadonlyMap<string, StyleLook>,
): { run: Element; sure: boolean }[] {
  const found: { run: Element; sure: boolean }[] = [];
  for (const run of runs(root)) {
    if (!holdsWords(run, xml) || effective(run, styles, 'vanish') === true) continue;
    const size = effective(run, styles, 'halfPoints');
    if (typeof size === 'number' && size > 0 && size <= 3) found.push({ run, sure: true });
    else if (isWhite(effective(run, styles, 'color')) && !isShaded(run)) {
      found.push({ run, sure: !mayLieOnDark(run) });
    }
  }
  return found;
}

const runs = (root: Element) => [...descendants(root)].filter(({ name }) => name === 'r');

function holdsWords(run: Element, xml: string): boolean {
  return run.children.some(
    (piece) => (piece.name === 't' || piece.name === 'instrText') && textOf(xml, piece).trim() !== '',
  );
}

function effective<K extends keyof Look>(
  run: Element,
  styles: ReadonlyMap<string, StyleLook>,
  key: K,
): Look[K] {
  const properties = child(run, 'rPr');
  const own = lookOf(properties)[key];
  if (own !== null) return own;
  const ofRun = styled(properties, 'rStyle', styles, key);
  if (ofRun !== null) return ofRun;
  const paragraph = ancestor(run, 'p');
  return styled(paragraph && child(paragraph, 'pPr'), 'pStyle', styles, key);
}

function styled<K extends keyof Look>(
  properties: Element | undefined,
  reference: string,
  styles: ReadonlyMap<string, StyleLook>,
  key: K,
): Look[K] | null {
  const element = properties && child(properties, reference);
  let name = element ? (attribute(element, 'val') ?? null) : null;
  for (let depth = 0; name !== null && depth < 20; depth++) {
    const style = styles.get(name);
    if (!style) return null;
    if (style[key] !== null) return style[key];
    name = style.basedOn;
  }
  return null;
}

function isWhite(color: string | number | boolean | null): boolean {
  if (typeof color !== 'string' || !/^[0-9a-f]{6}$/i.test(color)) return false;
  return [0, 2, 4].every((at) => Number.parseInt(color.slice(at, at + 2), 16) >= 0xf0);
}

/** Shading of the run, its paragraph or its cell that is not white itself. */
function isShaded(run: Element): boolean {
  const paragraph = ancestor(run, 'p');
  const holders = [child(run, 'rPr'), paragraph && child(paragraph, 'pPr')];
  for (let cell = ancestor(run, 'tc'); cell; cell = ancestor(cell, 'tc')) holders.push(child(cell, 'tcPr'));
  return holders.some((holder) => {
    if (!holder) return false;
    if (child(holder, 'highlight'))
      return attribute(child(holder, 'highlight') as Element, 'val') !== 'white';
    const shade = child(holder, 'shd');
    if (!shade) return false;
    const fill = attribute(shade, 'fill') ?? 'auto';
    const pattern = attribute(shade, 'val') ?? 'clear';
    return (fill !== 'auto' && !isWhite(fill)) || /^(solid|pct[5-9])/.test(pattern);
  });
}

/** In a drawn box, or in a table whose style may paint its cells. */
function mayLieOnDark(run: Element): boolean {
  if (ancestor(run, 'txbxContent', 'txbx')) return true;
  const table = ancestor(run, 'tbl');
  const properties = table && child(table, 'tblPr');
  return properties !== undefined && child(properties, 'tblStyle') !== undefined;
}
