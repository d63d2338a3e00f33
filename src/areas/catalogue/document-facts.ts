import { checkDocumentNumber, parseDay } from '../../law/index.ts';

const HEAD_LINES = 12;
const TAIL_LINES = 12;
const DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  '○': '0',
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

/**
 * What an official document says of itself in lines of its own: its number near the top, the day it was made near the end
 * (GB/T 9704-2012, 7.2.5 and 7.3.5). Only what is beyond doubt; `text` is plain, a block a line.
 */
export function factsIn(text: string): { documentNumber: string; formedOn: string | null } {
  const lines = text.split('\n').map((line) => line.trim());
  const numbers = lines.slice(0, HEAD_LINES).flatMap((line) => {
    if (line.length > 40) return [];
    const { problem, value } = checkDocumentNumber(line);
    return problem === null ? [value] : [];
  });
  const days = lines.slice(-TAIL_LINES).flatMap((line) => dayIn(line) ?? []);
  return { documentNumber: numbers[0] ?? '', formedOn: days.at(-1) ?? null };
}

/** `2018年3月5日` or `二〇一八年三月五日` alone on its line, as an ISO date. */
function dayIn(line: string): string | null {
  const found = /^(\S{4})年(\S{1,3})月(\S{1,3})日$/u.exec(line.replaceAll(/\s/g, ''));
  if (!found) return null;
  const [year = '', month = '', day = ''] = found.slice(1).map((word) => String(numberIn(word)));
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return Number(year) >= 1949 && Number(year) <= 2100 && parseDay(iso) !== null ? iso : null;
}

/** 12, 十二, 二〇一八; NaN for what is no number. */
function numberIn(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  const ten = /^([一二三])?十([一二三四五六七八九])?$/.exec(word);
  if (ten) return Number(DIGITS[ten[1] ?? '一']) * 10 + Number(DIGITS[ten[2] ?? '〇']);
  return Number([...word].map((sign) => DIGITS[sign] ?? 'x').join(''));
}
