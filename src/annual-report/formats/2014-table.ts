import type { RowSpec, TableSpec } from './format.ts';

type Unit = '条' | '件' | '次' | '篇' | '个' | '人' | '人次' | '万元';

const heading = (code: string, label: string, level: number): RowSpec => ({
  code,
  label,
  unit: '',
  level,
  kind: 'heading',
});

const row = (
  code: string,
  label: string,
  unit: Unit,
  level: number,
  figure: string,
  more: Pick<RowSpec, 'within' | 'sumOf' | 'definition' | 'name' | 'stock'> = {},
): RowSpec => ({
  code,
  label,
  unit,
  level,
  kind: unit === '万元' ? 'amount' : 'count',
  figures: { value: figure },
  ...more,
});

const parts = (total: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${total}.${index + 1}`);

const refusalGround = (n: number, label: string, figure: string): RowSpec =>
  row(`3.3.4.${n}`, label, '件', 3, `requests.replies.refused.${figure}`, {
    within: '3.3.4',
    name: `不同意公开：${label.replace('其中:', '')}`,
  });

/** A row whose printed wording says too little without the heading above it. */
const underHeading = (
  heading: string,
  code: string,
  label: string,
  figure: string,
  more: Pick<RowSpec, 'sumOf'> = {},
): RowSpec =>
  row(code, label, '件', code.split('.').length - 1, figure, {
    ...more,
    name: `${heading}：${label.replace(/^(?:\d+\.|[(][^)]+[)])|答复(?=数$)/g, '')}`,
  });

const rows: readonly RowSpec[] = [
  heading('1', '一、主动公开情况', 0),
  row('1.1', '(一)主动公开政府信息数', '条', 1, 'catalogue.items', {
    definition: '不同渠道和方式公开相同信息计1条',
  }),
  row('1.1.1', '其中:主动公开规范性文件数', '件', 2, 'catalogue.normative.published', { within: '1.1' }),
  row('1.1.2', '制发规范性文件总数', '件', 2, 'catalogue.normative.issued', {
    definition: '本年制发的规范性文件，不论是否公开',
  }),
  heading('1.2', '(二)通过不同渠道和方式公开政府信息的情况', 1),
  row('1.2.1', '1.政府公报公开政府信息数', '条', 2, 'channels.gazette'),
  row('1.2.2', '2.政府网站公开政府信息数', '条', 2, 'channels.website'),
  row('1.2.3', '3.政务微博公开政府信息数', '条', 2, 'channels.weibo'),
  row('1.2.4', '4.政务微信公开政府信息数', '条', 2, 'channels.wechat'),
  row('1.2.5', '5.其他方式公开政府信息数', '条', 2, 'channels.other'),

  heading('2', '二、回应解读情况', 0),
  row('2.1', '(一)回应公众关注热点或重大舆情数', '次', 1, 'responses.events', {
    definition: '同一热点或舆情通过多种渠道回应计1次',
  }),
  heading('2.2', '(二)通过不同渠道和方式回应解读的情况', 1),
  row('2.2.1', '1.参加或举办新闻发布会总次数', '次', 2, 'press.conferences'),
  row('2.2.1.1', '其中:主要负责同志参加新闻发布会次数', '次', 3, 'press.conferences.leaders', {
    within: '2.2.1',
  }),
  row('2.2.2', '2.政府网站在线访谈次数', '次', 2, 'press.interviews'),
  row('2.2.2.1', '其中:主要负责同志参加政府网站在线访谈次数', '次', 3, 'press.interviews.leaders', {
    within: '2.2.2',
  }),
  row('2.2.3', '3.政策解读稿件发布数', '篇', 2, 'interpretations.pieces'),
  row('2.2.4', '4.微博微信回应事件数', '次', 2, 'responses.weibo-wechat'),
  row('2.2.5', '5.其他方式回应事件数', '次', 2, 'responses.other'),

  heading('3', '三、依申请公开情况', 0),
  row('3.1', '(一)收到申请数', '件', 1, 'requests.received', { sumOf: parts('3.1', 4) }),
  row('3.1.1', '1.当面申请数', '件', 2, 'requests.received.in-person'),
  row('3.1.2', '2.传真申请数', '件', 2, 'requests.received.fax'),
  row('3.1.3', '3.网络申请数', '件', 2, 'requests.received.internet'),
  row('3.1.4', '4.信函申请数', '件', 2, 'requests.received.letter'),
  row('3.2', '(二)申请办结数', '件', 1, 'requests.concluded', { sumOf: parts('3.2', 2) }),
  row('3.2.1', '1.按时办结数', '件', 2, 'requests.concluded.on-time'),
  row('3.2.2', '2.延期办结数', '件', 2, 'requests.concluded.extended'),
  row('3.3', '(三)申请答复数', '件', 1, 'requests.replies', {
    sumOf: parts('3.3', 8),
    definition: '一件申请可以有多个答复，按答复计数',
  }),
  underHeading('答复', '3.3.1', '1.属于已主动公开范围数', 'requests.replies.already-public'),
  underHeading('答复', '3.3.2', '2.同意公开答复数', 'requests.replies.disclosed'),
  underHeading('答复', '3.3.3', '3.同意部分公开答复数', 'requests.replies.partly-disclosed'),
  underHeading('答复', '3.3.4', '4.不同意公开答复数', 'requests.replies.refused', {
    sumOf: parts('3.3.4', 6),
  }),
  refusalGround(1, '其中:涉及国家秘密', 'state-secret'),
  refusalGround(2, '涉及商业秘密', 'trade-secret'),
  refusalGround(3, '涉及个人隐私', 'privacy'),
  refusalGround(4, '危及国家安全、公共安全、经济安全和社会稳定', 'security-stability'),
  refusalGround(5, '不是《条例》所指政府信息', 'not-government-information'),
  refusalGround(6, '法律法规规定的其他情形', 'other-statutory'),
  underHeading('答复', '3.3.5', '5.不属于本行政机关公开数', 'requests.replies.other-agency'),
  underHeading('答复', '3.3.6', '6.申请信息不存在数', 'requests.replies.not-existing'),
  underHeading('答复', '3.3.7', '7.告知作出更改补充数', 'requests.replies.correction-asked'),
  underHeading('答复', '3.3.8', '8.告知通过其他途径办理数', 'requests.replies.other-route'),

  row('4', '四、行政复议数量', '件', 0, 'remedies.reconsiderations', { sumOf: parts('4', 3) }),
  underHeading('行政复议', '4.1', '(一)维持具体行政行为数', 'remedies.reconsiderations.upheld'),
  underHeading('行政复议', '4.2', '(二)被依法纠错数', 'remedies.reconsiderations.corrected'),
  underHeading('行政复议', '4.3', '(三)其他情形数', 'remedies.reconsiderations.other'),
  row('5', '五、行政诉讼数量', '件', 0, 'remedies.lawsuits', { sumOf: parts('5', 3) }),
  underHeading('行政诉讼', '5.1', '(一)维持具体行政行为或者驳回原告诉讼请求数', 'remedies.lawsuits.upheld'),
  underHeading('行政诉讼', '5.2', '(二)被依法纠错数', 'remedies.lawsuits.corrected'),
  underHeading('行政诉讼', '5.3', '(三)其他情形数', 'remedies.lawsuits.other'),
  row('6', '六、举报投诉数量', '件', 0, 'remedies.complaints', {
    definition: '只计针对政府信息公开工作的举报投诉',
  }),
  row('7', '七、依申请公开信息收取的费用', '万元', 0, 'requests.fees'),

  heading('8', '八、机构建设和保障经费情况', 0),
  row('8.1', '(一)政府信息公开工作专门机构数', '个', 1, 'registers.offices', { stock: true }),
  row('8.2', '(二)设置政府信息公开查阅点数', '个', 1, 'registers.reading-places', { stock: true }),
  row('8.3', '(三)从事政府信息公开工作人员数', '人', 1, 'registers.staff.total', {
    sumOf: parts('8.3', 2),
    stock: true,
  }),
  row('8.3.1', '1.专职人员数(不包括政府公报及政府网站工作人员数)', '人', 2, 'registers.staff.full-time', {
    stock: true,
  }),
  row('8.3.2', '2.兼职人员数', '人', 2, 'registers.staff.part-time', { stock: true }),
  row(
    '8.4',
    '(四)政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)',
    '万元',
    1,
    'registers.budget',
  ),

  heading('9', '九、政府信息公开会议和培训情况', 0),
  row('9.1', '(一)召开政府信息公开工作会议或专题会议数', '次', 1, 'registers.meetings'),
  row('9.2', '(二)举办各类培训班数', '次', 1, 'registers.trainings'),
  row('9.3', '(三)接受培训人员数', '人次', 1, 'registers.trainees'),
];

/** 政府信息公开情况统计表: 58 figure rows in one column. */
export const statistics2014: TableSpec = {
  id: 'statistics',
  title: '政府信息公开情况统计表',
  sections: [
    {
      rowHeader: '统计指标',
      showsUnit: true,
      columns: [{ id: 'value', label: '统计数' }],
      rows,
    },
  ],
};
