import { datesIn } from './dates.ts';
import { documentNumberKey, documentNumberWords, withoutDocumentNumbers } from './document-numbers.ts';
import { type Facet, facetWord } from './facet-words.ts';
import { fold } from './fold.ts';
import { type Synonyms, standardSynonyms } from './synonyms.ts';
import { cut, isHan, isStopWord, pairsAround, pairsOf } from './words.ts';

export const QUERY_LENGTH = 200;
const MOST_TERMS = 16;
const MOST_PHRASES = 3;
const MOST_EXCLUDED = 6;

/** One thing that is looked for: any of the alternatives, each of which is words that must all be there. */
export interface Term {
  text: string;
  /** `pair`: two characters that no dictionary joins, perhaps of a name, perhaps of nothing. */
  kind: 'word' | 'pair' | 'date';
  alternatives: readonly (readonly string[])[];
}

/** A piece of what was typed as a reader would name it, with the texts of the terms by which it is found. */
export interface Part {
  text: string;
  terms: readonly string[];
}

export interface SearchQuery {
  terms: readonly Term[];
  /** What can be told of entries that hold only part of it, in the order in which it was typed. */
  parts: readonly Part[];
  /** Folded text that must stand in an entry exactly so. */
  phrases: readonly string[];
  /** Words of which an entry must hold none (each list: not all of it). */
  excluded: readonly (readonly string[])[];
  /** A whole document number, as it is compared. */
  documentNumber: string;
  /** What was typed, folded, without signs. */
  plain: string;
  /** Folded texts to be marked in titles and excerpts, the longest first. */
  marks: readonly string[];
}

export type Filters = Readonly<Partial<Record<Facet, string | number>>>;

const QUOTED = /(^|\s)(-?)["“”「『]([^"“”」』]{1,100})["“”」』]/gu;

/** Reads what somebody typed. Nothing of it is an operator but quotes and a minus before a word. */
export function readQuery(typed: string, synonyms: Synonyms = standardSynonyms()): SearchQuery {
  let rest = fold(typed.slice(0, QUERY_LENGTH));
  const phrases: string[] = [];
  const excluded: string[][] = [];
  rest = rest.replaceAll(QUOTED, (_all, before: string, minus: string, phrase: string) => {
    const text = phrase.trim();
    if (minus !== '' && text !== '') excluded.push(wordsIn(text));
    else if (text !== '' && phrases.length < MOST_PHRASES) phrases.push(text);
    return `${before} `;
  });
  rest = rest.replaceAll(/(^|\s)-([^\s-]\S*)/gu, (_all, before: string, word: string) => {
    excluded.push(wordsIn(word));
    return `${before} `;
  });
  const sought = [...phrases, rest].join(' ');
  const { terms, parts } = termsOf(sought, synonyms);
  return {
    terms,
    parts,
    phrases,
    excluded: excluded.filter((words) => words.length > 0).slice(0, MOST_EXCLUDED),
    documentNumber: documentNumberKey(sought.trim()),
    plain: rest.replaceAll(/[^\p{L}\p{N}]+/gu, ''),
    marks: marksOf(terms, phrases),
  };
}

function termsOf(folded: string, synonyms: Synonyms): Pick<SearchQuery, 'terms' | 'parts'> {
  const found = new Map<string, Term>();
  const add = (text: string, alternatives: readonly (readonly string[])[], kind: Term['kind'] = 'word') => {
    if (found.size < MOST_TERMS && !found.has(text)) found.set(text, { text, kind, alternatives });
  };
  for (const word of documentNumberWords(folded)) add(word, [[word]]);
  const { rest, dates } = datesIn(withoutDocumentNumbers(folded));
  for (const { text, alternatives } of dates) add(text, alternatives, 'date');
  const words = joined(cut(rest), synonyms);
  const said = words.filter((word) => word !== '' && !isStopWord(word));
  const pairs = pairsAround(words.map((word) => (isStopWord(word) && word.length > 1 ? '' : word)));
  for (const word of said) {
    const others = synonyms.of(word);
    if (word.length === 1 && isHan(word) && others.length === 0) continue;
    const year = /^(19|20)\d\d$/.test(word) ? [[facetWord('year', word)]] : [];
    add(word, [wordsIn(word), ...others.map(wordsIn), ...year]);
  }
  for (const pair of pairs) if (![...pair].some(isStopWord)) add(pair, [[pair]], 'pair');
  // Single characters and stop words count only when there is nothing else.
  if (found.size === 0) for (const word of said) add(word, [[word]]);
  if (found.size === 0) for (const word of words) if (word !== '') add(word, [[word]]);
  const parts = [...[...found.values()].filter(isNumberOrDate).map(partOf), ...partsOf(words)];
  return {
    terms: [...found.values()],
    parts: parts
      .map(({ text, terms }) => ({ text, terms: terms.filter((term) => found.has(term)) }))
      .filter(({ terms }) => terms.length > 0),
  };
}

const isNumberOrDate = ({ text, kind }: Term) => kind === 'date' || text.startsWith('#');

const partOf = ({ text }: Term): Part => ({
  text: text.replace(/^#(\d+)-(\d+)$/, '〔$1〕$2号'),
  terms: [text],
});

/** Words, and characters in a row that no dictionary joins: a name is told whole, though it is found by its pairs. */
function partsOf(words: readonly string[]): Part[] {
  const parts = new Map<string, Part>();
  const isLone = (word: string) => word.length === 1 && isHan(word) && !isStopWord(word);
  for (let at = 0; at < words.length; ) {
    let to = at;
    while (isLone(words[to] ?? '')) to += 1;
    const row = words.slice(at, to).join('');
    const word = words[at] ?? '';
    if (row.length > 1) parts.set(row, { text: row, terms: pairsOf(row) });
    else if (row !== '') {
      const [before, after] = [(words[at - 1] ?? '').slice(-1), (words[to] ?? '').charAt(0)];
      parts.set(row, { text: row, terms: [row, before + row, row + after] });
    } else if (word !== '' && !isStopWord(word)) parts.set(word, { text: word, terms: [word] });
    at = Math.max(to, at + 1);
  }
  return [...parts.values()];
}

/** Of what was typed, what an entry that holds only these terms lacks. */
export function missingParts(query: SearchQuery, held: ReadonlySet<string>): string[] {
  return query.parts.flatMap(({ text, terms }) => (terms.every((term) => held.has(term)) ? [] : [text]));
}

/** Neighbouring words that together have a synonym become one, the longest first. */
function joined(words: readonly string[], synonyms: Synonyms): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    let whole = words[at] ?? '';
    for (let to = at + 1, text = whole; whole !== '' && to < words.length && words[to] !== ''; to++) {
      text += words[to];
      if (text.length > synonyms.longest) break;
      if (synonyms.of(text).length > 0) [taken, whole] = [to + 1 - at, text];
    }
    found.push(whole);
    at += taken;
  }
  return found;
}

/** The words that a text must have so that it can hold this one. */
function wordsIn(folded: string): string[] {
  const words = cut(withoutDocumentNumbers(folded));
  const long = words.filter((word) => word.length > 1 || (word !== '' && !isHan(word)));
  const found = [...documentNumberWords(folded), ...long, ...pairsAround(words)];
  return [...new Set(found.length > 0 ? found : words.filter((word) => word !== ''))].slice(0, 8);
}

/** Its words by their pairs: finds what the dictionary cut differently in an entry. */
export function byPairs(terms: readonly Term[]): Term[] {
  return terms.map((term) => {
    if (term.text.length < 3 || !isHan(term.text)) return term;
    return { ...term, alternatives: [...term.alternatives, pairsOf(term.text)] };
  });
}

function marksOf(terms: readonly Term[], phrases: readonly string[]): string[] {
  const texts = terms.flatMap(({ text, alternatives }) => [text, ...alternatives.flat()]);
  const marks = [...new Set([...phrases, ...texts])].filter((text) => !/^[#~]/.test(text));
  return marks.sort((a, b) => b.length - a.length);
}

export const filterWords = (filters: Filters): string[] =>
  Object.entries(filters).flatMap(([facet, value]) =>
    value === undefined || value === '' ? [] : [facetWord(facet as Facet, value)],
  );
