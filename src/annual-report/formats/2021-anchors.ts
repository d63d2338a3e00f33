import type { ProseAnchor } from './format.ts';
import { otherOutcomes2021 } from './request-table.ts';
import { threeTableAnchors } from './three-table-anchors.ts';

/** Wordings met in reports on 2021 and later that state a cell. */
export const anchors2021: readonly ProseAnchor[] = [
  ...threeTableAnchors(otherOutcomes2021),
  {
    row: 'P1.2',
    column: 'issued',
    patterns: [
      '(?:制发|制定|出台|印发)(?:了)?(?:的)?(?:行政)?规范性文件…{n}(?:件|份|个)',
      '(?:制发|制定|出台|印发){n}(?:件|份|个)(?:行政)?规范性文件',
    ],
  },
  { row: 'P1.2', column: 'repealed', patterns: ['废止(?:了)?(?:的)?(?:行政)?规范性文件…{n}(?:件|份|个)'] },
  { row: 'P1.2', column: 'inForce', patterns: ['现行有效(?:的)?(?:行政)?规范性文件…{n}(?:件|份|个)'] },
  { row: 'P8.1', column: 'amount', patterns: ['行政事业性(?:收费|费用)(?:总?金额)?…{n}万元'] },
];
