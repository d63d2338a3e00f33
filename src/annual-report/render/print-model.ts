import type { CompiledChapter, CompiledReport, CompiledTable, ReportChart } from '../model.ts';

/** Where everything is printed: each table and chart exactly once, also when no chapter names it. */
export interface PrintOrder {
  tables: Map<string, CompiledTable[]>;
  charts: Map<string, ReportChart[]>;
}

/** The tables that are part of the printed report; what only the text states is not. */
export function printedTables(report: Pick<CompiledReport, 'tables'>): CompiledTable[] {
  return report.tables.filter(({ spec }) => !spec.unprinted);
}

/** By chapter key; what no chapter claims comes at the end of the last one. */
export function printOrder(report: CompiledReport): PrintOrder {
  const last = report.chapters.at(-1)?.key ?? '';
  const keys = new Set(report.chapters.map(({ key }) => key));
  const tables = new Map<string, CompiledTable[]>();
  const charts = new Map<string, ReportChart[]>();
  for (const table of printedTables(report)) {
    const chapter = report.chapters.find((candidate) => candidate.tables.includes(table.id));
    append(tables, chapter?.key ?? last, table);
  }
  for (const chart of report.charts) append(charts, keys.has(chart.chapter) ? chart.chapter : last, chart);
  return { tables, charts };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** One table is a form of its own, with title page, office and signatures; several stand in their chapters. */
export function isForm(report: CompiledReport): boolean {
  return printedTables(report).length === 1;
}

/** Empty where the chapter's own title already says it. */
export function tableTitle(table: CompiledTable, chapter: CompiledChapter, report: CompiledReport): string {
  return !isForm(report) && table.title === chapter.title ? '' : table.title;
}

export interface FootField {
  label: string;
  value: string;
}

const officeLabel = '填报单位';

/** The reporting office, printed above the statistics table with room for the seal. */
export function reportingOffice(report: CompiledReport): FootField {
  return (
    report.foot.find(({ label }) => label.startsWith(officeLabel)) ?? {
      label: `${officeLabel}（盖章）`,
      value: report.agency.name,
    }
  );
}

/** The fields under the last statistics table; an empty value leaves room for the pen. */
export function footFields(report: CompiledReport): FootField[] {
  return report.foot.filter(({ label }) => !label.startsWith(officeLabel));
}

/** What a chart shows, in words, for those who cannot see it. */
export function chartInWords(chart: ReportChart): string {
  const rows = chart.rows.map((row) => row.map((value) => value ?? '空').join(' ')).join('；');
  return rows === '' ? chart.title : `${chart.title}。${chart.columns.join('、')}：${rows}`;
}
