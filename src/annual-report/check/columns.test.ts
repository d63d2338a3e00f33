import { describe, expect, test } from 'vitest';
import { buildTables, type CellValues } from '../formats/index.ts';
import { columnFormat } from './fixtures/columns.ts';
import { checkReport } from './index.ts';

const cells = (person: number, company: number, other: number, total = person + company + other) => ({
  person,
  company,
  other,
  total,
});
const sound: CellValues = {
  'P1.2': { made: 3, repealed: 1, valid: 12 },
  'P8.1': { collected: 0.25 },
  '1': cells(5, 2, 1),
  '2': cells(1, 0, 0),
  '3.1': cells(3, 1, 0),
  '3.2': cells(2, 0, 1),
  '3.7': cells(5, 1, 1),
  '4': cells(1, 1, 0),
};
const lastYear: CellValues = { 'P1.2': { valid: 10 }, '4': cells(1, 0, 0) };

const check = (changes: CellValues, previous?: CellValues) =>
  checkReport({
    format: columnFormat,
    year: 2022,
    tables: buildTables(columnFormat, { ...sound, ...changes }),
    ...(previous && { previous: buildTables(columnFormat, previous) }),
  }).map(({ rule, message }) => `${rule} ${message}`);

describe('a format with sections, grouped columns and column sums', () => {
  test('is clean when everything holds, this year and against last year', () => {
    expect(check({})).toEqual([]);
    expect(check({}, lastYear)).toEqual([]);
  });

  test('balances every column', () => {
    expect(check({ '4': cells(0, 2, 0) })).toEqual([
      'T1 “一、本年新收政府信息公开申请数量”（自然人） 5 件、“二、上年结转政府信息公开申请数量”（自然人） 1 件，合计 6 件，应等于“(七)总计”（自然人） 5 件，合计 5 件，相差 1 件。',
      'T1 “一、本年新收政府信息公开申请数量”（商业企业） 2 件，合计 2 件，应等于“(七)总计”（商业企业） 1 件、“四、结转下年度继续办理”（商业企业） 2 件，合计 3 件，相差 1 件。',
    ]);
  });

  test('sums columns within each row', () => {
    expect(check({ '3.2': cells(2, 0, 1, 4) })).toEqual([
      'T2 “(七)总计”（总计）填 7 件，各分项合计 8 件（“(一)予以公开”（总计） 4、“(二)部分公开”（总计） 4），相差 1 件。',
      'T3 “(二)部分公开”（总计）填 4 件，各分项合计 3 件（“(二)部分公开”（自然人） 2、“(二)部分公开”（其他） 1），相差 1 件。',
    ]);
  });

  test('compares what was carried over, row by row and by the movement of a stock', () => {
    expect(check({}, { 'P1.2': { valid: 9 }, '4': cells(0, 0, 0) })).toEqual([
      'T4 2022年“二、上年结转政府信息公开申请数量”（自然人） 1 件，2021年“四、结转下年度继续办理”（自然人） 0 件，相差 1 件。',
      'T4 2022年“二、上年结转政府信息公开申请数量”（总计） 1 件，2021年“四、结转下年度继续办理”（总计） 0 件，相差 1 件。',
      'P1 2022年“行政规范性文件”（现行有效件数）减“行政规范性文件”（本年制发件数）加“行政规范性文件”（本年废止件数） 10 件，2021年“行政规范性文件”（现行有效件数） 9 件，相差 1 件。',
    ]);
  });

  test('does not compare rows of another format that happen to share a code', () => {
    const other = structuredClone(columnFormat);
    for (const table of other.tables) (table as { id: string }).id = `old-${table.id}`;
    const found = checkReport({
      format: columnFormat,
      year: 2022,
      tables: buildTables(columnFormat, sound),
      previous: buildTables(other, { '4': cells(9, 9, 9) }),
    });
    expect(found).toEqual([]);
  });

  test('refuses values for rows and columns it does not have', () => {
    expect(() => buildTables(columnFormat, { '9.9': 1 })).toThrow('no figure row 9.9');
    expect(() => buildTables(columnFormat, { '1': 3 })).toThrow('no column value');
  });
});
