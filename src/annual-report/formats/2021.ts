import { tables2021 } from './2021-table.ts';
import type { Format } from './format.ts';
import { requestAndRemedyChecks } from './three-table-checks.ts';

/** Reports on 2021 and later: six chapters and three tables. */
export const format2021: Format = {
  id: '2021',
  years: { from: 2021, to: null },
  basis:
    '《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）',
  title: '{agency}{year}年政府信息公开工作年度报告',
  chapters: [],
  tables: tables2021,
  checks: [...requestAndRemedyChecks(tables2021), { rule: 'S14', level: 'error', kind: 'number-form' }],
  due: [],
  footFields: [],
  blankPrintedAs: '0',
};
