import { expect, test } from 'vitest';
import { reportAsRead } from './fixtures/read-report.ts';
import { examineReport } from './index.ts';

const rules = (format: '2014' | '2019' | '2021', year: number) =>
  examineReport({ report: reportAsRead({ format, year, agency: '云岭县人民政府', values: {} }) })
    .filter(({ rule }) => rule === 'F1')
    .map(({ severity, verdict, left, right }) => [severity, verdict, left, right]);

test.each([
  ['2014', 2018],
  ['2019', 2019],
  ['2019', 2020],
  ['2021', 2021],
  ['2021', 2026],
] as const)('the format of %s is right for %s', (format, year) => expect(rules(format, year)).toEqual([]));

test.each([
  ['2014', 2019, 2019],
  ['2019', 2021, 2021],
  ['2019', 2023, 2021],
  ['2021', 2020, 2019],
] as const)('the format of %s is another than that of %s', (format, year, due) =>
  expect(rules(format, year)).toEqual([['warning', 'wrong', Number(format), due]]),
);

test('nothing is said of a report without any table', () => {
  const report = reportAsRead({ format: '2019', year: 2023, agency: '云岭县人民政府', values: {} });
  const cells = Object.fromEntries(
    Object.keys(report.cells).map((key) => [
      key,
      { state: 'absent', value: null, text: '', place: null } as const,
    ]),
  );
  expect(examineReport({ report: { ...report, cells } }).filter(({ rule }) => rule === 'F1')).toEqual([]);
});
