/** How a number in prose is to be taken: 200余 is at least 200, 近200 is just below, 约200 is either side. */
export type Approximation = 'over' | 'near' | 'about';

export interface StatedNumber {
  value: number;
  approximation: Approximation | null;
}

export interface NumberInText extends StatedNumber {
  start: number;
  end: number;
  text: string;
}

// Lengths are bounded so that a long run of numerals costs time in proportion to its length only.
const arabic = '[0-9０-９]{1,12}(?:[,，][0-9０-９]{3}){0,4}(?:[.．][0-9０-９]{1,6})?(?:[百千]|万(?!元))?';
const chinese = '(?:[〇零一二两三四五六七八九十百千]|万(?!元)){1,16}';

/** Regular expression source of one number as official prose writes it, without groups of its own. */
export const numberPattern = `(?:大约|约|将近|近|超过|逾|超)?(?:${arabic}|${chinese})(?:余|多|左右)?`;

const withoutMarks = new RegExp(`${arabic}|${chinese}`, 'u');
const arabicNumber = new RegExp(arabic, 'gu');
const scales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10000 };

/** Reads what `numberPattern` matched; null when it is no number after all. */
export function readNumber(text: string): StatedNumber | null {
  const bare = withoutMarks.exec(text)?.[0];
  if (bare === undefined) return null;
  const value = /^[0-9０-９]/u.test(bare) ? readArabic(bare) : readChinese(bare);
  return value === null ? null : { value, approximation: approximationOf(text) };
}

/** Every number written in Arabic figures, with 约, 近, 余 and the like around it. */
export function numbersIn(text: string): NumberInText[] {
  const pattern = new RegExp(
    `(?:大约|约|将近|近|超过|逾|超)?(?:${arabicNumber.source})(?:余|多|左右)?`,
    'gu',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const read = readNumber(match[0]);
    const end = match.index + match[0].length;
    return read ? [{ ...read, start: match.index, end, text: match[0] }] : [];
  });
}

/** Whether a stated number fits a figure; an approximate one is compared leniently. A blank figure counts as 0. */
export function fits(stated: StatedNumber, figure: number | null): boolean {
  const actual = figure ?? 0;
  const { value, approximation } = stated;
  if (approximation === null) return Math.abs(actual - value) < 1e-9;
  if (approximation === 'over') return actual >= value && actual < value + lastPlace(value);
  const slack = value * 0.1;
  if (approximation === 'near') return actual >= value - slack && actual <= value;
  return Math.abs(actual - value) <= slack;
}

/** 275 → 200余, 9351 → 9300余, 20 → 20, 7 → 7: never rounded up, exact where nothing is left over. */
export function approximately(value: number): { text: string; approximate: boolean } {
  if (value < 10) return { text: String(value), approximate: false };
  const digits = Math.trunc(value).toString().length;
  const place = 10 ** (digits > 3 ? digits - 2 : digits - 1);
  const floor = Math.floor(value / place) * place;
  return floor === value
    ? { text: String(value), approximate: false }
    : { text: `${floor}余`, approximate: true };
}

/** How much one more in the last printed digit is: 1 for 349, 1000 for 1.5万, 0.01 for 2.35. */
export function stepOf(text: string): number {
  const figures = /[0-9][0-9,]*(?:\.(?<decimals>[0-9]+))?(?<scale>[百千万])?/u.exec(text.normalize('NFKC'));
  const { decimals = '', scale = '' } = figures?.groups ?? {};
  return (scales[scale] ?? 1) / 10 ** decimals.length;
}

function approximationOf(text: string): Approximation | null {
  if (/[余多]$|^(?:超过|逾|超)/u.test(text)) return 'over';
  if (/^(?:将近|近)/u.test(text)) return 'near';
  return /^(?:大约|约)|左右$/u.test(text) ? 'about' : null;
}

/** 200 → 100, 1900 → 100, 30 → 10: how much 余 can hide. */
function lastPlace(value: number): number {
  let place = 1;
  while (value >= place * 10 && value % (place * 10) === 0) place *= 10;
  return place;
}

function readArabic(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(',', '');
  const scale = scales[plain.at(-1) ?? ''];
  const value = Number(scale ? plain.slice(0, -1) : plain);
  return Number.isFinite(value) ? value * (scale ?? 1) : null;
}

function readChinese(text: string): number | null {
  const digit = (char: string) =>
    char === '零' ? 0 : char === '两' ? 2 : '〇一二三四五六七八九'.indexOf(char);
  if (![...text].some((char) => scales[char])) return Number([...text].map(digit).join(''));
  let total = 0;
  let section = 0;
  let pending: number | null = null;
  for (const char of text) {
    const scale = scales[char];
    if (scale === undefined) pending = digit(char);
    else if (scale === 10000) {
      total += (section + (pending ?? 0) || 1) * scale;
      section = 0;
      pending = null;
    } else {
      section += (pending ?? 1) * scale;
      pending = null;
    }
  }
  return total + section + (pending ?? 0);
}
