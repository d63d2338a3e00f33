import {
  AlignmentType,
  Document,
  HeadingLevel,
  type ISectionOptions,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { SetReport } from '../model.ts';
import { type DrawnTable, drawTable } from '../printed-table.ts';

/** The report in Word; in one variant the numbers of the headings are not typed but counted by Word. */
export async function writeDocx(report: SetReport): Promise<Uint8Array> {
  const numbered = report.layout === 'docx-numbered';
  const body: (Paragraph | Table)[] = [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ text: report.title, bold: true, size: 44 })],
    }),
    ...report.preface.map(paragraph),
    ...report.chapters.flatMap(({ title, paragraphs, tables }) => [
      numbered ? countedHeading(title) : typedHeading(title),
      ...paragraphs.map(paragraph),
      ...tables.flatMap((id) => [
        ...(id === 'statistics' ? [paragraph(`政府信息公开情况统计表（${report.year}年度）`)] : []),
        grid(drawTable(report, id)),
        new Paragraph({ children: [] }),
      ]),
    ]),
  ];
  const sections: ISectionOptions[] = [{ properties: {}, children: body }];
  const document = new Document({
    title: report.title,
    creator: report.unit.name,
    numbering: {
      config: [
        {
          reference: 'chapters',
          levels: [
            {
              level: 0,
              format: LevelFormat.CHINESE_COUNTING,
              text: '%1、',
              alignment: AlignmentType.START,
            },
          ],
        },
      ],
    },
    sections,
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const typedHeading = (title: string): Paragraph =>
  new Paragraph({
    children: [new TextRun({ text: title, bold: true, size: 32 })],
    indent: { firstLine: 640 },
  });

const countedHeading = (title: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    numbering: { reference: 'chapters', level: 0 },
    children: [new TextRun(title.slice(title.indexOf('、') + 1))],
  });

/** Word cuts a line into runs wherever somebody edited it. */
function paragraph(text: string): Paragraph {
  const runs = text.match(/\d+|[^\d]{1,24}/gu) ?? [];
  return new Paragraph({
    indent: { firstLine: 640 },
    children: runs.map((run) => new TextRun({ text: run, size: 32 })),
  });
}

function grid(table: DrawnTable): Table {
  return new Table({
    width: { size: 9000, type: WidthType.DXA },
    columnWidths: Array.from({ length: table.columns }, () => Math.floor(9000 / table.columns)),
    rows: table.rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: index < table.headerRows,
          children: row.map(
            (cell) =>
              new TableCell({
                columnSpan: cell.span,
                rowSpan: cell.rows,
                verticalAlign: VerticalAlignTable.CENTER,
                children: [
                  new Paragraph({
                    alignment: AlignmentType.CENTER,
                    children: cell.text === '' ? [] : [new TextRun({ text: cell.text, size: 18 })],
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}
