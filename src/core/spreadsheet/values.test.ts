import { describe, expect, it } from 'vitest';
import { readDay, readDecimal, readMonth } from './index.ts';
import { meaningOf, numberText } from './number-format.ts';

describe('what people type', () => {
  it.each([
    ['1234', '1234'],
    ['1,234.50', '1234.5'],
    [' 12 ', '12'],
    ['-0.0', '0'],
    ['-3', '-3'],
    ['12.5%', '0.125'],
    ['5%', '0.05'],
    ['007', '7'],
    ['1,23', null],
    ['1e3', null],
    ['十二', null],
    ['', null],
    ['#REF!', null],
  ])('the number %j reads %j', (text, value) => expect(readDecimal(text)).toBe(value));

  it.each([
    ['2018-03-05', '2018-03-05'],
    ['2018年3月5日', '2018-03-05'],
    ['2018/3/5', '2018-03-05'],
    ['20180305', '2018-03-05'],
    ['2018-02-30', null],
    ['3月5日', null],
  ])('the day %j reads %j', (text, value) => expect(readDay(text)).toBe(value));

  it.each([
    ['2018-03', '2018-03'],
    ['2018年3月', '2018-03'],
    ['201812', '2018-12'],
    ['2018-03-01', '2018-03'],
    ['2018-13', null],
    ['2018-03-02', null],
  ])('the month %j reads %j', (text, value) => expect(readMonth(text)).toBe(value));
});

describe('what a cell shows', () => {
  it.each([
    [0, 'General', 'number'],
    [14, undefined, 'date'],
    [170, '#,##0.00_);[Red](#,##0.00)', 'number'],
    [171, '[$-804]yyyy"年"m"月"d"日"', 'date'],
    [172, '0.0%', 'percent'],
    [173, '"days" 0', 'number'],
  ] as const)('format %i %j means %s', (id, code, meaning) => expect(meaningOf(id, code)).toBe(meaning));

  it('counts days from 1900 with its false leap day, or from 1904', () => {
    expect(numberText('1', 'date', false)).toBe('1900-01-01');
    expect(numberText('61', 'date', false)).toBe('1900-03-01');
    expect(numberText('41698', 'date', true)).toBe('2018-03-01');
    expect(numberText('0.5', 'date', false)).toBe('12:00:00');
  });

  it('writes large and small numbers without an exponent', () => {
    expect(numberText('1E+21', 'number', false)).toBe('1000000000000000000000');
    expect(numberText('1E-7', 'number', false)).toBe('0.0000001');
  });
});
