import type { Worksheet } from 'exceljs';
import type { ColumnSpec, RowSpec } from '../../formats/format.ts';
import type { CompiledReport, CompiledTable } from '../../model.ts';
import { blankText, type Grid, type GridCell, gridOf, gridWidth } from '../grid.ts';
import { footFields, reportingOffice } from '../print-model.ts';
import { plain } from '../words.ts';
import { columnLetter, sumFormula } from './formulas.ts';
import { bodyFont, frame, headFill, headFont, titleFont } from './look.ts';

/** One statistics table as it is printed, with real numbers and with formulas for the sums. */
export function fillStatistics(
  sheet: Worksheet,
  table: CompiledTable,
  report: CompiledReport,
  foot: boolean,
): void {
  const grid = gridOf(table, blankText(report));
  const width = gridWidth(grid);
  sheet.columns = grid.widths.map((share) => ({ width: Math.max(7, share * 96) }));
  const office = reportingOffice(report);
  titleRow(sheet, 1, width, grid.title, { ...titleFont, size: 16 }, 'center');
  titleRow(sheet, 2, width, `（${report.year}年度）`, bodyFont, 'center');
  titleRow(sheet, 3, width, `${office.label}：${plain(office.value)}`, bodyFont, 'left');
  const end = fillGrid(sheet, grid, table, 4);
  let row = end;
  if (grid.note) titleRow(sheet, row++, width, `注：${grid.note}`, { ...bodyFont, size: 10 }, 'left');
  if (foot) {
    const fields = footFields(report).map(
      ({ label, value }) => `${label}：${value === '' ? '__________' : value}`,
    );
    for (let i = 0; i < fields.length; i += 3)
      titleRow(sheet, ++row, width, plain(fields.slice(i, i + 3).join('      ')), bodyFont, 'left');
  }
  setPrint(sheet, grid, row);
}

function fillGrid(sheet: Worksheet, grid: Grid, table: CompiledTable, start: number): number {
  const addresses = addressesOf(grid, start);
  let row = start;
  grid.sections.forEach((section, index) => {
    const compiled = table.sections[index];
    if (section.heading !== null)
      place(
        sheet,
        row++,
        [{ role: 'header', text: section.heading, span: gridWidth(grid), rows: 1 }],
        new Set(),
      );
    const taken = new Set<string>();
    for (const cells of section.header) place(sheet, row++, cells, taken);
    for (const [rowIndex, printed] of section.rows.entries()) {
      place(sheet, row, printed.cells, new Set(), printed);
      const source = compiled?.rows[rowIndex];
      for (const column of compiled?.spec.columns ?? []) {
        const address = addresses.get(`${printed.code}/${column.id}`);
        const value = source?.cells[column.id]?.value;
        if (!source || !address || typeof value !== 'number') continue;
        const formula = sumFormula(table, source, column, (code, id) => addresses.get(`${code}/${id}`));
        sheet.getCell(address).value = formula === null ? value : { formula, result: value };
        sheet.getCell(address).numFmt = numberFormat(source.spec, column);
      }
      row++;
    }
  });
  return row;
}

function numberFormat(row: RowSpec, column: ColumnSpec): string {
  if ((column.measure ?? row.kind) === 'amount') return '0.######';
  return column.signed ? '+0;-0;0' : '0';
}

function addressesOf(grid: Grid, start: number): Map<string, string> {
  const addresses = new Map<string, string>();
  let row = start;
  for (const section of grid.sections) {
    row += (section.heading === null ? 0 : 1) + section.header.length;
    for (const { code, cells } of section.rows) {
      let column = 1;
      for (const cell of cells) {
        if (cell.column !== undefined)
          addresses.set(`${code}/${cell.column}`, `${columnLetter(column)}${row}`);
        column += cell.span;
      }
      row++;
    }
  }
  return addresses;
}

/** Writes one row of cells; `taken` holds the places that cells of rows above reach down to. */
function place(
  sheet: Worksheet,
  row: number,
  cells: readonly GridCell[],
  taken: Set<string>,
  body?: { kind: string; level: number },
): void {
  let column = 1;
  for (const cell of cells) {
    while (taken.has(`${row}/${column}`)) column++;
    const last = { row: row + cell.rows - 1, column: column + cell.span - 1 };
    for (let r = row; r <= last.row; r++) {
      for (let c = column; c <= last.column; c++) {
        taken.add(`${r}/${c}`);
        sheet.getCell(r, c).border = frame;
      }
    }
    if (cell.span > 1 || cell.rows > 1) sheet.mergeCells(row, column, last.row, last.column);
    const target = sheet.getCell(row, column);
    const header = cell.role === 'header';
    const number = cell.role === 'value' && cell.text !== '' ? Number(cell.text) : Number.NaN;
    if (!Number.isNaN(number)) target.value = number;
    else target.value = cell.text === '' ? null : cell.text;
    target.font = header || (body?.level === 0 && cell.role === 'label') ? headFont : bodyFont;
    if (header) target.fill = headFill;
    target.alignment = {
      vertical: 'middle',
      horizontal: cell.role === 'label' ? 'left' : 'center',
      wrapText: true,
      ...(cell.role === 'label' && body ? { indent: body.level } : {}),
    };
    column = last.column + 1;
  }
}

function titleRow(
  sheet: Worksheet,
  row: number,
  width: number,
  text: string,
  font: typeof bodyFont,
  horizontal: 'left' | 'center',
): void {
  sheet.mergeCells(row, 1, row, width);
  const cell = sheet.getCell(row, 1);
  cell.value = text;
  cell.font = font;
  cell.alignment = { horizontal, vertical: 'middle', wrapText: true };
}

function setPrint(sheet: Worksheet, grid: Grid, last: number): void {
  const [first] = grid.sections;
  const header = (first?.heading === null ? 0 : 1) + (first?.header.length ?? 1);
  sheet.views = [{ state: 'frozen', ySplit: 3 + (grid.sections.length === 1 ? header : 0), xSplit: 0 }];
  sheet.pageSetup = {
    paperSize: 9,
    orientation: gridWidth(grid) > 9 ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { top: 1, bottom: 0.9, left: 0.8, right: 0.8, header: 0.4, footer: 0.5 },
    printArea: `A1:${columnLetter(gridWidth(grid))}${last}`,
    ...(grid.sections.length === 1 ? { printTitlesRow: `4:${3 + header}` } : {}),
  };
  sheet.headerFooter = { oddFooter: '&R— &P —', evenFooter: '&L— &P —', differentOddEven: true };
}
