import { describe, expect, test } from 'vitest';
import { readValue } from './cell-value.ts';

describe('what a printed cell says', () => {
  const cases: [string, string, string, number | null][] = [
    ['95', '件', 'number', 95],
    ['０', '件', 'zero', 0],
    ['３４０２', '件', 'number', 3402],
    [' 1 8 ', '件', 'number', 18],
    ['1,808,595', '件', 'number', 1808595],
    ['1，808，595', '件', 'number', 1808595],
    ['1,80', '件', 'text', null],
    ['12件', '件', 'number', 12],
    ['+3', '项', 'number', 3],
    ['增10', '项', 'number', 10],
    ['增加 10', '项', 'number', 10],
    ['-3', '项', 'number', -3],
    ['－３', '项', 'number', -3],
    ['−3', '项', 'number', -3],
    ['减2', '项', 'number', -2],
    ['减少2项', '项', 'number', -2],
    ['减0', '项', 'zero', 0],
    ['0.00', '万元', 'zero', 0],
    ['59237.2449', '万元', 'number', 59237.2449],
    ['7545万元', '万元', 'number', 7545],
    ['2950元', '万元', 'number', 0.295],
    ['1.2亿元', '万元', 'number', 12000],
    ['', '件', 'blank', null],
    ['　', '件', 'blank', null],
    ['\u00a0', '件', 'blank', null],
    ['/', '件', 'not-applicable', null],
    ['／', '件', 'not-applicable', null],
    ['—', '件', 'not-applicable', null],
    ['——', '件', 'not-applicable', null],
    ['-', '件', 'not-applicable', null],
    ['不适用', '件', 'not-applicable', null],
    ['无', '件', 'text', null],
    ['详见附件', '件', 'text', null],
    ['12.5%', '件', 'text', null],
    ['1e5', '件', 'text', null],
    ['约200', '件', 'text', null],
    ['3.4.1', '件', 'text', null],
    ['9999999999999999', '件', 'text', null],
  ];
  test.each(cases)('%j in %s is %s %s', (text, unit, state, value) =>
    expect(readValue(text, unit)).toEqual({ state, value }),
  );
});
