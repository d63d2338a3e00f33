import type { CompiledReport } from '../annual-report/index.ts';

export interface HeadlineFigure {
  label: string;
  value: number;
  unit: string;
  /** Where its evidence is shown. */
  href: string;
}

/** The figures people ask for first, by figure code, in order; the first four that the report has are shown. */
const wanted: readonly { figure: string; label: string }[] = [
  { figure: 'catalogue.items', label: '主动公开政府信息' },
  { figure: 'interpretations.pieces', label: '发布政策解读' },
  { figure: 'responses.events', label: '回应公众关注热点' },
  { figure: 'requests.received', label: '收到公开申请' },
  { figure: 'channels.website', label: '网站公开政府信息' },
  { figure: 'press.conferences', label: '举办新闻发布会' },
];

const SHOWN = 4;

export function headlineFigures(report: CompiledReport): HeadlineFigure[] {
  const rows = report.tables.flatMap((table) => table.sections.flatMap((section) => section.rows));
  return wanted
    .flatMap(({ figure, label }) => {
      for (const { spec, cells } of rows) {
        const found = Object.entries(cells).find(([, cell]) => cell.figure === figure && cell.value !== null);
        const value = found?.[1].value;
        if (!found || value === null || value === undefined) continue;
        return [{ label, value, unit: spec.unit, href: figureHref(report.year, spec.code, found[0]) }];
      }
      return [];
    })
    .slice(0, SHOWN);
}

/** The public page of one figure of a published report, with the evidence it was frozen with. */
export function figureHref(year: number, row: string, column: string): string {
  return `/reports/${year}/figures/${encodeURIComponent(row)}/${encodeURIComponent(column)}`;
}
