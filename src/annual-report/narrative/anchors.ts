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

const compiled = new Map<string, Wording>();

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
    for (const pattern of anchor.zero ?? []) {
      const { regex, literal } = compile(pattern);
      if (!line.text.includes(literal)) continue;
      for (const { 0: words, index } of line.text.matchAll(regex)) {
        const end = index + words.length;
        // 无法提供…, and 没有因行政复议被纠错, deny something else; so does a denial that goes on to count.
        if (/[0-9]|^无[法正偿效需条障纸论]|纠错|纠正|败诉|撤销|结转|上年|[逾超]期/u.test(words)) continue;
        if (
          /(?:网上|网络|网站|传真|信函|信件|当面|现场|邮[寄件箱]|窗口|渠道|方式)[^。;；，,、]{0,8}$/u.test(
            line.text.slice(Math.max(0, index - 20), index),
          )
        )
          continue;
        if (/^[^。;；，,]{0,6}(?:纠错|纠正|败诉|撤销|改变)/u.test(line.text.slice(end, end + 10))) continue;
        return [{ anchor, quote: line.quote(index, end), start: index, end }];
      }
    }
    return [];
  });
}

/** Where a wording with `{n}` occurs in the line, live figures included. */
export function numbersAt(line: Line, wording: string): QuotedNumber[] {
  const { regex, literal } = compile(wording);
  if (!line.text.includes(literal)) return [];
  return [...line.text.matchAll(regex)].flatMap((match) => {
    const { before = '', n = '', passed = '' } = match.groups ?? {};
    const read = readNumber(n);
    if (!read) return [];
    const start = match.index + before.length;
    const quote = line.quote(match.index, match.index + match[0].length);
    const said = match[0].length - passed.length;
    const number = { start, end: start + n.length };
    return [{ ...read, quote, said, step: stepOf(n), start: match.index, number }];
  });
}

interface Wording {
  regex: RegExp;
  /** Characters without which it cannot match: looked for first, because most lines do not have them. */
  literal: string;
}

function compile(wording: string): Wording {
  const known = compiled.get(wording);
  if (known) return known;
  const gap = '[^0-9。;；!?！？,，、和及与\\n]{0,12}?';
  // Amounts are compared in the unit of their row, whichever they are printed in.
  const [before, after] = wording
    .replace('{n}万元', '{n}(?:万元|亿元|元)')
    .replace('…', `(?<passed>${gap})`)
    .replaceAll('…', gap)
    .split('{n}');
  const source = after === undefined ? before! : `(?<before>${before})(?<n>${numberPattern})${after}`;
  const made = { regex: new RegExp(source, 'gu'), literal: literalOf(wording) };
  compiled.set(wording, made);
  return made;
}

/** The longest run of plain characters outside groups, classes and options. */
function literalOf(wording: string): string {
  let plain = wording.replace(/\{n\}|…/gu, ' ').replace(/\[[^\]]*\](?:\{[^}]*\}|[?*+])?/gu, ' ');
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(/\([^()]*\)[?*+]?/gu, ' ');
  }
  const runs = plain.replace(/.[?*+]/gu, ' ').split(/[^\p{Script=Han}]+/u);
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
