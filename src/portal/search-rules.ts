import type { PublicHit, SearchDocument } from './search-documents.ts';

const EXCERPT_BEFORE = 24;
const EXCERPT_LENGTH = 110;
const TITLE_WEIGHT = 10;
/** Share of a long question's character pairs that a document must contain to be offered at all. */
const LOOSE_SHARE = 0.6;

/**
 * The documents that contain every word of the query, titles first; when there are none, those that contain most
 * character pairs of it, so that a question in a sentence still finds its subject.
 */
export function searchDocuments(documents: readonly SearchDocument[], query: string): PublicHit[] {
  const words = fold(query)
    .split(/[\s,?!。、]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const strict = rank(documents, words, 1);
  if (strict.length > 0) return strict;
  const pairs = words.flatMap(pairsOf);
  return pairs.length < 2 ? [] : rank(documents, [...new Set(pairs)], LOOSE_SHARE);
}

function rank(documents: readonly SearchDocument[], words: readonly string[], share: number): PublicHit[] {
  return documents
    .flatMap((document) => {
      const title = fold(document.title);
      const text = fold(document.text);
      const found = words.filter((word) => title.includes(word) || text.includes(word));
      if (found.length < words.length * share) return [];
      const score = found.reduce(
        (sum, word) => sum + (title.includes(word) ? TITLE_WEIGHT : 0) + Math.min(occurrences(text, word), 5),
        0,
      );
      return [{ ...document, score, excerpt: excerptOf(document.text, found) }];
    })
    .sort((a, b) => b.score - a.score || b.date.localeCompare(a.date));
}

/** The text around the first word found, cut into marked and unmarked pieces. */
export function excerptOf(text: string, words: readonly string[]): PublicHit['excerpt'] {
  const folded = fold(text);
  const first = Math.min(...words.map((word) => folded.indexOf(word)).filter((at) => at >= 0), text.length);
  const start = first === text.length ? 0 : Math.max(0, first - EXCERPT_BEFORE);
  const piece = text.slice(start, start + EXCERPT_LENGTH);
  const marks = words.filter((word) => word !== '').map(escaped);
  const split = marks.length > 0 ? piece.split(new RegExp(`(${marks.join('|')})`, 'iu')) : [piece];
  const parts = split
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter((part) => part.text !== '');
  if (start > 0) parts.unshift({ text: '…', marked: false });
  if (start + EXCERPT_LENGTH < text.length) parts.push({ text: '…', marked: false });
  return parts;
}

/** Lower case, half width, same length, so that positions in the folded text are positions in the text. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

function pairsOf(word: string): string[] {
  return Array.from({ length: Math.max(word.length - 1, 0) }, (_, index) => word.slice(index, index + 2));
}

function occurrences(text: string, word: string): number {
  return text.split(word).length - 1;
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
