import { AnnotationMode, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { GridCell } from '../flow.ts';
import { type Budget, Full } from '../limits.ts';
import { columnTable } from './columns.ts';
import { drawingOf, type Operators } from './drawing.ts';
import { type Matrix, multiply, type Piece, turnedBack } from './geometry.ts';
import { gridsOf } from './grids.ts';
import { type Line, linesOf } from './rows.ts';
import { fillGrid } from './ruled-tables.ts';
import type { FontFacts } from './writing.ts';

export type PageEntry = { kind: 'line'; line: Line } | { kind: 'table'; rows: GridCell[][]; top: number };

export interface PageContent {
  number: number;
  height: number;
  entries: PageEntry[];
  hasText: boolean;
  hasPicture: boolean;
}

/** Pieces farther apart than this many times their size stand in different columns. */
const COLUMN_GAP = 1;

/** A full page has some hundred. */
const MAX_PIECES = 20_000;

/** The lines and tables of one page, from top to bottom. */
export async function readPdfPage(page: PDFPageProxy, budget: Budget): Promise<PageContent> {
  const operators: Operators = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  budget.time();
  const fonts = await fontsOf(page, operators);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const seen = transform as unknown as Matrix;
  let drawing = drawingOf(operators, seen, fonts);
  const quarters = mainAngle(drawing.pieces);
  if (quarters !== 0) {
    drawing = drawingOf(operators, multiply(turnedBack(quarters, width, height), seen), fonts);
  }
  if (drawing.pieces.length > MAX_PIECES) {
    throw new Full(`第 ${page.pageNumber} 页的文字过于零碎，从这一页起没有读取`);
  }
  for (const { text } of drawing.pieces) budget.text(text.length);

  let pieces = drawing.pieces;
  const entries: { entry: PageEntry; top: number }[] = [];
  for (const grid of gridsOf(drawing.rules)) {
    const filled = fillGrid(grid, pieces);
    if (filled.left.length === pieces.length) continue;
    pieces = filled.left;
    for (const row of filled.rows) for (const _ of row) budget.cell();
    entries.push({ entry: { kind: 'table', rows: filled.rows, top: grid.top }, top: grid.top });
  }
  for (const line of linesOf(pieces, COLUMN_GAP)) {
    entries.push({ entry: { kind: 'line', line }, top: line.top });
  }
  const ordered = entries.sort((a, b) => a.top - b.top).map(({ entry }) => entry);
  return {
    number: page.pageNumber,
    height: quarters % 2 === 0 ? height : width,
    entries: withColumnTables(ordered, budget),
    hasText: drawing.pieces.length > 0,
    hasPicture: drawing.hasPicture,
  };
}

interface Font {
  vertical?: boolean;
  fontMatrix?: readonly number[] | null;
}

async function fontsOf(
  page: PDFPageProxy,
  { fnArray, argsArray }: Operators,
): Promise<Map<string, FontFacts>> {
  const fonts = new Map<string, FontFacts>();
  for (let index = 0; index < fnArray.length; index++) {
    if (fnArray[index] !== OPS.setFont) continue;
    const name = String((argsArray[index] as readonly unknown[])[0]);
    if (fonts.has(name)) continue;
    const font = await new Promise<Font | null>((resolve) => {
      page.commonObjs.get(name, (found: unknown) => resolve(found as Font | null));
    });
    fonts.set(name, { vertical: font?.vertical === true, unit: font?.fontMatrix?.[0] || 0.001 });
  }
  return fonts;
}

/** The angle at which most of the text is written. */
function mainAngle(pieces: readonly Piece[]): number {
  const weights = [0, 0, 0, 0];
  for (const { angle, text } of pieces) weights[angle] = (weights[angle] ?? 0) + text.length;
  return weights.indexOf(Math.max(...weights));
}

function withColumnTables(entries: readonly PageEntry[], budget: Budget): PageEntry[] {
  const result: PageEntry[] = [];
  for (let at = 0; at < entries.length; ) {
    const lines: Line[] = [];
    for (let next = at; entries[next]?.kind === 'line'; next++) {
      lines.push((entries[next] as PageEntry & { kind: 'line' }).line);
    }
    const found = lines.length > 0 ? columnTable(lines) : null;
    if (found) {
      for (const row of found.rows) for (const _ of row) budget.cell();
      result.push({ kind: 'table', rows: found.rows, top: lines[0]?.top ?? 0 });
      at += found.taken;
    } else {
      result.push(entries[at] as PageEntry);
      at += 1;
    }
  }
  return result;
}
