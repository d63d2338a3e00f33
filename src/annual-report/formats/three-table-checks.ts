import type { CheckSpec, TableSpec } from './format.ts';

const figureRowsOf = (table: TableSpec | undefined) =>
  (table?.sections ?? []).flatMap(({ rows }) => rows).filter(({ kind }) => kind !== 'heading');

/** T1 to T4, T7 and V1 to V3: what must hold in tables 2 and 3 of the formats since 2019. */
export function requestAndRemedyChecks(tables: readonly TableSpec[]): readonly CheckSpec[] {
  const requests = tables.find(({ id }) => id === 'requests');
  const remedies = tables.find(({ id }) => id === 'remedies');
  const total = figureRowsOf(requests).find(({ code }) => code === '3.7');
  return [
    {
      rule: 'T1',
      level: 'error',
      kind: 'balance',
      left: ['1', '2'],
      right: ['3.7', '4'],
      hint: '第一项加第二项之和，应等于第三项加第四项之和',
    },
    { rule: 'T2', level: 'error', kind: 'sum', total: '3.7', parts: total?.sumOf ?? [] },
    ...(requests?.sections ?? []).flatMap(({ columns }) =>
      totalColumns(
        'T3',
        columns,
        figureRowsOf(requests).map(({ code }) => code),
      ),
    ),
    {
      rule: 'T4',
      level: 'error',
      kind: 'carried-over',
      thisYear: [{ row: '2' }],
      lastYear: [{ row: '4' }],
      hint: '上年结转数应等于上年报告的结转下年度数',
    },
    ...(remedies?.sections ?? []).flatMap(({ columns, rows }) =>
      totalColumns(
        'V',
        columns,
        rows.map(({ code }) => code),
      ).map((check, index) => ({
        ...check,
        rule: `V${index + 1}`,
      })),
    ),
  ];
}

/** One check for each column that totals others. */
function totalColumns(
  rule: string,
  columns: TableSpec['sections'][number]['columns'],
  rows: readonly string[],
): CheckSpec[] {
  return columns.flatMap(({ id, sumOf }) =>
    sumOf ? [{ rule, level: 'error', kind: 'column-sum', rows, total: id, parts: sumOf } as const] : [],
  );
}
