import { findAgencyById, subordinatesOf } from '../areas/organisations/index.ts';
import { instantOf } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import type { FigureScope } from '../core/figure.ts';
import { NotFound } from '../core/refusal.ts';
import { chartSpecs, renderCharts } from './chart/index.ts';
import { checkReport } from './check/index.ts';
import { comparableTables } from './comparison.ts';
import {
  blankCells,
  type Cells,
  type CompileSources,
  cellKey,
  cellsOf,
  countCells,
  layTables,
} from './compile.ts';
import type { EvidenceSources } from './evidence.ts';
import type { FormatId } from './formats/format.ts';
import { type Format, formatById, formatForYear } from './formats/index.ts';
import type { CompiledReport, Finding } from './model.ts';
import { type MonthlySources, monthlyFigures } from './monthly.ts';
import { resolveChapters } from './narrative/index.ts';
import { markPowers, powersOf } from './powers.ts';
import { authorsOf, chaptersOf, explanationsOf, findReport, lastCompiles, reviewsOf } from './store.ts';
import { findVersion, publishedReports } from './version-store.ts';

/** A context for work on reports: the sources are every area's figures and the reviewed returns. */
export interface ReportCtx extends Ctx {
  sources: CompileSources & EvidenceSources & MonthlySources;
}

/** A report in preparation with all that its desk shows. */
export interface ReportDesk {
  report: CompiledReport;
  /** The agency's published report of the year before, or null. */
  previous: CompiledReport | null;
  format: Format;
  row: NonNullable<Awaited<ReturnType<typeof findReport>>>;
  compile: Awaited<ReturnType<typeof lastCompiles>>[number] | null;
  previousCompile: Awaited<ReturnType<typeof lastCompiles>>[number] | null;
  chapterRevisions: Map<string, { revision: number; editedBy: string; editedAt: Date }>;
  explanations: Map<string, { explanation: string; byName: string }>;
  reviews: Awaited<ReturnType<typeof reviewsOf>>;
  authors: number[];
}

export const reportScope = (agencyId: number, year: number): FigureScope => ({
  agencyId,
  from: `${year}-01-01`,
  to: `${year}-12-31`,
});

/** The format of a reporting year. @throws NotFound where no format is known for it */
export function demandFormat(year: number): Format {
  const format = formatForYear(year);
  if (!format) throw new NotFound(`系统没有 ${year} 年度的统计表格式。`);
  return format;
}

/** Counts every cell of a report as the records stand now, with the subordinates' published reports when it is consolidated. */
export async function countReport(
  ctx: ReportCtx,
  row: { year: number; format: FormatId; consolidated: boolean },
): Promise<Cells> {
  const format = formatById(row.format) ?? demandFormat(row.year);
  const below = row.consolidated ? await subordinateReports(ctx, row.year) : null;
  const scope = reportScope(ctx.agencyId, row.year);
  return countCells(ctx.db, ctx.sources, format, scope, below?.map(({ tables }) => cellsOf(tables)) ?? null);
}

/**
 * Name of a finding across compiles: its rule, its cells, the words it is about and both sides. When a number changes it is
 * another finding, and an explanation given for the old one no longer covers it.
 */
export function findingKey(finding: Finding): string {
  const cells = finding.cells.map((cell) => cellKey(cell.table, cell.row, cell.column)).join(' ');
  const sides = `${finding.left ?? ''}:${finding.right ?? ''}`;
  return [finding.rule, cells, finding.chapter ?? '', finding.quote ?? '', sides].join('|');
}

/** Loads a report in preparation and composes its current state. @throws NotFound when it was not opened yet */
export async function loadDesk(ctx: ReportCtx, year: number): Promise<ReportDesk> {
  const { db, agencyId } = ctx;
  const row = await findReport(db, agencyId, year);
  if (!row) throw new NotFound(`${year} 年度报告尚未开始编制。`);
  const format = formatById(row.format) ?? demandFormat(year);
  const [compile = null, previousCompile = null] = await lastCompiles(db, agencyId, row.id, 2);
  const chapters = await chaptersOf(db, agencyId, row.id);
  const explanations = await explanationsOf(db, agencyId, row.id);
  const previous = await previousReport(ctx, year);
  const report = await composeReport(ctx, {
    row,
    previous,
    format,
    cells: compile?.cells ?? blankCells(format),
    compiledAt: compile?.at ?? instantOf(ctx.clock),
    sources: new Map(chapters.map((chapter) => [chapter.key, chapter.source])),
    explanations: new Map(explanations.map((item) => [item.finding, item.explanation])),
  });
  return {
    report,
    previous,
    format,
    row,
    compile,
    previousCompile,
    chapterRevisions: new Map(
      chapters.map((chapter) => [
        chapter.key,
        { revision: chapter.revision, editedBy: chapter.edited_by_name, editedAt: chapter.edited_at },
      ]),
    ),
    explanations: new Map(
      explanations.map((item) => [item.finding, { explanation: item.explanation, byName: item.by_name }]),
    ),
    reviews: await reviewsOf(db, agencyId, row.id, row.version),
    authors: await authorsOf(db, agencyId, row.id, row.version),
  };
}

/** The report as all six renderers take it, from compiled cells and chapter texts. */
export async function composeReport(
  ctx: ReportCtx,
  parts: {
    row: {
      id: number;
      year: number;
      status: CompiledReport['status'];
      version: number;
      consolidated: boolean;
      foot: Record<string, string>;
      correction_reason: string;
    };
    format: Format;
    cells: Cells;
    compiledAt: Date;
    /** Chapter source by key; a chapter that is absent takes the format's template. */
    sources: ReadonlyMap<string, string>;
    /** The office's explanations of errors that stay, by finding; printed under the table they are about. */
    explanations: ReadonlyMap<string, string>;
    /** The agency's published report of the year before, for comparison. */
    previous?: CompiledReport | null;
  },
): Promise<CompiledReport> {
  const { row, format, cells } = parts;
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  if (!agency) throw new NotFound('没有这个机构。');
  const powers = powersOf(agency.settings);
  const tables = markPowers(layTables(format, cells), powers);
  const before = parts.previous ? comparableTables(format, parts.previous) : undefined;
  const chapters = resolveChapters(format, parts.sources, {
    agency: agency.shortName,
    year: row.year,
    tables,
    previous: before,
  });
  const monthly = await monthlyFigures(
    ctx.db,
    ctx.sources,
    reportScope(ctx.agencyId, row.year),
    chartSpecs[format.id].months.figures,
  );
  const subordinates = row.consolidated ? await subordinateReports(ctx, row.year) : [];
  const findings = checkReport({
    format,
    year: row.year,
    tables,
    chapters,
    powers,
    ...(before ? { previous: before } : {}),
    ...(subordinates.length > 0 ? { subordinates } : {}),
  });
  return {
    agency: {
      id: agency.id,
      code: agency.code,
      name: agency.name,
      shortName: agency.shortName,
      demonstration: agency.demonstration,
    },
    year: row.year,
    format: format.id,
    title: format.title.replace('{agency}', agency.shortName).replace('{year}', String(row.year)),
    version: row.version,
    status: row.status,
    period: { from: `${row.year}-01-01`, to: `${row.year}-12-31` },
    tables: tables.map((table) => withExplanations(table, findings, parts.explanations)),
    chapters,
    charts: renderCharts({ tables, year: row.year, format: format.id }, { monthly, previous: before }),
    findings,
    foot: format.footFields.map((label) => ({ label, value: row.foot[label] ?? '' })),
    compiledAt: parts.compiledAt.toISOString(),
    signed: null,
    publishedOn: null,
    correction: row.version > 1 ? { reason: row.correction_reason, replaces: row.version - 1 } : null,
  };
}

/** The table with the explanations of its errors in its printed note, so that no output can leave them out. */
function withExplanations(
  table: CompiledReport['tables'][number],
  findings: readonly Finding[],
  explanations: ReadonlyMap<string, string>,
): CompiledReport['tables'][number] {
  const notes = findings
    .filter((finding) => finding.cells.some((cell) => cell.table === table.id))
    .flatMap((finding) => explanations.get(findingKey(finding)) ?? []);
  if (notes.length === 0) return table;
  return { ...table, spec: { ...table.spec, note: [table.spec.note, ...notes].filter(Boolean).join(' ') } };
}

/** The agency's own published report of the year before, or null. */
export async function previousReport(ctx: Ctx, year: number): Promise<CompiledReport | null> {
  const published = await publishedReports(ctx.db, ctx.agencyId);
  const last = published.find((report) => report.year === year - 1);
  if (!last) return null;
  const version = await findVersion(ctx.db, ctx.agencyId, last.id, last.version);
  return version?.snapshot ?? null;
}

/** Published reports of the agencies directly below, for consolidation (rule S17). */
export async function subordinateReports(ctx: Ctx, year: number) {
  const found = [];
  for (const agency of await subordinatesOf(ctx.db, ctx.agencyId)) {
    const published = await publishedReports(ctx.db, agency.id);
    const report = published.find((candidate) => candidate.year === year);
    const version = report && (await findVersion(ctx.db, agency.id, report.id, report.version));
    if (version) found.push({ name: agency.name, tables: version.snapshot.tables });
  }
  return found;
}
