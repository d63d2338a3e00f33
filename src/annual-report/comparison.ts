import { type Cells, cellKey, cellsOf, layTables } from './compile.ts';
import type { FormatId } from './formats/format.ts';
import { countedTables, type Format, formatById, samePairs } from './formats/index.ts';
import type { CompiledTable } from './model.ts';

/**
 * Last year's tables in the shape of this year's format, for comparison: as they are where the format is the same, else
 * only the cells that the crosswalk calls the same. Nothing is converted; what does not correspond has no cell at all.
 */
export function comparableTables(
  format: Format,
  previous: { format: FormatId; tables: readonly CompiledTable[] },
): readonly CompiledTable[] {
  if (previous.format === format.id) return previous.tables;
  const older = formatById(previous.format);
  if (!older) return [];
  const known = cellsOf(previous.tables);
  const places = new Map(
    countedTables(older).flatMap((table) =>
      table.sections.flatMap(({ rows }) => rows.map(({ code }) => [code, table.id] as const)),
    ),
  );
  const cells: Cells = {};
  const pairs = samePairs(older, format);
  for (const table of countedTables(format))
    for (const { rows, columns } of table.sections)
      for (const { code } of rows)
        for (const { id } of columns) {
          const old = pairs.get(`${code}/${id}`);
          const cell = old && known[cellKey(places.get(old.row) ?? '', old.row, old.column)];
          if (cell) cells[cellKey(table.id, code, id)] = cell;
        }
  return layTables(format, cells);
}
