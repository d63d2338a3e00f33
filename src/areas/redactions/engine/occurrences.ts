import type { PlacedChar, Rect } from './model.ts';
import { comparable, type Pattern, patternExpressions, wordExpression } from './patterns.ts';
import { union } from './text.ts';

export type Query = { word: string } | { pattern: Pattern };

/** Beyond the outlines of glyphs, for the soft edges of what is drawn. In points. */
const MARGIN = 0.75;

/**
 * Where a word or pattern stands on a page: one rectangle per line it runs over. Text is read twice, in the order of the
 * file and as it lies on the page, because a file may hold the pieces of a line in any order.
 */
export function occurrences(chars: readonly PlacedChar[], query: Query): Rect[] {
  const expressions = 'word' in query ? [wordExpression(query.word)] : patternExpressions(query.pattern);
  const found = new Set<string>();
  const groups: PlacedChar[][] = [];
  for (const order of [chars, asItLies(chars)]) {
    for (const expression of expressions) {
      for (const match of expression ? matches(order, expression) : []) {
        const key = match
          .map((char) => number(chars, char))
          .sort((a, b) => a - b)
          .join();
        if (found.has(key)) continue;
        found.add(key);
        groups.push(match);
      }
    }
  }
  return apart(groups.flatMap((match) => linesOf(match)));
}

const numbers = new WeakMap<readonly PlacedChar[], Map<PlacedChar, number>>();
function number(chars: readonly PlacedChar[], char: PlacedChar): number {
  let known = numbers.get(chars);
  if (!known) {
    known = new Map(chars.map((each, index) => [each, index]));
    numbers.set(chars, known);
  }
  return known.get(char) ?? -1;
}

function matches(chars: readonly PlacedChar[], expression: RegExp): PlacedChar[][] {
  let text = '';
  const owners: number[] = [];
  chars.forEach(({ c }, index) => {
    const form = c === '' ? '' : comparable(c);
    text += form;
    for (let unit = 0; unit < form.length; unit += 1) owners.push(index);
  });
  return [...text.matchAll(expression)]
    .map((match) => {
      const indexes = new Set(owners.slice(match.index, match.index + match[0].length));
      return [...indexes].flatMap((index) => chars[index] ?? []).filter(({ box }) => box !== null);
    })
    .filter((match) => match.length > 0);
}

/** Lines from top to bottom, each from left to right, with spaces where there are gaps. */
function asItLies(chars: readonly PlacedChar[]): PlacedChar[] {
  const standing = chars.filter((char) => char.box !== null && char.upright);
  standing.sort((a, b) => middle(a.box!) - middle(b.box!));
  const lines: PlacedChar[][] = [];
  for (const char of standing) {
    const line = lines.at(-1);
    const first = line?.[0]?.box;
    if (line && first && Math.abs(middle(char.box!) - middle(first)) < Math.min(first.h, char.box!.h) * 0.4) {
      line.push(char);
    } else lines.push([char]);
  }
  return lines.flatMap((line) => {
    line.sort((a, b) => a.box!.x - b.box!.x);
    return [...line.flatMap((char, index) => withGap(line[index - 1], char)), blank('\n')];
  });
}

/** A gap as wide as a letter parts two columns; narrower ones are spaces or nothing. */
function withGap(before: PlacedChar | undefined, char: PlacedChar): PlacedChar[] {
  if (!before) return [char];
  const gap = char.box!.x - (before.box!.x + before.box!.w);
  if (gap > char.box!.h * 2) return [blank('\n'), blank('\n'), blank('\n'), blank('\n'), char];
  return gap > char.box!.h * 0.15 ? [blank(' '), char] : [char];
}

const blank = (c: string): PlacedChar => ({ c, box: null, upright: true });
const middle = ({ y, h }: Rect) => y + h / 2;

function linesOf(chars: readonly PlacedChar[]): Rect[] {
  const lines: Rect[] = [];
  for (const { box } of chars) {
    const last = lines.at(-1);
    if (!box) continue;
    if (last && (sameLine(last, box) || sameColumn(last, box))) lines[lines.length - 1] = union(last, box);
    else lines.push(box);
  }
  return lines.map(({ x, y, w, h }) => ({
    x: round(x - MARGIN),
    y: round(y - MARGIN / 2),
    w: round(w + 2 * MARGIN),
    h: round(h + MARGIN),
  }));
}

function sameLine(line: Rect, box: Rect): boolean {
  const overlap = Math.min(line.y + line.h, box.y + box.h) - Math.max(line.y, box.y);
  const gap = Math.max(line.x, box.x) - Math.min(line.x + line.w, box.x + box.w);
  return overlap > Math.min(line.h, box.h) * 0.5 && gap < Math.max(line.h, box.h) * 1.5;
}

/** Text that runs downwards, set so or on a page that is turned. */
function sameColumn(column: Rect, box: Rect): boolean {
  const apart = Math.max(column.y, box.y) - Math.min(column.y + column.h, box.y + box.h);
  const aside = Math.abs(column.x - box.x) + Math.abs(column.x + column.w - box.x - box.w);
  return apart < Math.min(column.w, box.w) * 0.6 && aside < Math.min(column.w, box.w) * 0.4;
}

/** Without those that lie within another. */
function apart(rects: readonly Rect[]): Rect[] {
  return rects.filter(
    (rect, index) =>
      !rects.some((other, at) => at !== index && covers(other, rect) && (at < index || !covers(rect, other))),
  );
}

const covers = (outer: Rect, inner: Rect) =>
  outer.x <= inner.x + 0.01 &&
  outer.y <= inner.y + 0.01 &&
  outer.x + outer.w >= inner.x + inner.w - 0.01 &&
  outer.y + outer.h >= inner.y + inner.h - 0.01;

const round = (value: number) => Math.round(value * 100) / 100;
