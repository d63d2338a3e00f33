import type { CheckSpec, TableSpec } from './format.ts';

const figureRowsOf = (table: TableSpec | undefined) =>
  (table?.sections ?? []).flatMap(({ rows }) => rows).filter(({ kind }) => kind !== 'heading');

/** What must hold in reports since 2019, whichever table 1 they have: T1 to T4, T5, V1 to V4, S13 to S17. */
export function threeTableChecks(tables: readonly TableSpec[]): readonly CheckSpec[] {
  return [
    ...requestChecks(tables),
    ...remedyChecks(tables),
    {
      rule: 'S13',
      level: 'warning',
      kind: 'requires',
      when: 'F1',
      needs: '3.7',
      columns: { when: 'value', needs: 'total' },
      hint: '没有办理申请就不应有收费',
    },
    ...powerChecks(tables),
    { rule: 'S14', level: 'error', kind: 'number-form' },
    { rule: 'T5', level: 'warning', kind: 'prose' },
    { rule: 'S16', level: 'notice', kind: 'year-on-year', percent: 50, hint: '请在正文中说明原因' },
    { rule: 'S17', level: 'error', kind: 'consolidation' },
    {
      rule: 'X9',
      level: 'notice',
      kind: 'blank-should-be-zero',
      rows: ['F1'],
      hint: '第六章须报告信息处理费收取情况，全年未收取的应填 0',
    },
  ];
}

function requestChecks(tables: readonly TableSpec[]): CheckSpec[] {
  const requests = tables.find(({ id }) => id === 'requests');
  const rows = figureRowsOf(requests).map(({ code }) => code);
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
    ...(requests?.sections ?? []).flatMap(({ columns }) => totalColumns('T3', columns, rows)),
    {
      rule: 'T4',
      level: 'error',
      kind: 'carried-over',
      thisYear: [{ row: '2' }],
      lastYear: [{ row: '4' }],
      hint: '上年结转数应等于上年报告的结转下年度数',
    },
  ];
}

/** V1 to V3, and V4: what was pending at the end of last year is decided or still pending this year. */
function remedyChecks(tables: readonly TableSpec[]): CheckSpec[] {
  const sections = tables.find(({ id }) => id === 'remedies')?.sections ?? [];
  return sections.flatMap(({ columns, rows }): CheckSpec[] => [
    ...totalColumns(
      'V',
      columns,
      rows.map(({ code }) => code),
    ).map((check, index) => ({ ...check, rule: `V${index + 1}` })),
    ...columns.flatMap(({ id, sumOf }): CheckSpec[] => {
      const pending = sumOf?.at(-1);
      const row = rows[0]?.code;
      if (pending === undefined || row === undefined) return [];
      return [
        {
          rule: 'V4',
          level: 'warning',
          kind: 'reappears',
          lastYear: [{ row, column: pending }],
          thisYear: [{ row, column: id }],
          hint: '上年尚未审结的案件，本年应审结或仍计入尚未审结',
        },
      ];
    }),
  ]);
}

/** P3: rows for bodies with a power, which the others leave at 0 or `/`. */
function powerChecks(tables: readonly TableSpec[]): CheckSpec[] {
  const rows = tables.flatMap((table) => figureRowsOf(table).filter(({ power }) => power === 'rule-making'));
  return [
    {
      rule: 'P3',
      level: 'error',
      kind: 'power',
      power: 'rule-making',
      rows: rows.map(({ code }) => code),
      hint: '本机关没有规章制定权',
    },
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
