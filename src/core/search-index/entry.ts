import { monthWords } from './dates.ts';
import { documentNumberKey, documentNumberWords, withoutDocumentNumbers } from './document-numbers.ts';
import { facetWord, markOf, weekOf, weekWord } from './facet-words.ts';
import { fold } from './fold.ts';
import { cut, isHan, pairsAround, pairsOf } from './words.ts';

/** One public thing that can be found. */
export interface SearchEntry {
  /** `item`, `report`, `answer` … */
  kind: string;
  /** Which of its kind; putting the same again replaces it. */
  ref: string;
  sourceId: string | null;
  href: string;
  title: string;
  /** Plain text. */
  body: string;
  /** Further plain text that is found but not shown as body: attachments, keywords, names. */
  further?: string;
  documentNumber?: string;
  unitId?: number | null;
  columnId?: number | null;
  /** Every column it stands in, besides the first. */
  furtherColumns?: readonly number[];
  genre?: string;
  validity?: string;
  publishedOn: string | null;
}

/** Characters of the body that are read for words and kept for excerpts. */
export const BODY_READ = 20_000;
const FURTHER_READ = 60_000;
/** More of the same word says nothing new. */
const MOST_TIMES = 4;
/** `tsvector` holds at most a megabyte; so many different words stay far below it. */
const MOST_WORDS = 20_000;

/** Raised when entries are written otherwise than before: those of an older layout are written anew. */
export const LAYOUT = 3;
export const LAYOUT_WORD = `~l${LAYOUT}`;
export const OLDER_LAYOUT_WORDS: readonly string[] = Array.from(
  { length: LAYOUT - 1 },
  (_, n) => `~l${n + 1}`,
);

/** By chance half of all entries are of the first part, half of these of the second, and so on: a part tells how all of them divide. */
export const MOST_HALVED = 12;
export const sampleWord = (halved: number): string => `~t${Math.min(halved, MOST_HALVED)}`;

/** How often it stays when all are halved. Follows from what it says, not from where it lies: that may be told later. */
function halvedOf({ kind, sourceId, title, publishedOn, body }: SearchEntry): number {
  let hash = 0x811c9dc5;
  for (const sign of `${kind}|${sourceId}|${title}|${publishedOn}|${body.length}|${body.slice(-40)}`) {
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return Math.min(MOST_HALVED, Math.clz32(hash ^ (hash >>> 13)));
}

type Weight = 'A' | 'B' | 'C' | 'D';

/** Words with the weight of each of their places, as text of a `tsvector`. */
export class WordList {
  readonly #mark: string;
  readonly #places = new Map<string, string[]>();

  constructor(mark: string) {
    this.#mark = mark;
  }

  add(word: string, weight: Weight): void {
    const places = this.#places.get(word);
    if (places === undefined) {
      if (this.#places.size < MOST_WORDS) this.#places.set(word, [`1${weight}`]);
    } else if (places.length < MOST_TIMES) places.push(`${places.length + 1}${weight}`);
  }

  toString(): string {
    let text = '';
    for (const [word, places] of this.#places) text += `'${quoted(this.#mark + word)}':${places.join(',')} `;
    return text;
  }
}

/** A word as it stands between the quotes of a `tsvector` or `tsquery`. */
export const quoted = (word: string): string => word.replaceAll(/['\\]/g, (sign) => sign + sign);

/** The two lists of words of an entry. */
export function wordsOf(agencyId: number, entry: SearchEntry): { titleWords: string; words: string } {
  const mark = markOf(agencyId);
  const titles = new WordList(mark);
  const all = new WordList(mark);
  const number = fold(entry.documentNumber ?? '');
  for (const [word, weight] of titleWords(fold(entry.title))) {
    titles.add(word, weight);
    all.add(word, weight);
  }
  for (const word of documentNumberWords(number)) {
    titles.add(word, 'A');
    all.add(word, 'A');
  }
  if (number !== '') all.add(documentNumberKey(number) || number.slice(0, 60), 'A');
  addText(all, fold(`${entry.documentNumber ?? ''}\n${entry.body.slice(0, BODY_READ)}`), 'C');
  if (entry.further) addText(all, fold(entry.further.slice(0, FURTHER_READ)), 'D');
  for (const word of [...facetsOf(entry), weekWord(weekOf(entry.publishedOn))]) {
    titles.add(word, 'D');
    all.add(word, 'D');
  }
  for (let halved = halvedOf(entry); halved > 0; halved--) all.add(sampleWord(halved), 'D');
  all.add(LAYOUT_WORD, 'D');
  return { titleWords: titles.toString(), words: all.toString() };
}

function facetsOf(entry: SearchEntry): string[] {
  const columns = [entry.columnId ?? null, ...(entry.furtherColumns ?? [])].filter((id) => id !== null);
  return [
    facetWord('kind', entry.kind),
    ...columns.map((id) => facetWord('column', id)),
    ...(entry.unitId ? [facetWord('unit', entry.unitId)] : []),
    ...(entry.genre ? [facetWord('genre', entry.genre)] : []),
    ...(entry.validity ? [facetWord('validity', entry.validity)] : []),
    ...(entry.publishedOn ? [facetWord('year', entry.publishedOn.slice(0, 4))] : []),
  ];
}

/** A title is short: its words count most, and every character and pair of it can be found. */
function titleWords(folded: string): [string, Weight][] {
  const words = cut(withoutDocumentNumbers(folded)).filter((word) => word !== '');
  const found: [string, Weight][] = [
    ...documentNumberWords(folded).map((word): [string, Weight] => [word, 'A']),
    ...monthWords(folded).map((word): [string, Weight] => [word, 'A']),
    ...words.map((word): [string, Weight] => [word, 'A']),
  ];
  const known = new Set(words);
  for (const run of folded.match(/\p{Script=Han}+/gu) ?? []) {
    for (const part of new Set([...pairsOf(run), ...run])) if (!known.has(part)) found.push([part, 'B']);
  }
  return found;
}

function addText(list: WordList, folded: string, weight: Weight): void {
  for (const word of [...documentNumberWords(folded), ...monthWords(folded)]) list.add(word, weight);
  const words = cut(withoutDocumentNumbers(folded));
  for (const word of words) {
    if (word === '' || (word.length === 1 && isHan(word))) continue;
    list.add(word, weight);
    if (word.length > 2 && isHan(word)) for (const pair of pairsOf(word)) list.add(pair, 'D');
  }
  for (const pair of pairsAround(words)) list.add(pair, 'D');
}
