import type { CellRef, FormatId } from '../formats/format.ts';

/** A picture of some cells of a report. Cells that the report does not have are no part of it. */
export interface RowChartSpec {
  id: string;
  title: string;
  /** Key of the chapter it is printed in. */
  chapter: string;
  /** Heading of the first column of the table behind it. */
  rowHeader: string;
  unit: string;
  rows: readonly { label: string; cells: readonly CellRef[] }[];
}

export interface MonthsChartSpec {
  id: string;
  title: string;
  chapter: string;
  rowHeader: string;
  unit: string;
  /** Figures whose quantities are added up month by month. */
  figures: readonly string[];
}

interface ChartSpecs {
  bars: readonly RowChartSpec[];
  comparison: RowChartSpec;
  months: MonthsChartSpec;
}

type Rows = RowChartSpec['rows'];

/** Rows of one column: `label` → row codes that are added up. */
const rowsOf = (table: string, column: string, rows: Readonly<Record<string, string>>): Rows =>
  Object.entries(rows).map(([label, codes]) => ({
    label,
    cells: codes.split(' ').map((row) => ({ table, row, column })),
  }));

/** Columns of one row: `label` → column ids that are added up. */
const columnsOf = (table: string, row: string, columns: Readonly<Record<string, string>>): Rows =>
  Object.entries(columns).map(([label, ids]) => ({
    label,
    cells: ids.split(' ').map((column) => ({ table, row, column })),
  }));

const of2014: ChartSpecs = {
  bars: [
    {
      id: 'channels',
      title: '各渠道公开政府信息数',
      chapter: 'proactive',
      rowHeader: '渠道',
      unit: '条',
      rows: rowsOf('statistics', 'value', {
        政府公报: '1.2.1',
        政府网站: '1.2.2',
        政务微博: '1.2.3',
        政务微信: '1.2.4',
        其他方式: '1.2.5',
      }),
    },
    {
      id: 'request-results',
      title: '依申请公开答复结果',
      chapter: 'requests',
      rowHeader: '答复结果',
      unit: '件',
      rows: rowsOf('statistics', 'value', {
        已主动公开: '3.3.1',
        同意公开: '3.3.2',
        同意部分公开: '3.3.3',
        不同意公开: '3.3.4',
        不属本机关公开: '3.3.5',
        信息不存在: '3.3.6',
        告知更改补充: '3.3.7',
        告知其他途径: '3.3.8',
      }),
    },
  ],
  comparison: {
    id: 'year-on-year',
    title: '主要指标与上年对比',
    chapter: 'overview',
    rowHeader: '指标',
    unit: '',
    rows: rowsOf('statistics', 'value', {
      '主动公开信息（条）': '1.1',
      '回应热点舆情（次）': '2.1',
      '政策解读（篇）': '2.2.3',
      '收到申请（件）': '3.1',
      '接受培训（人次）': '9.3',
    }),
  },
  months: {
    id: 'months',
    title: '各月公开政府信息数',
    chapter: 'proactive',
    rowHeader: '月份',
    unit: '条',
    figures: ['channels.gazette', 'channels.website', 'channels.weibo', 'channels.wechat', 'channels.other'],
  },
};

const range = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${prefix}.${index + 1}`).join(' ');

const since2019: ChartSpecs = {
  bars: [
    {
      id: 'request-results',
      title: '政府信息公开申请办理结果',
      chapter: 'requests',
      rowHeader: '办理结果',
      unit: '件',
      rows: rowsOf('requests', 'total', {
        予以公开: '3.1',
        部分公开: '3.2',
        不予公开: range('3.3', 8),
        无法提供: range('3.4', 3),
        不予处理: range('3.5', 5),
        其他处理: `3.6 ${range('3.6', 3)}`,
      }),
    },
    {
      id: 'applicants',
      title: '新收申请的申请人',
      chapter: 'requests',
      rowHeader: '申请人',
      unit: '件',
      rows: columnsOf('requests', '1', {
        自然人: 'naturalPerson',
        商业企业: 'company',
        科研机构: 'research',
        社会公益组织: 'publicWelfare',
        法律服务机构: 'legalService',
        其他: 'other',
      }),
    },
  ],
  comparison: {
    id: 'year-on-year',
    title: '主要指标与上年对比',
    chapter: 'overview',
    rowHeader: '指标',
    unit: '',
    rows: [
      ...rowsOf('requests', 'total', { '新收申请（件）': '1', '办结申请（件）': '3.7' }),
      ...rowsOf('proactive', 'issued', { '制发规范性文件（件）': 'P1.2' }),
      ...rowsOf('proactive', 'created', { '新制作规范性文件（件）': 'P1.2' }),
      ...rowsOf('proactive', 'decisions', { '行政许可（件）': 'P5.1', '行政处罚（件）': 'P6.1' }),
      ...columnsOf('remedies', 'R', {
        '行政复议（件）': 'reconsiderationTotal',
        '行政诉讼（件）': 'directTotal afterReconsiderationTotal',
      }),
    ],
  },
  months: {
    id: 'months',
    title: '各月新收政府信息公开申请',
    chapter: 'requests',
    rowHeader: '月份',
    unit: '件',
    figures: ['natural-person', 'company', 'research', 'public-welfare', 'legal-service', 'other'].map(
      (kind) => `requests.new.${kind}`,
    ),
  },
};

/** What is drawn in the reports of each era. */
export const chartSpecs: Readonly<Record<FormatId, ChartSpecs>> = {
  '2014': of2014,
  '2019': since2019,
  '2021': since2019,
};
