import { formatById } from '../../annual-report/formats/index.ts';
import { buildTables } from '../../annual-report/formats/tables.ts';
import type { ReadReport } from '../../annual-report/reading/model.ts';

/** A read report as the database keeps it: the tables follow from the format and the cells. */
export type StoredReading = Omit<ReadReport, 'tables'>;

export function storedReading({ tables: _, ...rest }: ReadReport): StoredReading {
  return rest;
}

/** The report as it was read. What a format no longer has is left out. */
export function revivedReading(stored: StoredReading): ReadReport {
  const format = stored.format === null ? null : formatById(stored.format);
  if (!format) return { ...stored, tables: [] };
  const values: Record<string, Record<string, number | null>> = {};
  for (const table of format.tables) {
    for (const { columns, rows } of table.sections) {
      for (const row of rows) {
        if (row.kind === 'heading') continue;
        values[row.code] = Object.fromEntries(
          columns.map(({ id }) => [id, stored.cells[`${table.id}/${row.code}/${id}`]?.value ?? null]),
        );
      }
    }
  }
  return { ...stored, tables: buildTables(format, values) };
}

/** JSON as the database takes it: without NUL, and without halves of a surrogate pair. */
export const storableJson = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
  );
