import { describe, expect, test } from 'vitest';
import { approximately, fits, numberPattern, numbersIn, readNumber } from './numbers.ts';

describe('reading numbers as official prose writes them', () => {
  test.each([
    ['4', 4, null],
    ['127', 127, null],
    ['9,351', 9351, null],
    ['9，351', 9351, null],
    ['１２７', 127, null],
    ['5.25', 5.25, null],
    ['两', 2, null],
    ['十', 10, null],
    ['十二', 12, null],
    ['二十', 20, null],
    ['一百零五', 105, null],
    ['二百七十五', 275, null],
    ['一千九百二十七', 1927, null],
    ['一万二千三百', 12300, null],
    ['十万', 100000, null],
    ['二〇一八', 2018, null],
    ['3万', 30000, null],
    ['200余', 200, 'over'],
    ['30多', 30, 'over'],
    ['超过100', 100, 'over'],
    ['近200', 200, 'near'],
    ['约200', 200, 'about'],
    ['200左右', 200, 'about'],
    ['两百余', 200, 'over'],
    ['一万余', 10000, 'over'],
  ])('%s is %d (%s)', (text, value, approximation) => {
    expect(new RegExp(`^(?:${numberPattern})$`, 'u').test(text)).toBe(true);
    expect(readNumber(text)).toEqual({ value, approximation });
  });

  test('万 before 元 belongs to the unit', () => {
    expect(/^(?<n>.+)万元$/u.exec('5万元')?.groups?.n).toBe('5');
    expect(new RegExp(numberPattern, 'u').exec('五万元')?.[0]).toBe('五');
  });

  test('finds each number with what surrounds it', () => {
    expect(
      numbersIn('开展活动14次,发布稿件200余篇').map(({ text, value, start }) => [text, value, start]),
    ).toEqual([
      ['14', 14, 4],
      ['200余', 200, 12],
    ]);
  });
});

describe('lenient comparison', () => {
  test.each([
    ['200余', 275, true],
    ['200余', 200, true],
    ['200余', 300, false],
    ['200余', 199, false],
    ['1900余', 1927, true],
    ['1900余', 2000, false],
    ['约300', 275, true],
    ['约300', 127, false],
    ['近300', 275, true],
    ['近300', 301, false],
    ['275', 275, true],
    ['275', 274, false],
  ])('%s against %d: %s', (text, figure, expected) => {
    expect(fits(readNumber(text)!, figure)).toBe(expected);
  });

  test('a blank figure is compared as 0', () => {
    expect(fits(readNumber('0')!, null)).toBe(true);
    expect(fits(readNumber('3')!, null)).toBe(false);
  });
});

test.each([
  [275, '200余'],
  [127, '100余'],
  [9351, '9300余'],
  [200, '200'],
  [21, '20余'],
  [7, '7'],
  [0, '0'],
])('%d is printed approximately as %s, which fits it', (value, text) => {
  expect(approximately(value).text).toBe(text);
  expect(fits(readNumber(text)!, value)).toBe(true);
});
