import { channelKinds } from './model.ts';

/** Where an import stands. One that is `finished` or `dropped` stays as it is; of the same file a new one is begun. */
export const importStates = {
  checking: { label: '正在检查', tone: 'info' },
  checked: { label: '待确认', tone: 'warning' },
  running: { label: '正在导入', tone: 'info' },
  stopped: { label: '已停止', tone: 'warning' },
  failed: { label: '未完成', tone: 'danger' },
  finished: { label: '已完成', tone: 'success' },
  dropped: { label: '已放弃', tone: 'neutral' },
} as const;
export type ImportState = keyof typeof importStates;

export interface ImportField {
  /** Key of JSON Lines and name of a column. */
  name: string;
  /** The other name a column may have. */
  label: string;
  required: boolean;
  help: string;
  example: string;
}

/** What a line may say. */
export const importFields = [
  {
    name: 'sourceId',
    label: '来源编号',
    required: true,
    help: '原系统中的编号，每条不同，最多 200 字；同一编号只导入一次',
    example: 'old-2018-0001',
  },
  {
    name: 'title',
    label: '标题',
    required: true,
    help: '2 至 200 字',
    example: '关于做好汛期安全生产工作的通知',
  },
  {
    name: 'body',
    label: '正文',
    required: false,
    help: '纯文字（每行一段）或 HTML；脚本、样式等一律去掉',
    example: '各部门：现将有关事项通知如下。',
  },
  {
    name: 'abstract',
    label: '概述',
    required: false,
    help: '最多 500 字',
    example: '部署汛期检查和值班。',
  },
  {
    name: 'publishedOn',
    label: '发布日期',
    required: false,
    help: '如 2018-05-04；空着是今天，不能晚于今天',
    example: '2018-05-04',
  },
  {
    name: 'formedOn',
    label: '成文日期',
    required: false,
    help: '空着与发布日期相同，不能晚于发布日期',
    example: '2018-05-03',
  },
  {
    name: 'unit',
    label: '部门',
    required: false,
    help: '部门的代码或全称；空着归入第一个部门',
    example: '办公室',
  },
  {
    name: 'column',
    label: '栏目',
    required: false,
    help: '栏目的地址或名称；空着不归入栏目',
    example: '通知公告',
  },
  {
    name: 'furtherColumns',
    label: '同时列入的栏目',
    required: false,
    help: '除上面的栏目外还列入哪些栏目和专题，写地址或名称，可写几个，用分号隔开；仍按一条信息统计',
    example: '优化营商环境',
  },
  {
    name: 'documentNumber',
    label: '文号',
    required: false,
    help: '机关代字〔年份〕序号号',
    example: '国办发〔2016〕80号',
  },
  { name: 'kind', label: '体裁', required: false, help: '如通知、公告、意见，最多 30 字', example: '通知' },
  { name: 'subject', label: '主题分类', required: false, help: '最多 60 字', example: '综合政务' },
  {
    name: 'normative',
    label: '规范性文件',
    required: false,
    help: 'none（否）、normative（行政规范性文件）或 rule（规章）',
    example: '否',
  },
  {
    name: 'channels',
    label: '发布渠道',
    required: false,
    help: `${Object.values(channelKinds).join('、')}，可写几个，用顿号隔开；空着是${channelKinds.website}`,
    example: channelKinds.website,
  },
  {
    name: 'interprets',
    label: '解读的文件',
    required: false,
    help: '政策解读填写所解读文件的来源编号、索引号或文号，可写几个，用分号隔开；可以在同一个文件里',
    example: '国办发〔2016〕80号',
  },
] as const satisfies readonly ImportField[];

/** Source of the row that shows in a template how it is filled in; it is never imported. */
export const EXAMPLE_SOURCE = '示例，请删去这一行';

/** What is to be told of a line; `rejected` ones were not imported. */
export interface LineNote {
  line: number;
  kind: 'rejected' | 'reference' | 'differs';
  /** '' where it is the whole line. */
  field: string;
  /** What is wrong and what to do. */
  problem: string;
}

/** What a file was found to hold, before anything of it is imported. */
export interface ImportCheck {
  /** Lines with something on them. */
  read: number;
  /** Number of the last of them. */
  lastLine: number;
  fresh: number;
  unchanged: number;
  /** Of those unchanged: say something else now than what was imported. */
  differing: number;
  rejected: number;
  /** Columns or keys, in the order met, with the field each means; null for those that are not read. */
  columns: { column: string; field: string | null }[];
  /** The first ones, in the order of the file. */
  notes: LineNote[];
}
