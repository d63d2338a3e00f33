import { articleSection } from './article-section.ts';
import type { RowSpec, TableSpec } from './format.ts';
import { remedyTable } from './remedy-table.ts';
import { otherOutcomes2021, requestTable } from './request-table.ts';

const documents = (
  code: string,
  label: string,
  figure: string,
  more: Pick<RowSpec, 'power'> = {},
): RowSpec => ({
  code,
  label,
  unit: '件',
  level: 0,
  kind: 'count',
  figures: {
    issued: `catalogue.${figure}.issued`,
    repealed: `catalogue.${figure}.repealed`,
    inForce: `catalogue.${figure}.in-force`,
  },
  ...more,
});

const decisions = (code: string, label: string, figure: string): RowSpec => ({
  code,
  label,
  unit: '件',
  level: 0,
  kind: 'count',
  figures: { decisions: `enforcement.${figure}.decisions` },
});

const decisionColumn = [{ id: 'decisions', label: '本年处理决定数量' }];

const proactive: TableSpec = {
  id: 'proactive',
  title: '主动公开政府信息情况',
  sections: [
    articleSection(
      '一',
      [
        { id: 'issued', label: '本年制发件数' },
        { id: 'repealed', label: '本年废止件数' },
        { id: 'inForce', label: '现行有效件数', stock: true },
      ],
      [
        documents('P1.1', '规章', 'rules', { power: 'rule-making' }),
        documents('P1.2', '行政规范性文件', 'normative'),
      ],
    ),
    articleSection('五', decisionColumn, [decisions('P5.1', '行政许可', 'licences')]),
    articleSection('六', decisionColumn, [
      decisions('P6.1', '行政处罚', 'penalties'),
      decisions('P6.2', '行政强制', 'coercive-measures'),
    ]),
    articleSection(
      '八',
      [{ id: 'amount', label: '本年收费金额（单位：万元）', measure: 'amount' }],
      [
        {
          code: 'P8.1',
          label: '行政事业性收费',
          unit: '万元',
          level: 0,
          kind: 'amount',
          figures: { amount: 'enforcement.fees.amount' },
        },
      ],
    ),
  ],
};

/** The three tables of reports on 2021 and later. */
export const tables2021: readonly TableSpec[] = [proactive, requestTable(otherOutcomes2021), remedyTable];
