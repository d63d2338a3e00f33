import {
  type Block,
  type CompiledReport,
  type CompiledRow,
  type CompiledTable,
  cellName,
  type Inline,
} from '../annual-report/index.ts';
import { formatNumber } from '../ui/index.ts';
import { figureHref } from './headline-figures.ts';

/** One thing the public search can find. */
export interface SearchDocument {
  kind: '年度报告' | '报告章节' | '统计指标' | '已公开的答复' | '网站页面';
  title: string;
  text: string;
  href: string;
  /** Civil date, empty for pages without one. */
  date: string;
}

export interface PublicHit extends SearchDocument {
  excerpt: { text: string; marked: boolean }[];
  score: number;
}

/** What one published report offers: itself, its chapters, the rows of its tables. */
export function reportDocuments(report: CompiledReport): SearchDocument[] {
  const { year, title } = report;
  const date = report.publishedOn ?? '';
  const whole: SearchDocument = {
    kind: '年度报告',
    title,
    text: report.chapters.map((chapter) => chapter.title).join('、'),
    href: `/reports/${year}`,
    date,
  };
  const chapters = report.chapters
    .filter((chapter) => chapter.title !== '')
    .map(
      (chapter): SearchDocument => ({
        kind: '报告章节',
        title: `${chapter.title}（${year}年度报告）`,
        text: chapter.blocks.map(blockText).join(' '),
        href: `/reports/${year}#chapter-${encodeURIComponent(chapter.key)}`,
        date,
      }),
    );
  const rows = report.tables.flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows
        .filter((row) => Object.values(row.cells).some((cell) => cell.value !== null))
        .map(
          (row): SearchDocument => ({
            kind: '统计指标',
            title: `${row.spec.label || table.title}（${year}年）`,
            text: valuesInWords(section, row),
            href: figureHref(year, row.spec.code, columnOf(section, row)),
            date,
          }),
        ),
    ),
  );
  return [whole, ...chapters, ...rows];
}

type Section = CompiledTable['sections'][number];

function valuesInWords({ spec }: Section, row: CompiledRow): string {
  return spec.columns
    .flatMap((column) => {
      const value = row.cells[column.id]?.value;
      if (value === null || value === undefined) return [];
      const name = row.spec.label === '' ? cellName(spec, row.spec, column) : column.label;
      const unit = column.unit ?? row.spec.unit;
      return `${spec.columns.length > 1 ? name : ''} ${formatNumber(value)} ${unit}`;
    })
    .join(',');
}

/** The total where the row has one, else the first column that has a value. */
function columnOf({ spec }: Section, { cells }: CompiledRow): string {
  const withValue = spec.columns.filter(({ id }) => (cells[id]?.value ?? null) !== null);
  const total = withValue.find(({ sumOf }) => sumOf) ?? withValue[0];
  return total?.id ?? 'value';
}

function blockText(block: Block): string {
  if (block.kind === 'list') return block.items.map(inlineText).join(' ');
  return inlineText(block.inlines);
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => inline.text).join('');
}
