import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { GridCell } from '../flow.ts';
import type { Budget } from '../limits.ts';
import { columnTable } from './columns.ts';
import { type Matrix, multiply, type Piece } from './geometry.ts';
import { gridsOf } from './grids.ts';
import { type Line, linesOf } from './rows.ts';
import { fillGrid } from './ruled-tables.ts';
import { drawnRules } from './rules.ts';

export type PageEntry = { kind: 'line'; line: Line } | { kind: 'table'; rows: GridCell[][]; top: number };

export interface PageContent {
  number: number;
  height: number;
  entries: PageEntry[];
  hasText: boolean;
  hasPicture: boolean;
}

/** Pieces farther apart than this many times their size stand in different columns. */
const COLUMN_GAP = 1.2;

/** The lines and tables of one page, from top to bottom. */
export async function readPdfPage(page: PDFPageProxy, budget: Budget): Promise<PageContent> {
  const { items, styles } = await page.getTextContent({ disableNormalization: true });
  const texts = items.filter((item) => 'str' in item).filter(({ str }) => str.trim() !== '');
  for (const { str } of texts) budget.text(str.length);
  const turned = quarterTurns(texts.map(({ transform, str }) => ({ transform, weight: str.length })));
  const viewport = page.getViewport({ scale: 1, rotation: (page.rotate + turned * 90) % 360 });
  const matrix = viewport.transform as unknown as Matrix;
  let pieces = texts.flatMap((item) => pieceOf(item, matrix, styles[item.fontName]?.vertical === true));

  const { rules, hasPicture } = drawnRules(await page.getOperatorList({ annotationMode: 0 }), matrix);
  const entries: { entry: PageEntry; top: number }[] = [];
  for (const grid of gridsOf(rules)) {
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
    height: viewport.height,
    entries: withColumnTables(ordered, budget),
    hasText: texts.length > 0,
    hasPicture,
  };
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

interface TextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
}

/** Where a text stands; none for text set askew, such as a watermark. */
function pieceOf({ str, transform, width, height }: TextItem, page: Matrix, vertical: boolean): Piece[] {
  const [a, b, c, d, x, y] = multiply(page, transform as unknown as Matrix);
  const size = Math.hypot(c, d);
  if (!(size > 0.5) || !Number.isFinite(size)) return [];
  const text = str.replace(/[\ue000-\uf8ff]/g, '');
  const angle = Math.atan2(b, a);
  const quarter = Math.round(angle / (Math.PI / 2));
  if (Math.abs(angle - (quarter * Math.PI) / 2) > 0.1 || text.trim() === '') return [];
  if (vertical) {
    const length = Math.abs(height) || size * text.length;
    return [
      { text, left: x - size / 2, right: x + size / 2, top: y, bottom: y + length, size, upright: true },
    ];
  }
  if (quarter === 0) {
    return [
      {
        text,
        left: x,
        right: x + width,
        top: y - 0.85 * size,
        bottom: y + 0.15 * size,
        size,
        upright: false,
      },
    ];
  }
  if (Math.abs(quarter) === 2) {
    return [
      {
        text,
        left: x - width,
        right: x,
        top: y - 0.15 * size,
        bottom: y + 0.85 * size,
        size,
        upright: false,
      },
    ];
  }
  const down = quarter === 1;
  return [
    {
      text,
      left: down ? x - 0.15 * size : x - 0.85 * size,
      right: down ? x + 0.85 * size : x + 0.15 * size,
      top: down ? y : y - width,
      bottom: down ? y + width : y,
      size,
      upright: true,
    },
  ];
}

/** How far the page must be turned, in quarters clockwise, for most of its text to be read from left to right. */
function quarterTurns(texts: readonly { transform: number[]; weight: number }[]): number {
  const weights = [0, 0, 0, 0];
  for (const { transform, weight } of texts) {
    const quarter = Math.round(Math.atan2(transform[1] ?? 0, transform[0] ?? 1) / (Math.PI / 2));
    const at = (quarter + 4) % 4;
    weights[at] = (weights[at] ?? 0) + weight;
  }
  return weights.indexOf(Math.max(...weights));
}
