import { articleSection } from './article-section.ts';
import type { ColumnSpec, RowSpec, TableSpec } from './format.ts';
import { remedyTable } from './remedy-table.ts';
import { otherOutcomes2019, requestTable } from './request-table.ts';

const row = (
  code: string,
  label: string,
  unit: string,
  figures: Readonly<Record<string, string>>,
): RowSpec => ({
  code,
  label,
  unit,
  level: 0,
  kind: 'count',
  figures,
});

const documents = (
  code: string,
  label: string,
  figure: string,
  more: Pick<RowSpec, 'power'> = {},
): RowSpec => ({
  ...row(code, label, '件', {
    created: `catalogue.${figure}.created`,
    disclosed: `catalogue.${figure}.disclosed`,
    totalDisclosed: `catalogue.${figure}.total-disclosed`,
  }),
  ...more,
});

const powers = (code: string, label: string, figure: string): RowSpec =>
  row(code, label, '项', {
    previousItems: `enforcement.${figure}.previous-items`,
    change: `enforcement.${figure}.change`,
    decisions: `enforcement.${figure}.decisions`,
  });

const powerColumns: readonly ColumnSpec[] = [
  { id: 'previousItems', label: '上一年项目数量', stock: true },
  { id: 'change', label: '本年增/减', signed: true },
  { id: 'decisions', label: '处理决定数量', unit: '件' },
];

const proactive: TableSpec = {
  id: 'proactive',
  title: '主动公开政府信息情况',
  sections: [
    articleSection(
      '一',
      [
        { id: 'created', label: '本年新制作数量' },
        { id: 'disclosed', label: '本年新公开数量' },
        { id: 'totalDisclosed', label: '对外公开总数量', stock: true },
      ],
      [
        documents('P1.1', '规章', 'rules', { power: 'rule-making' }),
        documents('P1.2', '规范性文件', 'normative'),
      ],
    ),
    articleSection('五', powerColumns, [
      powers('P5.1', '行政许可', 'licences'),
      powers('P5.2', '其他对外管理服务事项', 'other-services'),
    ]),
    articleSection('六', powerColumns, [
      powers('P6.1', '行政处罚', 'penalties'),
      powers('P6.2', '行政强制', 'coercive-measures'),
    ]),
    articleSection('八', powerColumns.slice(0, 2), [
      row('P8.1', '行政事业性收费', '项', {
        previousItems: 'enforcement.fees.previous-items',
        change: 'enforcement.fees.change',
      }),
    ]),
    articleSection(
      '九',
      [
        { id: 'items', label: '采购项目数量', unit: '个' },
        { id: 'amount', label: '采购总金额', unit: '万元', measure: 'amount' },
      ],
      [
        row('P9.1', '政府集中采购', '', {
          items: 'enforcement.procurement.items',
          amount: 'enforcement.procurement.amount',
        }),
      ],
    ),
  ],
};

/** The three tables of reports on 2019 and 2020. */
export const tables2019: readonly TableSpec[] = [proactive, requestTable(otherOutcomes2019), remedyTable];
