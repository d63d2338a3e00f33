import type ExcelJS from 'exceljs';
import Papa from 'papaparse';

/** null is an empty cell. A number stays a number; text is always text, never a formula. */
export type CellValue = string | number | null;

export interface OutColumn {
  label: string;
  /** In characters. */
  width?: number;
  /** `date`: ISO text in, a real date out. `text` keeps long digits (codes, phones) as they are. */
  kind?: 'text' | 'number' | 'date';
  /** Excel format of numbers, e.g. `#,##0.00`. */
  format?: string;
}

export interface OutSheet {
  name: string;
  /** Lines above the header: title, unit, how to fill in. */
  heading?: readonly string[];
  columns: readonly OutColumn[];
  rows: readonly (readonly CellValue[])[];
}

/** Loaded with the first workbook: half a second that most programs never need. */
export async function loadExcel(): Promise<typeof ExcelJS> {
  return (await import('exceljs')).default;
}

/** A workbook with a bold frozen header per sheet, real numbers and real dates. */
export async function writeXlsx(sheets: readonly OutSheet[]): Promise<Buffer> {
  const workbook = new (await loadExcel()).Workbook();
  for (const sheet of sheets) addSheet(workbook, sheet);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addSheet(workbook: ExcelJS.Workbook, out: OutSheet): void {
  const sheet = openOutSheet(workbook, out);
  for (const row of out.rows) {
    sheet.addRow(row.map((value, index) => (out.columns[index]?.kind === 'date' ? dateValue(value) : value)));
  }
}

/** A sheet with its columns, heading and header; the rows follow. */
export function openOutSheet(
  workbook: Pick<ExcelJS.Workbook, 'addWorksheet'>,
  { name, heading = [], columns }: Omit<OutSheet, 'rows'>,
): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name.replace(/[*?:\\/[\]]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: heading.length + 1 }],
  });
  columns.forEach((column, index) => {
    const target = sheet.getColumn(index + 1);
    target.width = column.width ?? Math.max(10, column.label.length * 2 + 2);
    if (column.kind === 'number') target.numFmt = column.format ?? '#,##0.######';
    else if (column.kind === 'date') target.numFmt = 'yyyy-mm-dd';
    else target.numFmt = '@';
  });
  for (const line of heading) sheet.addRow([line]).getCell(1).numFmt = '@';
  sheet.addRow(columns.map(({ label }) => label)).font = { bold: true };
  return sheet;
}

export function dateValue(value: CellValue): CellValue | Date {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
    ? new Date(`${value}T00:00:00Z`)
    : value;
}

/** UTF-8 with a byte order mark (Excel needs it) and CRLF; text that would start a formula gets an apostrophe before it. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  return `\ufeff${csvRows([columns, ...rows])}`;
}

/** Rows as `writeCsv` writes them, without mark and head. */
export function csvRows(rows: readonly (readonly CellValue[])[]): string {
  const text = Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: true, newline: '\r\n' },
  );
  return `${text}\r\n`;
}
