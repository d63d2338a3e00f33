import type { Db } from '../db.ts';
import { markOf } from './facet-words.ts';
import { fold } from './fold.ts';
import { frequencies } from './frequency-store.ts';
import { isHan, ownWords } from './words.ts';

const LONGEST = 12;
const MOST_WORDS = 8_000;

/**
 * A query that found nothing, with one word written as the titles write it: one character exchanged, left out, added, or
 * two turned round. Null when nothing is that near.
 */
export async function didYouMean(db: Db, agencyId: number, typed: string): Promise<string | null> {
  const known = await frequencies(db, db);
  const mark = markOf(agencyId);
  const common = [...known.titleWords.keys()].filter((word) => word.startsWith(mark));
  const words = [...common.map((word) => word.slice(mark.length)), ...ownWords()]
    .filter((word) => word.length >= 3 && !word.startsWith('~') && !word.startsWith('#'))
    .slice(0, MOST_WORDS);
  return nearest(fold(typed.slice(0, 60)).trim(), words);
}

/** The text with the first passage that is nearly one of the words replaced by it; the longest word first. Pure. */
export function nearest(text: string, words: readonly string[]): string | null {
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    if (word.length > LONGEST || text.includes(word)) continue;
    for (const length of [word.length + 1, word.length, word.length - 1]) {
      // Two characters are too little to tell one word from another.
      if (length < 2 || (length < 3 && word.length < 4 && length < word.length && !isHan(word))) continue;
      for (let at = 0; at + length <= text.length; at++) {
        const passage = text.slice(at, at + length);
        if (!/\s/u.test(passage) && isNear(passage, word))
          return text.slice(0, at) + word + text.slice(at + length);
      }
    }
  }
  return null;
}

function isNear(passage: string, word: string): boolean {
  if (passage.length === word.length) {
    const wrong = [...word].flatMap((sign, at) => (sign === passage[at] ? [] : [at]));
    const [first, second] = wrong;
    if (wrong.length === 1) return true;
    return (
      wrong.length === 2 &&
      first !== undefined &&
      second === first + 1 &&
      passage[first] === word[second] &&
      passage[second] === word[first]
    );
  }
  const [short, long] = passage.length < word.length ? [passage, word] : [word, passage];
  return Array.from(long).some((_, at) => long.slice(0, at) + long.slice(at + 1) === short);
}
