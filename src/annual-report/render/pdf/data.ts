import type { Block, CompiledChapter, CompiledReport, Inline } from '../../model.ts';
import { families } from '../fonts.ts';
import { blankText, type Grid, gridOf } from '../grid.ts';
import { nestLabels } from '../nested-labels.ts';
import {
  chartInWords,
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
  isChapterEmpty,
  periodLine,
  plain,
  safeHref,
  standing,
  titleLines,
} from '../words.ts';

/** What report.typ reads: the report as strings and numbers, ready to be placed. */
export function typesetData(report: CompiledReport) {
  const order = printOrder(report);
  const lastTable = report.chapters.flatMap(({ key }) => order.tables.get(key) ?? []).at(-1);
  const on = documentDate(report);
  return {
    title: line(report.title),
    titleLines: titleLines(report).map(line),
    author: line(report.agency.name),
    agency: line(report.agency.name),
    description: line(`${report.agency.name}${report.year}年度 ${standing(report)[0] ?? ''}`),
    keywords: ['政府信息公开', '年度报告', String(report.year)],
    date: on.split('-').map(Number),
    dateLine: chineseDate(on),
    period: periodLine(report),
    standing: standing(report).map(line),
    draft: report.signed === null,
    demonstration: report.agency.demonstration,
    words: { mark: demonstrationMark, note: demonstrationNote, contents: '目 录' },
    fonts: families,
    office: field(reportingOffice(report)),
    foot: footFields(report).map(field),
    chapters: report.chapters.map((chapter) => chapterData(chapter, report, order, lastTable?.id)),
  };
}

function chapterData(
  chapter: CompiledChapter,
  report: CompiledReport,
  order: PrintOrder,
  lastTable: string | undefined,
) {
  const tables = order.tables.get(chapter.key) ?? [];
  const charts = order.charts.get(chapter.key) ?? [];
  const bare = isChapterEmpty(chapter) && tables.length === 0 && charts.length === 0;
  return {
    heading: line(chapterHeading(chapter)),
    empty: bare && chapter.title !== '' ? emptyChapter : null,
    blocks: chapter.blocks.map(blockData),
    charts: charts.map((chart) => ({
      title: line(chart.title),
      alt: plain(chartInWords(chart)),
      svg: chart.svg,
    })),
    tablesFirst: !isForm(report),
    tables: tables.map((table) => ({
      ...gridData(nestLabels(gridOf(table, blankText(report)))),
      title: line(tableTitle(table, chapter, report)),
      caption: `（${report.year}年度）`,
      form: isForm(report),
      foot: table.id === lastTable && report.foot.length > 0,
    })),
  };
}

function blockData(block: Block) {
  return block.kind === 'list'
    ? { ...block, items: block.items.map((item) => item.map(inlineData)) }
    : { ...block, inlines: block.inlines.map(inlineData) };
}

function inlineData(inline: Inline) {
  const text = line(inline.text);
  const href = inline.kind === 'link' ? safeHref(inline.href) : null;
  if (href !== null) return { kind: 'link', href, text };
  const styled: { bold?: boolean; italic?: boolean } = inline.kind === 'text' ? inline : {};
  return { kind: 'text', text, bold: styled.bold ?? false, italic: styled.italic ?? false };
}

function gridData(grid: Grid) {
  return {
    ...grid,
    sections: grid.sections.map((section) => ({
      ...section,
      heading: section.heading === null ? null : line(section.heading),
      header: section.header.map((row) => row.map((cell) => ({ ...cell, text: line(cell.text) }))),
      rows: section.rows.map((row) => ({
        ...row,
        strong: row.cells.length === 1 || section.rows.some(({ level }) => level > 0),
        cells: row.cells.map((cell) => ({ ...cell, text: line(cell.text) })),
      })),
    })),
  };
}

const field = ({ label, value }: { label: string; value: string }) => ({
  label: line(label),
  value: line(value),
});

/** Text on one line. */
function line(text: string): string {
  return plain(text).replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
