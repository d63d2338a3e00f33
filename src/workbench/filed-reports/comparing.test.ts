import { describe, expect, test } from 'vitest';
import { buildTables, formatById } from '../../annual-report/formats/index.ts';
import type { ReadCell, ReadReport } from '../../annual-report/reading/index.ts';
import { sumBelow } from './below.ts';
import { changesBetween } from './figure-changes.ts';

/** A report of 2021's format that shows these cells and nothing else. */
function reportOf(cells: Record<string, number | '' | '/'>): ReadReport {
  const format = formatById('2021');
  if (!format) throw new Error('no format of 2021');
  const read = Object.entries(cells).map(([key, shown]): [string, ReadCell] => [
    key,
    typeof shown === 'number'
      ? { state: shown === 0 ? 'zero' : 'number', value: shown, text: String(shown), place: null }
      : { state: shown === '' ? 'blank' : 'not-applicable', value: null, text: shown, place: null },
  ]);
  return {
    kind: 'html',
    encoding: 'utf-8',
    agency: '某县司法局',
    year: 2022,
    format: '2021',
    title: '',
    cells: Object.fromEntries(read),
    tables: buildTables(format, {}),
    chapters: [],
    unread: [],
  };
}

const received = 'requests/1/total';
const fees = 'proactive/P8.1/amount';

describe('the numbers of two years', () => {
  const cases: [string, number | '' | '/', number | '' | '/', object | null][] = [
    ['the same', 12, 12, null],
    ['grown', 10, 12, { difference: 2, percent: 20, striking: false }],
    ['fallen by half and by ten at least', 20, 10, { difference: -10, percent: -50, striking: true }],
    ['doubled, but few', 2, 4, { difference: 2, percent: 100, striking: false }],
    ['from nought', 0, 30, { difference: 30, percent: null, striking: true }],
    ['blank last year', '', 3, { difference: null, percent: null, striking: false }],
    ['not applicable this year', 3, '/', { difference: null, percent: null, striking: false }],
    ['blank in both', '', '', null],
    ['blank and not applicable', '', '/', null],
  ];
  test.each(cases)('%s', (_name, before, now, expected) => {
    const { changed } = changesBetween(reportOf({ [received]: now }), reportOf({ [received]: before }));
    expect(changed).toEqual(expected === null ? [] : [expect.objectContaining(expected)]);
  });

  test('a blank is shown in words and never as nought', () => {
    const { changed } = changesBetween(reportOf({ [received]: '' }), reportOf({ [received]: 4 }));
    expect(changed[0]?.now.words).toBe('空白');
  });

  test('amounts keep their decimals', () => {
    const { changed } = changesBetween(reportOf({ [fees]: 0.3 }), reportOf({ [fees]: 0.1 }));
    expect(changed[0]?.difference).toBe(0.2);
  });
});

describe('a report beside those below it', () => {
  test('the cell that is too small comes first, and blanks below add nothing', () => {
    const own = reportOf({ [fees]: 5, [received]: 3 });
    const below = [
      reportOf({ [received]: 2, [fees]: 1.5 }),
      reportOf({ [received]: 2, [fees]: '' }),
      reportOf({ [received]: '/' }),
    ];
    expect(sumBelow(own, below)).toMatchObject([
      { key: received, own: 3, sum: 4, counted: 2, verdict: 'smaller' },
      { key: fees, own: 5, sum: 1.5, counted: 1, verdict: 'fits' },
    ]);
  });

  test('a blank of one’s own is not called too small', () => {
    const lines = sumBelow(reportOf({ [received]: '' }), [reportOf({ [received]: 2 })]);
    expect(lines).toMatchObject([{ own: null, ownWords: '空白', verdict: 'fits' }]);
  });

  test('reports of another format are not added', () => {
    const other = { ...reportOf({ [received]: 9 }), format: '2019' as const };
    expect(sumBelow(reportOf({ [received]: 1 }), [other])).toEqual([]);
  });
});
