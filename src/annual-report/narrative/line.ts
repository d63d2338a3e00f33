import type { Inline } from '../model.ts';
import { textOf } from './parse.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';

/**
 * One line of prose for reading numbers: digits half-width, white space gone (files break lines anywhere), and the way back
 * to the words as they stand in the report.
 */
export interface Line {
  text: string;
  /** The words of the report between two positions of `text`. */
  quote(start: number, end: number): string;
  /** Positions of live figures, which are never typed by hand. */
  live: readonly { start: number; end: number }[];
  /** Every number that counts something. */
  quantities: readonly Quantity[];
}

export function lineOf(inlines: readonly Inline[]): Line {
  const source = textOf(inlines);
  const kept: number[] = [];
  const chars: string[] = [];
  for (let index = 0; index < source.length; index++) {
    const char = source[index]!;
    if (/\s/u.test(char)) continue;
    kept.push(index);
    chars.push(char >= '０' && char <= '９' ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char);
  }
  const text = chars.join('').replaceAll('％', '%').replaceAll('．', '.');
  return {
    text,
    quote: (start, end) => source.slice(kept[start] ?? 0, (kept[end - 1] ?? -1) + 1),
    live: liveRanges(inlines, kept),
    quantities: quantitiesIn(text),
  };
}

function liveRanges(inlines: readonly Inline[], kept: readonly number[]): Line['live'] {
  if (inlines.every(({ kind }) => kind !== 'figure')) return [];
  const position = new Map(kept.map((index, at) => [index, at]));
  let at = 0;
  return inlines.flatMap(({ kind, text }) => {
    const start = at;
    at += text.length;
    return kind === 'figure' && text.length > 0
      ? [{ start: position.get(start) ?? 0, end: (position.get(at - 1) ?? -1) + 1 }]
      : [];
  });
}
