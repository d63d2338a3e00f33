import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from './fold.ts';
import { DICTIONARIES } from './words.ts';

/** Words for the same thing, ready to be looked up. */
export interface Synonyms {
  /** Other words for the same, without the word itself; all folded. */
  of(word: string): readonly string[];
  /** Characters of the longest word that has any. */
  longest: number;
}

let builtIn: string[][] | null = null;

/** The groups every agency has, as data. */
export function builtInSynonyms(): readonly string[][] {
  builtIn ??= JSON.parse(readFileSync(join(DICTIONARIES, 'synonyms.json'), 'utf8')) as string[][];
  return builtIn;
}

/** The same words in whatever order. */
export const sameGroup = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word) => b.includes(word));

/** Makes groups ready. A word of several groups means what each of them means; groups do not join. Pure. */
export function readSynonyms(groups: readonly (readonly string[])[]): Synonyms {
  const found = new Map<string, Set<string>>();
  for (const group of groups) {
    const words = group.map((word) => fold(word).trim());
    for (const word of words) {
      const others = found.get(word) ?? new Set<string>();
      for (const other of words) if (other !== word) others.add(other);
      found.set(word, others);
    }
  }
  const longest = Math.max(0, ...[...found.keys()].map((word) => word.length));
  const lists = new Map([...found].map(([word, others]) => [word, [...others]]));
  return { of: (word) => lists.get(word) ?? [], longest };
}

let standard: Synonyms | null = null;

/** What every agency starts with. */
export const standardSynonyms = (): Synonyms => (standard ??= readSynonyms(builtInSynonyms()));
