import type { CellRef } from '../formats/format.ts';
import { exact, type Grid, gridOf } from '../formats/grid.ts';
import type { CompiledReport, CompiledTable, ReportChart } from '../model.ts';
import { type Bar, drawBars, drawColumns, drawPairs } from './draw.ts';
import { chartSpecs, type MonthsChartSpec, type RowChartSpec } from './specs.ts';

export interface ChartExtras {
  /** Quantities by month, 1 to 12; several entries of one month are added, a month without any stays empty. */
  monthly?: readonly { month: number; quantity: number }[] | undefined;
  /** Tables of the report on the year before. */
  previous?: readonly CompiledTable[] | undefined;
}

/** The report's pictures, each with its data. A picture without data is left out; blanks stay blank in the data. */
export function renderCharts(
  report: Pick<CompiledReport, 'tables' | 'year' | 'format'>,
  extras: ChartExtras = {},
): ReportChart[] {
  const grid = gridOf(report.tables);
  const previous = extras.previous ? gridOf(extras.previous) : null;
  const specs = chartSpecs[report.format];
  return [
    ...(previous ? comparison(specs.comparison, grid, previous, report.year) : []),
    ...specs.bars.flatMap((spec) => bars(spec, grid)),
    ...months(specs.months, extras.monthly ?? []),
  ];
}

function bars(spec: RowChartSpec, grid: Grid): ReportChart[] {
  const rows = spec.rows.map(({ cells, label }) => ({ label, value: sumOfCells(grid, cells) }));
  const drawn = rows.flatMap(({ label, value }) =>
    value === null ? [] : [{ category: label, value, label: `${grouped(value)} ${spec.unit}` }],
  );
  if (!drawn.some(({ value }) => value > 0)) return [];
  return [
    {
      id: spec.id,
      title: spec.title,
      chapter: spec.chapter,
      svg: drawBars(spec.title, drawn),
      columns: [spec.rowHeader, `数量（${spec.unit}）`],
      rows: rows.map(({ label, value }) => [label, value]),
    },
  ];
}

/** Rows of unlike size share one picture, so each pair of bars is drawn to its own scale; the labels carry the numbers. */
function comparison(spec: RowChartSpec, grid: Grid, previous: Grid, year: number): ReportChart[] {
  const rows = spec.rows
    .filter(({ cells }) => cells.some((cell) => has(grid, cell)))
    .map(({ cells, label }) => ({
      label,
      before: sumOfCells(previous, cells),
      now: sumOfCells(grid, cells),
    }));
  const drawn = rows.filter(
    ({ before, now }) => before !== null && now !== null && Math.max(before, now) > 0,
  );
  if (drawn.length === 0) return [];
  const side = (which: 'before' | 'now'): Bar[] =>
    drawn.map((row) => ({
      category: row.label,
      value: row[which]! / Math.max(row.before!, row.now!),
      label: `${which === 'now' ? year : year - 1}年 ${grouped(row[which]!)}`,
    }));
  return [
    {
      id: spec.id,
      title: spec.title,
      chapter: spec.chapter,
      svg: drawPairs(spec.title, side('before'), side('now')),
      columns: [spec.rowHeader, `${year - 1}年`, `${year}年`, '增减'],
      rows: rows.map(({ label, before, now }) => [
        label,
        before,
        now,
        before === null || now === null ? null : Math.round((now - before) * 1e6) / 1e6,
      ]),
    },
  ];
}

function months(
  spec: MonthsChartSpec,
  monthly: readonly { month: number; quantity: number }[],
): ReportChart[] {
  const sums = new Map<number, number>();
  for (const { month, quantity } of monthly) sums.set(month, (sums.get(month) ?? 0) + quantity);
  if (![...sums.values()].some((quantity) => quantity > 0)) return [];
  const rows = Array.from({ length: 12 }, (_, index) => ({
    category: `${index + 1}月`,
    value: sums.get(index + 1) ?? null,
  }));
  const { id, title, chapter, rowHeader, unit } = spec;
  return [
    {
      id,
      title,
      chapter,
      svg: drawColumns(
        title,
        rows.map(({ category, value }) =>
          value === null ? { category } : { category, value, label: grouped(value) },
        ),
      ),
      columns: [rowHeader, `数量（${unit}）`],
      rows: rows.map(({ category, value }) => [category, value]),
    },
  ];
}

/** Codes recur between formats with other meanings: the table tells them apart. */
function has(grid: Grid, { table, row, column }: CellRef): boolean {
  return grid.has(row) && grid.ref(row, column).table === table && grid.cell(row, column) !== undefined;
}

/** The cells that the report has, added up; null when all of them are blank. */
function sumOfCells(grid: Grid, cells: readonly CellRef[]): number | null {
  const values = cells
    .filter((cell) => has(grid, cell))
    .flatMap(({ row, column }) => grid.reported(row, column) ?? []);
  return values.length === 0 ? null : exact(values.reduce((sum, value) => sum + value, 0));
}

function grouped(value: number): string {
  return value.toLocaleString('zh-CN', { maximumFractionDigits: 6 });
}
