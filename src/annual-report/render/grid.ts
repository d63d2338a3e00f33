import type { ColumnSpec, SectionSpec } from '../formats/format.ts';
import { formatById } from '../formats/index.ts';
import type { CompiledReport, CompiledRow, CompiledTable } from '../model.ts';
import { plain } from './words.ts';

/**
 * A statistics table as it is printed: one grid of equal value columns over which every section spreads its own columns,
 * so that sections with three columns and with one still make one table.
 */
export interface Grid {
  id: string;
  title: string;
  note: string | null;
  /** Columns of figures in the section that has most; the grid may have more. */
  columns: number;
  /** Headings stand beside their rows, not above them. */
  nested?: true;
  /** Shares of the width, summing to 1: row names (absent where no row has one), units, values. */
  widths: number[];
  sections: GridSection[];
}

export interface GridSection {
  /** Printed above the header across the whole table. */
  heading: string | null;
  header: GridCell[][];
  rows: GridRow[];
}

export interface GridRow {
  code: string;
  kind: 'heading' | 'count' | 'amount';
  level: number;
  cells: GridCell[];
}

export interface GridCell {
  role: 'header' | 'label' | 'unit' | 'value';
  text: string;
  span: number;
  rows: number;
  /** Of a value cell: its column id. */
  column?: string;
}

/** Printed where a column does not apply to a row. */
export const notApplicable = '—';
/** Printed for a blank where the body lacks the power to have such things. */
export const powerless = '/';

/** How a cell nobody reported is printed in the report's era. */
export function blankText(report: Pick<CompiledReport, 'format'>): string {
  return formatById(report.format)?.blankPrintedAs ?? '';
}

/** @param blank how a null value is printed */
export function gridOf(table: CompiledTable, blank: string): Grid {
  const frame = frameOf(table);
  return {
    id: table.id,
    title: plain(table.title),
    note: table.spec.note ? plain(table.spec.note) : null,
    columns: columnsOf(table),
    widths: widthsOf(table, frame),
    sections: table.sections.map(({ spec, rows }) => ({
      heading: spec.heading ? plain(spec.heading) : null,
      header: headerOf(spec, frame),
      rows: rows.map((row) => rowOf(row, spec, frame, blank)),
    })),
  };
}

/** Number of grid columns of the whole table. */
export const gridWidth = (grid: Grid): number => grid.widths.length;

/** A cell as it is printed; a change (本年增/减) with its sign. */
function printedValue(row: CompiledRow, column: ColumnSpec, blank: string): string {
  const cell = row.cells[column.id];
  if (!cell) return notApplicable;
  if (cell.value === null) return cell.notApplicable ? powerless : blank;
  return `${column.signed && cell.value > 0 ? '+' : ''}${printedNumber(cell.value)}`;
}

/** Plain digits, never an exponent; six decimals at most, as 万元 amounts carry. */
export function printedNumber(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(6).replace(/\.?0+$/, '');
}

interface Frame {
  named: boolean;
  unit: boolean;
  values: number;
}

function frameOf(table: CompiledTable): Frame {
  return {
    named: table.sections.some(
      ({ spec, rows }) => spec.rowHeader !== '' || rows.some((row) => row.spec.label !== ''),
    ),
    unit: table.sections.some(({ spec }) => spec.showsUnit),
    values: table.sections.map(({ spec }) => Math.max(1, spec.columns.length)).reduce(leastCommonMultiple, 1),
  };
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a / divisor(a, b)) * b;
}

const columnsOf = (table: CompiledTable): number =>
  Math.max(1, ...table.sections.map(({ spec }) => spec.columns.length));

function widthsOf(table: CompiledTable, frame: Frame): number[] {
  const columns = columnsOf(table);
  const unit = frame.unit ? 0.11 : 0;
  const name = frame.named ? nameShare(columns) : 0;
  const value = (1 - unit - name) / frame.values;
  return [...(frame.named ? [name] : []), ...(frame.unit ? [unit] : []), ...Array(frame.values).fill(value)];
}

function nameShare(columns: number): number {
  if (columns === 1) return 0.71;
  if (columns <= 3) return 0.37;
  return columns <= 8 ? 0.36 : 0.16;
}

/** Header rows with spanning cells: labels of `group` on top, the column's own label below, down to the last row. */
function headerOf(section: SectionSpec, frame: Frame): GridCell[][] {
  const depth = 1 + Math.max(0, ...section.columns.map(({ group }) => group?.length ?? 0));
  const span = frame.values / Math.max(1, section.columns.length);
  const rows: GridCell[][] = Array.from({ length: depth }, () => []);
  const head = (text: string, columns: number, height: number): GridCell => ({
    role: 'header',
    text: plain(text),
    span: columns,
    rows: height,
  });
  const unitAbsent = frame.unit && !section.showsUnit ? 1 : 0;
  if (frame.named) rows[0]?.push(head(section.rowHeader, 1 + unitAbsent, depth));
  if (section.showsUnit) rows[0]?.push(head('单位', 1, depth));
  section.columns.forEach((column, index) => {
    const path = column.group ?? [];
    path.forEach((label, level) => {
      if (!sharesGroup(section.columns[index - 1], column, level))
        rows[level]?.push(head(label, span * groupLength(section.columns, index, level), 1));
    });
    rows[path.length]?.push(head(column.label, span, depth - path.length));
  });
  return rows;
}

function groupLength(columns: readonly ColumnSpec[], from: number, level: number): number {
  let to = from + 1;
  while (to < columns.length && sharesGroup(columns[from], columns[to], level)) to++;
  return to - from;
}

function sharesGroup(a: ColumnSpec | undefined, b: ColumnSpec | undefined, level: number): boolean {
  if ((a?.group?.length ?? 0) <= level || (b?.group?.length ?? 0) <= level) return false;
  return a?.group?.slice(0, level + 1).join('\n') === b?.group?.slice(0, level + 1).join('\n');
}

function rowOf(row: CompiledRow, section: SectionSpec, frame: Frame, blank: string): GridRow {
  const { code, kind, level, label, unit } = row.spec;
  const span = frame.values / Math.max(1, section.columns.length);
  const unitAbsent = frame.unit && !section.showsUnit ? 1 : 0;
  const cells: GridCell[] = [];
  const cell = (role: GridCell['role'], text: string, columns: number, column?: string) =>
    cells.push({ role, text: plain(text), span: columns, rows: 1, ...(column ? { column } : {}) });
  if (kind === 'heading') {
    cell('label', label, (frame.named ? 1 : 0) + (frame.unit ? 1 : 0) + frame.values);
  } else {
    if (frame.named) cell('label', label, 1 + unitAbsent);
    if (section.showsUnit) cell('unit', unit, 1);
    for (const column of section.columns) cell('value', printedValue(row, column, blank), span, column.id);
  }
  return { code, kind, level, cells };
}
