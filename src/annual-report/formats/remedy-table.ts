import type { ColumnSpec, TableSpec } from './format.ts';

const outcomes = [
  ['Upheld', '结果维持', 'upheld'],
  ['Corrected', '结果纠正', 'corrected'],
  ['Other', '其他结果', 'other'],
  ['Pending', '尚未审结', 'pending'],
] as const;

/** The three roads of a dispute: id prefix of the columns, printed group, figure prefix. */
const roads = [
  ['reconsideration', ['行政复议'], 'remedies.reconsideration'],
  ['direct', ['行政诉讼', '未经复议直接起诉'], 'remedies.direct-suit'],
  ['afterReconsideration', ['行政诉讼', '复议后起诉'], 'remedies.suit-after-reconsideration'],
] as const;

const columns: readonly ColumnSpec[] = roads.flatMap(([prefix, group]) => [
  ...outcomes.map(([id, label]) => ({
    id: `${prefix}${id}`,
    label,
    group,
    // Pending is what is open on the last day: a case pending in March and decided in May is reported twice, not counted twice.
    ...(id === 'Pending' && { stock: true as const }),
  })),
  { id: `${prefix}Total`, label: '总计', group, sumOf: outcomes.map(([id]) => `${prefix}${id}`) },
]);

/** Table 3: one nameless row under fifteen columns. */
export const remedyTable: TableSpec = {
  id: 'remedies',
  title: '政府信息公开行政复议、行政诉讼情况',
  sections: [
    {
      rowHeader: '',
      showsUnit: false,
      columns,
      rows: [
        {
          code: 'R',
          label: '',
          unit: '件',
          level: 0,
          kind: 'count',
          figures: Object.fromEntries(
            roads.flatMap(([prefix, , figure]) =>
              outcomes.map(([id, , name]) => [`${prefix}${id}`, `${figure}.${name}`]),
            ),
          ),
        },
      ],
    },
  ],
};
