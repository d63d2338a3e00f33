import type { Db } from '../core/db.ts';
import { dropEntries, putEntries, type SearchEntry } from '../core/search-index/index.ts';
import { cellName } from './formats/index.ts';
import type { Block, CompiledReport, CompiledRow, CompiledTable, Inline } from './model.ts';
import { findVersion, publishedReports } from './version-store.ts';
import { signedReport } from './versions.ts';

const REPORT = 'report';
const FIGURE = 'figure';

/** Makes a published report findable: itself, its chapters, its figures. What an earlier version said is taken out. */
export async function indexReport(db: Db, agencyId: number, report: CompiledReport): Promise<void> {
  for (const kind of [REPORT, FIGURE]) await dropEntries(db, agencyId, kind, `${report.year}/`);
  await putEntries(db, agencyId, entriesOf(report));
}

/** What one published report offers: itself, its chapters, the rows of its tables. */
function entriesOf(report: CompiledReport): SearchEntry[] {
  const { year, title } = report;
  const publishedOn = report.publishedOn;
  const whole: SearchEntry = {
    kind: REPORT,
    ref: `${year}/whole`,
    sourceId: null,
    title,
    body: report.chapters.map((chapter) => chapter.title).join('、'),
    href: `/reports/${year}`,
    publishedOn,
  };
  const chapters = report.chapters
    .filter((chapter) => chapter.title !== '')
    .map(
      (chapter): SearchEntry => ({
        kind: REPORT,
        ref: `${year}/chapter/${chapter.key}`,
        sourceId: null,
        title: `${chapter.title}（${year}年度报告）`,
        body: chapter.blocks.map(blockText).join(' '),
        href: `/reports/${year}#chapter-${encodeURIComponent(chapter.key)}`,
        publishedOn,
      }),
    );
  const rows = report.tables.flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows
        .filter((row) => Object.values(row.cells).some((cell) => cell.value !== null))
        .map(
          (row): SearchEntry => ({
            kind: FIGURE,
            ref: `${year}/${table.id}/${row.spec.code}`,
            sourceId: null,
            title: `${row.spec.label || table.title}（${year}年）`,
            body: valuesInWords(section, row),
            href: `/reports/${year}/figures/${encodeURIComponent(row.spec.code)}/${encodeURIComponent(columnOf(section, row))}`,
            publishedOn,
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
      return `${spec.columns.length > 1 ? name : ''} ${value.toLocaleString('zh-CN')} ${unit}`;
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

/** Writes the search entries of every published report anew; returns how many reports. */
export async function reindexReports(db: Db, agencyId: number): Promise<number> {
  const rows = await publishedReports(db, agencyId);
  for (const { id, version } of rows) {
    const published = await findVersion(db, agencyId, id, version);
    if (published) await indexReport(db, agencyId, signedReport(published));
  }
  return rows.length;
}
