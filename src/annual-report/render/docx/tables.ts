import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { type Grid, type GridCell, type GridRow, gridWidth } from '../grid.ts';
import type { FootField } from '../print-model.ts';
import { typeArea } from './styles.ts';

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const borders = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
};

/** A real Word table; the header rows of a table with one section are repeated on every page. */
export function statisticsTable(grid: Grid): Table {
  const columnWidths = grid.widths.map((share) => Math.round(share * typeArea.width));
  const repeat = grid.sections.length === 1;
  const rows = grid.sections.flatMap((section) => [
    ...(section.heading === null
      ? []
      : [
          headerRow(
            [{ role: 'header', text: section.heading, span: gridWidth(grid), rows: 1 }],
            repeat,
            grid,
          ),
        ]),
    ...section.header.map((cells) => headerRow(cells, repeat, grid)),
    ...section.rows.map((row) => bodyRow(row, grid)),
  ]);
  return new Table({
    rows,
    columnWidths,
    borders,
    layout: TableLayoutType.FIXED,
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    margins: { top: 25, bottom: 25, left: 60, right: 60 },
  });
}

function headerRow(cells: GridCell[], tableHeader: boolean, grid: Grid): TableRow {
  return new TableRow({
    tableHeader,
    cantSplit: true,
    children: cells.map((cell) => tableCell(cell, paragraph(cell, 'TableHead', grid))),
  });
}

function bodyRow(row: GridRow, grid: Grid): TableRow {
  const heading = row.kind === 'heading';
  return new TableRow({
    cantSplit: true,
    children: row.cells.map((cell) => {
      const strong =
        !grid.nested && row.level === 0 && cell.role === 'label' && (heading || grid.sections.length === 1);
      return tableCell(cell, paragraph(cell, strong ? 'TableHead' : 'TableText', grid, row.level, heading));
    }),
  });
}

function paragraph(cell: GridCell, style: string, grid: Grid, level = 0, keepNext = false): Paragraph {
  const label = cell.role === 'label';
  return new Paragraph({
    style,
    keepNext: keepNext || cell.role === 'header',
    alignment: label && cell.rows === 1 ? AlignmentType.LEFT : AlignmentType.CENTER,
    indent: label && level > 0 ? { left: level * 231 } : undefined,
    children: [
      new TextRun({ text: cell.text, ...(grid.columns > 5 ? { size: grid.nested ? 17 : 18 } : {}) }),
    ],
  });
}

function tableCell(cell: GridCell, child: Paragraph): TableCell {
  return new TableCell({
    columnSpan: cell.span,
    rowSpan: cell.rows,
    verticalAlign: VerticalAlign.CENTER,
    children: [child],
  });
}

/** The fields under the table, three a line, without borders; an empty one has a line for the pen. */
export function footTable(fields: readonly FootField[]): Table {
  const width = Math.floor(typeArea.width / 3);
  const rows = Array.from({ length: Math.ceil(fields.length / 3) }, (_, index) =>
    fields.slice(index * 3, index * 3 + 3),
  );
  return new Table({
    columnWidths: [width, width, width],
    layout: TableLayoutType.FIXED,
    width: { size: width * 3, type: WidthType.DXA },
    borders: {
      top: none,
      bottom: none,
      left: none,
      right: none,
      insideHorizontal: none,
      insideVertical: none,
    },
    rows: rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: [0, 1, 2].map((index) => new TableCell({ children: [footParagraph(row[index])] })),
        }),
    ),
  });
}

function footParagraph(field: FootField | undefined): Paragraph {
  const text = field ? `${field.label}：${field.value === '' ? '__________' : field.value}` : '';
  return new Paragraph({ style: 'TableNote', children: [new TextRun(text)] });
}
