/** A picture of some rows of one table. Rows of a table the report does not have are no chart. */
export interface RowChartSpec {
  id: string;
  title: string;
  /** Key of the chapter it is printed in. */
  chapter: string;
  table: string;
  column: string;
  /** Heading of the first column of the table behind it. */
  rowHeader: string;
  unit: string;
  rows: readonly { row: string; label: string }[];
}

export const barCharts: readonly RowChartSpec[] = [
  {
    id: 'channels',
    title: '各渠道公开政府信息数',
    chapter: 'proactive',
    table: 'statistics',
    column: 'value',
    rowHeader: '渠道',
    unit: '条',
    rows: [
      { row: '1.2.1', label: '政府公报' },
      { row: '1.2.2', label: '政府网站' },
      { row: '1.2.3', label: '政务微博' },
      { row: '1.2.4', label: '政务微信' },
      { row: '1.2.5', label: '其他方式' },
    ],
  },
  {
    id: 'request-results',
    title: '依申请公开答复结果',
    chapter: 'requests',
    table: 'statistics',
    column: 'value',
    rowHeader: '答复结果',
    unit: '件',
    rows: [
      { row: '3.3.1', label: '已主动公开' },
      { row: '3.3.2', label: '同意公开' },
      { row: '3.3.3', label: '同意部分公开' },
      { row: '3.3.4', label: '不同意公开' },
      { row: '3.3.5', label: '不属本机关公开' },
      { row: '3.3.6', label: '信息不存在' },
      { row: '3.3.7', label: '告知更改补充' },
      { row: '3.3.8', label: '告知其他途径' },
    ],
  },
];

export const comparisons: readonly RowChartSpec[] = [
  {
    id: 'year-on-year',
    title: '主要指标与上年对比',
    chapter: 'overview',
    table: 'statistics',
    column: 'value',
    rowHeader: '指标',
    unit: '',
    rows: [
      { row: '1.1', label: '主动公开信息（条）' },
      { row: '2.1', label: '回应热点舆情（次）' },
      { row: '2.2.3', label: '政策解读（篇）' },
      { row: '3.1', label: '收到申请（件）' },
      { row: '9.3', label: '接受培训（人次）' },
    ],
  },
];

export const monthsChart = {
  id: 'months',
  title: '各月公开政府信息数',
  chapter: 'proactive',
  rowHeader: '月份',
  unit: '条',
} as const;
