import { hasHan, likeness, wordingKey } from './wording.ts';

/** Below this a label is not taken for a wording. */
export const LIKELY = 0.55;
/** More rows than any printed report has; the rest of a monstrous file is not looked at. */
const MOST_ROWS = 2000;
/** Characters; the longest official wording has 45. */
export const LONGEST_LABEL = 200;
/** A label stands among the first words of its row. */
const MOST_LABELS = 6;

export interface Alignment {
  /** Index of the observed row. */
  observed: number;
  /** Index of the expected row. */
  expected: number;
  /** Index of the cell that holds the label. */
  label: number;
  likeness: number;
}

/**
 * Which observed row is which expected row: the pairing in order with the greatest likeness of labels in sum. `weight` is
 * added to a pair that also fits otherwise, e.g. by its number of values; null forbids it.
 */
export function align(
  observed: readonly { cells: readonly { text: string }[] }[],
  expected: readonly { label: string }[],
  weight: (pair: Omit<Alignment, 'likeness'>) => number | null,
): Alignment[] {
  const rows = observed.slice(0, MOST_ROWS);
  const wordings = expected.map(({ label }) => wordingKey(label));
  const keys = rows.map(({ cells }) => keysOf(cells));
  const width = wordings.length + 1;
  const best = new Float64Array((rows.length + 1) * width);
  const labels = new Int16Array((rows.length + 1) * width).fill(-1);
  const alike = new Float32Array((rows.length + 1) * width);

  for (let row = 1; row <= rows.length; row++) {
    for (let want = 1; want < width; want++) {
      const at = row * width + want;
      best[at] = Math.max(best[at - width]!, best[at - 1]!);
      const { label, score } = bestLabel(keys[row - 1]!, wordings[want - 1]!);
      if (score < LIKELY) continue;
      const extra = weight({ observed: row - 1, expected: want - 1, label });
      if (extra === null) continue;
      const gain = best[at - width - 1]! + score + extra;
      if (gain > best[at]!) {
        best[at] = gain;
        labels[at] = label;
        alike[at] = score;
      }
    }
  }

  const found: Alignment[] = [];
  for (let row = rows.length, want = width - 1; row > 0 && want > 0; ) {
    const at = row * width + want;
    if (best[at] === best[at - width]) row -= 1;
    else if (best[at] === best[at - 1]) want -= 1;
    else {
      found.push({ observed: row - 1, expected: want - 1, label: labels[at]!, likeness: alike[at]! });
      row -= 1;
      want -= 1;
    }
  }
  return found.reverse();
}

interface Key {
  label: number;
  keys: string[];
}

/** As printed, and without what the agency explains in brackets: `规章（设区的市应提供）`. */
function keysOfLabel(text: string): string[] {
  const end = text.slice(-LONGEST_LABEL);
  const bare = text.slice(0, LONGEST_LABEL).replace(/(?<=.)[(（][^)）]{4,}(?:[)）]|$)/gu, '');
  return [...new Set([wordingKey(end), wordingKey(bare)])];
}

function keysOf(cells: readonly { text: string }[]): Key[] {
  const found: Key[] = [];
  for (const [label, { text }] of cells.entries()) {
    if (found.length >= MOST_LABELS) break;
    if (hasHan(text)) found.push({ label, keys: keysOfLabel(text) });
  }
  return found;
}

function bestLabel(keys: readonly Key[], wording: string): { label: number; score: number } {
  let best = { label: -1, score: 0 };
  for (const { label, keys: ways } of keys) {
    const score = Math.max(...ways.map((key) => likeness(key, wording)));
    if (score > 0 && score >= best.score) best = { label, score };
  }
  return best;
}
