import { formSheetLimits, type SheetLimits, UnreadableFile } from './limits.ts';
import { openSheet, type SheetRow } from './rows.ts';
import type { SheetFile } from './source.ts';

export interface Sheet {
  kind: 'xlsx' | 'csv' | 'jsonl';
  /** Null for workbooks. */
  encoding: string | null;
  /** Name of the sheet read; null for text files. */
  sheet: string | null;
  /** Cells as text, row by row; a JSON Lines file starts with a row of its keys. */
  rows: string[][];
  /** Line in the file (or row in the sheet) of each row, for messages. */
  lines: number[];
}

/**
 * Reads a whole spreadsheet into memory: for files within form limits.
 * @throws UnreadableFile when the file as a whole cannot be taken
 */
export async function readSheet(
  file: SheetFile,
  limits: SheetLimits = formSheetLimits,
  options: { sheet?: string } = {},
): Promise<Sheet> {
  const open = await openSheet(file, limits, options.sheet);
  try {
    const found: SheetRow[] = [];
    for await (const batch of open.batches()) found.push(...batch);
    const rows = open.kind === 'jsonl' ? tabled(found) : found;
    if (rows.length === 0) throw new UnreadableFile('empty', '表格里没有内容。请检查是否选对了工作表。');
    return {
      kind: open.kind,
      encoding: open.encoding,
      sheet: open.sheet,
      rows: rows.map(({ cells }) => cells),
      lines: rows.map(({ line }) => line),
    };
  } finally {
    open.close();
  }
}

/** What a file is, by its content. @throws UnreadableFile when it is no table */
export async function sheetKind(file: SheetFile, limits: SheetLimits): Promise<Sheet['kind']> {
  const open = await openSheet(file, limits);
  open.close();
  return open.kind;
}

/** One record of a file with named columns. `problem` tells why a line is none; `values` is then empty. */
export interface SheetRecord {
  line: number;
  /** Text for XLSX and CSV (empty cells are ''), any JSON value for JSON Lines. */
  values: Record<string, unknown>;
  problem?: string;
}

/**
 * Reads records one batch at a time in bounded memory: the first row of XLSX and CSV names the columns (spaces around
 * names are ignored), each line of JSON Lines is an object.
 * @throws UnreadableFile when the file as a whole cannot be taken
 */
export async function* readRecords(
  file: SheetFile,
  limits: SheetLimits,
  options: { sheet?: string } = {},
): AsyncGenerator<SheetRecord[]> {
  const open = await openSheet(file, limits, options.sheet);
  try {
    let header: string[] | null = null;
    for await (const batch of open.batches()) {
      const records: SheetRecord[] = [];
      for (const row of batch) {
        if (open.kind === 'jsonl') records.push(parseLine(row));
        else if (header === null) header = namesOf(row);
        else records.push({ line: row.line, values: named(header, row.cells) });
      }
      if (records.length > 0) yield records;
    }
  } finally {
    open.close();
  }
}

function namesOf(row: SheetRow): string[] {
  const names = row.cells.map((name) => name.trim());
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UnreadableFile('damaged', `表头中“${twice}”出现了两次。请只保留一列后重新上传。`);
  return names;
}

function named(header: readonly string[], cells: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let index = 0; index < header.length; index++) {
    const name = header[index] as string;
    if (name !== '') values[name] = cells[index] ?? '';
  }
  return values;
}

function parseLine(row: SheetRow): SheetRecord {
  let value: unknown;
  try {
    value = JSON.parse(row.cells[0] ?? '');
  } catch {
    return { line: row.line, values: {}, problem: '不是合法的 JSON，每行应为一个对象' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line: row.line, values: {}, problem: '每行应为一个 JSON 对象' };
  }
  return { line: row.line, values: value as Record<string, unknown> };
}

function tabled(rows: readonly SheetRow[]): SheetRow[] {
  const records = rows.map(parseLine);
  const wrong = records.find(({ problem }) => problem !== undefined);
  if (wrong) throw new UnreadableFile('damaged', `第 ${wrong.line} 行${wrong.problem}。`);
  const keys = [...new Set(records.flatMap(({ values }) => Object.keys(values)))];
  const text = (value: unknown) =>
    value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return [
    { line: 0, cells: keys },
    ...records.map(({ line, values }) => ({ line, cells: keys.map((key) => text(values[key])) })),
  ];
}
