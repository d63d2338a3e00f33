import type { ProseAnchor } from './format.ts';
import { otherOutcomes2019 } from './request-table.ts';
import { threeTableAnchors } from './three-table-anchors.ts';

/** Wordings met in reports on 2019 and 2020 that state a cell. */
export const anchors2019: readonly ProseAnchor[] = [
  ...threeTableAnchors(otherOutcomes2019),
  {
    row: 'P1.2',
    column: 'created',
    patterns: [
      '(?:新制作|新制定|制发|制定|出台)(?:了)?(?:的)?(?:行政)?规范性文件…{n}(?:件|份|个)',
      '(?:新制作|新制定|制发|制定|出台){n}(?:件|份|个)(?:行政)?规范性文件',
    ],
  },
  { row: 'P1.2', column: 'disclosed', patterns: ['新公开(?:的)?(?:行政)?规范性文件…{n}(?:件|份|个)'] },
  { row: 'P9.1', column: 'items', patterns: ['政府集中采购(?:项目)?(?:数量)?…{n}(?:个|项|宗)'] },
  { row: 'P9.1', column: 'amount', patterns: ['采购总金额…{n}万元'] },
];
