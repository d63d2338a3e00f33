import type { CompiledCell, CompiledTable } from '../model.ts';
import type { CellState } from '../reading/model.ts';
import type { CellRef, ColumnSpec, RowSpec, SectionSpec } from './format.ts';

/** One report's cells by row code, with the readings that checks and prose need. */
export interface Grid {
  /** True for a report that was read from a file: its blanks may stand for anything. */
  isPublished: boolean;
  codes: readonly string[];
  has(code: string): boolean;
  spec(code: string): RowSpec;
  columns(code: string): readonly ColumnSpec[];
  /** What the cell counts in: the column's own unit, else that of the row. */
  unit(code: string, column: string): string;
  cell(code: string, column: string): CompiledCell | undefined;
  /** The cells this one totals: columns of its row, or rows of its column. */
  partsOf(code: string, column: string): { row: string; column: string }[];
  /** The value as it is printed; null for a blank. */
  reported(code: string, column: string): number | null;
  /** As printed, except that a blank total is read as the sum of its parts; a check of its own reports that blank. */
  effective(code: string, column: string): number | null;
  state(code: string, column: string): CellState;
  reading(code: string, column: string): Reading;
  ref(code: string, column: string): CellRef;
  /** Printed wording in quotation marks, with its column where the table has several. */
  name(code: string, column: string): string;
}

/** What a cell, or several together, bring to a comparison. */
export interface Reading {
  /** A blank counts as 0, a blank total as the sum of its parts. */
  value: number;
  /** False when nothing but blanks is behind the value. */
  told: boolean;
  /** Blank cells of a published report that may stand for a number and so raise the value, or lower it. */
  up: CellRef[];
  down: CellRef[];
  /** Cells that show words, or that the published report does not have. */
  unread: CellRef[];
}

/** What each cell of a published report shows; our own reports need none, for their blanks are known to be blank. */
export type CellStates = (cell: CellRef) => CellState;

interface Place {
  table: string;
  section: SectionSpec;
  spec: RowSpec;
  cells: Readonly<Record<string, CompiledCell>>;
}

export function gridOf(tables: readonly CompiledTable[], states?: CellStates): Grid {
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

  const ref = (code: string, column: string): CellRef => ({ table: place(code).table, row: code, column });
  const state = (code: string, column: string): CellState => {
    const value = reported(code, column);
    if (value !== null) return value === 0 ? 'zero' : 'number';
    const cell = place(code).cells[column];
    if (!cell) return 'absent';
    if (cell.notApplicable) return 'not-applicable';
    return states?.(ref(code, column)) ?? 'blank';
  };
  const reading = (code: string, column: string): Reading => {
    const at = state(code, column);
    const value = reported(code, column) ?? 0;
    if (at === 'text' || at === 'absent')
      return { value, told: false, up: [], down: [], unread: [ref(code, column)] };
    if (at !== 'blank') return { value, told: true, up: [], down: [], unread: [] };
    const parts = together(partsOf(code, column).map((part) => ({ of: reading(part.row, part.column) })));
    if (parts.told || !states) return parts;
    const signed = place(code).section.columns.find(({ id }) => id === column)?.signed;
    const blank = [ref(code, column)];
    return { value: 0, told: false, up: blank, down: signed ? blank : [], unread: [] };
  };

  return {
    isPublished: states !== undefined,
    codes: [...places.keys()],
    has: (code) => places.has(code),
    spec: (code) => place(code).spec,
    columns: (code) => place(code).section.columns.filter(({ id }) => id in place(code).cells),
    unit: (code, column) =>
      place(code).section.columns.find(({ id }) => id === column)?.unit ?? place(code).spec.unit,
    cell: (code, column) => place(code).cells[column],
    partsOf,
    reported,
    effective,
    state,
    reading,
    ref,
    name: (code, column) => {
      const { spec, section } = place(code);
      const at = section.columns.find(({ id }) => id === column);
      const label = at?.label;
      if (spec.label === '' && at) return `“${[...(at.group ?? []), at.label].join('·')}”`;
      return section.columns.length > 1 && label ? `“${spec.label}”（${label}）` : `“${spec.label}”`;
    },
  };
}

/** Several readings as one sum; those with `sign` -1 are taken off. */
export function together(terms: readonly { of: Reading; sign?: 1 | -1 | undefined }[]): Reading {
  const side = (towards: 'up' | 'down', against: 'up' | 'down') =>
    terms.flatMap(({ of, sign }) => (sign === -1 ? of[against] : of[towards]));
  return {
    value: sumOf(terms.map(({ of, sign }) => of.value * (sign ?? 1))),
    told: terms.some(({ of }) => of.told),
    up: side('up', 'down'),
    down: side('down', 'up'),
    unread: terms.flatMap(({ of }) => of.unread),
  };
}

/** Exact to the six decimals an amount may have; a blank counts as 0. */
export function sumOf(values: readonly (number | null)[]): number {
  return exact(values.reduce<number>((total, value) => total + (value ?? 0), 0));
}

export function exact(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
