import { expect, test } from 'vitest';
import seed from '../check/fixtures/kunming-2018.json' with { type: 'json' };
import { reportAsRead } from './fixtures/read-report.ts';
import { examineReport } from './index.ts';

const prose = Object.fromEntries(
  Object.entries(seed.chapters).map(([key, source]) => [key, source.split('\n\n')]),
);
const read = (values: Record<string, number>) =>
  reportAsRead({ format: '2014', year: seed.year, agency: seed.agency, values, prose });
const found = (values: Record<string, number>) =>
  examineReport({ report: read(values) }).map(({ rule, severity, verdict }) => [rule, severity, verdict]);

test('every anomaly of the published report on 2018 that can be seen is found, and nothing else', () => {
  expect(found(seed.values)).toEqual([
    ['S3', 'error', 'wrong'], // X1
    ['S9', 'notice', 'uncertain'], // X2
    ['S12', 'warning', 'uncertain'], // X3
    ['X5', 'notice', 'uncertain'],
    ['S15', 'warning', 'uncertain'], // X4
    ['X8', 'notice', 'uncertain'],
    ['X7', 'notice', 'uncertain'],
    ['X9', 'notice', 'uncertain'],
    ['X10', 'notice', 'uncertain'],
  ]);
});

test('the approximate number without a row is named as it is printed', () => {
  expect(examineReport({ report: read(seed.values) }).find(({ rule }) => rule === 'X8')).toMatchObject({
    quote: '在网络媒体发布新闻稿件200余篇',
    left: 200,
    right: null,
  });
});

test('denials are believed over blanks, and not over figures', () => {
  const denied = found({ ...seed.values, '7': 0.5, '4': 2, '4.1': 2, '6': 1 }).filter(
    ([rule, , verdict]) => rule === 'S15' && verdict === 'wrong',
  );
  // 未收取…费用; 没有…举报、行政复议.
  expect(denied).toHaveLength(3);
});

test.each([
  ['3.3', 3, 'S3', false],
  ['3.3', 4, 'S3', true],
  ['8.3', 4, 'S6', false],
  ['8.3', 5, 'S6', true],
  ['1.1.1', 3, 'S8', true],
  ['2.2.1.1', 5, 'S7', true],
  ['1.2.2', 9352, 'S9', true],
  ['2.1', 144, 'S12', false],
  ['8.2', 1, 'X7', false],
])('with %s printed as %d, %s is found: %s', (row, value, rule, isFound) => {
  const rules = found({ ...seed.values, [row]: value }).map(([id]) => id);
  expect(rules.includes(rule)).toBe(isFound);
});

test.each([
  ['2.2.3', 276, '政策解读稿件275篇'],
  ['9.3', 101, '接受培训人员数100人次'],
  ['1.2.3', 5811, '微博公开政府信息数5810条'],
  ['8.3.1', 2, '1名专职工作人员'],
])('with %s printed as %d, the prose contradicts it', (row, value, quote) => {
  const findings = examineReport({ report: read({ ...seed.values, [row]: value }) });
  expect(findings.filter(({ rule, verdict }) => rule === 'S15' && verdict === 'wrong')).toMatchObject([
    { left: value - 1, right: value, difference: 1, quote: expect.stringContaining(quote) },
  ]);
});
