import { describe, expect, test } from 'vitest';
import { quantitiesIn } from './quantities.ts';

const read = (text: string) =>
  quantitiesIn(text).map(({ value, unit, approximation, step }) => [
    value,
    unit,
    ...(step === 1 && !approximation ? [] : [step]),
    ...(approximation ? [approximation] : []),
  ]);

describe('numbers with the unit they count in', () => {
  test.each([
    ['收到申请10件', [[10, '件']]],
    ['1,927条', [[1927, '条']]],
    ['1.5万条', [[15000, '条', 1000]]],
    ['3万余条', [[30000, '条', 10000, 'over']]],
    ['5万元', [[50000, '元', 10000]]],
    ['2.35万元', [[23500, '元', 100]]],
    ['2950元', [[2950, '元']]],
    ['占96.8%', [[96.8, '%', 0.1]]],
    ['提高2个百分点', [[2, '个百分点']]],
    ['100人次', [[100, '人次']]],
    ['近300篇', [[300, '篇', 1, 'near']]],
    ['约300篇', [[300, '篇', 1, 'about']]],
    ['300篇左右', [[300, '篇', 1, 'about']]],
    ['十二件', [[12, '件']]],
    [
      '1、2、15件',
      [
        [1, '件'],
        [2, '件'],
        [15, '件'],
      ],
    ],
    [
      '1.2、3.5万元',
      [
        [12000, '元', 1000],
        [35000, '元', 1000],
      ],
    ],
    ['2018年12月31日', []],
    ['国办函〔2020〕109号', []],
    ['第32条', []],
    ['一次性、一件事、每一件、第一次', []],
    ['三审三校、两微一端', []],
    ['电话0517-87290606', []],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('a number stands where it is printed', () => {
    const text = '全年发布200余篇，其中图解14篇';
    expect(quantitiesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['200余篇', '14篇']);
  });
});
