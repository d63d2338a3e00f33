import { expect, test } from 'vitest';
import { documentOf } from './fixtures/documents.ts';
import { identify } from './identity.ts';

const cases: [string, string[], string | null, number | null][] = [
  ['the usual title', ['高新区2018年政府信息公开工作年度报告'], '高新区', 2018],
  [
    'broken before the year',
    ['淮安市洪泽区人民政府', '2024 年政府信息公开工作年度报告'],
    '淮安市洪泽区人民政府',
    2024,
  ],
  ['the year first', ['2022年度云岭县教育局政府信息公开工作年度报告'], '云岭县教育局', 2022],
  ['年度', ['云岭县2019年度政府信息公开年度报告'], '云岭县', 2019],
  ['the year in brackets', ['云岭县政府信息公开工作年度报告（2020年）'], '云岭县', 2020],
  ['Chinese numerals', ['云岭县二〇二一年政府信息公开工作年度报告'], '云岭县', 2021],
  ['Chinese numerals with 零', ['云岭县二零二一年政府信息公开工作年度报告'], '云岭县', 2021],
  ['full-width digits', ['云岭县２０２３年政府信息公开工作年度报告'], '云岭县', 2023],
  ['关于', ['关于云岭县2023年政府信息公开工作年度报告'], '云岭县', 2023],
  [
    'the way to the page before it',
    ['首页 > 政府信息公开 > 年报', '云岭县2023年政府信息公开工作年度报告'],
    '云岭县',
    2023,
  ],
  [
    'the office in the preface, where the title names none',
    ['2022年政府信息公开工作年度报告', '本报告由云岭县水务局根据《条例》编制。'],
    '云岭县水务局',
    2022,
  ],
  [
    'the period, where the title tells no year',
    ['政府信息公开', '统计期限自2021年1月1日至2021年12月31日'],
    null,
    2021,
  ],
  ['a notice about other reports', ['关于做好2023年政府信息公开工作的通知'], null, null],
  ['nothing', ['采购清单'], null, null],
];

test.each(cases)('%s', (_, lines, agency, year) =>
  expect(identify(documentOf(...lines), 'report.html')).toMatchObject({ agency, year }),
);

test('the name of the file helps when nothing else does', () =>
  expect(identify(documentOf('正文'), '云岭县2022年政府信息公开工作年度报告.pdf')).toMatchObject({
    agency: '云岭县',
    year: 2022,
  }));
