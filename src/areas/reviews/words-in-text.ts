import { foldText, foldWord } from './folded-text.ts';
import { matcherOf } from './matcher.ts';
import type { DictionaryEntry } from './model.ts';

/** How far words of the context may stand from the word, in characters. */
const NEAR = 30;

/** An entry found in a text; offsets are those of the text. */
export interface FoundWord {
  entry: DictionaryEntry;
  start: number;
  end: number;
}

/** Entries made ready for searching. Of each entry at most `most` places are told; how many more it has is counted. */
export type Dictionary = (
  text: string,
  most: number,
) => { words: FoundWord[]; beyond: { entry: DictionaryEntry; count: number }[] };

/** Makes a search of dictionary entries, in order of place; where several overlap, the graver one, then the longer one. Pure. */
export function dictionaryOf(entries: readonly DictionaryEntry[]): Dictionary {
  const enabled = entries.filter(({ enabled }) => enabled).map(readied);
  const find = matcherOf(enabled.map(({ wrong }) => wrong));
  return (original, most) => {
    const { text, from } = foldText(original);
    const found: { start: number; end: number; order: number; ready: Ready }[] = [];
    const counts = new Uint32Array(enabled.length);
    find(text, (word, end) => {
      const ready = enabled[word];
      if (!ready) return;
      const start = end - ready.wrong.length;
      if (!stands(ready, text, start, end)) return;
      const count = (counts[word] ?? 0) + 1;
      counts[word] = count;
      if (count > most) return;
      found.push({ start, end, order: orders[ready.entry.severity], ready });
    });
    found.sort((a, b) => a.order - b.order || b.end - b.start - (a.end - a.start) || a.start - b.start);
    const taken = new Uint8Array(found.length === 0 ? 0 : text.length);
    const apart = found.filter(({ start, end }) => {
      if (taken.subarray(start, end).includes(1)) return false;
      taken.fill(1, start, end);
      return true;
    });
    return {
      words: apart
        .sort((a, b) => a.start - b.start)
        .map(({ start, end, ready: { entry } }) => ({ entry, start: from(start), end: from(end - 1) + 1 })),
      beyond: enabled.flatMap(({ entry }, word) => {
        const count = (counts[word] ?? 0) - most;
        return count > 0 ? [{ entry, count }] : [];
      }),
    };
  };
}

const orders = { 'must-fix': 0, 'needs-reason': 1, hint: 2 } as const;

interface Ready {
  entry: DictionaryEntry;
  wrong: string;
  near: string[];
  notNear: string[];
  /** With where the wrong form stands in each. */
  exceptions: { word: string; at: number }[];
}

function readied(entry: DictionaryEntry): Ready {
  const wrong = foldWord(entry.wrong);
  const exceptions = [...entry.exceptions, ...entry.right]
    .map(foldWord)
    .flatMap((word) => placesIn(word, wrong).map((at) => ({ word, at })));
  return { entry, wrong, near: entry.near.map(foldWord), notNear: entry.notNear.map(foldWord), exceptions };
}

function placesIn(word: string, wrong: string): number[] {
  const places: number[] = [];
  if (wrong === '' || word === wrong) return places;
  for (let at = word.indexOf(wrong); at >= 0; at = word.indexOf(wrong, at + 1)) places.push(at);
  return places;
}

function stands({ near, notNear, exceptions }: Ready, text: string, start: number, end: number): boolean {
  if (exceptions.some(({ word, at }) => text.startsWith(word, start - at) && start >= at)) return false;
  if (near.length === 0 && notNear.length === 0) return true;
  const around = text.slice(Math.max(0, start - NEAR), end + NEAR);
  if (notNear.some((word) => around.includes(word))) return false;
  return near.length === 0 || near.some((word) => around.includes(word));
}
