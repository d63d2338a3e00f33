import type { Figure } from '../core/figure.ts';
import { formatForYear, placedFigures } from './formats/index.ts';
import { askedFigures } from './registry.ts';

/**
 * Finds a figure by its own code (`channels.weibo`) or by the row code of that year's format (`1.2.3`); a row with several
 * columns needs the column too (`P1.1.issued`). Text says why there is none.
 */
export function figureFinder(
  figures: ReadonlyMap<string, Figure>,
): (name: string, year: number) => Figure | string {
  const ofYear = new Map<number, ReadonlyMap<string, Figure>>();
  const named = (year: number): ReadonlyMap<string, Figure> => {
    const known = ofYear.get(year) ?? namesOf(figures, year);
    ofYear.set(year, known);
    return known;
  };
  return (name, year) => {
    const format = formatForYear(year);
    const found = format ? named(year).get(name) : figures.get(name);
    if (found) return found;
    if (!format) return `没有指标“${name}”；${year}年没有可用的统计表格式`;
    const other = figures.get(name);
    if (other) return `${year}年的统计表没有指标“${other.label}”（${name}）`;
    const sum = sumNamed(name, year);
    if (sum) return sum;
    return `没有指标“${name}”，可用指标代码或${year}年统计表的行号，例如 ${exampleOf(year)}`;
  };
}

/** Figures of the year by code and by cell. */
function namesOf(figures: ReadonlyMap<string, Figure>, year: number): ReadonlyMap<string, Figure> {
  const asked = askedFigures(figures, year);
  const format = formatForYear(year);
  const byCell = (format ? placedFigures(format) : []).flatMap(({ need, cell, section }) => {
    const figure = asked.get(need.code);
    const name = section.columns.length === 1 ? cell.row : `${cell.row}.${cell.column}`;
    return figure ? [[name, figure] as const] : [];
  });
  return new Map([...asked, ...byCell]);
}

function sumNamed(name: string, year: number): string | null {
  const format = formatForYear(year);
  for (const { section, row } of format ? placedFigures(format) : [])
    for (const column of section.columns)
      if (column.sumOf && `${row.code}.${column.id}` === name)
        return `统计表${name}“${row.label}”（${column.label}）由分项相加，不接受填报`;
  return null;
}

function exampleOf(year: number): string {
  const format = formatForYear(year);
  const [first] = format ? placedFigures(format) : [];
  if (!first) return '1.1';
  return first.section.columns.length === 1 ? first.cell.row : `${first.cell.row}.${first.cell.column}`;
}
