import { type Approximation, readNumber, stepOf } from './numbers.ts';
import { isChangeAt } from './scope.ts';

/** A number with the unit it counts in, as a sentence states it. */
export interface Quantity {
  /** In the unit itself; sums of money in yuan. */
  value: number;
  /** What one more in the last printed digit would add: 1 for 349 件, 1000 for 1.5万条, 0.1 for 96.8%. */
  step: number;
  approximation: Approximation | null;
  /** 件, 人次, 元, % …; '' when none follows, unless it is a member of a list like 1、2、15件. */
  unit: string;
  /** Of the number with its unit. */
  start: number;
  end: number;
  /** A difference against another year: 增长20%, 同比增加15件. */
  isChange: boolean;
  /** Yuan in the unit of money as printed; 1 for all else. */
  factor: number;
  /** Written with a comma between digits, which may as well separate the members of a list. */
  grouped: boolean;
}

const units =
  '人次|件次|条次|万元|亿元|元|个百分点|百分点|%|件|条|次|起|宗|篇|份|项|场|期|个|名|人|位|家|户|处|类|批|例|册|幅|组|轮|倍|页|笔';
const arabic = '[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,12}(?:\\.[0-9]{1,6})?';
const chinese = '(?:[〇零一二两三四五六七八九十百千]|万(?!元)){1,16}';
const quantity = new RegExp(
  `(?<![0-9.第〔[/:_-])(?<n>(?:大约|约|将近|近|超过|逾|超)?(?:(?:(?<digits>${arabic})(?:百|千|万(?!元))?(?:余|多)?)|(?<han>${chinese})(?:余|多)?))(?<u>${units})?(?<about>左右)?(?![0-9-])`,
  'gu',
);
/** Han numerals are numbers only before these, and not in 一次性, 一件事 or 每一件. */
const hanUnits = new Set(['件', '条', '次', '起', '宗', '篇', '份', '场', '期', '人次', '名', '例', '笔']);
const money: Readonly<Record<string, number>> = { 元: 1, 万元: 1e4, 亿元: 1e8 };

/** Every number of a line that counts something, in order. */
export function quantitiesIn(text: string): Quantity[] {
  const found = numbersWithUnits(text);
  for (let index = found.length - 2; index >= 0; index--) {
    const [one, next] = [found[index]!, found[index + 1]!];
    if (one.unit !== '' || next.unit === '' || !/^[、，,和及与]$/u.test(text.slice(one.end, next.start)))
      continue;
    const factor = next.factor;
    found[index] = {
      ...one,
      unit: next.unit,
      factor,
      value: round(one.value * factor),
      step: one.step * factor,
    };
  }
  return found;
}

function numbersWithUnits(text: string): Quantity[] {
  return [...text.matchAll(quantity)].flatMap((match) => {
    const { n = '', digits, han, u = '', about } = match.groups ?? {};
    const end = match.index + match[0].length;
    if (han !== undefined && !isHanNumber(text, match.index, end, u)) return [];
    if (/^[年月日号时分届]/u.test(text.slice(end, end + 1))) return [];
    const read = readNumber(n);
    if (!read) return [];
    const factor = money[u] ?? 1;
    return [
      {
        value: round(read.value * factor),
        step: round((han === undefined ? stepOf(n) : 1) * factor),
        approximation: about ? 'about' : read.approximation,
        unit: u in money ? '元' : u,
        start: match.index,
        end,
        isChange: isChangeAt(text, match.index),
        factor,
        grouped: digits?.includes(',') ?? false,
      },
    ];
  });
}

/** How far a sum of these may be off its total because the numbers are printed rounded; 0 where all are whole. */
export function roundingOf(quantities: readonly Quantity[]): number {
  return round(quantities.reduce((sum, { step }) => sum + (step === 1 ? 0 : step / 2), 0));
}

function isHanNumber(text: string, start: number, end: number, unit: string): boolean {
  if (!hanUnits.has(unit)) return false;
  if (/^[性事]/u.test(text.slice(end, end + 1))) return false;
  return !/[每任同某逐这那另第进统唯单]$/u.test(text.slice(Math.max(0, start - 1), start));
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
