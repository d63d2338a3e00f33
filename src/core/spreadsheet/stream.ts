import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { type CellValue, dateValue, type OutSheet, openOutSheet } from './write.ts';

/** A sheet whose rows come one by one. */
export type StreamedSheet = Omit<OutSheet, 'rows'> & {
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>;
};

/** The same workbook as `writeXlsx` makes, row by row: memory does not grow with it. A fault ends the stream with it. */
export function streamXlsx(sheets: readonly StreamedSheet[]): Readable {
  const content = new PassThrough();
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: content, useStyles: true });
  void writeAll(workbook, sheets, content).catch((fault: Error) => content.destroy(fault));
  return content;
}

async function writeAll(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  sheets: readonly StreamedSheet[],
  content: PassThrough,
): Promise<void> {
  for (const sheet of sheets) {
    const target = openOutSheet(workbook, sheet);
    for await (const row of sheet.rows) {
      // The reader has gone away: what is still to come would only fill memory.
      if (content.destroyed) return;
      target
        .addRow(row.map((value, index) => (sheet.columns[index]?.kind === 'date' ? dateValue(value) : value)))
        .commit();
    }
    target.commit();
  }
  await workbook.commit();
}
