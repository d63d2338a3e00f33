import { isValue } from './cell-value.ts';
import type { DocumentParagraph, Place } from './document.ts';
import type { ObservedRow } from './observed-row.ts';
import { hasHan, plain, wordingKey } from './wording.ts';

/** A row put together from running text, with the paragraphs it was taken from. */
export interface RunningRow extends ObservedRow {
  /** Index of the paragraph its first figure stands in, or its label when it has none. */
  from: number;
  /** Index of the paragraph its last figure stands in. */
  to: number;
}

const UNIT = /^(?:条|件|次|篇|个|人|人次|万元|[—–-]{2,4})$/u;
/** A line that begins a row of a statistics table; a number alone is a piece of words that run downwards. */
const NUMBERED =
  /^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|其中)(?=.?\p{Script=Han}{2})/u;
/** `- 3 -`, `第 3 页 共 8 页`, `3/8`: left behind where a page ended. */
const PAGE_NUMBER = /^(?:[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*\/\s*\d{1,3})$/u;
/** Figures that stick to the end of a label: `数量95`, `数量：95件`. */
const STUCK = /^(.*[\p{Script=Han})）"”」])[:：]?([+-]?\d[\d,，.]*(?:条|件|次|篇|个|人次?|项|万元)?)$/u;
/** How much of the words before a figure may be its label. */
const LABEL_TOKENS = 16;
const BARS = /[|│┃]/u;
const LONGEST_TOKEN = 300;
const LONGEST_VALUE = 20;
/** Tables stand in the first stretch of this many tokens, or the file is no report. */
const MOST_TOKENS = 60_000;

interface Open {
  label: string[];
  unit: string | null;
  values: string[];
  place: Place;
  from: number;
  to: number;
}

/**
 * Tables that were flattened into text: words, then figures, then words again. One row may be spread over many lines, or
 * stand in one line with spaces between. Cells that were blank leave no trace in such text; the reader of the rows says so.
 */
export function rowsOfText(paragraphs: readonly DocumentParagraph[], run: number): RunningRow[] {
  const rows: RunningRow[] = [];
  let open: Open | null = null;
  let tokens = 0;

  const close = () => {
    if (open && open.label.length > 0) rows.push(rowOf(open, run));
    open = null;
  };
  for (const [at, { text, place }] of paragraphs.entries()) {
    if (text.length <= LONGEST_VALUE && PAGE_NUMBER.test(text.normalize('NFKC').trim())) continue;
    const startsRow = NUMBERED.test(plain(text.slice(0, 40)));
    if (tokens > MOST_TOKENS) break;
    for (const [position, token] of tokensOf(text).entries()) {
      tokens += 1;
      if (tokens > MOST_TOKENS) break;
      const isLabel = hasHan(token) ? !isUnitOrValue(token) : isOrdinal(token);
      if (isLabel) {
        const ended: boolean =
          open !== null && (open.values.length > 0 || open.unit !== null || (startsRow && position === 0));
        if (ended) close();
        open ??= { label: [], unit: null, values: [], place, from: at, to: at };
        open.label.push(token);
        if (open.label.length > LABEL_TOKENS) open.label.shift();
        Object.assign(open, { place, from: at, to: at });
      } else if (open && UNIT.test(token) && open.values.length === 0) {
        open.unit = token;
        open.to = at;
      } else if (open && (token === '' || isValue(token))) {
        open.values.push(token);
        open.to = at;
      } else if (token !== '') close();
    }
  }
  close();
  return rows;
}

function rowOf({ label, unit, values, place, from, to }: Open, run: number): RunningRow {
  const texts = [label.join(''), ...(unit === null ? [] : [unit]), ...values];
  return { cells: texts.map((text) => ({ text, column: null, colSpan: 1 })), place, run, from, to };
}

function tokensOf(text: string): string[] {
  const plainText = text.normalize('NFKC');
  const pieces = BARS.test(plainText)
    ? cellsOf(plainText)
    : plainText.split(/\s+/u).filter((token) => token !== '');
  return pieces.flatMap((token) => {
    const stuck = token.length <= LONGEST_TOKEN ? STUCK.exec(token) : null;
    return stuck && wordingKey(stuck[1]!).length >= 2 ? [stuck[1]!, stuck[2]!] : [token];
  });
}

/** A line that closes each cell with a bar: `0 |` one cell, `|` an empty one, `||` two. */
function cellsOf(text: string): string[] {
  const cells = text.split(BARS).map((cell) => cell.trim());
  if (cells.at(-1) === '') cells.pop();
  return cells;
}

function isUnitOrValue(token: string): boolean {
  return token.length <= LONGEST_VALUE && (UNIT.test(token) || isValue(token));
}

/** `1.`, `(2)`: a number of a row that stands apart from its words. */
function isOrdinal(token: string): boolean {
  return /^(?:\d{1,2}[.、]|\(\d{1,2}\))$/u.test(token);
}
