import type { Figure } from '../../core/figure.ts';
import type { CellRef, ColumnSpec, Format, RowSpec, SectionSpec, TableSpec } from './format.ts';

/** A figure as the tables of a format name it; an area declares its own from this until it has records. */
export type FigureNeed = Pick<Figure, 'code' | 'label' | 'unit' | 'kind' | 'area' | 'measure'> & {
  signed?: true;
};

/** A figure with the first cell that shows it. */
export interface PlacedFigure {
  need: FigureNeed;
  cell: CellRef;
  section: SectionSpec;
  row: RowSpec;
  column: ColumnSpec;
}

/** Every table of a format that is counted: the printed ones, then what only the text states. */
export function countedTables(format: Format): readonly TableSpec[] {
  return format.stated ? [...format.tables, format.stated] : format.tables;
}

/** Every figure that the tables of a format name, in printed order. */
export function placedFigures(format: Format): PlacedFigure[] {
  return countedTables(format).flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows.flatMap((row) =>
        section.columns.flatMap((column): PlacedFigure[] => {
          const code = row.figures?.[column.id];
          if (code === undefined) return [];
          const cell = { table: table.id, row: row.code, column: column.id };
          return [{ need: needOf(code, section, row, column), cell, section, row, column }];
        }),
      ),
    ),
  );
}

/** Every figure that the tables of a format name, in printed order. */
export function figureNeeds(format: Format): FigureNeed[] {
  return placedFigures(format).map(({ need }) => need);
}

function needOf(code: string, section: SectionSpec, row: RowSpec, column: ColumnSpec): FigureNeed {
  return {
    code,
    label: cellName(section, row, column),
    unit: column.unit ?? row.unit,
    kind: column.stock || row.stock ? 'stock' : 'flow',
    area: code.slice(0, code.indexOf('.')),
    measure: column.measure ?? (row.kind === 'amount' ? 'amount' : 'count'),
    ...(column.signed && { signed: true }),
  };
}

/** What a cell is called away from its table: `不予公开：属于国家秘密（自然人）`, `行政复议：结果维持`. */
export function cellName(section: SectionSpec, row: RowSpec, column: ColumnSpec): string {
  const name = rowName(row);
  if (section.columns.length === 1) return name;
  if (name === '')
    return [(column.group ?? []).join('·'), column.label].filter((part) => part !== '').join('：');
  return `${name}（${column.label}）`;
}

/** The printed wording without its number and without the remark in brackets at its end. */
export function rowName(row: RowSpec): string {
  return (
    row.name ??
    row.label
      .replace(/^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+\.)/u, '')
      .replace(/^其中[:：]/u, '')
      .replace(/[（(][^（）()]*[）)]$/u, '')
  );
}
