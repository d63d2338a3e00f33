import { type ChangeObject, diffArrays } from 'diff';

/** A piece of text that stayed, came or went. */
export interface TextPiece {
  change: 'kept' | 'added' | 'removed';
  text: string;
}

/** Where texts differ so much that a page would wait for the answer, they are shown as replaced. */
const MOST_EDITS = 4000;
const MOST_WORDS = 20_000;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * What changed between two plain texts: paragraphs first, then words within those that differ. Pieces in the order of
 * reading; paragraphs end with a line break. Pure.
 */
export function textChanges(before: string, after: string): TextPiece[] {
  const lines = openComparison(MOST_EDITS).lists(linesOf(before), linesOf(after));
  if (!lines) return replaced(before, after);
  const pieces: TextPiece[] = [];
  const inWords = openComparison(MOST_EDITS);
  for (let at = 0; at < lines.length; at++) {
    const part = lines[at];
    const next = lines[at + 1];
    if (!part) break;
    if (part.removed && next?.added) {
      pieces.push(...wordChanges(part.value.join(''), next.value.join(''), inWords));
      at += 1;
    } else {
      const change = part.added ? 'added' : part.removed ? 'removed' : 'kept';
      pieces.push({ change, text: part.value.join('') });
    }
  }
  return pieces;
}

/** Whether anything came or went. */
export const isChanged = (pieces: readonly TextPiece[]): boolean =>
  pieces.some(({ change }) => change !== 'kept');

type Parts = ChangeObject<string[]>[];

/** Compares what was with what is: what stayed, came and went, or null where they have too little in common. */
export interface Comparison {
  lists(before: readonly string[], after: readonly string[]): Parts | null;
  /** Word by word, with all that stands between words. */
  words(before: string, after: string): Parts | null;
}

/**
 * A comparison that may be asked again and again. Comparing takes time by the square of the edits: `mostEdits` bounds it for all that is
 * asked of it together, and the same on every machine.
 */
export function openComparison(mostEdits: number): Comparison {
  let left = mostEdits ** 2;
  const lists = (before: readonly string[], after: readonly string[]): Parts | null => {
    const most = Math.floor(Math.sqrt(left));
    const parts = diffArrays([...before], [...after], { maxEditLength: most }) ?? null;
    const edits =
      parts?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) ?? most;
    left = Math.max(0, left - edits ** 2);
    return parts;
  };
  return {
    lists,
    words(before, after) {
      if (left === 0) return null;
      const [old, now] = [wordsOf(before), wordsOf(after)];
      return old.length + now.length > MOST_WORDS ? null : lists(old, now);
    },
  };
}

function wordChanges(before: string, after: string, comparison: Comparison): TextPiece[] {
  const parts = comparison.words(before, after);
  if (!parts) return replaced(before, after);
  return parts.map(({ added, removed, value }) => ({
    change: added ? 'added' : removed ? 'removed' : 'kept',
    text: value.join(''),
  }));
}

const replaced = (before: string, after: string): TextPiece[] => [
  ...(before === '' ? [] : [{ change: 'removed', text: `${before}\n` } as const]),
  ...(after === '' ? [] : [{ change: 'added', text: after } as const]),
];

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n').map((line) => `${line}\n`));
const wordsOf = (text: string): string[] => [...words.segment(text)].map(({ segment }) => segment);
