import { type CompiledReport, cellAt } from '../annual-report/index.ts';

export interface HeadlineFigure {
  label: string;
  value: number;
  unit: string;
  /** Where its evidence is shown. */
  href: string;
}

interface Wanted {
  label: string;
  /** Where the reports of any era have it. */
  cells: readonly { table: string; row: string; column: string }[];
}

const at = (table: string, row: string, column: string) => ({ table, row, column });
const value2014 = (row: string) => at('statistics', row, 'value');

/** The figures people ask for first, in order; the first four that the report has are shown. */
const wanted: readonly Wanted[] = [
  { label: '主动公开政府信息', cells: [value2014('1.1')] },
  { label: '发布政策解读', cells: [value2014('2.2.3')] },
  { label: '回应公众关注热点', cells: [value2014('2.1')] },
  { label: '收到公开申请', cells: [value2014('3.1'), at('requests', '1', 'total')] },
  { label: '网站公开政府信息', cells: [value2014('1.2.2')] },
  { label: '举办新闻发布会', cells: [value2014('2.2.1')] },
  { label: '办结公开申请', cells: [at('requests', '3.7', 'total')] },
  {
    label: '制发行政规范性文件',
    cells: [at('proactive', 'P1.2', 'issued'), at('proactive', 'P1.2', 'created')],
  },
  { label: '行政许可决定', cells: [at('proactive', 'P5.1', 'decisions')] },
  { label: '行政处罚决定', cells: [at('proactive', 'P6.1', 'decisions')] },
];

const SHOWN = 4;

export function headlineFigures(report: CompiledReport): HeadlineFigure[] {
  return wanted
    .flatMap(({ label, cells }) => {
      for (const ref of cells) {
        const found = cellAt(report.tables, ref);
        if (found === null || found.cell.value === null) continue;
        const { row, column } = ref;
        return [
          { label, value: found.cell.value, unit: found.unit, href: figureHref(report.year, row, column) },
        ];
      }
      return [];
    })
    .slice(0, SHOWN);
}

/** The public page of one figure of a published report, with the evidence it was frozen with. */
export function figureHref(year: number, row: string, column: string): string {
  return `/reports/${year}/figures/${encodeURIComponent(row)}/${encodeURIComponent(column)}`;
}
