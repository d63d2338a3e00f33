import { documentNumberKey } from './document-numbers.ts';
import { fold } from './fold.ts';
import type { SearchQuery, Term } from './query.ts';

/** Characters of a body that are compared with the whole of what was typed. */
const LOOKED_AT = 4_000;

interface Ranked {
  id: number;
  title: string;
  documentNumber: string;
  score: number;
}

/**
 * The final order of the best few: a document number that was typed comes first, then titles that say what was typed, the
 * shorter the better, and bodies that hold it as it was typed.
 */
export function betterOrder<Row extends Ranked>(
  rows: readonly Row[],
  texts: ReadonlyMap<number, { body: string }>,
  query: SearchQuery,
  terms: readonly { term: Term; worth: number }[],
): Row[] {
  const best = Math.max(...rows.map(({ score }) => score), 1e-9);
  const all = terms.reduce((sum, { worth }) => sum + worth, 0) || 1;
  const scored = rows.map((row) => {
    const title = strip(fold(row.title));
    const body = strip(fold(texts.get(row.id)?.body.slice(0, LOOKED_AT) ?? ''));
    const said = terms
      .filter(({ term }) => title.includes(term.text))
      .reduce((sum, { worth }) => sum + worth, 0);
    let score = row.score / best + (0.3 * said) / all;
    if (query.documentNumber !== '' && documentNumberKey(fold(row.documentNumber)) === query.documentNumber)
      score += 5;
    if (query.plain.length >= 2 && title.includes(query.plain))
      score += 0.3 + (0.4 * query.plain.length) / Math.max(title.length, 1);
    else if (query.plain.length >= 4 && body.includes(query.plain)) score += 0.25;
    return { ...row, score };
  });
  return scored.sort((a, b) => b.score - a.score);
}

const strip = (folded: string) => folded.replaceAll(/[^\p{L}\p{N}]+/gu, '');
