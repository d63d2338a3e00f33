import { cellKey } from '../../annual-report/compile.ts';
import type { ColumnSpec, RowSpec, SectionSpec, TableSpec } from '../../annual-report/formats/index.ts';
import type { SetReport } from './model.ts';

/** A table as a drawing: cells with the columns and rows they cover. */
export interface DrawnTable {
  id: string;
  columns: number;
  rows: DrawnCell[][];
  /** Rows at the top that name the columns. */
  headerRows: number;
}

export interface DrawnCell {
  text: string;
  column: number;
  span: number;
  rows: number;
  role: 'header' | 'label' | 'value';
  /** Of a value: its cell. */
  key?: string;
}

/** Draws the tables of a report the way the official form does. */
export function drawTable(report: SetReport, id: string): DrawnTable {
  const spec = report.format.tables.find((table) => table.id === id)!;
  const drawn =
    id === 'requests'
      ? drawRequests(report, spec)
      : id === 'remedies'
        ? drawRemedies(report, spec)
        : id === 'proactive'
          ? drawProactive(report, spec)
          : drawStatistics(report, spec);
  const { brackets, point } = report.style;
  const worded = (text: string) =>
    (brackets === 'half' ? halfWidth(text) : text).replace(/^(\d)\./u, `$1${point}`);
  return {
    ...drawn,
    rows: drawn.rows.map((row) =>
      row.map((cell) => (cell.role === 'value' ? cell : { ...cell, text: worded(cell.text) })),
    ),
  };
}

const cell = (
  text: string,
  column: number,
  span = 1,
  rows = 1,
  role: DrawnCell['role'] = 'label',
): DrawnCell => ({
  text,
  column,
  span,
  rows,
  role,
});

const header = (text: string, column: number, span = 1, rows = 1): DrawnCell =>
  cell(text, column, span, rows, 'header');

function value(report: SetReport, table: TableSpec, row: RowSpec, column: ColumnSpec, at: number, span = 1) {
  const key = cellKey(table.id, row.code, column.id);
  return { ...cell(report.cells[key]?.text ?? '', at, span, 1, 'value'), key };
}

function drawStatistics(report: SetReport, spec: TableSpec): DrawnTable {
  const [section] = spec.sections;
  const rows = section!.rows.map((row) => [
    cell(row.label, 0),
    cell(row.kind === 'heading' ? '——' : row.unit, 1),
    row.kind === 'heading' ? cell('', 2) : value(report, spec, row, section!.columns[0]!, 2),
  ]);
  const top = [header('统计指标', 0), header('单位', 1), header('统计数', 2)];
  return { id: spec.id, columns: 3, rows: [top, ...rows], headerRows: 1 };
}

/** One table under the articles of the regulations, each with columns of its own over the same width. */
function drawProactive(report: SetReport, spec: TableSpec): DrawnTable {
  const width = 6;
  const rows = spec.sections.flatMap((section: SectionSpec) => {
    const span = width / section.columns.length;
    return [
      [header(section.heading ?? '', 0, width + 1)],
      [
        header(section.rowHeader, 0),
        ...section.columns.map(({ label }, index) => header(label, 1 + index * span, span)),
      ],
      ...section.rows.map((row) => [
        cell(row.label, 0),
        ...section.columns.map((column, index) => value(report, spec, row, column, 1 + index * span, span)),
      ]),
    ];
  });
  return { id: spec.id, columns: width + 1, rows, headerRows: 0 };
}

/** Three columns of labels: the part of the form, the group of results, the single result. */
function drawRequests(report: SetReport, spec: TableSpec): DrawnTable {
  const [section] = spec.sections;
  const columns = section!.columns;
  const results = section!.rows.filter(({ code }) => code.startsWith('3.'));
  const inGroup = (code: string) => results.filter((row) => row.code.startsWith(`${code}.`)).length;
  const printedResults = results.filter(({ kind }) => kind !== 'heading').length;
  const values = (row: RowSpec) =>
    columns.map((column, index) => value(report, spec, row, column, 3 + index));
  const rows: DrawnCell[][] = [];
  let pending: DrawnCell[] = [];
  for (const row of section!.rows) {
    if (row.code === '3') pending = [cell(row.label, 0, 1, printedResults)];
    else if (row.kind === 'heading') pending.push(cell(row.label, 1, 1, inGroup(row.code)));
    else {
      const label =
        row.level === 0
          ? cell(row.label, 0, 3)
          : row.level === 1
            ? cell(row.label, 1, 2)
            : cell(row.label, 2);
      rows.push([...pending, label, ...values(row)]);
      pending = [];
    }
  }
  const top = [
    [header(`（${spec.note ?? ''}）`, 0, 3, 3), header('申请人情况', 3, 7)],
    [header('自然人', 3, 1, 2), header('法人或其他组织', 4, 5), header('总计', 9, 1, 2)],
    columns.slice(1, 6).map(({ label }, index) => header(label, 4 + index)),
  ];
  return { id: spec.id, columns: 10, rows: [...top, ...rows], headerRows: 3 };
}

function drawRemedies(report: SetReport, spec: TableSpec): DrawnTable {
  const [section] = spec.sections;
  const columns = section!.columns;
  const row = section!.rows[0]!;
  const top = [
    [header('行政复议', 0, 5), header('行政诉讼', 5, 10)],
    [
      ...columns.slice(0, 5).map(({ label }, index) => header(label, index, 1, 2)),
      header('未经复议直接起诉', 5, 5),
      header('复议后起诉', 10, 5),
    ],
    columns.slice(5).map(({ label }, index) => header(label, 5 + index)),
  ];
  return {
    id: spec.id,
    columns: 15,
    rows: [...top, columns.map((column, index) => value(report, spec, row, column, index))],
    headerRows: 3,
  };
}

function halfWidth(text: string): string {
  return text.replaceAll('（', '(').replaceAll('）', ')').replaceAll(/[“”]/gu, '"');
}

/** The table in two, as an editor breaks it at the foot of a page: the header comes again, cells across the break twice. */
export function splitTable(table: DrawnTable, atRow: number): [DrawnTable, DrawnTable] {
  const top = table.rows.slice(0, table.headerRows);
  const above = table.rows
    .slice(0, atRow)
    .map((row, index) => row.map((cell) => ({ ...cell, rows: Math.min(cell.rows, atRow - index) })));
  const across = table.rows
    .slice(0, atRow)
    .flatMap((row, index) =>
      row
        .filter((cell) => index + cell.rows > atRow)
        .map((cell) => ({ ...cell, rows: index + cell.rows - atRow })),
    );
  const [first = [], ...rest] = table.rows.slice(atRow);
  const below = [[...across, ...first].toSorted((a, b) => a.column - b.column), ...rest];
  return [
    { ...table, rows: above },
    { ...table, rows: [...top, ...below] },
  ];
}
