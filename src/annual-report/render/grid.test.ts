import { describe, expect, it } from 'vitest';
import { compiledFixture } from './fixtures/eras.ts';
import { kunmingReport } from './fixtures/kunming.ts';
import { gridOf, printedNumber } from './grid.ts';
import { chapterHeading, chineseDate, chineseNumber, plain, safeHref, titleLines } from './words.ts';

describe('the printed grid', () => {
  it('gives a single column of figures three columns and every row its cells', () => {
    const grid = gridOf(kunmingReport().tables[0]!, '');
    expect(grid.widths).toHaveLength(3);
    expect(grid.widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(1);
    expect(grid.sections[0]?.header).toHaveLength(1);
    for (const row of grid.sections[0]?.rows ?? [])
      expect(row.cells.reduce((sum, { span }) => sum + span, 0)).toBe(3);
  });

  it('spreads sections with three columns and with one over the same grid', () => {
    const grid = gridOf(compiledFixture('2021').tables[0]!, '0');
    const spans = grid.sections.map(({ rows }) => rows[0]?.cells.map(({ span }) => span));
    expect(spans).toEqual([
      [1, 1, 1, 1],
      [1, 3],
      [1, 3],
      [1, 3],
    ]);
    expect(grid.sections[0]?.rows[0]?.cells.map(({ text }) => text)).toEqual(['规章', '/', '/', '/']);
  });

  it('groups headers in ranks whose spans fill the grid', () => {
    const requests = gridOf(compiledFixture('2021').tables[1]!, '0');
    expect(
      requests.sections[0]?.header.map((row) => row.map(({ text, span, rows }) => [text, span, rows])),
    ).toEqual([
      [
        ['办理情况', 1, 3],
        ['申请人情况', 7, 1],
      ],
      [
        ['自然人', 1, 2],
        ['法人或其他组织', 5, 1],
        ['总计', 1, 2],
      ],
      ['商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他'].map((label) => [label, 1, 1]),
    ]);
    const remedies = gridOf(compiledFixture('2021').tables[2]!, '0');
    expect(remedies.widths).toHaveLength(15);
    expect(remedies.sections[0]?.header[0]?.map(({ text, span }) => [text, span])).toEqual([
      ['行政复议', 5],
      ['行政诉讼', 10],
    ]);
  });

  it('prints five sections of three, two and two columns over one grid of six', () => {
    const grid = gridOf(compiledFixture('2019').tables[0]!, '0');
    expect(grid.widths).toHaveLength(7);
    expect(grid.sections.map(({ rows }) => rows[0]?.cells.map(({ span }) => span))).toEqual([
      [1, 2, 2, 2],
      [1, 2, 2, 2],
      [1, 2, 2, 2],
      [1, 3, 3],
      [1, 3, 3],
    ]);
  });

  it('prints a change with its sign, an amount with its decimals and a fee row of two columns', () => {
    const grid = gridOf(compiledFixture('2019').tables[0]!, '0');
    const printed = (code: string) =>
      grid.sections
        .flatMap(({ rows }) => rows)
        .find((row) => row.code === code)
        ?.cells.map(({ text }) => text);
    expect(['P5.1', 'P6.1', 'P6.2', 'P8.1', 'P9.1'].map(printed)).toEqual([
      ['行政许可', '132', '-4', '5218'],
      ['行政处罚', '403', '+12', '389'],
      ['行政强制', '57', '0', '21'],
      ['行政事业性收费', '9', '-1'],
      ['政府集中采购', '118', '4637.282915'],
    ]);
  });

  it('marks a column that does not apply, and a blank by the era', () => {
    const [, requests] = compiledFixture('2021').tables;
    delete requests!.sections[0]!.rows.at(-1)!.cells.other;
    const grid = gridOf(requests!, '0');
    expect(grid.sections[0]?.rows.at(-1)?.cells.at(-2)?.text).toBe('—');
    const f2014 = gridOf(kunmingReport().tables[0]!, '');
    const fax = f2014.sections[0]?.rows.find(({ code }) => code === '3.1.2');
    expect(fax?.cells.at(-1)?.text).toBe('');
  });
});

it.each([
  [5, '5'],
  [0, '0'],
  [-3, '-3'],
  [0.0501, '0.0501'],
  [12.5, '12.5'],
  [1e21, '1000000000000000000000'],
])('prints %d in plain digits', (value, text) => expect(printedNumber(value)).toBe(text));

it.each([
  [1, '一'],
  [10, '十'],
  [14, '十四'],
  [20, '二十'],
  [21, '二十一'],
])('writes %d as %s', (n, text) => expect(chineseNumber(n)).toBe(text));

it('writes dates without padding and leaves what is no date alone', () => {
  expect(chineseDate('2019-01-05T09:00:00+08:00')).toBe('2019年1月5日');
  expect(chineseDate('2019-01-05T17:00:00Z')).toBe('2019年1月6日');
  expect(chineseDate('待定')).toBe('待定');
});

it('numbers chapters but not a foreword', () => {
  expect(chapterHeading({ number: 14, title: '其他应报告的事项' })).toBe('十四、其他应报告的事项');
  expect(chapterHeading({ number: 0, title: '' })).toBe('');
});

it('breaks a long title after the agency and keeps a short one whole', () => {
  expect(titleLines(kunmingReport())).toEqual([
    '昆明高新技术产业开发区管理委员会',
    '2018年政府信息公开工作年度报告',
  ]);
  expect(titleLines(kunmingReport({ title: '高新区2018年年度报告' }))).toEqual(['高新区2018年年度报告']);
});

it('follows only web and mail addresses', () => {
  expect(safeHref('https://www.example.gov.cn/')).not.toBeNull();
  for (const href of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//x', 'no address'])
    expect(safeHref(href)).toBeNull();
});

it('drops control characters, direction overrides and half surrogates', () => {
  expect(plain('控\u0000制\u202e倒\ud800半\n行')).toBe('控制倒\ufffd半\n行');
});
