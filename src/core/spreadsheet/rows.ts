import { CsvReader, separatorOf } from './csv-rows.ts';
import { detect } from './detect.ts';
import { decoded, encodingOf, type TextEncoding } from './encoding.ts';
import { type SheetLimits, UnreadableFile } from './limits.ts';
import type { SheetFile } from './source.ts';
import { readWorkbook } from './workbook.ts';
import { xlsxRows } from './xlsx-rows.ts';

/** One row that has text; `line` is its number in the sheet or the line of the file, 1-based. Trailing blanks are cut. */
export interface SheetRow {
  line: number;
  cells: string[];
}

/** An opened sheet: what it is, and its rows in batches. Read the batches to the end, or call `close`. */
export interface OpenSheet {
  kind: 'xlsx' | 'csv' | 'jsonl';
  /** Null for workbooks. */
  encoding: TextEncoding | null;
  /** Null for text files. */
  sheet: string | null;
  sheets: string[];
  batches(): AsyncGenerator<SheetRow[]>;
  close(): void;
}

/**
 * Opens a spreadsheet by its content. Of a workbook the sheet named `sheet` is taken, or the first visible one.
 * A JSON Lines file comes as one text cell a line.
 * @throws UnreadableFile
 */
export async function openSheet(file: SheetFile, limits: SheetLimits, sheet?: string): Promise<OpenSheet> {
  const detected = await detect(file, limits);
  if (detected.kind === 'xlsx') {
    const { container } = detected;
    try {
      const workbook = await readWorkbook(container, limits);
      const chosen =
        workbook.sheets.find(({ name }) => name === sheet) ??
        workbook.sheets.find(({ hidden }) => !hidden) ??
        workbook.sheets[0];
      if (!chosen) throw new UnreadableFile('damaged', '工作簿中没有工作表。请检查后重新上传。');
      return {
        kind: 'xlsx',
        encoding: null,
        sheet: chosen.name,
        sheets: workbook.sheets.map(({ name }) => name),
        batches: () => xlsxRows(container, workbook, chosen.part, limits),
        close: () => container.close(),
      };
    } catch (error) {
      container.close();
      throw error;
    }
  }
  const encoding = await encodingOf(file);
  const text = () => decoded(file, encoding);
  const { kind } = detected;
  const batches = kind === 'csv' ? () => csvRows(text(), limits) : () => lineRows(text(), limits);
  return { kind, encoding, sheet: null, sheets: [], batches, close: () => {} };
}

async function* csvRows(text: AsyncGenerator<string>, limits: SheetLimits): AsyncGenerator<SheetRow[]> {
  let reader: CsvReader | null = null;
  for await (const piece of text) {
    reader ??= new CsvReader(separatorOf(piece), limits);
    yield reader.push(piece);
  }
  if (reader) yield reader.end();
}

async function* lineRows(text: AsyncGenerator<string>, limits: SheetLimits): AsyncGenerator<SheetRow[]> {
  let rest = '';
  let line = 0;
  let count = 0;
  const rowsOf = (lines: string[]) => {
    const rows: SheetRow[] = [];
    for (const content of lines) {
      line += 1;
      if (content.trim() === '') continue;
      count += 1;
      if (count > limits.rows) {
        throw new UnreadableFile('too-many-rows', `文件超过 ${limits.rows} 行，未接收。请分成几个文件。`);
      }
      rows.push({ line, cells: [content] });
    }
    return rows;
  };
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.cellLength * 4) {
      throw new UnreadableFile('cell-too-long', `第 ${line + 1} 行过长，不像 JSON Lines。每行应为一个对象。`);
    }
    yield rowsOf(lines);
  }
  yield rowsOf([rest]);
}
