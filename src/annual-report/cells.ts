import type { ColumnSpec } from './formats/format.ts';
import { cellName } from './formats/index.ts';
import type { CompiledCell, CompiledRow, CompiledTable } from './model.ts';

/** One cell of a report with what it is called and what it is the sum of. */
export interface CellInReport {
  table: string;
  row: CompiledRow;
  column: ColumnSpec;
  cell: CompiledCell;
  /** What it is called away from its table: `不予公开：属于国家秘密（自然人）`. */
  name: string;
  unit: string;
  /** How prose refers to it: `1.2.3`, or `P1.1.issued` where the row has several columns. */
  ref: string;
  /** The cells that this one totals: columns of its row, else rows of its column. */
  parts: { row: string; column: string; label: string; value: number | null }[];
}

/** The cell at an address, or null when the report has none there; without a table the row code alone finds it. */
export function cellAt(
  tables: readonly CompiledTable[],
  at: { table?: string; row: string; column: string },
): CellInReport | null {
  for (const table of tables) {
    if (at.table !== undefined && at.table !== table.id) continue;
    for (const { spec, rows } of table.sections) {
      const row = rows.find(({ spec: { code } }) => code === at.row);
      const column = spec.columns.find(({ id }) => id === at.column);
      const cell = row && column ? row.cells[column.id] : undefined;
      if (!row || !column || !cell) continue;
      const part = (code: string, id: string) => {
        const [partRow, partColumn] = [
          rows.find((each) => each.spec.code === code),
          spec.columns.find((each) => each.id === id),
        ];
        const label = partRow && partColumn ? cellName(spec, partRow.spec, partColumn) : code;
        return { row: code, column: id, label, value: partRow?.cells[id]?.value ?? null };
      };
      return {
        table: table.id,
        row,
        column,
        cell,
        name: cellName(spec, row.spec, column),
        unit: column.unit ?? row.spec.unit,
        ref: spec.columns.length === 1 ? at.row : `${at.row}.${at.column}`,
        parts: column.sumOf
          ? column.sumOf.map((id) => part(row.spec.code, id))
          : (row.spec.sumOf ?? []).map((code) => part(code, column.id)),
      };
    }
  }
  return null;
}
