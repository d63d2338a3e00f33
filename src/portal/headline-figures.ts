import type { CompiledReport } from '../annual-report/index.ts';

export interface HeadlineFigure {
  label: string;
  value: number;
  unit: string;
  /** The row of the report where the figure stands with its evidence. */
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
  const rows = report.tables.flatMap((table) =>
    table.sections.flatMap((section) => section.rows.map((row) => ({ table, row }))),
  );
  return wanted
    .flatMap(({ figure, label }) => {
      for (const { table, row } of rows) {
        const cell = Object.values(row.cells).find((one) => one.figure === figure && one.value !== null);
        if (cell?.value == null) continue;
        return [
          {
            label,
            value: cell.value,
            unit: row.spec.unit,
            href: rowHref(report.year, table.id, row.spec.code),
          },
        ];
      }
      return [];
    })
    .slice(0, SHOWN);
}

/** The address of one row of the statistics table on the report's public page. */
export function rowHref(year: number, table: string, code: string): string {
  return `/reports/${year}#row-${table}-${code}`;
}
