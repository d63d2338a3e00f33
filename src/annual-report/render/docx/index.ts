import {
  AlignmentType,
  Document,
  type FileChild,
  Footer,
  HeadingLevel,
  type ImageRun,
  NumberFormat,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  StyleLevel,
  TableOfContents,
  TextRun,
} from 'docx';
import type { CompiledChapter, CompiledReport, ReportChart } from '../../model.ts';
import { blankText, gridOf } from '../grid.ts';
import { nestLabels } from '../nested-labels.ts';
import { settlePackage } from '../office-package.ts';
import {
  footFields,
  isForm,
  type PrintOrder,
  printOrder,
  reportingOffice,
  tableTitle,
} from '../print-model.ts';
import {
  chapterHeading,
  chineseDate,
  demonstrationMark,
  demonstrationNote,
  documentDate,
  emptyChapter,
  fileTime,
  isChapterEmpty,
  periodLine,
  plain,
  standing,
  titleLines,
} from '../words.ts';
import { blockParagraphs, numbering } from './blocks.ts';
import { embedFonts, fontRelations, fontTable } from './fonts.ts';
import { settleNames } from './names.ts';
import { pageNumbers } from './page-numbers.ts';
import { chartPictures } from './pictures.ts';
import { page, styleNames, styles } from './styles.ts';
import { footTable, statisticsTable } from './tables.ts';

/** The report as a Word document: real styles, real tables, a table of contents that Word can update. */
export async function renderDocx(report: CompiledReport): Promise<Uint8Array> {
  const pictures = await chartPictures(report.charts);
  const document = new Document({
    title: plain(report.title),
    creator: plain(report.agency.name),
    lastModifiedBy: plain(report.agency.name),
    description: plain(standing(report).join('；')),
    keywords: '政府信息公开 年度报告',
    styles,
    numbering,
    evenAndOddHeaderAndFooters: true,
    pageNumbers,
    sections: [
      { properties: { page }, children: [...cover(report), ...contents()] },
      {
        properties: {
          type: SectionType.NEXT_PAGE,
          page: { ...page, pageNumbers: { start: 1, formatType: NumberFormat.DECIMAL } },
        },
        footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
        children: body(report, pictures),
      },
    ],
  });
  return settlePackage(await Packer.toBuffer(document), fileTime(report), async (parts) => {
    const embedded = await embedFonts(textOf(await settleNames(parts)));
    parts.file('word/fontTable.xml', fontTable(embedded));
    parts.file('word/_rels/fontTable.xml.rels', fontRelations(embedded));
    for (const [index, { data }] of embedded.entries()) parts.file(`word/fonts/font${index + 1}.odttf`, data);
    const settings = await parts.file('word/settings.xml')?.async('string');
    parts.file(
      'word/settings.xml',
      (settings ?? '').replace(embeddingBelongs, '$&<w:embedTrueTypeFonts/><w:saveSubsetFonts/>'),
    );
  });
}

/** The order of settings is fixed by the schema: font embedding follows this one. */
const embeddingBelongs = '<w:displayBackgroundShape/>';

/** All characters a document shows, and those every page number needs. */
const textOf = (xml: string): string => `${xml.replace(/<[^>]*>/g, '')}0123456789— .`;

const text = (style: string, value: string, spaceBefore = 0): Paragraph =>
  new Paragraph({
    style,
    ...(spaceBefore > 0 ? { spacing: { before: spaceBefore } } : {}),
    children: [new TextRun(plain(value))],
  });

function cover(report: CompiledReport): Paragraph[] {
  const lines = titleLines(report);
  const size = coverSize(Math.max(...lines.map((line) => [...line].length)));
  return [
    new Paragraph({
      style: 'Standing',
      alignment: AlignmentType.RIGHT,
      children: [new TextRun(report.agency.demonstration ? demonstrationMark : '')],
    }),
    ...lines.map(
      (line, index) =>
        new Paragraph({
          style: 'CoverTitle',
          spacing: { before: index === 0 ? 2600 : 0 },
          children: [new TextRun({ text: plain(line), size })],
        }),
    ),
    text('Centred', periodLine(report), 300),
    text('Centred', report.agency.name, 3600),
    text('Centred', chineseDate(documentDate(report))),
    ...standing(report).map((line, index) => text('Standing', line, index === 0 ? 500 : 0)),
    ...(report.agency.demonstration ? [text('Standing', demonstrationNote)] : []),
  ];
}

/** Half points: as large as the longest line allows, between 22 and 28 pt. */
function coverSize(characters: number): number {
  return Math.round(Math.min(28, Math.max(22, 438 / characters)) * 2);
}

function contents(): FileChild[] {
  return [
    new Paragraph({ style: 'Title', pageBreakBefore: true, children: [new TextRun('目 录')] }),
    new TableOfContents('目录', {
      hyperlink: true,
      headingStyleRange: '1-1',
      stylesWithLevels: [new StyleLevel(styleNames.tableTitle, 1)],
    }),
  ];
}

function body(report: CompiledReport, pictures: ReadonlyMap<ReportChart, ImageRun>): FileChild[] {
  const order = printOrder(report);
  const charts = report.chapters.flatMap(({ key }) => order.charts.get(key) ?? []);
  const lastTable = report.chapters.flatMap(({ key }) => order.tables.get(key) ?? []).at(-1)?.id;
  return [
    ...titleLines(report).map((line) => text('Title', line)),
    text('Centred', ''),
    ...report.chapters.flatMap((chapter) => {
      const drawn = (order.charts.get(chapter.key) ?? []).flatMap((chart) => [
        new Paragraph({
          style: 'Caption',
          keepNext: true,
          children: [pictures.get(chart) ?? new TextRun('')],
        }),
        text('Caption', `图${charts.indexOf(chart) + 1} ${chart.title}`),
      ]);
      const tables = chapterTables(chapter, report, order, lastTable);
      // A form stands on pages of its own at the end; the tables of a chapter are what it is about.
      const parts = isForm(report) ? [...drawn, ...tables] : [...tables, ...drawn];
      return [...chapterText(chapter, order), ...parts];
    }),
  ];
}

function chapterText(chapter: CompiledChapter, order: PrintOrder): Paragraph[] {
  const heading = plain(chapterHeading(chapter));
  const bare = isChapterEmpty(chapter) && !order.tables.has(chapter.key) && !order.charts.has(chapter.key);
  return [
    ...(heading === ''
      ? []
      : [new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(heading)] })]),
    ...(bare && heading !== '' ? [text('BodyText', emptyChapter)] : []),
    ...chapter.blocks.flatMap((block, index) => blockParagraphs(block, chapter.number * 1000 + index)),
  ];
}

function chapterTables(
  chapter: CompiledChapter,
  report: CompiledReport,
  order: PrintOrder,
  lastTable: string | undefined,
): FileChild[] {
  const office = reportingOffice(report);
  return (order.tables.get(chapter.key) ?? []).flatMap((table) => {
    const printed = nestLabels(gridOf(table, blankText(report)));
    const title = tableTitle(table, chapter, report);
    const above = isForm(report)
      ? [
          new Paragraph({
            style: 'TableTitle',
            pageBreakBefore: true,
            children: [new TextRun(plain(title))],
          }),
          text('TableCaption', `（${report.year}年度）`),
          text('TableNote', `${office.label}：${office.value}`),
        ]
      : [text('TableHead', title, 160)];
    return [
      ...above,
      statisticsTable(printed),
      ...(printed.note === null ? [] : [text('TableNote', `注：${printed.note}`)]),
      text('TableNote', ''),
      ...(table.id === lastTable && report.foot.length > 0
        ? [footTable(footFields(report)), text('TableNote', '')]
        : []),
    ];
  });
}

function pageNumber(alignment: (typeof AlignmentType)[keyof typeof AlignmentType]): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: 280, right: 280 },
        children: [
          new TextRun({ size: 28, font: { eastAsia: '宋体' }, children: ['— ', PageNumber.CURRENT, ' —'] }),
        ],
      }),
    ],
  });
}
