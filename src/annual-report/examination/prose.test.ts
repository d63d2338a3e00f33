import { describe, expect, test } from 'vitest';
import type { CellValues } from '../formats/index.ts';
import { reportAsRead } from './fixtures/read-report.ts';
import { suqian2023 } from './fixtures/suqian-2023.ts';
import { examineReport } from './index.ts';

const kinds = ['naturalPerson', 'company', 'research', 'publicWelfare', 'legalService', 'other', 'total'];
const row = (...counts: number[]) =>
  Object.fromEntries(kinds.map((kind, index) => [kind, counts[index] ?? 0]));

/** The year before: 3200 new requests, 96 left over. */
const lastYear: CellValues = {
  ...suqian2023,
  'P1.2': { issued: 80, repealed: 3, inForce: 977 },
  '1': row(3100, 90, 0, 4, 5, 1, 3200),
  '4': row(91, 3, 0, 0, 2, 0, 96),
};

const city = { format: '2021', year: 2023, agency: '宿迁市', values: suqian2023 } as const;
const previous = reportAsRead({ ...city, year: 2022, values: lastYear });

/** What is found about one paragraph of the report of a city. */
function found(text: string, against: { previous?: boolean; values?: CellValues } = {}) {
  const report = reportAsRead({
    ...city,
    ...(against.values && { values: against.values }),
    prose: { overview: [text] },
  });
  return examineReport({ report, previous: against.previous ? previous : null })
    .filter(({ rule, chapter }) => chapter !== undefined && rule !== 'X8')
    .map(({ rule, severity, verdict, left, right }) => [rule, severity, verdict, left, right]);
}

test('the city itself is clean', () => {
  expect(examineReport({ report: reportAsRead(city) })).toEqual([]);
});

/** Claims of the published report, each with the numbers in it. */
const claims: {
  text: (value: (stated: number) => number) => string;
  stated: readonly number[];
  rules: readonly string[];
}[] = [
  { text: (v) => `全年收办政府信息公开申请${v(3607)}件（含结转）。`, stated: [3607], rules: ['T5'] },
  {
    text: (v) => `其中自然人申请${v(3493)}件，法人或其他组织申请${v(114)}件。`,
    stated: [3493, 114],
    rules: ['T5'],
  },
  {
    text: (v) => `新收政府信息公开申请${v(3511)}件，上年结转${v(96)}件。`,
    stated: [3511, 96],
    rules: ['T5'],
  },
  {
    text: (v) => `从办理结果看，予以公开${v(1191)}件，部分公开${v(328)}件。`,
    stated: [1191, 328],
    rules: ['T5'],
  },
  {
    text: (v) => `不予公开${v(142)}件，无法提供${v(1078)}件，不予处理${v(406)}件，其他处理${v(341)}件。`,
    stated: [142, 1078, 406, 341],
    rules: ['T5'],
  },
  { text: (v) => `转下年度办理${v(121)}件。`, stated: [121], rules: ['T5'] },
  { text: (v) => `结转下年度继续办理${v(121)}件。`, stated: [121], rules: ['T5'] },
  {
    text: (v) =>
      `收取信息处理费案件${v(25)}件，分别为${v(1)}、${v(2)}、${v(15)}、${v(1)}、${v(6)}件，金额2950元。`,
    stated: [25, 1, 2, 15, 6],
    rules: ['N1'],
  },
  {
    text: (v) =>
      `收取信息处理费${v(2950)}元，分别为${v(420)}元、${v(290)}元、${v(1500)}元、${v(140)}元、${v(600)}元。`,
    stated: [2950, 420, 290, 1500, 140, 600],
    rules: ['N1'],
  },
  {
    text: (v) =>
      `共收办申请3607件，分别为市本级${v(349)}件、甲县${v(933)}件、乙县${v(477)}件、丙县${v(301)}件、丁区${v(874)}件、戊区${v(216)}件、己区${v(348)}件、庚区${v(55)}件、辛区${v(26)}件、壬区${v(12)}件、癸区${v(16)}件。`,
    stated: [349, 933, 477, 301, 874, 216, 348, 55, 26, 12, 16],
    rules: ['N1'],
  },
  { text: (v) => `因政府信息公开被申请行政复议${v(440)}件。`, stated: [440], rules: ['T5'] },
  { text: (v) => `行政诉讼案件${v(113)}件。`, stated: [113], rules: ['T5'] },
  { text: (v) => `作出行政许可决定${v(1808595)}件。`, stated: [1808595], rules: ['T5'] },
  {
    text: (v) => `全年制发行政规范性文件${v(109)}件，现行有效行政规范性文件${v(597)}件。`,
    stated: [109, 597],
    rules: ['T5'],
  },
  { text: (v) => `行政事业性收费金额${v(59237.24)}万元。`, stated: [59237.24], rules: ['T5'] },
];

describe('claims of the published report', () => {
  const all = claims.map(({ text }) => text((value) => value));

  test.each(all)('agree with its table: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('agree all together', () => {
    expect(found(all.join(''))).toEqual([]);
  });

  const falsified = claims.flatMap(({ text, stated, rules }) =>
    stated.flatMap((wrong) =>
      [1, 7, -1].map((by): [string, readonly string[]] => {
        let isDone = false;
        const words = text((value) => {
          if (value !== wrong || isDone) return value;
          isDone = true;
          return Math.max(0, value + by);
        });
        return [words, rules];
      }),
    ),
  );

  test.each(falsified)('%s is found', (text, rules) => {
    expect(found(text).map(([rule]) => rule)).toContain(rules[0]);
  });
});

describe('numbers of prose against the table (T5)', () => {
  test.each([
    '2023年，全市共收到政府信息公开申请3511件。',
    '2023 年，全市共收到政府信息公开申请 3511 件。',
    '２０２３年，全市共收到政府信息公开申请３５１１件。',
    '全市共收到政府信息公开申请3607件。',
    '共收到政府信息公开申请3500余件。',
    '共收到政府信息公开申请近3600件。',
    '作出行政许可决定180.86万件。',
    '作出行政许可决定180.8万件。',
    '作出行政处罚决定282万件。',
    '行政事业性收费金额5.92亿元。',
    '行政事业性收费金额59237万元。',
    // Other years and changes are not this year's cells.
    '2022年收到政府信息公开申请3200件。',
    '上年收到政府信息公开申请3200件，同比有所增长。',
    '2021年、2022年收到政府信息公开申请3200件。',
    '2024年计划新收政府信息公开申请100件以内。',
    '收到政府信息公开申请同比增加311件。',
    // What the prose denies is not in the table either.
    '未发生需要追究责任的情形。',
    '无法提供1078件，行政复议440件。',
    '没有行政复议被纠错后败诉的情形。',
    '未发生被纠错的行政复议。',
    '没有结转下年度的行政复议案件。',
    '网上没有收到政府信息公开申请。',
    '通过传真方式未收到政府信息公开申请。',
    // Two things in one number.
    '予以公开或部分公开59件。',
    '予以公开、部分公开共59件。',
    '因政府信息公开引起的行政复议、行政诉讼案件59件。',
  ])('nothing to say: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  test.each([
    ['共收到政府信息公开申请3512件。', [['T5', 'warning', 'wrong', 3512, 3511]]],
    ['共收到政府信息公开申请3511件。全年办结3487件。', [['T5', 'warning', 'wrong', 3487, 3486]]],
    ['共收到政府信息公开申请3511件。全年办结3486件。', []],
    ['12345热线受理诉求6000件，全年办结5990件。', []],
    ['共收到政府信息公开申请３５１２件。', [['T5', 'warning', 'wrong', 3512, 3511]]],
    ['共收到政府信息公开申请 3512 件。', [['T5', 'warning', 'wrong', 3512, 3511]]],
    ['作出行政许可决定181.9万件。', [['T5', 'warning', 'wrong', 1819000, 1808595]]],
    ['行政事业性收费金额6.92亿元。', [['T5', 'warning', 'wrong', 69200, 59237.2449]]],
    ['行政事业性收费金额5923.72万元。', [['T5', 'warning', 'wrong', 5923.72, 59237.2449]]],
    ['全年未发生行政复议。', [['T5', 'warning', 'wrong', 0, 440]]],
    ['没有收到政府信息公开申请。', [['T5', 'warning', 'wrong', 0, 3511]]],
    // Approximate numbers can only be uncertain.
    ['共收到政府信息公开申请3700余件。', [['T5', 'warning', 'uncertain', 3700, 3511]]],
    // Another scope in words: a notice at most.
    ['市政府办代表市政府受理政府信息公开申请17件，均已答复。', [['T5', 'notice', 'uncertain', 17, 3511]]],
    [
      '市本级受理政府信息公开申请17件，其中予以公开10件。',
      [
        ['T5', 'notice', 'uncertain', 17, 3511],
        ['T5', 'notice', 'uncertain', 10, 1191],
      ],
    ],
    [
      '市本级受理政府信息公开申请17件。予以公开10件。',
      [
        ['T5', 'notice', 'uncertain', 17, 3511],
        ['T5', 'notice', 'uncertain', 10, 1191],
      ],
    ],
    ['上半年受理政府信息公开申请17件。', [['T5', 'notice', 'uncertain', 17, 3511]]],
    ['截至6月，受理政府信息公开申请17件。', [['T5', 'notice', 'uncertain', 17, 3511]]],
    ['累计受理政府信息公开申请9999件。', [['T5', 'notice', 'uncertain', 9999, 3511]]],
    ['各部门受理政府信息公开申请17件。', [['T5', 'notice', 'uncertain', 17, 3511]]],
    [
      '共受理政府信息公开申请3511件，其中教育系统受理政府信息公开申请17件。',
      [['T5', 'notice', 'uncertain', 17, 3511]],
    ],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('a blank cell may stand for the number, a word cannot be compared', () => {
    const blank = { ...suqian2023, '4': {} };
    expect(found('结转下年度继续办理121件。', { values: blank })).toEqual([
      ['T5', 'warning', 'uncertain', 121, null],
    ]);
    const report = reportAsRead({
      ...city,
      marks: { 'requests/4/total': { state: 'text', text: '1２l' } },
      prose: { overview: ['结转下年度继续办理121件。'] },
    });
    const [only, ...more] = examineReport({ report });
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      rule: 'B3',
      verdict: 'unassessable',
      severity: 'notice',
      cells: [{ table: 'requests', row: '4', column: 'total' }],
    });
    expect(only?.message).toContain('T1、T3、T5 因此不能全部核对');
  });

  test('last year’s numbers are compared with last year’s table, and never wrong', () => {
    expect(found('2022年收到政府信息公开申请3200件。', { previous: true })).toEqual([]);
    expect(found('上年收到政府信息公开申请3210件。', { previous: true })).toEqual([
      ['T5', 'notice', 'uncertain', 3210, 3200],
    ]);
  });
});

describe('N3: growth recomputed', () => {
  test.each([
    '收到政府信息公开申请3511件，同比增长9.7%。',
    '收到政府信息公开申请3511件，同比增长9.72%。',
    '收到政府信息公开申请3511件，较上年增长9.71%。',
    '收到政府信息公开申请3511件，比上年增加311件，增长9.7%。',
    '收到政府信息公开申请3511件，比2022年增加311件。',
    '收到政府信息公开申请3511件，与上年3200件相比增长9.7%。',
    '2022年收到政府信息公开申请3200件，2023年收到3511件，增长9.7%。',
    '收到政府信息公开申请3511件，较2022年的3200件增长9.7%。',
    '收到政府信息公开申请3511件，比上年增长9.7%（上年为3200件）。',
    '收到政府信息公开申请3511件，比上年增长9.7%（其中网上申请3000件）。',
    '申请量由3200件增加到3511件，增长9.7%。',
    '申请量由3200件增长9.7%至3511件。',
    '收到政府信息公开申请3511件，环比增长50%。',
    '收到政府信息公开申请3511件，较2019年增长50%。',
    '收到政府信息公开申请3511件，较上年翻番。',
    '收到政府信息公开申请3511件，是上年的1.1倍。',
    '满意率较上年提高2个百分点。',
    '网站访问量增长30%。',
    '公开信息120条，同比增长20%。',
    '公开信息约120条，比上年的100条增长30%。',
    '公开信息120条，上年100条，同比增长20%。',
  ])('holds: %s', (text) => {
    expect(found(text, { previous: true })).toEqual([]);
  });

  test.each([
    ['收到政府信息公开申请3511件，同比增长19.7%。', [['N3', 'warning', 'wrong', 19.7, 9.72]]],
    ['收到政府信息公开申请3511件，同比下降9.7%。', [['N3', 'warning', 'wrong', -9.7, 9.72]]],
    ['收到政府信息公开申请3511件，比上年增加301件。', [['N3', 'warning', 'wrong', 301, 311]]],
    ['收到政府信息公开申请3511件，比上年增加311件，增长19.7%。', [['N3', 'warning', 'wrong', 19.7, 9.72]]],
    [
      '2022年收到政府信息公开申请3200件，2023年收到3511件，增长8.7%。',
      [['N3', 'warning', 'wrong', 8.7, 9.72]],
    ],
    ['申请量由3200件增加到3511件，增长10.7%。', [['N3', 'warning', 'wrong', 10.7, 9.72]]],
    ['公开信息120条，比上年的100条增长30%。', [['N3', 'warning', 'wrong', 30, 20]]],
    ['公开信息120条，比上年的100条下降20%。', [['N3', 'warning', 'wrong', -20, 20]]],
    ['公开信息120条，比上年增长30%（上年为100条）。', [['N3', 'warning', 'wrong', 30, 20]]],
    ['公开信息120条，比上年增加20条，增长25%。', [['N3', 'warning', 'wrong', 25, 20]]],
    ['公开信息1.2万条，比上年的1.0万条增长50%。', [['N3', 'warning', 'wrong', 50, 20]]],
  ])('does not: %s', (text, expected) => {
    expect(found(text, { previous: true })).toEqual(expected);
  });

  test('needs both numbers', () => {
    expect(found('收到政府信息公开申请3511件，同比增长19.7%。')).toEqual([]);
  });
});

describe('N4: two numbers for one thing', () => {
  const chapters = (...paragraphs: string[]) => {
    const keys = ['overview', 'problems', 'others'];
    const prose = Object.fromEntries(paragraphs.map((text, index) => [keys[index]!, [text]]));
    return examineReport({ report: reportAsRead({ ...city, prose }) })
      .filter(({ rule }) => rule !== 'X8')
      .map(({ rule, verdict, left, right, chapter }) => [rule, verdict, left, right, chapter]);
  };

  test.each([
    [['发布政策解读材料19篇。', '全年发布政策解读材料19篇。']],
    [['发布政策解读材料19篇。', '上半年发布政策解读材料9篇。']],
    [['发布政策解读材料19篇。', '2022年发布政策解读材料9篇。']],
    [['发布政策解读材料19篇。', '发布政策解读材料近20篇。']],
    [['发布政策解读材料19篇。', '其中政策解读材料9篇。']],
    [['召开会议1次。', '召开会议2次。']],
    [['发布政策解读材料19篇。', '发布新闻通稿9篇。']],
    [['收取信息处理费0.295万元。', '收取信息处理费0.3万元。']],
  ])('%s agree', (paragraphs) => {
    expect(chapters(...paragraphs)).toEqual([]);
  });

  test('what no cell tells is compared with itself', () => {
    expect(chapters('发布政策解读材料19篇。', '全年发布政策解读材料23篇，反馈不多。')).toEqual([
      ['N4', 'uncertain', 23, 19, 'problems'],
    ]);
    expect(chapters('发出收费通知25件。', '无。', '全年发出收费通知26件。')).toEqual([
      ['N4', 'wrong', 26, 25, 'others'],
    ]);
  });

  test('a number already found wrong by its own list is told once', () => {
    expect(
      chapters(
        '发布政策解读材料23篇，分别为文字解读7篇、图解9篇、视频解读3篇。',
        '全年发布政策解读材料19篇。',
      ).map(([rule]) => rule),
    ).toEqual(['N1']);
  });
});

describe('time and size', () => {
  // Time of the processor, and the quickest of three: other work on the machine is no fault of the examination.
  const timed = (report: ReturnType<typeof reportAsRead>) => {
    let findings: ReturnType<typeof examineReport> = [];
    const times = Array.from({ length: 3 }, () => {
      const start = process.cpuUsage();
      findings = examineReport({ report });
      return process.cpuUsage(start).user / 1000;
    });
    return { findings, took: Math.min(...times) };
  };
  const inReport = (text: string) => reportAsRead({ ...city, prose: { overview: [text] } });

  test.each([
    ['digits', '1'.repeat(1e6)],
    ['Han numerals', '一'.repeat(1e6)],
    ['requests', '收到政府信息公开申请1件，'.repeat(80_000)],
    ['lists', '其中1件、2件、'.repeat(120_000)],
    ['complete lists', '10件，分别为1件、'.repeat(100_000)],
    ['shares', '10件，占10%，'.repeat(120_000)],
    ['growth', '10件，同比增长10%，'.repeat(90_000)],
    ['denials', '没有'.repeat(500_000)],
    ['periods', '2017年1月1日至'.repeat(100_000)],
    ['brackets', '《（'.repeat(500_000)],
    ['white space', ' '.repeat(1e6)],
    ['words', '政府信息公开'.repeat(160_000)],
  ])('a megabyte of %s takes no time, and what was not read is said', (_, text) => {
    // As one paragraph, as many, and as much as is read at all.
    const pieces = Array.from({ length: Math.ceil(text.length / 1000) }, (_, at) =>
      text.slice(at * 1000, at * 1000 + 1000),
    );
    const whole = timed(inReport(text));
    const many = timed(reportAsRead({ ...city, prose: { overview: pieces } }));
    for (const { findings } of [whole, many])
      expect(findings.some(({ rule, verdict }) => rule === 'N0' && verdict === 'unassessable')).toBe(true);
    const most = timed(inReport(text.slice(0, 4_500)));
    expect(most.findings.some(({ rule }) => rule === 'N0')).toBe(false);
    expect([whole.took, many.took, most.took].filter((took) => took > 200)).toEqual([]);
  });

  test('a whole report takes less than ten milliseconds', () => {
    const text = claims.map(({ text: say }) => say((value) => value)).join('');
    const report = reportAsRead({ ...city, prose: { overview: [text, text], others: [text] } });
    examineReport({ report, previous });
    const times = Array.from({ length: 4 }, () => timed(report).took);
    expect(Math.min(...times)).toBeLessThan(10);
  });
});
