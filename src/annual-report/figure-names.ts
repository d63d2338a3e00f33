import type { Figure } from '../core/figure.ts';
import { figureRows, formatForYear } from './formats/index.ts';

/**
 * Finds a figure by its own code (`channels.weibo`) or by the row code of that year's format (`1.2.3`); a row with several
 * columns needs the column too (`P1.1.issued`). Text says why there is none.
 */
export function figureFinder(
  figures: ReadonlyMap<string, Figure>,
): (name: string, year: number) => Figure | string {
  return (name, year) => {
    const known = figures.get(name);
    if (known) return known;
    const format = formatForYear(year);
    if (!format) return `没有指标“${name}”；${year}年没有可用的统计表格式`;
    for (const { row, section } of figureRows(format)) {
      for (const column of section.columns) {
        const code = section.columns.length === 1 ? row.code : `${row.code}.${column.id}`;
        if (code !== name) continue;
        const figure = figures.get(row.figures?.[column.id] ?? '');
        return figure ?? `统计表${name}“${row.label}”由分项相加，不接受填报`;
      }
    }
    return `没有指标“${name}”，可用指标代码或${year}年统计表的行号，例如 1.2.3`;
  };
}
