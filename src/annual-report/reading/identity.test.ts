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
  [
    'the preface alone',
    ['特编制云岭县地方志办公室2023年政府信息公开工作年度报告。本报告包括总体情况。'],
    '云岭县地方志办公室',
    2023,
  ],
  [
    'no title but a preface',
    ['根据《条例》规定,现公布云岭县统计局2023年政府信息公开工作年度报告。'],
    '云岭县统计局',
    2023,
  ],
  ['工作报告', ['现公布云岭市人民政府2023年度政府信息公开工作报告。'], '云岭市人民政府', 2023],
  ['政务信息公开', ['舒岭市市场监督管理局2016年政务信息公开年度报告'], '舒岭市市场监督管理局', 2016],
  ['broken after the year', ['宿岭市人民政府2016年', '政府信息公开工作年度报告'], '宿岭市人民政府', 2016],
  ['a long broken one', ['云岭市教育体育', '局2021年政府信息公开工作', '年度报告'], '云岭市教育体育局', 2021],
  [
    'broken within the name',
    ['云岭市洪岭区', '人民政府2021年政府信息公开工作年度报告'],
    '云岭市洪岭区人民政府',
    2021,
  ],
  ['向社会公布', ['现向社会公布云岭市民政局2020年政府信息公开工作年度报告。'], '云岭市民政局', 2020],
  ['the year before 年度报告', ['云岭市民政局政府信息公开工作2022年度报告'], '云岭市民政局', 2022],
  ['brackets around the book title', ['《云岭县2022年政府信息公开工作年度报告》'], '云岭县', 2022],
  [
    'a preface that cites the rules',
    [
      '根据《中华人民共和国政府信息公开条例》和《关于做好2022年政府信息公开工作年度报告的通知》要求，现将云岭县民政局2022年政府信息公开工作年度报告公布如下。',
    ],
    '云岭县民政局',
    2022,
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
