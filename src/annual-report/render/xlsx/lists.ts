import type { Worksheet } from 'exceljs';
import type { CompiledCell, CompiledReport } from '../../model.ts';
import { plain } from '../words.ts';
import { columnLetter } from './formulas.ts';
import { bodyFont, frame, headFill, headFont } from './look.ts';

type Value = string | number | null;

const origins: Record<CompiledCell['origin'], string> = {
  figure: '记录或填报',
  sum: '由分项相加',
  none: '空',
};
const levels = { error: '错误', warning: '警告', notice: '提示' };

/** Second sheet: how every cell came about. */
export function fillComposition(sheet: Worksheet, report: CompiledReport): void {
  const rows = report.tables.flatMap(({ title, sections }) =>
    sections.flatMap(({ spec, rows: compiled }) =>
      compiled.flatMap((row) =>
        spec.columns.flatMap((column): Value[][] => {
          const cell = row.cells[column.id];
          if (!cell) return [];
          const { records, returns, subordinates } = cell;
          const origin = returns.blank && cell.value === null ? '填报为空' : origins[cell.origin];
          return [
            [
              ...[
                title,
                row.spec.code,
                row.spec.label,
                [...(column.group ?? []), column.label].join('/'),
                column.unit ?? row.spec.unit,
              ],
              cell.value,
              origin,
              ...[
                records.count,
                records.quantity,
                returns.count,
                returns.quantity,
                subordinates?.quantity ?? null,
              ],
            ],
          ];
        }),
      ),
    ),
  );
  const heads = '统计表 编码 项目 栏目 单位 数值 来源 记录数 记录合计 填报条数 填报合计 下级合计'.split(' ');
  list(sheet, heads, [18, 9, 46, 14, 8, 10, 14, 10, 10, 10, 10, 10], rows);
}

/** Third sheet: what the checks found. */
export function fillFindings(sheet: Worksheet, report: CompiledReport): void {
  const rows = report.findings.map(({ rule, severity, message, cells, left, right, quote }): Value[] => [
    rule,
    levels[severity],
    message,
    cells.map(({ row, column }) => (column === 'value' ? row : `${row} ${column}`)).join('、'),
    left,
    right,
    quote ?? null,
  ]);
  list(
    sheet,
    ['规则', '级别', '说明', '涉及单元格', '左边', '右边', '原文'],
    [8, 8, 60, 22, 10, 10, 30],
    rows,
  );
  if (rows.length === 0) sheet.getCell('A2').value = '核对未发现问题。';
}

function list(
  sheet: Worksheet,
  heads: readonly string[],
  widths: readonly number[],
  rows: readonly Value[][],
): void {
  sheet.columns = widths.map((width) => ({ width }));
  const header = sheet.addRow([...heads]);
  header.eachCell((cell) => Object.assign(cell, { font: headFont, fill: headFill, border: frame }));
  for (const values of rows) {
    const row = sheet.addRow(values.map((value) => (typeof value === 'string' ? plain(value) : value)));
    row.eachCell((cell) => {
      Object.assign(cell, { font: bodyFont, border: frame, alignment: { vertical: 'top', wrapText: true } });
    });
  }
  const last = columnLetter(heads.length);
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  sheet.autoFilter = `A1:${last}${Math.max(1, rows.length + 1)}`;
  sheet.pageSetup = {
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  };
  sheet.headerFooter = { oddFooter: '&C— &P —' };
}
