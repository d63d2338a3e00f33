import type { CompiledReport, CompiledTable, Finding } from '../model.ts';

export interface ReportJson {
  agency: string;
  agencyName: string;
  year: number;
  format: string;
  title: string;
  version: number;
  status: string;
  period: { from: string; to: string };
  demonstration: boolean;
  /** Figure rows of tables with a single column of values, in printed order; null is blank. */
  rows: { code: string; label: string; unit: string; value: number | null }[];
  /** By table id, row code and column id; a table of one nameless row is addressed by its columns alone. */
  tables: Record<string, TableJson>;
  chapters: { number: number; title: string; text: string }[];
  findings: (Pick<Finding, 'rule' | 'severity' | 'message'> & { rows: string[] })[];
  foot: { label: string; value: string }[];
  signed: CompiledReport['signed'];
  publishedOn: string | null;
  correction: CompiledReport['correction'];
  files: string[];
}

type Values = Record<string, number | null>;
export type TableJson = Values | Record<string, Values>;

/** @param files names of the files written beside this one */
export function reportJson(report: CompiledReport, files: readonly string[] = []): ReportJson {
  return {
    agency: report.agency.code,
    agencyName: report.agency.name,
    year: report.year,
    format: report.format,
    title: report.title,
    version: report.version,
    status: report.status,
    period: report.period,
    demonstration: report.agency.demonstration,
    rows: report.tables.flatMap(flatRows),
    tables: Object.fromEntries(report.tables.map((table) => [table.id, tableJson(table)])),
    chapters: report.chapters.map(({ number, title, blocks }) => ({
      number,
      title,
      text: blocks
        .flatMap((block) => (block.kind === 'list' ? block.items : [block.inlines]))
        .map((inlines) => inlines.map(({ text }) => text).join(''))
        .join('\n'),
    })),
    findings: report.findings.map(({ rule, severity, message, cells }) => ({
      rule,
      severity,
      message,
      rows: [...new Set(cells.map(({ row }) => row))],
    })),
    foot: report.foot,
    signed: report.signed,
    publishedOn: report.publishedOn,
    correction: report.correction,
    files: [...files],
  };
}

export async function renderJson(report: CompiledReport): Promise<Uint8Array> {
  return new TextEncoder().encode(`${JSON.stringify(reportJson(report), null, 2)}\n`);
}

export function flatRows({ sections }: CompiledTable): ReportJson['rows'] {
  return sections
    .filter(({ spec }) => spec.columns.length === 1 && spec.columns[0]?.id === 'value')
    .flatMap(({ rows }) => rows.filter(({ spec }) => spec.kind !== 'heading'))
    .map(({ spec, cells }) => ({
      code: spec.code,
      label: spec.label,
      unit: spec.unit,
      value: cells.value?.value ?? null,
    }));
}

export function tableJson({ sections }: CompiledTable): TableJson {
  const rows = sections.flatMap((section) => section.rows.filter(({ spec }) => spec.kind !== 'heading'));
  const values = rows.map(({ spec, cells }): [string, Values] => [
    spec.code,
    Object.fromEntries(Object.entries(cells).map(([column, { value }]) => [column, value])),
  ]);
  const [only] = rows;
  return rows.length === 1 && only?.spec.label === '' ? (values[0]?.[1] ?? {}) : Object.fromEntries(values);
}
