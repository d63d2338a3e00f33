import { hanOf } from './copied-passages.ts';

/** A paragraph of last year's beside one of this year's; null on the side that has none. */
export interface Pair {
  left: number | null;
  right: number | null;
}

/** How many paragraphs ahead a twin is looked for; fewer where two long chapters have little in common. */
const LOOK_AHEAD = { usual: 60, long: 6 };
const LONG = 400;
/** Share of neighbouring characters in common from which two paragraphs are one that was rewritten. */
const ALIKE = 0.35;

/**
 * Lays two chapters' paragraphs beside each other: those that are the same but for numbers and punctuation hold the two
 * together, between them the ones most alike are paired, the rest stands alone.
 */
export function alignParagraphs(left: readonly string[], right: readonly string[]): Pair[] {
  const leftKeys = left.map(hanOf);
  const rightKeys = right.map(hanOf);
  const pairs: Pair[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  for (const anchor of [...anchorsOf(leftKeys, rightKeys), { left: left.length, right: right.length }]) {
    pairs.push(
      ...between(
        leftKeys,
        rightKeys,
        { from: fromLeft, until: anchor.left },
        { from: fromRight, until: anchor.right },
      ),
    );
    if (anchor.left < left.length || anchor.right < right.length) pairs.push(anchor);
    fromLeft = anchor.left + 1;
    fromRight = anchor.right + 1;
  }
  return pairs;
}

/** Paragraphs that stand once on either side, in an order both have (patience). */
function anchorsOf(left: readonly string[], right: readonly string[]): { left: number; right: number }[] {
  const places = onceOnly(left);
  const common = [...onceOnly(right)].flatMap(([key, at]) => {
    const twin = places.get(key);
    return twin === undefined ? [] : [{ left: twin, right: at }];
  });
  return longestRising(common.sort((a, b) => a.right - b.right));
}

function onceOnly(keys: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  keys.forEach((key, at) => {
    if (places.has(key)) twice.add(key);
    places.set(key, at);
  });
  for (const key of [...twice, '']) places.delete(key);
  return places;
}

/** The longest part of the list whose left sides rise, by binary search. */
function longestRising(pairs: readonly { left: number; right: number }[]): { left: number; right: number }[] {
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach(({ left }, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number] as { left: number }).left < left) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = index;
  });
  const rising: { left: number; right: number }[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] as number) {
    rising.push(pairs[at] as { left: number; right: number });
  }
  return rising.reverse();
}

interface Stretch {
  from: number;
  until: number;
}

/** Pairs the paragraphs between two anchors, keeping both orders. */
function between(left: readonly string[], right: readonly string[], a: Stretch, b: Stretch): Pair[] {
  const pairs: Pair[] = [];
  const ahead = Math.min(a.until - a.from, b.until - b.from) > LONG ? LOOK_AHEAD.long : LOOK_AHEAD.usual;
  let next = a.from;
  for (let at = b.from; at < b.until; at++) {
    const twin = mostAlike(left, right[at] ?? '', next, Math.min(a.until, next + ahead));
    if (twin === null) pairs.push({ left: null, right: at });
    else {
      for (; next < twin; next++) pairs.push({ left: next, right: null });
      pairs.push({ left: twin, right: at });
      next = twin + 1;
    }
  }
  for (; next < a.until; next++) pairs.push({ left: next, right: null });
  return pairs;
}

function mostAlike(keys: readonly string[], key: string, from: number, until: number): number | null {
  const wanted = pairCounts(key);
  let best: number | null = null;
  let most = ALIKE;
  for (let at = from; at < until; at++) {
    const alike = alikeness(wanted, keys[at] ?? '');
    if (alike >= most) [best, most] = [at, alike + Number.EPSILON];
  }
  return best;
}

/** Characters of a paragraph by which it is compared with another. */
const COMPARED_LENGTH = 2000;

function pairCounts(key: string): Set<string> {
  const pairs = new Set<string>();
  const end = Math.min(key.length, COMPARED_LENGTH);
  for (let at = 1; at < end; at++) pairs.add(key.slice(at - 1, at + 1));
  return pairs;
}

function alikeness(wanted: ReadonlySet<string>, key: string): number {
  const other = pairCounts(key);
  if (wanted.size + other.size === 0) return 0;
  let shared = 0;
  for (const pair of other) if (wanted.has(pair)) shared += 1;
  return (2 * shared) / (wanted.size + other.size);
}
