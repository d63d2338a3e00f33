import { tables2019 } from './2019-table.ts';
import type { Format } from './format.ts';
import { requestAndRemedyChecks } from './three-table-checks.ts';

/** Reports on 2019 and 2020: six chapters and three tables. */
export const format2019: Format = {
  id: '2019',
  years: { from: 2019, to: 2020 },
  basis: '《中华人民共和国政府信息公开工作年度报告格式（试行）》（国办公开办函〔2019〕60号）',
  title: '{agency}{year}年政府信息公开工作年度报告',
  chapters: [],
  tables: tables2019,
  checks: [...requestAndRemedyChecks(tables2019), { rule: 'S14', level: 'error', kind: 'number-form' }],
  due: [],
  footFields: [],
  blankPrintedAs: '0',
};
