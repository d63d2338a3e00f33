import { describe, expect, test } from 'vitest';
import { sound2014 } from '../check/fixtures/sound-2014.ts';
import { checkReport } from '../check/index.ts';
import { buildTables, formatForYear } from '../formats/index.ts';
import { narrativeContext, parseNarrative, resolveChapters, statedFigures } from './index.ts';

const format = formatForYear(2018)!;
const tables = buildTables(format, sound2014);
const context = narrativeContext({ agency: '高新区', year: 2018, tables });

const findings = (source: string) =>
  checkReport({
    format,
    year: 2018,
    tables,
    chapters: [{ key: 'text', title: '正文', blocks: parseNarrative(source, context) }],
  });
const found = (source: string) =>
  findings(source).map(({ rule, quote, left, right }) => [rule, quote, left, right]);

describe('S15: numbers typed by hand against the table', () => {
  test('a contradiction carries the words, both numbers, the cell and the chapter', () => {
    expect(findings('全年举行新闻发布会5场。')).toEqual([
      {
        rule: 'S15',
        severity: 'warning',
        verdict: 'wrong',
        message:
          '正文“新闻发布会5场”与统计表“1.参加或举办新闻发布会总次数” 4 次不一致，相差 1 次。请改正其一，或改用统计表的数字。',
        cells: [{ table: 'statistics', row: '2.2.1', column: 'value' }],
        left: 5,
        right: 4,
        difference: 1,
        tolerance: 0,
        chapter: 'text',
        quote: '新闻发布会5场',
      },
    ]);
  });

  test.each([
    ['召开新闻发布会4场，其中:主要负责同志参加新闻发布会1次'],
    ['召开新闻发布会四场'],
    ['召开新闻发布会４场'],
    ['发布政策解读稿件200余篇'],
    ['发布政策解读稿件近300篇'],
    ['共受理政府信息公开申请十件，4件为当面申请'],
    ['配备1名专职工作人员、3名兼职工作人员'],
    ['安排专项经费5万元'],
    ['举办培训班两次，接受培训人员数100人次'],
    ['召开新闻发布会{{2.2.1}}场'],
    ['在媒体发布新闻稿件200余篇，开展微直播23次'],
    ['2018年1月1日至2018年12月31日'],
  ])('agrees: %s', (source) => {
    expect(found(source)).toEqual([]);
  });

  test.each([
    [
      '召开新闻发布会4场，其中:主要负责同志参加新闻发布会2次',
      [['S15', '主要负责同志参加新闻发布会2次', 2, 1]],
    ],
    ['召开新闻发布会五场', [['S15', '新闻发布会五场', 5, 4]]],
    ['召开新闻发布会６场', [['S15', '新闻发布会６场', 6, 4]]],
    ['发布政策解读稿件300余篇', [['S15', '政策解读稿件300余篇', 300, 275]]],
    [
      '受理政府信息公开申请9件，其中同意公开6件、不同意公开3件',
      [
        ['S15', '受理政府信息公开申请9件', 9, 10],
        ['S15', '同意公开6件', 6, 5],
        ['S15', '不同意公开3件', 3, 2],
      ],
    ],
    ['政务微博公开政府信息数**601**条', [['S15', '政务微博公开政府信息数601条', 601, 600]]],
    ['- 接受培训人员数1千人次', [['S15', '接受培训人员数1千人次', 1000, 100]]],
  ])('contradicts: %s', (source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  test('saying there was none contradicts a figure above 0, and only that', () => {
    expect(found('没有因政府信息公开收到举报、行政复议、行政诉讼的情况')).toEqual([
      ['S15', '没有因政府信息公开收到举报、行政复议', 0, 2],
      ['S15', '没有因政府信息公开收到举报、行政复议、行政诉讼', 0, 1],
    ]);
  });

  test('a live reference that is blank or names nothing is found', () => {
    const empty = buildTables(format, { ...sound2014, '9.1': null });
    const blocks = parseNarrative(
      '会议{{9.1}}次，另{{9.9}}',
      narrativeContext({ agency: '', year: 2018, tables: empty }),
    );
    const chapters = [{ key: 'text', title: '正文', blocks }];
    expect(
      checkReport({ format, year: 2018, tables: empty, chapters }).map(
        ({ severity, message }) => `${severity} ${message}`,
      ),
    ).toEqual([
      'warning 正文引用了尚未填报的“(一)召开政府信息公开工作会议或专题会议数”，印出来是“未填报”。请先填报该数，或改写这句话。',
      'error 正文引用的 {{9.9}} 在统计表中没有对应的单元格。请重新选择要引用的数字。',
    ]);
  });

  test('parts of key-area information above the whole, only within one chapter', () => {
    expect(found('发布重点领域信息13条。扶贫工作信息21条')).toEqual([['S15', '扶贫工作信息21条', 21, 13]]);
    expect(found('发布重点领域信息21条。扶贫工作信息13条')).toEqual([]);
  });
});

test('an editor can mark every tied number, approximate ones as such', () => {
  const blocks = parseNarrative('新闻发布会4场，政策解读稿件200余篇', context);
  expect(statedFigures(blocks, format.anchors ?? [])).toEqual([
    { row: '2.2.1', column: null, quote: '新闻发布会4场', value: 4, approximation: null },
    { row: '2.2.3', column: null, quote: '政策解读稿件200余篇', value: 200, approximation: 'over' },
  ]);
});

test('the templates of a filled report contradict nothing, and every figure they print is live', () => {
  const chapters = resolveChapters(format, new Map(), { agency: '高新区', year: 2018, tables });
  expect(checkReport({ format, year: 2018, tables, chapters })).toEqual([]);
  expect(chapters.flatMap(({ blocks }) => statedFigures(blocks, format.anchors ?? []))).toEqual([]);
});

test('wordings freeze when a chapter is saved, and are found when the figures move on', () => {
  const before = buildTables(format, { ...sound2014, '6': 0 });
  const sources = new Map(
    resolveChapters(format, new Map(), { agency: '高新区', year: 2018, tables: before }).map(
      ({ key, source }) => [key, source],
    ),
  );
  const later = buildTables(format, { ...sound2014, '6': 3 });
  const chapters = resolveChapters(format, sources, { agency: '高新区', year: 2018, tables: later });
  expect(
    checkReport({ format, year: 2018, tables: later, chapters }).map(({ rule, chapter, right }) => [
      rule,
      chapter,
      right,
    ]),
  ).toEqual([['S15', 'remedies', 3]]);
});
