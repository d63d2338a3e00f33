import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  type IRunOptions,
  LineRuleType,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { fonts, page, typeArea } from '../../../annual-report/render/docx/styles.ts';
import { plain } from '../../../annual-report/render/words.ts';
import { type Fact, pairedFacts } from './paired-facts.ts';
import type { Sheet, SheetBlock } from './printable.ts';
import { qrPng } from './qr.ts';
import { run, wordFile } from './word-file.ts';

const { song, hei } = fonts;
const QUIET = '505050';
const SHADE = { type: ShadingType.CLEAR, color: 'auto', fill: 'F6F6F6' } as const;
const LABEL = 1700;
const spaced = { line: 320, lineRule: LineRuleType.AUTO, before: 0, after: 80 };
const cellSpacing = { line: 300, lineRule: LineRuleType.AUTO, before: 40, after: 40 };

/** A form or list as a Word document of the same blocks; the same sheet always gives the same bytes. */
export async function sheetDocx(sheet: Sheet): Promise<Uint8Array> {
  const children: (Paragraph | Table)[] = [
    ...(sheet.agency === '' ? [] : [centred(sheet.agency, { size: 24 })]),
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: AlignmentType.CENTER,
      spacing: { before: 120, after: 320 },
      children: [run(sheet.title, { size: 40, bold: true, color: '000000', font: song })],
    }),
  ];
  for (const block of sheet.blocks) {
    if (block.heading) {
      children.push(
        new Paragraph({
          heading: HeadingLevel.HEADING_2,
          keepNext: true,
          spacing: { before: 280, after: 120 },
          children: [run(block.heading, { size: 24, font: hei, color: '000000' })],
        }),
      );
    }
    children.push(...(await bodyOf(block, widthOf(sheet))));
  }
  const document = new Document({
    title: plain(sheet.title),
    creator: plain(sheet.agency),
    lastModifiedBy: plain(sheet.agency),
    styles: {
      default: {
        document: { run: { font: song, size: 22, language: { value: 'en-US', eastAsia: 'zh-CN' } } },
      },
    },
    sections: [{ properties: { page: pageOf(sheet) }, footers: { default: footer(sheet.foot) }, children }],
  });
  return wordFile(document, sheet.on);
}

const widthOf = ({ landscape }: Sheet) =>
  landscape ? page.size.height - page.margin.left - page.margin.right : typeArea.width;

/** The library turns the sides of a page that lies across. */
const pageOf = ({ landscape }: Sheet) =>
  landscape ? { ...page, size: { ...page.size, orientation: PageOrientation.LANDSCAPE } } : page;

/** A value may hold line ends. */
const runs = (text: string, options: IRunOptions = {}) =>
  text
    .split(/\r\n?|[\n\u2028\u2029]/)
    .map((part, index) => new TextRun({ ...options, text: plain(part), ...(index > 0 && { break: 1 }) }));

const centred = (text: string, options: IRunOptions) =>
  new Paragraph({ alignment: AlignmentType.CENTER, spacing: spaced, children: [run(text, options)] });

const paragraph = (text: string) => new Paragraph({ spacing: spaced, children: runs(text) });

async function bodyOf(block: SheetBlock, width: number): Promise<(Paragraph | Table)[]> {
  switch (block.kind) {
    case 'facts':
      return [facts(block.rows, width)];
    case 'list':
      return [block.rows.length === 0 ? paragraph(block.empty) : listing(block, width)];
    case 'code':
      return [
        new Paragraph({
          children: [
            new ImageRun({
              type: 'png',
              data: await qrPng(block.address),
              transformation: { width: 114, height: 114 },
              altText: { name: block.alt, title: block.alt, description: block.alt },
            }),
          ],
        }),
        ...(block.large === ''
          ? []
          : [new Paragraph({ spacing: spaced, children: [run(block.large, { size: 32, bold: true })] })]),
        ...block.paragraphs.map(paragraph),
      ];
    case 'signature':
      return block.places.map(
        (place) => new Paragraph({ spacing: { before: 480, after: 0 }, children: [run(place)] }),
      );
    default:
      return block.paragraphs.map(paragraph);
  }
}

function cellOf(text: string, width: number, more: { label?: boolean; span?: number; size?: number } = {}) {
  const { label = false, span = 1, size = 22 } = more;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    columnSpan: span,
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { left: 100, right: 100 },
    ...(label && { shading: SHADE }),
    children: [
      new Paragraph({
        spacing: cellSpacing,
        children: runs(text, label ? { font: hei, size: size - 2 } : { size }),
      }),
    ],
  });
}

function facts(rows: readonly Fact[], width: number): Table {
  const value = width / 2 - LABEL;
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: [LABEL, value, LABEL, value],
    rows: pairedFacts(rows).map(
      (pair) =>
        new TableRow({
          cantSplit: true,
          children: pair.flatMap((fact) =>
            fact
              ? [
                  cellOf(fact.label, LABEL, { label: true }),
                  pair.length === 1
                    ? cellOf(fact.value, width - LABEL, { span: 3 })
                    : cellOf(fact.value, value),
                ]
              : [],
          ),
        }),
    ),
  });
}

function listing({ columns, widths, rows }: Extract<SheetBlock, { kind: 'list' }>, width: number): Table {
  const shares = widths.reduce((sum, share) => sum + share, 0);
  const sizes = widths.map((share) => Math.round((share / shares) * width));
  const line = (cells: readonly string[], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map((text, index) => cellOf(text, sizes[index] ?? 0, { label: head, size: 19 })),
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: sizes,
    rows: [line(columns, true), ...rows.map((row) => line(row, false))],
  });
}

const footer = (foot: string) =>
  new Footer({
    children: [
      new Paragraph({ children: [run(foot, { size: 18, color: QUIET })] }),
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({
            size: 18,
            color: QUIET,
            children: ['第', PageNumber.CURRENT, '页 共', PageNumber.TOTAL_PAGES, '页'],
          }),
        ],
      }),
    ],
  });
