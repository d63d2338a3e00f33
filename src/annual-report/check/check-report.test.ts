import { describe, expect, test } from 'vitest';
import { buildTables, type CellValues, formatForYear } from '../formats/index.ts';
import type { Finding } from '../model.ts';
import { sound2014 } from './fixtures/sound-2014.ts';
import { checkReport } from './index.ts';

const format = formatForYear(2018)!;

function check(changes: CellValues, previous?: CellValues): Finding[] {
  const tables = buildTables(format, { ...sound2014, ...changes });
  return checkReport({
    format,
    year: 2018,
    tables,
    ...(previous && { previous: buildTables(format, { ...sound2014, ...previous }) }),
  });
}

const seen = (findings: Finding[]) =>
  findings.map(({ rule, severity, message }) => `${rule} ${severity} ${message}`);

test('a table in which everything holds has no findings, and neither has an unchanged one against last year', () => {
  expect(check({})).toEqual([]);
  expect(check({}, {})).toEqual([]);
});

describe('each check fails on a table made wrong for it', () => {
  const cases: [string, CellValues, string[]][] = [
    [
      'S1',
      { '3.1': 11 },
      [
        'S1 error “(一)收到申请数”填 11 件，各分项合计 10 件（“1.当面申请数” 4、“2.传真申请数” 1、“3.网络申请数” 3、“4.信函申请数” 2），相差 1 件。',
      ],
    ],
    [
      'S2',
      { '3.2': null },
      ['S2 error “(二)申请办结数”为空，各分项合计 9 件（“1.按时办结数” 8、“2.延期办结数” 1），应填 9 件。'],
    ],
    ['S3, a part changed', { '3.3.2': 6 }, ['S3 error “(三)申请答复数”填 12 件，各分项合计 13 件']],
    [
      'S4 without a second finding one level up',
      { '3.3.4': null },
      ['S4 error “4.不同意公开答复数”为空，各分项合计 2 件'],
    ],
    ['S5, reconsiderations', { '4': 3 }, ['S5 error “四、行政复议数量”填 3 件']],
    [
      'S5, lawsuits without parts',
      { '5.1': null, '5.2': null, '5.3': null },
      ['S5 error “五、行政诉讼数量”填 1 件，各分项均为空，相差 1 件。'],
    ],
    ['S6', { '8.3.2': 4 }, ['S6 error “(三)从事政府信息公开工作人员数”填 4 人，各分项合计 5 人（']],
    [
      'S7, press conferences',
      { '2.2.1.1': 5 },
      [
        'S7 error “其中:主要负责同志参加新闻发布会次数” 5 次，大于“1.参加或举办新闻发布会总次数” 4 次，多 1 次。',
      ],
    ],
    ['S7, interviews', { '2.2.2.1': 3 }, ['S7 error “其中:主要负责同志参加政府网站在线访谈次数” 3 次']],
    [
      'S7 and S8, normative documents',
      { '1.1.1': 901, '1.1.2': 1 },
      [
        'S7 error “其中:主动公开规范性文件数” 901 件，大于“(一)主动公开政府信息数” 900 条，多 1 件。',
        'S8 error “其中:主动公开规范性文件数” 901 件，大于“制发规范性文件总数” 1 件，多 900 件。公开的规范性文件不能多于制发的规范性文件。',
      ],
    ],
    [
      'S9, one channel above the total',
      { '1.2.3': 901 },
      ['S9 error “3.政务微博公开政府信息数” 901 条，大于“(一)主动公开政府信息数” 900 条，多 1 条。'],
    ],
    [
      'S9, the total above all channels',
      { '1.1': 1301 },
      ['S9 warning “(一)主动公开政府信息数” 1301 条，大于“1.政府公报公开政府信息数” 10 条、'],
    ],
    [
      'S9, no item counted on two channels',
      { '1.1': 1300 },
      ['S9 notice “1.政府公报公开政府信息数” 10 条、'],
    ],
    [
      'S10',
      { '3.1': 8, '3.1.1': 2 },
      ['S10 warning “(二)申请办结数” 9 件，大于“(一)收到申请数” 8 件（上年结转数未知，按 0 计），多 1 件。'],
    ],
    [
      'S11',
      { '3.3': 8, '3.3.1': 0, '3.3.2': 3 },
      ['S11 warning “(二)申请办结数” 9 件，大于“(三)申请答复数” 8 件，多 1 件。'],
    ],
    [
      'S12, more events than channels',
      { '2.1': 500 },
      ['S12 warning “(一)回应公众关注热点或重大舆情数” 500 次，大于“1.参加或举办新闻发布会总次数” 4 次、'],
    ],
    [
      'S12, channels above the events',
      { '2.2.4': 100 },
      ['S12 warning “4.微博微信回应事件数” 100 次、“5.其他方式回应事件数” 17 次，合计 117 次，大于'],
    ],
    [
      'S13, fees without requests',
      {
        '7': 0.5,
        '3.1': 0,
        '3.1.1': 0,
        '3.1.2': 0,
        '3.1.3': 0,
        '3.1.4': 0,
        '3.2': 0,
        '3.2.1': 0,
        '3.2.2': 0,
      },
      [
        'S13 warning “七、依申请公开信息收取的费用” 0.5 万元，而“(一)收到申请数” 0 件。没有申请就不应有收费。',
      ],
    ],
    [
      'S13, trainees without training',
      { '9.2': null },
      ['S13 warning “(三)接受培训人员数” 100 人次，而“(二)举办各类培训班数”为空。'],
    ],
    [
      'S14, negative',
      { '9.1': -1 },
      ['S14 error “(一)召开政府信息公开工作会议或专题会议数”填 -1，应为不小于 0 的整数。'],
    ],
    [
      'S14, fraction of a count',
      { '2.2.3': 27.5 },
      ['S14 error “3.政策解读稿件发布数”填 27.5，应为不小于 0 的整数。'],
    ],
    [
      'S14, amounts finer than one 分',
      { '8.4': 5.1234567 },
      [
        'S14 error “(四)政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)”填 5.1234567，应为不小于 0 的数，至多六位小数。',
      ],
    ],
    ['X7', { '8.2': null }, ['X7 notice “(二)设置政府信息公开查阅点数”为空。']],
    ['X9', { '7': null }, ['X9 notice “七、依申请公开信息收取的费用”为空。']],
    ['X10', { '6': null }, ['X10 notice “六、举报投诉数量”为空。全年没有发生的应填 0。']],
  ];

  test.each(cases)('%s', (_, changes, expected) => {
    const found = seen(check(changes));
    expect(found).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words);
  });
});

test('a finding names its cells and both sides', () => {
  expect(check({ '3.2': 10 })[0]).toMatchObject({
    left: 10,
    right: 9,
    cells: ['3.2', '3.2.1', '3.2.2'].map((row) => ({ table: 'statistics', row, column: 'value' })),
  });
});

describe('against last year', () => {
  test('S10 allows for what last year carried over, and says how much', () => {
    const short = { '3.1': 7, '3.1.1': 1 };
    expect(seen(check(short, { '3.1': 12, '3.1.1': 6 })).filter((line) => line.startsWith('S10'))).toEqual(
      [],
    );
    expect(seen(check(short, {})).find((line) => line.startsWith('S10'))).toContain(
      '“(二)申请办结数” 9 件，大于“(一)收到申请数” 7 件与上年结转 1 件之和，多 1 件。',
    );
  });

  test('S16 notes changes above half, and to or from 0', () => {
    expect(seen(check({ '2.2.3': 412, '9.3': 151, '8.1': 0, '7': 0.1 }, {}))).toEqual([
      'S16 notice “七、依申请公开信息收取的费用”2018年 0.1 万元，2017年 0 万元，增加 0.1 万元。请在正文中说明原因。',
      'S16 notice “(一)政府信息公开工作专门机构数”2018年 0 个，2017年 1 个，减少 1 个。请在正文中说明原因。',
      'S16 notice “(三)接受培训人员数”2018年 151 人次，2017年 100 人次，增加 51 人次（51%）。请在正文中说明原因。',
    ]);
  });
});

describe('S17, consolidation', () => {
  const below = { '2.2.3': 100, '9.1': 1 };
  const subordinates = [{ name: '甲街道', tables: buildTables(format, below) }];
  const own = buildTables(format, sound2014);
  const consolidate = (changes: CellValues) =>
    checkReport({
      format,
      year: 2018,
      tables: buildTables(format, { ...sound2014, '2.2.3': 375, '9.1': 2, ...changes }),
      subordinates,
      own,
    });

  test('a parent that is the sum of itself and its subordinates is clean', () => {
    expect(consolidate({})).toEqual([]);
  });

  test('a parent that is not is found, with the parts', () => {
    expect(seen(consolidate({ '2.2.3': 380 }))).toEqual([
      'S17 error “3.政策解读稿件发布数”汇总数 380 篇，本级与下级合计 375 篇（本级 275、甲街道 100），相差 5 篇。',
    ]);
  });

  test('without own tables, each cell tells its own part', () => {
    const tables = buildTables(format, { ...sound2014, '2.2.3': 380 });
    for (const section of tables[0]!.sections)
      for (const row of section.rows)
        for (const cell of Object.values(row.cells))
          cell.returns = { count: 1, quantity: cell.value, blank: false };
    const found = checkReport({ format, year: 2018, tables, subordinates });
    expect(found.map(({ cells, left, right }) => [cells[0]?.row, left, right])).toEqual([
      ['2.2.3', 380, 480],
      ['9.1', 1, 2],
    ]);
  });
});
