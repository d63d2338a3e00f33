import type { CompiledCell, CompiledRow, CompiledTable } from '../model.ts';
import { countedTables } from './figures.ts';
import type { Format, RowSpec, SectionSpec, TableSpec } from './format.ts';

/** Values by row code: a bare value for the single column `value`, else one value per column id. null is blank. */
export type CellValues = Readonly<Record<string, number | null | Readonly<Record<string, number | null>>>>;

export interface FigureRow {
  table: TableSpec;
  section: SectionSpec;
  row: RowSpec;
}

/** Every row of the printed tables that carries figures, in printed order. */
export function figureRows(format: Format): FigureRow[] {
  return rowsOf(format.tables);
}

function rowsOf(tables: readonly TableSpec[]): FigureRow[] {
  return tables.flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows.filter(({ kind }) => kind !== 'heading').map((row) => ({ table, section, row })),
    ),
  );
}

/**
 * Tables whose values are known from elsewhere, such as a published report that was read in. What is not named is blank;
 * the unprinted table is there only when one of its rows is named.
 * @throws RangeError for a row code or column the format does not have
 */
export function buildTables(format: Format, values: CellValues): CompiledTable[] {
  refuseUnknown(format, values);
  const named = (spec: TableSpec) => rowsOf([spec]).some(({ row }) => row.code in values);
  return countedTables(format)
    .filter((spec) => !spec.unprinted || named(spec))
    .map((spec) => ({
      id: spec.id,
      title: spec.title,
      spec,
      sections: spec.sections.map((section) => ({
        spec: section,
        rows: section.rows.map((row) => buildRow(section, row, values[row.code] ?? null)),
      })),
    }));
}

function buildRow(section: SectionSpec, row: RowSpec, given: CellValues[string]): CompiledRow {
  if (row.kind === 'heading') return { spec: row, cells: {} };
  const values = typeof given === 'object' && given !== null ? given : { value: given };
  const cells = section.columns.map(({ id }) => [id, reportedCell(values[id] ?? null, row.figures?.[id])]);
  return { spec: row, cells: Object.fromEntries(cells) };
}

function reportedCell(value: number | null, figure: string | undefined): CompiledCell {
  return {
    value,
    origin: value === null ? 'none' : 'figure',
    figure: figure ?? null,
    records: { count: 0, quantity: null },
    returns: { count: 0, quantity: null, blank: false },
  };
}

function refuseUnknown(format: Format, values: CellValues): void {
  const rows = new Map(rowsOf(countedTables(format)).map((entry) => [entry.row.code, entry]));
  for (const [code, given] of Object.entries(values)) {
    const entry = rows.get(code);
    if (!entry) throw new RangeError(`format ${format.id} has no figure row ${code}`);
    if (given === null) continue;
    for (const column of typeof given === 'object' ? Object.keys(given) : ['value'])
      if (!entry.section.columns.some(({ id }) => id === column))
        throw new RangeError(`row ${code} of format ${format.id} has no column ${column}`);
  }
}
