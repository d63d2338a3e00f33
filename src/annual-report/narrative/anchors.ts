import type { ProseAnchor } from '../formats/format.ts';
import type { Inline } from '../model.ts';
import { numberPattern, readNumber, type StatedNumber } from './numbers.ts';
import { textOf } from './parse.ts';

/** A hand-typed number and the cell its wording ties it to. */
export interface AnchoredNumber extends StatedNumber {
  row: string;
  column: string | null;
  /** The whole wording, e.g. `新闻发布会4场`. */
  quote: string;
}

export interface QuotedNumber extends StatedNumber {
  quote: string;
  start: number;
  /** Where the number itself stands in the line. */
  number: { start: number; end: number };
}

const compiled = new Map<string, RegExp>();

/** Every number in the line that a wording reaches; where several wordings reach it, the longest wins. */
export function anchoredNumbers(line: readonly Inline[], anchors: readonly ProseAnchor[]): AnchoredNumber[] {
  const live = liveRanges(line);
  const best = new Map<number, QuotedNumber & { anchor: ProseAnchor }>();
  for (const anchor of anchors)
    for (const pattern of anchor.patterns)
      for (const found of numbersAt(line, pattern)) {
        if (live.some(({ start, end }) => start < found.number.end && found.number.start < end)) continue;
        const rival = best.get(found.number.end);
        if (!rival || found.quote.length > rival.quote.length)
          best.set(found.number.end, { ...found, anchor });
      }
  return [...best.values()]
    .toSorted((a, b) => a.number.start - b.number.start)
    .map(({ anchor, quote, value, approximation }) => ({
      row: anchor.row,
      column: anchor.column ?? null,
      quote,
      value,
      approximation,
    }));
}

/** Rows of which the line says that there were none. */
export function deniedRows(
  line: readonly Inline[],
  anchors: readonly ProseAnchor[],
): { row: string; column: string | null; quote: string }[] {
  const text = textOf(line);
  return anchors.flatMap(({ row, column, zero = [] }) => {
    const quote = zero
      .map((pattern) => regexOf(pattern).exec(text)?.[0])
      .find((found) => found !== undefined);
    return quote === undefined ? [] : [{ row, column: column ?? null, quote }];
  });
}

/** Where a wording with `{n}` occurs in the line, live figures included. */
export function numbersAt(line: readonly Inline[], wording: string): QuotedNumber[] {
  return [...textOf(line).matchAll(regexOf(wording, 'gdu'))].flatMap((match) => {
    const range = match.indices?.groups?.n;
    const read = readNumber(match.groups?.n ?? '');
    if (!range || !read) return [];
    return [{ ...read, quote: match[0], start: match.index, number: { start: range[0], end: range[1] } }];
  });
}

function liveRanges(line: readonly Inline[]): { start: number; end: number }[] {
  let at = 0;
  return line.flatMap(({ kind, text }) => {
    const start = at;
    at += text.length;
    return kind === 'figure' ? [{ start, end: at }] : [];
  });
}

function regexOf(wording: string, flags = 'u'): RegExp {
  const key = `${flags} ${wording}`;
  const known = compiled.get(key);
  if (known) {
    known.lastIndex = 0;
    return known;
  }
  const source = wording
    .replace('{n}', `(?<n>${numberPattern})`)
    .replaceAll('…', '[^0-9０-９。;；!?！？,，、和及与\\n]{0,12}?');
  const regex = new RegExp(source, flags);
  compiled.set(key, regex);
  return regex;
}
