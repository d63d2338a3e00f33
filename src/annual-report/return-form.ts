import type { FormPart } from '../areas/returns/index.ts';
import type { Figure } from '../core/figure.ts';
import type { SectionSpec, TableSpec } from './formats/format.ts';
import { countedTables, formatForYear, formats } from './formats/index.ts';
import { askedFigures } from './registry.ts';

/**
 * The form on which units report for a year: the figures of that year's tables that accept returns, by area. Sections of
 * several rows and columns stay rows by columns, everything else is a list.
 */
export function returnForm(registry: ReadonlyMap<string, Figure>, year: number): FormPart[] {
  const format = formatForYear(year) ?? formats[0];
  const asked = askedFigures(registry, year);
  const figureOf = (code: string | undefined): Figure | null => {
    const figure = code === undefined ? undefined : asked.get(code);
    return figure && figure.source !== 'records' ? figure : null;
  };
  const areas = new Map<string, { grids: FormPart[]; list: Figure[] }>();
  const areaOf = (name: string) => {
    const known = areas.get(name) ?? { grids: [], list: [] };
    areas.set(name, known);
    return known;
  };
  for (const table of format ? countedTables(format) : [])
    for (const section of table.sections) {
      const grid = gridOf(table, section, figureOf);
      if (grid) areaOf(grid.area).grids.push(grid);
      else for (const figure of listOf(section, figureOf)) areaOf(figure.area).list.push(figure);
    }
  return [...areas].flatMap(([area, { grids, list }]): FormPart[] => [
    ...grids,
    ...(list.length > 0 ? [{ kind: 'list' as const, area, figures: list }] : []),
  ]);
}

type FigureOf = (code: string | undefined) => Figure | null;

function listOf(section: SectionSpec, figureOf: FigureOf): Figure[] {
  return section.rows.flatMap((row) =>
    section.columns.flatMap((column) => figureOf(row.figures?.[column.id]) ?? []),
  );
}

function gridOf(
  table: TableSpec,
  section: SectionSpec,
  figureOf: FigureOf,
): Extract<FormPart, { kind: 'grid' }> | null {
  const columns = section.columns.filter(({ id }) =>
    section.rows.some((row) => row.figures?.[id] !== undefined),
  );
  const rows = section.rows
    .filter((row) => row.kind === 'heading' || row.figures)
    .map((row) => ({
      label: row.label,
      level: row.level,
      figures: row.kind === 'heading' ? [] : columns.map(({ id }) => figureOf(row.figures?.[id])),
    }));
  const area = rows.flatMap(({ figures }) => figures).find((figure) => figure !== null)?.area;
  if (columns.length < 2 || rows.filter(({ figures }) => figures.length > 0).length < 2 || !area) return null;
  return {
    kind: 'grid',
    area,
    title: section.heading ? `${table.title}：${section.heading}` : table.title,
    columns: columns.map(({ label }) => label),
    rows,
  };
}
