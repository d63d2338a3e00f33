import type { ProseAnchor } from '../formats/format.ts';
import type { Line } from './line.ts';
import { numberPattern, readNumber, type StatedNumber, stepOf } from './numbers.ts';

/** A hand-typed number and the cell its wording ties it to. */
export interface AnchoredNumber extends StatedNumber {
  row: string;
  column: string | null;
  /** The whole wording, e.g. `新闻发布会4场`. */
  quote: string;
}

export interface QuotedNumber extends StatedNumber {
  quote: string;
  /** How many characters the wording itself says, without what `…` passed over. */
  said: number;
  /** How much one more in its last printed digit is: 1, 1000 for 1.5万, 0.01 for 2.35. */
  step: number;
  start: number;
  /** Where the number itself stands in the line. */
  number: { start: number; end: number };
}

export interface TiedNumber extends QuotedNumber {
  anchor: ProseAnchor;
}

const compiled = new Map<string, RegExp>();

/**
 * Every hand-typed number in the line that a wording reaches; where several wordings reach it, the one that says most of the
 * words itself wins: `行政诉讼：未经复议直接起诉2件` is about the second thing, though the first reaches as far.
 */
export function tiedNumbers(line: Line, anchors: readonly ProseAnchor[]): TiedNumber[] {
  const best = new Map<number, TiedNumber>();
  if (!/[0-9〇零一二两三四五六七八九十百千万]/u.test(line.text)) return [];
  for (const anchor of anchors)
    for (const pattern of anchor.patterns)
      for (const found of numbersAt(line, pattern)) {
        if (line.live.some(({ start, end }) => start < found.number.end && found.number.start < end))
          continue;
        const rival = best.get(found.number.end);
        if (!rival || found.said > rival.said) best.set(found.number.end, { ...found, anchor });
      }
  return [...best.values()].toSorted((a, b) => a.number.start - b.number.start);
}

/** Rows of which the line says that there were none, and where. */
export function deniedRows(
  line: Line,
  anchors: readonly ProseAnchor[],
): { anchor: ProseAnchor; quote: string; start: number; end: number }[] {
  return anchors.flatMap((anchor) => {
    for (const pattern of anchor.zero ?? [])
      for (const { 0: words, index } of line.text.matchAll(regexOf(pattern, 'gu'))) {
        const end = index + words.length;
        // 无法提供…, and 没有因行政复议被纠错, deny something else; so does a denial that goes on to count.
        if (/[0-9]|^无[法正偿效需条障纸论]/u.test(words)) continue;
        if (/^[^。;；，,]{0,6}(?:纠错|纠正|败诉|撤销|改变)/u.test(line.text.slice(end, end + 10))) continue;
        return [{ anchor, quote: line.quote(index, end), start: index, end }];
      }
    return [];
  });
}

/** Where a wording with `{n}` occurs in the line, live figures included. */
export function numbersAt(line: Line, wording: string): QuotedNumber[] {
  return [...line.text.matchAll(regexOf(wording, 'gdu'))].flatMap((match) => {
    const range = match.indices?.groups?.n;
    const words = match.groups?.n ?? '';
    const read = readNumber(words);
    if (!range || !read) return [];
    const end = match.index + match[0].length;
    const quote = line.quote(match.index, end);
    const said = match[0].length - (match.groups?.passed?.length ?? 0);
    return [
      {
        ...read,
        quote,
        said,
        step: stepOf(words),
        start: match.index,
        number: { start: range[0], end: range[1] },
      },
    ];
  });
}

function regexOf(wording: string, flags: string): RegExp {
  const key = `${flags} ${wording}`;
  const known = compiled.get(key);
  if (known) return known;
  const source = wording
    // Amounts are compared in the unit of their row, whichever they are printed in.
    .replace('{n}万元', '{n}(?:万元|亿元|元)')
    .replace('{n}', `(?<n>${numberPattern})`)
    .replace('…', '(?<passed>[^0-9。;；!?！？,，、和及与\\n]{0,12}?)')
    .replaceAll('…', '[^0-9。;；!?！？,，、和及与\\n]{0,12}?');
  const regex = new RegExp(source, flags);
  compiled.set(key, regex);
  return regex;
}
