import type { CheckSpec } from './format.ts';

/** Rows of table 1 that carry 上一年项目数量 and 本年增/减. */
const itemRows = ['P5.1', 'P5.2', 'P6.1', 'P6.2', 'P8.1'];

/** P2: the items of last year's report, with its own change, are this year's 上一年项目数量. */
export const checks2019: readonly CheckSpec[] = itemRows.map((row) => ({
  rule: 'P2',
  level: 'warning',
  kind: 'carried-over',
  thisYear: [{ row, column: 'previousItems' }],
  lastYear: [
    { row, column: 'previousItems' },
    { row, column: 'change' },
  ],
  hint: '上一年项目数量应等于上年报告的上一年项目数量加本年增/减',
}));
