import type { ColumnSpec, RowSpec, SectionSpec } from './format.ts';

/** A section of the table of proactive disclosure, headed by the item of Article 20 that it answers (711/20). */
export function articleSection(
  item: string,
  columns: readonly ColumnSpec[],
  rows: readonly RowSpec[],
): SectionSpec {
  return {
    heading: `第二十条第（${item}）项`,
    rowHeader: '信息内容',
    showsUnit: false,
    columns,
    rows,
  };
}
