import { anchors2019 } from './2019-anchors.ts';
import { checks2019 } from './2019-checks.ts';
import { tables2019 } from './2019-table.ts';
import { dueSince2019 } from './due-since-2019.ts';
import type { Format } from './format.ts';
import { statedTable } from './stated-table.ts';
import { threeTableChapters } from './three-table-chapters.ts';
import { threeTableChecks } from './three-table-checks.ts';

const proactive =
  '{{#P1.2.created}}本年新制作规范性文件{{P1.2.created}}件{{#P1.2.disclosed}}，新公开{{P1.2.disclosed}}件{{/}}。{{/}}' +
  '{{#P5.1.decisions}}作出行政许可处理决定{{P5.1.decisions}}件。{{/}}' +
  '{{#P6.1.decisions}}作出行政处罚处理决定{{P6.1.decisions}}件。{{/}}' +
  '{{#P6.2.decisions}}作出行政强制处理决定{{P6.2.decisions}}件。{{/}}' +
  '{{#P9.1.items}}政府集中采购项目{{P9.1.items}}个{{#P9.1.amount}}，采购总金额{{P9.1.amount}}万元{{/}}。{{/}}';

/** Reports on 2019 and 2020: six chapters and three tables. */
export const format2019: Format = {
  id: '2019',
  years: { from: 2019, to: 2020 },
  basis: '《中华人民共和国政府信息公开工作年度报告格式（试行）》（国办公开办函〔2019〕60号）',
  title: '{agency}{year}年政府信息公开工作年度报告',
  chapters: threeTableChapters(proactive),
  marks: ['本年新制作数量', '本年新公开数量', '对外公开总数量'],
  tables: tables2019,
  stated: statedTable,
  checks: [...threeTableChecks(tables2019), ...checks2019],
  due: dueSince2019,
  footFields: [],
  blankPrintedAs: '0',
  anchors: anchors2019,
};
