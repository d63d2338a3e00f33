import { describe, expect, test } from 'vitest';
import type { CellValues } from '../formats/index.ts';
import type { ReadReport } from '../reading/model.ts';
import { type ReportAsRead, reportAsRead } from './fixtures/read-report.ts';
import { suqian2023 } from './fixtures/suqian-2023.ts';
import { examineReport } from './index.ts';

const city: ReportAsRead = { format: '2021', year: 2023, agency: '宿迁市', values: suqian2023 };
const tell = (report: ReadReport, more: Omit<Parameters<typeof examineReport>[0], 'report'> = {}) =>
  examineReport({ report, ...more }).map(({ rule, severity, verdict }) => `${rule} ${severity} ${verdict}`);
const examine = (changes: CellValues, more: Partial<ReportAsRead> = {}) =>
  examineReport({ report: reportAsRead({ ...city, ...more, values: { ...suqian2023, ...changes } }) });
const row = (code: string, changes: Record<string, number | null>): CellValues => ({
  [code]: { ...(suqian2023[code] as Record<string, number>), ...changes },
});

describe('blanks, marks and words are not numbers', () => {
  test.each([
    [
      'a part left blank that could be the difference',
      row('3.7', { naturalPerson: 3381, total: 3492 }),
      row('3.3.3', { naturalPerson: null, total: null }),
      'T2',
      'warning',
      'uncertain',
    ],
    ['a total blank beside filled parts', {}, row('3.7', { company: null }), 'T2', 'error', 'wrong'],
    [
      'parts above the total whatever the blank is',
      row('3.1', { company: 20 }),
      row('3.2', { company: null }),
      'T2',
      'error',
      'wrong',
    ],
    [
      'a blank on the smaller side of a balance',
      {},
      row('2', { company: null }),
      'T1',
      'warning',
      'uncertain',
    ],
    [
      'a blank on the larger side of a balance',
      row('1', { company: 120 }),
      row('2', { company: null }),
      'T1',
      'error',
      'wrong',
    ],
    ['a blank total of a row', {}, row('R', { directTotal: null }), 'V2', 'error', 'wrong'],
  ])('%s', (_, one, other, rule, severity, verdict) => {
    const [code] = Object.keys(other);
    const both = examine({ ...one, ...other });
    expect(both.filter((finding) => finding.rule === rule)).toContainEqual(
      expect.objectContaining({ severity, verdict }),
    );
    expect(
      both.some((finding) => finding.rule === 'B1' && finding.cells.some((cell) => cell.row === code)),
    ).toBe(true);
  });

  test('blanks are told once for each table, and are no sum gone wrong', () => {
    const report = reportAsRead({
      ...city,
      values: {
        ...suqian2023,
        ...row('3.5.3', { company: null, total: null, naturalPerson: null }),
        ...row('R', { directOther: 16, afterReconsiderationCorrected: null }),
      },
    });
    expect(tell(report)).toEqual(['B1 notice uncertain', 'B1 notice uncertain']);
    expect(examineReport({ report })[1]?.message).toBe(
      '“政府信息公开行政复议、行政诉讼情况”有 1 格空白：“行政诉讼·复议后起诉·结果纠正”。没有发生的应填 0，空白不能当作 0。',
    );
  });

  test('a mark is fine for 规章, and told elsewhere', () => {
    const marks = { 'proactive/P1.1/issued': { state: 'not-applicable', text: '/' } } as const;
    expect(tell(reportAsRead({ ...city, marks }))).toEqual([]);
    const elsewhere = { 'requests/3.5.3/company': { state: 'not-applicable', text: '—' } } as const;
    expect(tell(reportAsRead({ ...city, marks: elsewhere }))).toEqual(['B2 notice uncertain']);
  });

  test('a table that was not found is one finding, with the rules it leaves open', () => {
    const read = reportAsRead(city);
    const marks = Object.fromEntries(
      Object.keys(read.cells)
        .filter((key) => key.startsWith('requests/'))
        .map((key) => [key, { state: 'absent' as const }]),
    );
    const found = examineReport({ report: reportAsRead({ ...city, marks }) });
    expect(found.map(({ rule, verdict }) => [rule, verdict])).toEqual([['B3', 'unassessable']]);
    expect(found[0]?.message).toBe('没有读到“收到和处理政府信息公开申请情况”，T1、T2、T3 因此不能全部核对。');
    expect(found[0]?.cells).toHaveLength(Object.keys(marks).length);
  });

  test('without a format or a year only the prose is read', () => {
    const prose = { overview: ['收到申请10件，分别为自然人7件、企业4件。'] };
    const report = { ...reportAsRead({ ...city, prose }), format: null, year: null, tables: [], cells: {} };
    expect(tell(report)).toEqual(['N1 warning wrong', 'B3 notice unassessable', 'B3 notice unassessable']);
  });
});

describe('规章 of bodies that cannot make them', () => {
  test.each([
    ['宿迁市', []],
    ['云岭省人民政府', []],
    ['洪泽区黄集街道办事处', ['P3 error wrong', 'P3 error wrong']],
    ['洪泽区人民政府', ['P3 error wrong', 'P3 error wrong']],
    ['宿迁市教育局', ['P3 error wrong', 'P3 error wrong']],
    ['昆山市人民政府', ['P3 notice uncertain']],
    [null, ['P3 notice uncertain']],
  ])('%s', (agency, expected) => {
    expect(tell(reportAsRead({ ...city, agency }))).toEqual(expected);
  });
});

describe('against last year', () => {
  const lastYear = (changes: CellValues): ReportAsRead => ({
    ...city,
    year: 2022,
    values: {
      ...suqian2023,
      ...row('4', { naturalPerson: 91, company: 3, legalService: 2, total: 96 }),
      ...row('P1.1', { inForce: 9 }),
      ...row('P1.2', { inForce: 977 }),
      ...changes,
    },
  });

  test('what was carried over comes back', () => {
    expect(tell(reportAsRead(city), { previous: reportAsRead(lastYear({})) })).toEqual([]);
    const off = reportAsRead(
      lastYear(row('4', { naturalPerson: 90, company: 3, legalService: 2, total: 95 })),
    );
    expect(tell(reportAsRead(city), { previous: off })).toEqual(['T4 error wrong', 'T4 error wrong']);
  });

  test('a blank of last year leaves it uncertain', () => {
    const off = reportAsRead(
      lastYear(row('4', { naturalPerson: null, company: 3, legalService: 2, total: null })),
    );
    expect(tell(reportAsRead(city), { previous: off })).toContain('T4 warning uncertain');
    expect(tell(reportAsRead(city), { previous: off })).not.toContain('T4 error wrong');
  });

  test('a report on another year is not last year’s', () => {
    const older = reportAsRead({ ...lastYear({ '4': { naturalPerson: 1, total: 1 } }), year: 2021 });
    expect(tell(reportAsRead(city), { previous: older })).toEqual([]);
  });

  test('what was not read of last year is told', () => {
    const last = lastYear({});
    const marks = { 'requests/4/total': { state: 'text', text: '见附件' } } as const;
    const found = examineReport({ report: reportAsRead(city), previous: reportAsRead({ ...last, marks }) });
    expect(found.map(({ rule, verdict }) => [rule, verdict])).toEqual([['B4', 'unassessable']]);
    expect(found[0]?.cells).toEqual([{ table: 'requests', row: '4', column: 'total' }]);
  });

  test('of the format before last, what the crosswalk calls the same is compared', () => {
    const report = (year: number, format: '2014' | '2019', values: CellValues, text: string) =>
      reportAsRead({ format, year, values, prose: { overview: [text] } });
    const previous = report(2018, '2014', { '3.1': 100 }, '');
    const now = (text: string) =>
      examineReport({
        report: report(2019, '2019', { '1': { naturalPerson: 120, total: 120 } }, text),
        previous,
      })
        .filter(({ rule }) => rule === 'N3')
        .map(({ left, right }) => [left, right]);
    expect(now('共收到政府信息公开申请120件，同比增长20%。')).toEqual([]);
    expect(now('共收到政府信息公开申请120件，同比增长30%。')).toEqual([[30, 20]]);
  });

  test('of another format, the same cells are compared and no others', () => {
    const values = {
      '4': {
        naturalPerson: 90,
        company: 3,
        research: 0,
        publicWelfare: 0,
        legalService: 2,
        other: 0,
        total: 95,
      },
    };
    const previous = reportAsRead({ format: '2019', year: 2022, agency: '宿迁市', values });
    expect(tell(reportAsRead(city), { previous }).filter((line) => !line.startsWith('S16'))).toEqual([
      'T4 error wrong',
      'T4 error wrong',
    ]);
    expect(tell(reportAsRead(city), { previous: reportAsRead({ format: '2014', year: 2022 }) })).toEqual([]);
  });
});

describe('a parent body against its children', () => {
  const child = (name: string, share: number, more: Partial<ReportAsRead> = {}) => ({
    name,
    report: reportAsRead({
      ...city,
      agency: name,
      values: { 'P5.1': { decisions: share }, '1': { naturalPerson: 10, total: 10 } },
      ...more,
    }),
  });

  test('that reports at least what they do is clean', () => {
    expect(
      tell(reportAsRead(city), { children: [child('甲县', 1_000_000), child('乙县', 808_595)] }),
    ).toEqual([]);
  });

  test('that reports less is uncertain, with the names', () => {
    const children = [child('甲县', 1_000_000), child('乙县', 808_600)];
    expect(examineReport({ report: reportAsRead(city), children })).toMatchObject([
      {
        rule: 'S17',
        severity: 'warning',
        verdict: 'uncertain',
        left: 1_808_595,
        right: 1_808_600,
        difference: 5,
        cells: [{ table: 'proactive', row: 'P5.1', column: 'decisions' }],
        message:
          '“行政许可”填 1808595 件，少于下级合计 1808600 件（甲县 1000000、乙县 808600），少 5 件。请核对本报告是否汇总了下级数据。',
      },
    ]);
  });

  test('children on another year or in another format are left alone', () => {
    const children = [
      child('甲县', 9_000_000, { year: 2022 }),
      { name: '乙县', report: reportAsRead({ format: '2014', year: 2023, values: { '3.1': 9_000_000 } }) },
    ];
    expect(tell(reportAsRead(city), { children })).toEqual([]);
  });
});

test('a title of another year', () => {
  const read = reportAsRead(city);
  expect(tell({ ...read, title: '宿迁市２０２３年 政府信息公开工作年度报告' })).toEqual([]);
  expect(tell({ ...read, title: '宿迁市政府信息公开工作年度报告' })).toEqual([]);
  expect(examineReport({ report: { ...read, title: '宿迁市2022年政府信息公开工作年度报告' } })).toMatchObject(
    [{ rule: 'N5', verdict: 'wrong', left: 2022, right: 2023 }],
  );
});

test('a finding leads to its place in the file', () => {
  const prose = { overview: ['总体情况良好。', '共收到政府信息公开申请 3512 件。'] };
  const read = reportAsRead({
    ...city,
    prose,
    marks: { 'requests/4/total': { state: 'text', text: '若干' } },
  });
  const cells = {
    ...read.cells,
    'requests/4/total': { ...read.cells['requests/4/total']!, place: { page: 3, table: 2, row: 25 } },
  };
  expect(examineReport({ report: { ...read, cells } }).map(({ rule, place }) => [rule, place])).toEqual([
    ['T5', { line: 2 }],
    ['B3', { page: 3, table: 2, row: 25 }],
  ]);
});

test('approximate numbers that no row holds are left open in one notice', () => {
  const prose = { overview: ['发布新闻稿件200余篇，开展微直播23次。', '接待群众近300人次。'] };
  expect(examineReport({ report: reportAsRead({ ...city, prose }) })).toMatchObject([
    {
      rule: 'X8',
      severity: 'notice',
      verdict: 'uncertain',
      quote: '发布新闻稿件200余篇',
      left: 200,
      right: null,
    },
  ]);
});
