import { cellKey } from '../compile.ts';
import type { Format, TableSpec } from '../formats/format.ts';
import { buildTables, formatForYear, formats } from '../formats/index.ts';
import { chaptersOf } from './chapters.ts';
import type { DocumentParagraph, ReportDocument } from './document.ts';
import { identify } from './identity.ts';
import type { ReadCell, ReadReport } from './model.ts';
import { type ObservedRow, rowsOfTable } from './observed-row.ts';
import { readNamelessTable } from './remedy-reading.ts';
import { type RunningRow, rowsOfText } from './running-rows.ts';
import { simplified } from './simplified.ts';
import { missingFrom, readTable, type TableReading } from './table-reading.ts';
import { plain } from './wording.ts';

/** A table in running text is believed from this share of its rows on; prose never comes near. */
const BELIEVED = 0.4;

/**
 * Makes a report out of what a file shows: whose it is, its format, the cells of its tables with what each of them says,
 * and its prose by chapters. Pure. What could not be read is named in `unread`.
 */
export function readReport(
  printed: ReportDocument,
  given: { fileName?: string; year?: number } = {},
): ReadReport {
  const document = simplified(printed);
  const identity = identify(document, given.fileName ?? '');
  const year = given.year ?? identity.year;
  const source = sourceOf(document);
  const format = formatOf(source, year);
  const unread = [...document.unread];
  const cells: Record<string, ReadCell> = {};
  const used = new Set<number>();
  for (const spec of format?.tables ?? []) {
    const reading = bestReading(spec, source);
    for (const row of reading.rows)
      if (isRunning(row)) for (let at = row.from; at <= row.to; at++) used.add(at);
    unread.push(
      ...reading.remarks.map(({ reason, place }) => ({ reason, place })),
      ...missingFrom(spec, reading),
    );
    for (const { code, column } of cellsOfSpec(spec))
      cells[cellKey(spec.id, code, column)] = reading.cells.get(`${code}/${column}`) ?? absent;
  }
  if (!format) unread.push({ reason: '没有认出三种统一格式中的任何一种统计表', place: null });
  if (year === null) unread.push({ reason: '没有认出报告年度', place: null });
  return {
    kind: document.kind,
    encoding: document.encoding,
    agency: identity.agency,
    year,
    format: format?.id ?? null,
    title: identity.title,
    cells,
    tables: format ? buildTables(format, valuesOf(format, cells)) : [],
    chapters: chaptersOf(source.paragraphs, format, {
      taken: paragraphsAmong(source.lines, filled(used)),
      title: identity.title,
    }),
    unread,
  };
}

const absent: ReadCell = { state: 'absent', value: null, text: '', place: null };

/** The document as rows: those of its tables, and those that its lines of text and of tables make when read on. */
interface Source {
  paragraphs: DocumentParagraph[];
  lines: Line[];
  grid: ObservedRow[];
  running: RunningRow[];
}

/** A paragraph, or a row of a table written as one; `paragraph` is its number among the paragraphs. */
interface Line extends DocumentParagraph {
  paragraph: number | null;
}

function sourceOf({ blocks }: ReportDocument): Source {
  const paragraphs = blocks.filter((block) => block.kind === 'paragraph');
  const tables = blocks.filter((block) => block.kind === 'table');
  const numbers = new Map(paragraphs.map((paragraph, index) => [paragraph, index]));
  const lines = blocks.flatMap((block): Line[] =>
    block.kind === 'paragraph'
      ? [{ ...block, paragraph: numbers.get(block) ?? null }]
      : block.rows.map((row) => ({
          kind: 'paragraph',
          text: row.cells
            .map(({ text }) => text)
            .filter((text) => text !== '')
            .join(' '),
          place: row.place,
          paragraph: null,
        })),
  );
  return {
    paragraphs,
    lines,
    grid: tables.flatMap((table, index) => rowsOfTable(table, index + 1)),
    running: rowsOfText(lines, 0),
  };
}

/** Numbers of the paragraphs that are among these lines. */
function paragraphsAmong(lines: readonly Line[], used: ReadonlySet<number>): Set<number> {
  return new Set([...used].flatMap((at) => lines[at]?.paragraph ?? []));
}

/** By the words of its tables; where they do not tell, by the year. */
function formatOf({ grid, running }: Source, year: number | null): Format | null {
  const words = [...grid, ...running]
    .slice(0, 5000)
    .map(({ cells }) => plain(cells.map(({ text }) => text.slice(0, 100)).join(' ')));
  const told = formats.findLast(({ marks = [] }) =>
    marks.some((mark) => words.some((line) => line.includes(mark))),
  );
  if (told) return told;
  const hasRequests = words.some((line) => /本年新收政府信息公开申请数量|勾稽关系/u.test(line));
  return hasRequests || year !== null ? formatByYear(year) : null;
}

function formatByYear(year: number | null): Format | null {
  return year === null ? (formats.at(-1) ?? null) : formatForYear(year);
}

/** Read from the document's tables, and what they lack from the text read on: a row may stand outside its table. */
function bestReading(spec: TableSpec, source: Source): TableReading {
  const nameless = spec.sections.every(({ rows }) => rows.every(({ label }) => label === ''));
  const read = (rows: readonly ObservedRow[]) =>
    nameless ? readNamelessTable(spec, rows) : readTable(spec, within(spec, rows));
  const fromGrid = read(source.grid);
  if (fromGrid.completeness === 1) return fromGrid;
  const fromText = read(source.running);
  if (fromText.completeness < BELIEVED) return fromGrid;
  if (fromText.completeness > fromGrid.completeness) return fromText;
  return completed(fromGrid, fromText);
}

/** With the rows that only the other reading has. */
function completed(reading: TableReading, other: TableReading): TableReading {
  const rowOf = (key: string) => key.slice(0, key.lastIndexOf('/'));
  const known = new Set(
    [...reading.cells].flatMap(([key, { state }]) => (state === 'absent' ? [] : [rowOf(key)])),
  );
  const added = [...other.cells].filter(([key]) => !known.has(rowOf(key)));
  if (added.every(([, { state }]) => state === 'absent')) return reading;
  const rows = new Set(added.map(([key]) => rowOf(key)));
  return {
    ...reading,
    cells: new Map([...reading.cells, ...added]),
    remarks: [
      ...reading.remarks.filter(({ row }) => !rows.has(row)),
      ...other.remarks.filter(({ row }) => rows.has(row)),
    ],
  };
}

/** The table of proactive disclosure has short common words for labels, so it is sought only before the table of requests. */
function within(spec: TableSpec, rows: readonly ObservedRow[]): readonly ObservedRow[] {
  if (spec.id !== 'proactive') return rows;
  const end = rows.findIndex(({ cells }) =>
    cells.some(({ text }) => /本年新收政府信息公开申请/u.test(plain(text))),
  );
  const before = end < 0 ? rows : rows.slice(0, end);
  const start = before.findIndex(({ cells }) =>
    cells.some(({ text }) => /第二十条第|信息内容|制发件数|新制作数量/u.test(plain(text))),
  );
  return start < 0 ? before : before.slice(start);
}

function isRunning(row: ObservedRow): row is RunningRow {
  return 'from' in row;
}

function cellsOfSpec(spec: TableSpec): { code: string; column: string }[] {
  return spec.sections.flatMap(({ rows, columns }) =>
    rows
      .filter(({ kind }) => kind !== 'heading')
      .flatMap(({ code }) => columns.map(({ id }) => ({ code, column: id }))),
  );
}

function valuesOf(format: Format, cells: Readonly<Record<string, ReadCell>>) {
  return Object.fromEntries(
    format.tables.flatMap((spec) =>
      spec.sections.flatMap(({ rows, columns }) =>
        rows
          .filter(({ kind }) => kind !== 'heading')
          .map(({ code }) => [
            code,
            Object.fromEntries(
              columns.map(({ id }) => [id, cells[cellKey(spec.id, code, id)]?.value ?? null]),
            ),
          ]),
      ),
    ),
  );
}

/** With the few lines between two rows of one table. */
function filled(used: ReadonlySet<number>): ReadonlySet<number> {
  const sorted = [...used].toSorted((a, b) => a - b);
  const all = new Set(sorted);
  for (let index = 0; index + 1 < sorted.length; index++)
    if (sorted[index + 1]! - sorted[index]! <= 6)
      for (let at = sorted[index]! + 1; at < sorted[index + 1]!; at++) all.add(at);
  return all;
}
