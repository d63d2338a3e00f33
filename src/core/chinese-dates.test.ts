import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { chineseDate } from './chinese-dates.ts';

it.each([
  ['2026-11-27', '2026年11月27日', '二〇二六年十一月二十七日'],
  ['2020-01-10', '2020年1月10日', '二〇二〇年一月十日'],
  ['2018-12-31', '2018年12月31日', '二〇一八年十二月三十一日'],
])('%s is %s or %s', (iso, digits, han) => {
  expect(chineseDate(Temporal.PlainDate.from(iso))).toBe(digits);
  expect(chineseDate(Temporal.PlainDate.from(iso), 'han')).toBe(han);
});
