import type { CheckSpec } from './format.ts';

/** What is in force = what was in force a year ago + issued - repealed. Amended documents may disturb it. */
const movements: readonly CheckSpec[] = ['P1.1', 'P1.2'].map((row) => ({
  rule: 'P1',
  level: 'warning',
  kind: 'carried-over',
  thisYear: [
    { row, column: 'inForce' },
    { row, column: 'issued', sign: -1 },
    { row, column: 'repealed' },
  ],
  lastYear: [{ row, column: 'inForce' }],
  hint: '现行有效件数应等于上年现行有效件数加本年制发、减本年废止；因修改等原因不等的，请说明',
}));

/** P1 and T7, beside what all formats since 2019 check. */
export const checks2021: readonly CheckSpec[] = [
  ...movements,
  {
    rule: 'T7',
    level: 'warning',
    kind: 'requires',
    when: '3.6.2',
    needs: 'F2',
    columns: { when: 'total', needs: 'value' },
    hint: '发出过收费通知，才会有申请人逾期未缴费的情形',
  },
];
