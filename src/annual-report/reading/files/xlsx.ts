import type { Container } from '../../../core/spreadsheet/container.ts';
import type { SheetRow } from '../../../core/spreadsheet/rows.ts';
import { readWorkbook } from '../../../core/spreadsheet/workbook.ts';
import { columnOf, xlsxRows } from '../../../core/spreadsheet/xlsx-rows.ts';
import type { DocumentBlock, DocumentCell, ReportDocument } from '../document.ts';
import { packageLimits } from './kind.ts';
import type { Budget } from './limits.ts';
import { tidyCell, tidyLine } from './lines.ts';

interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A row of the sheet from its first used column on, cells covered by a merged one left out. */
interface Row {
  line: number;
  cells: DocumentCell[];
}

const MAX_COLUMNS = 256;

/** Every visible sheet: titles and notes above and below as paragraphs, what stands between blank rows as tables. */
export async function readBook(
  container: Container,
  document: ReportDocument,
  budget: Budget,
): Promise<void> {
  const book = await readWorkbook(container, packageLimits);
  let tables = 0;
  for (const { name, part, hidden } of book.sheets) {
    if (hidden) continue;
    const rows: SheetRow[] = [];
    const shown = { merges: [] as string[] };
    for await (const batch of xlsxRows(container, book, part, packageLimits, shown)) {
      budget.time();
      for (const row of batch) {
        for (const cell of row.cells) budget.text(cell?.length ?? 0);
        rows.push(row);
      }
    }
    noteUncomputed(document, name, rows);
    for (const rowsTogether of segments(rows, shown.merges.map(areaOf), budget)) {
      tables += addSegment(document.blocks, rowsTogether, name, tables + 1, budget);
    }
  }
}

function noteUncomputed(document: ReportDocument, sheet: string, rows: readonly SheetRow[]): void {
  for (const { line, cells } of rows) {
    if (cells.includes('#未计算')) {
      document.unread.push({ reason: '公式没有保存结果，数值没有读取', place: { sheet, row: line } });
    }
  }
}

/** Rows that stand together: a row without text ends a segment unless a merged cell reaches across it. */
function segments(rows: readonly SheetRow[], areas: readonly Area[], budget: Budget): Row[][] {
  const last = rows.at(-1)?.line ?? 0;
  const byStart = [...areas].sort((a, b) => a.top - b.top);
  const width = Math.min(MAX_COLUMNS, Math.max(0, ...rows.map(({ cells }) => cells.length)));
  const left = Math.min(
    ...rows.map(({ cells }) => cells.findIndex((cell) => cell !== undefined && cell !== '')),
  );
  const found: Row[][] = [];
  let segment: Row[] = [];
  let active: Area[] = [];
  let next = 0;
  let line = rows[0]?.line ?? 1;
  for (const row of rows) {
    for (; line <= row.line; line++) {
      budget.time();
      while ((byStart[next]?.top ?? Number.POSITIVE_INFINITY) <= line) active.push(byStart[next++] as Area);
      active = active.filter(({ bottom }) => bottom >= line);
      if (line === row.line)
        segment.push({ line, cells: cellsOf(row, active, { left, width, last }, budget) });
      else if (active.some(({ top }) => top < line)) segment.push({ line, cells: [] });
      else {
        if (segment.length > 0) found.push(segment);
        segment = [];
        line = Math.max(line, Math.min(row.line, byStart[next]?.top ?? row.line) - 1);
      }
    }
  }
  if (segment.length > 0) found.push(segment);
  return found;
}

function cellsOf(
  { line, cells }: SheetRow,
  active: readonly Area[],
  { left, width, last }: { left: number; width: number; last: number },
  budget: Budget,
): DocumentCell[] {
  const found: DocumentCell[] = [];
  for (let column = left; column < width; column++) {
    const area = active.find((area) => area.left <= column && column <= area.right);
    if (area && (area.left !== column || area.top !== line)) continue;
    budget.cell();
    found.push({
      text: tidyCell((cells[column] ?? '').split(/\r?\n/)),
      column: column - left,
      colSpan: area ? Math.min(area.right, width - 1) - column + 1 : 1,
      rowSpan: area ? Math.min(area.bottom, last) - line + 1 : 1,
    });
  }
  return found;
}

/** Adds the blocks of one segment; tells how many tables there were (none or one). */
function addSegment(
  blocks: DocumentBlock[],
  rows: Row[],
  sheet: string,
  table: number,
  budget: Budget,
): number {
  const isWords = (row: Row | undefined) =>
    row !== undefined &&
    row.cells.filter(({ text }) => text !== '').length <= 1 &&
    row.cells.every(({ rowSpan, text }) => rowSpan === 1 && !/^第.{1,3}条/.test(text));
  let from = 0;
  let to = rows.length;
  while (from < to && isWords(rows[from])) from += 1;
  while (to > from && isWords(rows[to - 1])) to -= 1;
  while (to > from && to < rows.length && isLastRow(rows[to]!, rows[to - 1]!)) to += 1;
  const addWords = (row: Row) => {
    for (const { text } of row.cells) {
      const tidied = tidyLine(text);
      if (tidied === '') continue;
      budget.paragraph();
      blocks.push({ kind: 'paragraph', text: tidied, place: { sheet, row: row.line } });
    }
  };
  rows.slice(0, from).forEach(addWords);
  if (to > from) {
    budget.table();
    blocks.push({
      kind: 'table',
      place: { sheet, table },
      rows: rows.slice(from, to).map(({ line, cells }) => ({ cells, place: { sheet, row: line } })),
    });
  }
  rows.slice(Math.max(from, to)).forEach(addWords);
  return to > from ? 1 : 0;
}

/** Below a table a label without a figure is its last row, not a note: it is numbered, or merged like the row above. */
function isLastRow(row: Row, above: Row): boolean {
  if (row.cells.length < 2) return false;
  const isNumbered = /^([（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?)/.test(row.cells[0]?.text ?? '');
  const drawing = ({ cells }: Row) => cells.map(({ column, colSpan }) => `${column} ${colSpan}`).join();
  return isNumbered || (row.cells.some(({ colSpan }) => colSpan > 1) && drawing(row) === drawing(above));
}

function areaOf(reference: string): Area {
  const [start = '', end = start] = reference.replaceAll('$', '').split(':');
  const row = (cell: string) => Number(/\d+$/.exec(cell)?.[0] ?? 1);
  return { top: row(start), left: columnOf(start), bottom: row(end), right: columnOf(end) };
}
