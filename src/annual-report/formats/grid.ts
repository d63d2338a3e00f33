import type { CompiledCell, CompiledTable } from '../model.ts';
import type { CellRef, ColumnSpec, RowSpec, SectionSpec } from './format.ts';

/** One report's cells by row code, with the readings that checks and prose need. */
export interface Grid {
  codes: readonly string[];
  has(code: string): boolean;
  spec(code: string): RowSpec;
  columns(code: string): readonly ColumnSpec[];
  cell(code: string, column: string): CompiledCell | undefined;
  /** The cells this one totals: columns of its row, or rows of its column. */
  partsOf(code: string, column: string): { row: string; column: string }[];
  /** The value as it is printed; null for a blank. */
  reported(code: string, column: string): number | null;
  /** As printed, except that a blank total is read as the sum of its parts; a check of its own reports that blank. */
  effective(code: string, column: string): number | null;
  ref(code: string, column: string): CellRef;
  /** Printed wording in quotation marks, with its column where the table has several. */
  name(code: string, column: string): string;
}

interface Place {
  table: string;
  section: SectionSpec;
  spec: RowSpec;
  cells: Readonly<Record<string, CompiledCell>>;
}

export function gridOf(tables: readonly CompiledTable[]): Grid {
  const places = new Map<string, Place>();
  for (const table of tables)
    for (const section of table.sections)
      for (const row of section.rows)
        if (row.spec.kind !== 'heading')
          places.set(row.spec.code, { table: table.id, section: section.spec, ...row });

  const place = (code: string): Place => {
    const found = places.get(code);
    if (!found) throw new RangeError(`the tables have no figure row ${code}`);
    return found;
  };
  const partsOf = (code: string, column: string) => {
    const { spec, section } = place(code);
    const columns = section.columns.find(({ id }) => id === column)?.sumOf;
    if (columns) return columns.map((part) => ({ row: code, column: part }));
    return (spec.sumOf ?? []).map((row) => ({ row, column }));
  };
  const reported = (code: string, column: string) => place(code).cells[column]?.value ?? null;
  const effective = (code: string, column: string): number | null => {
    const own = reported(code, column);
    if (own !== null) return own;
    const parts = partsOf(code, column).map((part) => effective(part.row, part.column));
    return parts.some((part) => part !== null) ? sumOf(parts) : null;
  };

  return {
    codes: [...places.keys()],
    has: (code) => places.has(code),
    spec: (code) => place(code).spec,
    columns: (code) => place(code).section.columns.filter(({ id }) => id in place(code).cells),
    cell: (code, column) => place(code).cells[column],
    partsOf,
    reported,
    effective,
    ref: (code, column) => ({ table: place(code).table, row: code, column }),
    name: (code, column) => {
      const { spec, section } = place(code);
      const label = section.columns.find(({ id }) => id === column)?.label;
      return section.columns.length > 1 && label ? `“${spec.label}”（${label}）` : `“${spec.label}”`;
    },
  };
}

/** Exact to the six decimals an amount may have; a blank counts as 0. */
export function sumOf(values: readonly (number | null)[]): number {
  return exact(values.reduce<number>((total, value) => total + (value ?? 0), 0));
}

export function exact(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
