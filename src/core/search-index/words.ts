import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

export const DICTIONARIES = join(import.meta.dirname, '../../../data/dictionaries');
const HAN = /^\p{Script=Han}/u;
const WORD = /^[\p{Script=Han}a-z0-9#]/u;
const LONGEST = 40;

const linesOf = (file: string) =>
  readFileSync(join(DICTIONARIES, file), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

let jieba: Jieba | null = null;
let stops: ReadonlySet<string> | null = null;
let aspects: ReadonlySet<string> | null = null;

/** Loaded when it is first needed: half a second, a hundred megabytes. */
function segmenter(): Jieba {
  if (jieba) return jieba;
  jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from(`${linesOf('search-words.txt').join('\n')}\n`));
  return jieba;
}

/** Words of our own dictionary. */
export function ownWords(): string[] {
  return linesOf('search-words.txt').map((line) => line.split(' ')[0] ?? '');
}

/** Words that say nothing about what is looked for. */
export function isStopWord(word: string): boolean {
  stops ??= new Set(linesOf('search-stop-words.txt'));
  return stops.has(word);
}

/** Words for what is asked of a matter (材料, 补助), not for the matter itself: the first to be left out. */
export function isAspectWord(word: string): boolean {
  aspects ??= new Set(linesOf('search-aspect-words.txt'));
  return aspects.has(word);
}

/** Folded text cut into words; everything between them is left out, as an empty string once. */
export function cut(folded: string): string[] {
  return segmenter()
    .cut(folded, false)
    .map((word) => (WORD.test(word) ? word.slice(0, LONGEST) : ''));
}

export const isHan = (word: string): boolean => HAN.test(word);

/** Neighbouring characters of a word. */
export function pairsOf(word: string): string[] {
  return Array.from({ length: Math.max(word.length - 1, 0) }, (_, at) => word.slice(at, at + 2));
}

/**
 * What the dictionary does not know falls apart into single characters. Such a character and its neighbours are kept in
 * pairs, so that an unknown name is found by its pairs.
 */
export function pairsAround(words: readonly string[]): string[] {
  const pairs: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const [left, right] = [words[at - 1] ?? '', words[at] ?? ''];
    if (left.length !== 1 && right.length !== 1) continue;
    if (isHan(left) && isHan(right)) pairs.push(left.slice(-1) + right.charAt(0));
  }
  return pairs;
}
