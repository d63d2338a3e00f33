import { facetWord, weekOf, weekWord } from './facet-words.ts';

const CHINESE_MONTHS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const CHINESE_MONTH = /(十[一二]?|[一二三四五六七八九])月份?/gu;
const MONTH = /(?<!\d)(1[0-2]|0?[1-9])\s*月/gu;
const DATE =
  /(?<!\d)((?:19|20)\d{2})\s*(?:年度?|[-./])\s*(?:(1[0-2]|0?[1-9])(?!\d)\s*(?:月份?)?)?|(?<!\d)(1[0-2]|0?[1-9])\s*月份?/gu;

const monthWord = (month: string | number) => `${Number(month)}月`;

/** Months in folded text as words of their own: 9月, 十二月. */
export function monthWords(folded: string): string[] {
  return Array.from(inNumbers(folded).matchAll(MONTH), ([, month = '']) => monthWord(month));
}

const inNumbers = (folded: string) =>
  folded.replaceAll(CHINESE_MONTH, (_all, month: string) => monthWord(CHINESE_MONTHS.indexOf(month) + 1));

/**
 * Years and months in folded text, each with what says the same: when it was published. 2018年9月 is found in entries of that
 * month that do not say so themselves. The rest is what remains to be cut.
 */
export function datesIn(folded: string): {
  rest: string;
  dates: { text: string; alternatives: string[][] }[];
} {
  const dates: { text: string; alternatives: string[][] }[] = [];
  const rest = inNumbers(folded).replaceAll(DATE, (_all, year?: string, month?: string, only?: string) => {
    if (only !== undefined) dates.push({ text: monthWord(only), alternatives: [[monthWord(only)]] });
    if (year === undefined) return ' ';
    dates.push({ text: year, alternatives: [[year], [facetWord('year', year)]] });
    if (month === undefined) return ' ';
    const weeks = weeksOf(Number(year), Number(month));
    dates.push({ text: monthWord(month), alternatives: [[monthWord(month)], ...weeks] });
    return ' ';
  });
  return { rest, dates };
}

function weeksOf(year: number, month: number): string[][] {
  const first = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  const [from, to] = [weekOf(first), weekOf(last)];
  return Array.from({ length: to - from + 1 }, (_, index) => [weekWord(from + index)]);
}
