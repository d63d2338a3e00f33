import { anchors2021 } from './2021-anchors.ts';
import { checks2021 } from './2021-checks.ts';
import { tables2021 } from './2021-table.ts';
import { dueSince2019 } from './due-since-2019.ts';
import type { Format } from './format.ts';
import { statedTable } from './stated-table.ts';
import { threeTableChapters } from './three-table-chapters.ts';
import { threeTableChecks } from './three-table-checks.ts';

const proactive =
  '{{#P1.2.issued}}本年制发行政规范性文件{{P1.2.issued}}件{{#P1.2.repealed}}，废止{{P1.2.repealed}}件{{/}}。{{/}}' +
  '{{#P1.2.inForce}}现行有效行政规范性文件{{P1.2.inForce}}件。{{/}}' +
  '{{#P5.1.decisions}}作出行政许可处理决定{{P5.1.decisions}}件。{{/}}' +
  '{{#P6.1.decisions}}作出行政处罚处理决定{{P6.1.decisions}}件。{{/}}' +
  '{{#P6.2.decisions}}作出行政强制处理决定{{P6.2.decisions}}件。{{/}}';

/** Reports on 2021 and later: six chapters and three tables. */
export const format2021: Format = {
  id: '2021',
  years: { from: 2021, to: null },
  basis:
    '《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）',
  title: '{agency}{year}年政府信息公开工作年度报告',
  chapters: threeTableChapters(proactive),
  marks: ['本年制发件数', '本年废止件数', '现行有效件数'],
  tables: tables2021,
  stated: statedTable,
  checks: [...threeTableChecks(tables2021), ...checks2021],
  due: dueSince2019,
  footFields: [],
  blankPrintedAs: '0',
  anchors: anchors2021,
};
