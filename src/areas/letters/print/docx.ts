import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  ImageRun,
  LineRuleType,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { exact, fonts, page, typeArea } from '../../../annual-report/render/docx/styles.ts';
import { plain } from '../../../annual-report/render/words.ts';
import { type PrintableLetter, rowsOf } from './printable.ts';
import { qrPng } from './qr.ts';
import { run, wordFile } from './word-file.ts';
import { laterLine, proofLines } from './words.ts';

const { song, title, hei } = fonts;
const RED = 'D7000F';
const QUIET = '505050';
const close = { line: 200, lineRule: LineRuleType.EXACT, before: 0, after: 0 };

/** The letter as a Word document in the same layout; the same letter always gives the same bytes. */
export async function letterDocx(letter: PrintableLetter): Promise<Uint8Array> {
  const document = new Document({
    title: plain(letter.title),
    creator: plain(letter.head),
    lastModifiedBy: plain(letter.head),
    description: plain([letter.number, letter.proof?.digest].filter(Boolean).join(' ')),
    styles: {
      default: {
        document: {
          run: { font: song, size: 32, language: { value: 'en-US', eastAsia: 'zh-CN' } },
          paragraph: { spacing: exact },
        },
      },
    },
    sections: [
      {
        properties: {
          page: { ...page, margin: { ...page.margin, bottom: 2600, footer: 1134 } },
          titlePage: true,
        },
        footers: {
          first: new Footer({ children: await firstFoot(letter) }),
          default: new Footer({ children: [quiet(laterLine(letter)), pageNumber()] }),
        },
        children: [...head(letter), ...body(letter), ...attachments(letter), ...signature(letter)],
      },
    ],
  });
  return wordFile(document, letter.issuedOn);
}

/** 发文机关标志, red and as large as one line allows, the red double line under it, number and title. */
function head(letter: PrintableLetter): Paragraph[] {
  const size = Math.round(Math.min(74, Math.max(40, (164 / [...letter.head].length) * 5.67)));
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      indent: { left: -454, right: -340 },
      spacing: { before: 0, after: 400, line: 240, lineRule: LineRuleType.AUTO },
      border: { bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, size: 18, space: 11, color: RED } },
      children: [run(letter.head, { font: title, size, bold: true, color: RED })],
    }),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: { ...exact, after: typeArea.linePitch },
      children: [run(letter.number ?? '（草稿，未编号）')],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      outlineLevel: 0,
      spacing: { ...exact, line: 680, after: typeArea.linePitch },
      children: [run(letter.title, { font: title, size: 44, bold: true })],
    }),
  ];
}

const indented = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: exact,
    indent: { firstLineChars: 200, firstLine: 640 },
    children: [run(text)],
  });

function body(letter: PrintableLetter): (Paragraph | Table)[] {
  const rows = rowsOf(letter);
  if (rows.length > 0) return [form(rows)];
  return [
    new Paragraph({ spacing: exact, children: [run(letter.salutation)] }),
    ...letter.paragraphs.map(indented),
    ...(letter.remedy === null ? [] : [indented(letter.remedy)]),
  ];
}

/** 送达回证: a table to sign. */
function form(rows: readonly { label: string; value: string }[]): Table {
  const cell = (text: string, width: number) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 120, right: 120 },
      children: [new Paragraph({ spacing: { ...exact, line: 640 }, children: [run(text, { size: 28 })] })],
    });
  return new Table({
    width: { size: typeArea.width, type: WidthType.DXA },
    columnWidths: [3000, typeArea.width - 3000],
    rows: rows.map(
      ({ label, value }) =>
        new TableRow({ cantSplit: true, children: [cell(label, 3000), cell(value, typeArea.width - 3000)] }),
    ),
  });
}

function attachments({ attachments }: PrintableLetter): Paragraph[] {
  return attachments.map(
    (name, index) =>
      new Paragraph({
        spacing: { ...exact, before: index === 0 ? typeArea.linePitch : 0 },
        indent: { left: 1600, hanging: index === 0 ? 960 : 0 },
        children: [
          run(`${index === 0 ? '附件：' : ''}${attachments.length > 1 ? `${index + 1}. ` : ''}${name}`),
        ],
      }),
  );
}

/** Name and date, the date centred under the name; above them room for the seal. */
function signature(letter: PrintableLetter): Paragraph[] {
  if (letter.tabular) return [];
  const widthOf = (text: string) =>
    [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 256 ? 160 : 320), 0);
  const beyond = (widthOf(letter.signature) - widthOf(letter.dateText)) / 2;
  return [
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      keepNext: true,
      spacing: { ...exact, before: typeArea.linePitch * 3 },
      indent: { right: 640 + Math.max(0, Math.round(-beyond)) },
      children: [run(letter.signature), run('（印章）', { size: 16, color: '969696' })],
    }),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: exact,
      indent: { right: 640 + 640 + Math.max(0, Math.round(beyond)) },
      children: [run(letter.dateText)],
    }),
  ];
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const borderless = { top: none, bottom: none, left: none, right: none };

async function firstFoot(letter: PrintableLetter): Promise<(Paragraph | Table)[]> {
  const { proof } = letter;
  if (proof === null) return [quiet('草稿'), pageNumber()];
  const picture = new ImageRun({
    type: 'png',
    data: await qrPng(proof.address),
    transformation: { width: 68, height: 68 },
    altText: { name: '二维码', title: '二维码', description: '核验本文书真伪的二维码' },
  });
  const cell = (width: number, children: Paragraph[]) =>
    new TableCell({
      borders: borderless,
      width: { size: width, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children,
    });
  return [
    new Table({
      width: { size: typeArea.width, type: WidthType.DXA },
      columnWidths: [1300, typeArea.width - 1300],
      borders: { ...borderless, insideHorizontal: none, insideVertical: none },
      rows: [
        new TableRow({
          children: [
            cell(1300, [
              new Paragraph({
                spacing: { line: 240, lineRule: LineRuleType.AUTO, before: 0, after: 0 },
                children: [picture],
              }),
            ]),
            cell(typeArea.width - 1300, [...proofLines(letter).map(quiet), pageNumber()]),
          ],
        }),
      ],
    }),
    new Paragraph({
      indent: { left: -454, right: -340 },
      spacing: { ...close, line: 60 },
      border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 18, space: 1, color: RED } },
    }),
  ];
}

const quiet = (text: string) =>
  new Paragraph({ spacing: close, children: [run(text, { font: hei, size: 13, color: QUIET })] });

const pageNumber = () =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    spacing: { ...close, line: 260 },
    children: [
      new TextRun({
        size: 21,
        font: song,
        children: ['第', PageNumber.CURRENT, '页 共', PageNumber.TOTAL_PAGES, '页'],
      }),
    ],
  });
