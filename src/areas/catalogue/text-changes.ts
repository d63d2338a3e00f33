import { diffArrays } from 'diff';

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
  const lines = diffArrays(linesOf(before), linesOf(after), { maxEditLength: MOST_EDITS });
  if (!lines) return replaced(before, after);
  const pieces: TextPiece[] = [];
  const patience = { left: MOST_EDITS ** 2 };
  for (let at = 0; at < lines.length; at++) {
    const part = lines[at];
    const next = lines[at + 1];
    if (!part) break;
    if (part.removed && next?.added) {
      pieces.push(...wordChanges(part.value.join(''), next.value.join(''), patience));
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

/** Comparing takes time by the square of the edits; `patience` is what is left of it for all places of a text together. */
function wordChanges(before: string, after: string, patience: { left: number }): TextPiece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (old.length + now.length > MOST_WORDS) return replaced(before, after);
  const most = Math.floor(Math.sqrt(patience.left));
  const parts = diffArrays(old, now, { maxEditLength: most });
  const edits =
    parts?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) ?? most;
  patience.left = Math.max(0, patience.left - edits ** 2);
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
