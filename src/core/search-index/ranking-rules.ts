import { documentNumberKey } from './document-numbers.ts';
import { fold } from './fold.ts';
import type { SearchQuery, Term } from './query.ts';

/** Characters of a body that are compared with the whole of what was typed. */
const LOOKED_AT = 4_000;
const DAY_MS = 86_400_000;
/** Documents that oblige or announce come before reports of what went on, where all else is equal. */
const DOCUMENTS =
  /^(命令|决定|公告|通告|通知|通报|公示|意见|办法|规定|细则|规则|规划|方案|批复|函|法规|规章|解读)/u;

/** What it is worth that a title says it in other words. */
const OTHER_WORDS = 0.7;

interface Ranked {
  id: number;
  title: string;
  documentNumber: string;
  genre: string;
  validity: string;
  publishedOn: string | null;
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
    const said = terms.reduce((sum, { term, worth }) => sum + worth * saidIn(title, term), 0);
    const inTitle = titleWorth(title, query.plain);
    let score = row.score / best + (0.3 * said) / all + inTitle + ofKind(row) + numbered(row, query);
    if (query.plain.length >= 4 && !title.includes(query.plain)) {
      const body = strip(fold(texts.get(row.id)?.body.slice(0, LOOKED_AT) ?? ''));
      if (body.includes(query.plain)) score += 0.25;
    }
    return { ...row, score };
  });
  return scored.sort((a, b) => b.score - a.score);
}

/**
 * The order of entries whose titles hold all that was looked for: how they say it, what they are, how new they are at `now`
 * (milliseconds since 1970).
 */
export function titleOrder<Row extends Ranked>(rows: readonly Row[], query: SearchQuery, now: number): Row[] {
  const scored = rows.map((row) => {
    const title = strip(fold(row.title));
    const passed = row.validity === 'repealed' || row.validity === 'expired' ? 0.25 : 0;
    const score =
      1 +
      titleWorth(title, query.plain) +
      ofKind(row) +
      numbered(row, query) +
      recent(row.publishedOn, now) -
      passed;
    return { ...row, score };
  });
  return scored.sort((a, b) => b.score - a.score || (b.publishedOn ?? '').localeCompare(a.publishedOn ?? ''));
}

/** Whether a title says a term as it was typed, or in other words. */
function saidIn(title: string, { text, alternatives }: Term): number {
  if (title.includes(text)) return 1;
  return alternatives.some((words) => words.every((word) => title.includes(word))) ? OTHER_WORDS : 0;
}

/** Of what was typed, how much stands together in the title, and of the title, how much that is. */
function titleWorth(title: string, plain: string): number {
  if (plain.length < 2 || title === '') return 0;
  const together = longestCommon(title, plain);
  const whole = together === plain.length ? 0.3 : 0;
  return (0.3 * together) / plain.length + whole + (0.2 * together) / title.length;
}

function longestCommon(text: string, sought: string): number {
  let best = 0;
  for (let from = 0; from + best < sought.length; from++) {
    while (from + best < sought.length && text.includes(sought.slice(from, from + best + 1))) best += 1;
  }
  return best;
}

const ofKind = ({ genre }: Ranked) => (DOCUMENTS.test(genre) ? 0.15 : 0);

const recent = (date: string | null, now: number) =>
  date === null ? 0 : 0.12 * Math.exp(-Math.max(0, now - Date.parse(date)) / DAY_MS / 1000);

const numbered = (row: Ranked, query: SearchQuery) =>
  query.documentNumber !== '' && documentNumberKey(fold(row.documentNumber)) === query.documentNumber ? 5 : 0;

const strip = (folded: string) => folded.replaceAll(/[^\p{L}\p{N}]+/gu, '');
