import ExcelJS from 'exceljs';
import type { SetReport } from '../model.ts';
import { type DrawnCell, type DrawnTable, drawTable } from '../printed-table.ts';
import { randomOf } from '../random.ts';

/** The report as a workbook: text and tables on one sheet, or a sheet for each table, or with totals as formulas. */
export async function writeXlsx(report: SetReport): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.created = new Date(Date.UTC(report.year + 1, 0, 20));
  book.modified = book.created;
  const oneSheet = report.layout === 'xlsx-one-sheet';
  const text = book.addWorksheet(oneSheet ? '年度报告' : '正文');
  let row = 1;
  const say = (line: string) => {
    text.mergeCells(row, 1, row, 15);
    text.getCell(row, 1).value = line;
    row += 1;
  };
  say(report.title);
  for (const line of report.preface) say(line);
  for (const { title, paragraphs, tables } of report.chapters) {
    say(title);
    for (const line of paragraphs) say(line);
    for (const id of tables) {
      const table = drawTable(report, id);
      if (oneSheet) {
        place(text, table, report, row, 1);
        row += table.rows.length + 1;
      } else {
        // A sheet for each table repeats which table it is, as the forms that are sent round do.
        const sheet = book.addWorksheet(sheetNames[id] ?? id);
        sheet.mergeCells(1, 1, 1, table.columns);
        sheet.getCell(1, 1).value = report.format.tables.find((each) => each.id === id)?.title ?? '';
        place(sheet, table, report, 3, 1);
      }
    }
  }
  if (randomOf(report.file).chance(0.3)) addHiddenDraft(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Left behind by whoever filled the form; nobody sees it, so it is no part of the report. */
function addHiddenDraft(book: ExcelJS.Workbook): void {
  const draft = book.addWorksheet('草稿', { state: 'hidden' });
  draft.addRow(['一、本年新收政府信息公开申请数量', 9, 9, 9, 9, 9, 9, 54]);
  draft.addRow(['二、上年结转政府信息公开申请数量', 1, 1, 1, 1, 1, 1, 6]);
}

const sheetNames: Readonly<Record<string, string>> = {
  proactive: '表1 主动公开',
  requests: '表2 依申请公开',
  remedies: '表3 复议诉讼',
  statistics: '统计表',
};

const thin = { style: 'thin' } as const;

function place(
  sheet: ExcelJS.Worksheet,
  table: DrawnTable,
  report: SetReport,
  top: number,
  left: number,
): void {
  const places = new Map<string, string>();
  table.rows.forEach((row, index) => {
    for (const cell of row)
      if (cell.key) places.set(cell.key, sheet.getCell(top + index, left + cell.column).address);
  });
  table.rows.forEach((row, index) => {
    for (const cell of row) {
      const at = sheet.getCell(top + index, left + cell.column);
      at.value = shownIn(cell, report, places);
      at.border = { top: thin, left: thin, bottom: thin, right: thin };
      at.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
      if (cell.span > 1 || cell.rows > 1)
        sheet.mergeCells(
          top + index,
          left + cell.column,
          top + index + cell.rows - 1,
          left + cell.column + cell.span - 1,
        );
    }
  });
}

/** Plain numbers are numbers; whatever the style writes in its own way stays text. */
function shownIn(cell: DrawnCell, report: SetReport, places: ReadonlyMap<string, string>): ExcelJS.CellValue {
  const printed = cell.key ? report.cells[cell.key] : undefined;
  if (!printed || printed.value === null || String(printed.value) !== printed.text) return cell.text || null;
  const parts = report.layout === 'xlsx-formulas' && cell.key ? partsOf(cell.key, report, places) : [];
  const adds = parts.reduce((sum, part) => sum + (report.cells[part]?.value ?? 0), 0) === printed.value;
  // A total that was typed over keeps no formula.
  if (parts.length === 0 || !adds) return printed.value;
  return { formula: parts.map((part) => places.get(part)).join('+'), result: printed.value };
}

function partsOf(key: string, report: SetReport, places: ReadonlyMap<string, string>): string[] {
  const [id, row, column] = key.split('/');
  const table = report.format.tables.find((each) => each.id === id);
  const section = table?.sections.find(({ rows }) => rows.some(({ code }) => code === row));
  const across = section?.columns.find((each) => each.id === column)?.sumOf;
  const down = section?.rows.find(({ code }) => code === row)?.sumOf;
  const parts = across
    ? across.map((part) => `${id}/${row}/${part}`)
    : (down ?? []).map((part) => `${id}/${part}/${column}`);
  return parts.filter((part) => places.has(part));
}
