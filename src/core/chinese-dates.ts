import type { Temporal } from 'temporal-polyfill';

const digits = '〇一二三四五六七八九';

/** `2026-11-27` as GB/T 9704-2012 writes it, 2026年11月27日, or in Chinese numerals, 二〇二六年十一月二十七日. */
export function chineseDate({ year, month, day }: Temporal.PlainDate, form: 'digits' | 'han' = 'digits') {
  if (form === 'digits') return `${year}年${month}月${day}日`;
  const years = [...String(year)].map((digit) => digits[Number(digit)]).join('');
  return `${years}年${upToNinetyNine(month)}月${upToNinetyNine(day)}日`;
}

function upToNinetyNine(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`;
}
