import { PassThrough, Readable } from 'node:stream';
import {
  type CellValue,
  csvRows,
  dateValue,
  loadExcel,
  type OutSheet,
  openOutSheet,
  writeCsv,
} from './write.ts';

/** A sheet whose rows come one by one. */
export type StreamedSheet = Omit<OutSheet, 'rows'> & {
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>;
};

/** The same workbook as `writeXlsx` makes, row by row: memory does not grow with it. A fault ends the stream with it. */
export function streamXlsx(sheets: readonly StreamedSheet[]): Readable {
  const content = new PassThrough();
  void writeAll(sheets, content).catch((fault: Error) => content.destroy(fault));
  return content;
}

/** The same text as `writeCsv` makes, row by row. */
export function streamCsv(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): Readable {
  return Readable.from(csvText(columns, rows));
}

const ROWS_AT_ONCE = 200;

async function* csvText(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<string> {
  yield writeCsv(columns, []);
  let waiting: (readonly CellValue[])[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < ROWS_AT_ONCE) continue;
    yield csvRows(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield csvRows(waiting);
}

async function writeAll(sheets: readonly StreamedSheet[], content: PassThrough): Promise<void> {
  const Excel = await loadExcel();
  const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream: content, useStyles: true });
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
