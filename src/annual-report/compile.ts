import type { Db } from '../core/db.ts';
import type { Figure, FigureScope } from '../core/figure.ts';
import { countedTables, type Format, type RowSpec, type TableSpec } from './formats/index.ts';
import type { CompiledCell, CompiledTable } from './model.ts';

/** A compiled cell as the database keeps it, by `cellKey`. */
export type CellSnapshot = CompiledCell;
export type Cells = Record<string, CellSnapshot>;

export const cellKey = (table: string, row: string, column: string): string => `${table}/${row}/${column}`;

/** What accepted returns say of each figure in the period; `blank` when a line leaves it blank explicitly (留空). */
export type ReturnSums = ReadonlyMap<string, { count: number; quantity: number | null; blank: boolean }>;

export interface CompileSources {
  figures: ReadonlyMap<string, Figure>;
  sumReturns(db: Db, scope: FigureScope, figures: ReadonlyMap<string, Figure>): Promise<ReturnSums>;
}

/**
 * Counts every cell of a format for one agency and year. Run it inside one repeatable-read transaction, so that all
 * figures are of the same moment. Memory does not grow with the records: each figure is one counting query and all
 * returns together are one grouped query.
 */
export async function countCells(
  db: Db,
  sources: CompileSources,
  format: Format,
  scope: FigureScope,
  subordinates: readonly Cells[] | null,
): Promise<Cells> {
  const returns = await sources.sumReturns(db, scope, sources.figures);
  const cells: Cells = {};
  for (const { table, row, column } of figureCells(format)) {
    const key = cellKey(table.id, row.code, column);
    const code = row.figures?.[column] ?? null;
    const figure = code === null ? undefined : sources.figures.get(code);
    const counted = figure?.count ? await figure.count(db, scope) : { records: 0, quantity: null };
    const reported = (code !== null && returns.get(code)) || { count: 0, quantity: null, blank: false };
    cells[key] = own({
      figure: code,
      records: { count: counted.records, quantity: counted.quantity },
      returns: reported,
    });
  }
  for (const table of countedTables(format)) addTotals(cells, table);
  if (subordinates) addSubordinates(cells, subordinates);
  return cells;
}

/** The agency's own cell: records plus returns; blank when both are. */
function own(parts: Pick<CellSnapshot, 'figure' | 'records' | 'returns'>): CellSnapshot {
  const value = sumOrBlank([parts.records.quantity, parts.returns.quantity]);
  // An explicit 留空 is a statement too: the total is not filled in behind the reporter's back.
  return { value, origin: value !== null || parts.returns.blank ? 'figure' : 'none', ...parts };
}

/** Each cell, totals among them, is the agency's own plus what each subordinate agency published there (rule S17). */
function addSubordinates(cells: Cells, subordinates: readonly Cells[]): void {
  for (const [key, cell] of Object.entries(cells)) {
    const below = subordinates.map((published) => published[key]?.value ?? null);
    const quantity = sumOrBlank(below);
    cell.subordinates = { count: below.length, quantity };
    cell.value = sumOrBlank([cell.value, quantity]);
    if (cell.origin === 'none' && cell.value !== null) cell.origin = 'figure';
  }
}

/** Totals nobody reported are the sum of their parts, innermost first; a reported total is never corrected. */
function addTotals(cells: Cells, table: TableSpec): void {
  const rows = table.sections.flatMap((section) => section.rows.map((row) => ({ row, section })));
  for (const { row, section } of [...rows].sort((a, b) => b.row.level - a.row.level)) {
    for (const column of section.columns) {
      const parts = row.sumOf?.map((part) => cells[cellKey(table.id, part, column.id)]?.value ?? null);
      if (parts) fillTotal(cells[cellKey(table.id, row.code, column.id)], parts);
    }
  }
  for (const { row, section } of rows) {
    for (const column of section.columns) {
      const parts = column.sumOf?.map((part) => cells[cellKey(table.id, row.code, part)]?.value ?? null);
      if (parts) fillTotal(cells[cellKey(table.id, row.code, column.id)], parts);
    }
  }
}

function fillTotal(cell: CellSnapshot | undefined, parts: (number | null)[]): void {
  if (cell?.origin !== 'none') return;
  cell.value = sumOrBlank(parts);
  if (cell.value !== null) cell.origin = 'sum';
}

/** Adds what is not blank; blank when everything is. Six decimals at most, as 万元 amounts carry. */
export function sumOrBlank(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return null;
  return Math.round(present.reduce((sum, value) => sum + value, 0) * 1e6) / 1e6;
}

/** Every cell of a format that holds a figure or a sum, in printed order. */
export function* figureCells(format: Format): Generator<{ table: TableSpec; row: RowSpec; column: string }> {
  for (const table of countedTables(format)) {
    for (const section of table.sections) {
      for (const row of section.rows) {
        if (row.kind === 'heading') continue;
        for (const column of section.columns) {
          if (row.figures?.[column.id] || row.sumOf || column.sumOf) yield { table, row, column: column.id };
        }
      }
    }
  }
}

/** Every cell of a format left blank: a report nobody has compiled yet. */
export function blankCells(format: Format): Cells {
  return Object.fromEntries(
    [...figureCells(format)].map(({ table, row, column }): [string, CellSnapshot] => [
      cellKey(table.id, row.code, column),
      {
        value: null,
        origin: 'none',
        figure: row.figures?.[column] ?? null,
        records: { count: 0, quantity: null },
        returns: { count: 0, quantity: null, blank: false },
      },
    ]),
  );
}

/** Lays compiled cells into the tables of a format, for pages, checks and renderers. */
export function layTables(format: Format, cells: Cells): CompiledTable[] {
  return countedTables(format).map((spec) => ({
    id: spec.id,
    title: spec.title,
    spec,
    sections: spec.sections.map((section) => ({
      spec: section,
      rows: section.rows.map((row) => ({
        spec: row,
        cells: Object.fromEntries(
          section.columns.flatMap((column) => {
            const cell = cells[cellKey(spec.id, row.code, column.id)];
            return cell ? [[column.id, cell]] : [];
          }),
        ),
      })),
    })),
  }));
}

/** Values of compiled tables, by cell key. */
export function cellsOf(tables: readonly CompiledTable[]): Cells {
  return Object.fromEntries(
    tables.flatMap((table) =>
      table.sections.flatMap((section) =>
        section.rows.flatMap((row) =>
          Object.entries(row.cells).map(([column, cell]) => [cellKey(table.id, row.spec.code, column), cell]),
        ),
      ),
    ),
  );
}

/** Cells whose value differs between two compiles, in printed order. */
export function changedCells(format: Format, before: Cells, after: Cells) {
  return [...figureCells(format)].flatMap(({ table, row, column }) => {
    const key = cellKey(table.id, row.code, column);
    const [old, now] = [before[key], after[key]];
    const same =
      old?.value === now?.value &&
      old?.records.count === now?.records.count &&
      old?.returns.count === now?.returns.count;
    return same ? [] : [{ table: table.id, row, column, before: old ?? null, after: now ?? null }];
  });
}
