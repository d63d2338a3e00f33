import type { Figure } from '../../core/figure.ts';

type FigureNeed = Pick<Figure, 'code' | 'label' | 'unit' | 'kind' | 'area' | 'measure'>;

/** In the order of the printed table. An area declares its figures from this list until it has records of its own. */
export const figures2014 = [
  count('catalogue.items', '主动公开政府信息数', '条'),
  count('catalogue.normative.published', '主动公开规范性文件数', '件'),
  count('catalogue.normative.issued', '制发规范性文件总数', '件'),

  count('channels.gazette', '政府公报公开政府信息数', '条'),
  count('channels.website', '政府网站公开政府信息数', '条'),
  count('channels.weibo', '政务微博公开政府信息数', '条'),
  count('channels.wechat', '政务微信公开政府信息数', '条'),
  count('channels.other', '其他方式公开政府信息数', '条'),

  count('responses.events', '回应公众关注热点或重大舆情数', '次'),
  count('press.conferences', '参加或举办新闻发布会总次数', '次'),
  count('press.conferences.leaders', '主要负责同志参加新闻发布会次数', '次'),
  count('press.interviews', '政府网站在线访谈次数', '次'),
  count('press.interviews.leaders', '主要负责同志参加政府网站在线访谈次数', '次'),
  count('interpretations.pieces', '政策解读稿件发布数', '篇'),
  count('responses.weibo-wechat', '微博微信回应事件数', '次'),
  count('responses.other', '其他方式回应事件数', '次'),

  count('requests.received', '收到申请数', '件'),
  count('requests.received.in-person', '当面申请数', '件'),
  count('requests.received.fax', '传真申请数', '件'),
  count('requests.received.internet', '网络申请数', '件'),
  count('requests.received.letter', '信函申请数', '件'),
  count('requests.concluded', '申请办结数', '件'),
  count('requests.concluded.on-time', '按时办结数', '件'),
  count('requests.concluded.extended', '延期办结数', '件'),
  count('requests.replies', '申请答复数', '件'),
  count('requests.replies.already-public', '答复：属于已主动公开范围数', '件'),
  count('requests.replies.disclosed', '答复：同意公开数', '件'),
  count('requests.replies.partly-disclosed', '答复：同意部分公开数', '件'),
  count('requests.replies.refused', '答复：不同意公开数', '件'),
  count('requests.replies.refused.state-secret', '不同意公开：涉及国家秘密', '件'),
  count('requests.replies.refused.trade-secret', '不同意公开：涉及商业秘密', '件'),
  count('requests.replies.refused.privacy', '不同意公开：涉及个人隐私', '件'),
  count(
    'requests.replies.refused.security-stability',
    '不同意公开：危及国家安全、公共安全、经济安全和社会稳定',
    '件',
  ),
  count('requests.replies.refused.not-government-information', '不同意公开：不是《条例》所指政府信息', '件'),
  count('requests.replies.refused.other-statutory', '不同意公开：法律法规规定的其他情形', '件'),
  count('requests.replies.other-agency', '答复：不属于本行政机关公开数', '件'),
  count('requests.replies.not-existing', '答复：申请信息不存在数', '件'),
  count('requests.replies.correction-asked', '答复：告知作出更改补充数', '件'),
  count('requests.replies.other-route', '答复：告知通过其他途径办理数', '件'),

  count('remedies.reconsiderations', '行政复议数量', '件'),
  count('remedies.reconsiderations.upheld', '行政复议：维持具体行政行为数', '件'),
  count('remedies.reconsiderations.corrected', '行政复议：被依法纠错数', '件'),
  count('remedies.reconsiderations.other', '行政复议：其他情形数', '件'),
  count('remedies.lawsuits', '行政诉讼数量', '件'),
  count('remedies.lawsuits.upheld', '行政诉讼：维持具体行政行为或者驳回原告诉讼请求数', '件'),
  count('remedies.lawsuits.corrected', '行政诉讼：被依法纠错数', '件'),
  count('remedies.lawsuits.other', '行政诉讼：其他情形数', '件'),
  count('remedies.complaints', '举报投诉数量', '件'),
  amount('requests.fees', '依申请公开信息收取的费用'),

  stock('registers.offices', '政府信息公开工作专门机构数', '个'),
  stock('registers.reading-places', '设置政府信息公开查阅点数', '个'),
  stock('registers.staff.total', '从事政府信息公开工作人员数', '人'),
  stock('registers.staff.full-time', '专职人员数', '人'),
  stock('registers.staff.part-time', '兼职人员数', '人'),
  amount('registers.budget', '政府信息公开专项经费'),
  count('registers.meetings', '召开政府信息公开工作会议或专题会议数', '次'),
  count('registers.trainings', '举办各类培训班数', '次'),
  count('registers.trainees', '接受培训人员数', '人次'),
] as const satisfies readonly FigureNeed[];

/** Every figure code that the 2014 format asks for. */
export type FigureCode2014 = (typeof figures2014)[number]['code'];

function count<const Code extends string>(code: Code, label: string, unit: string) {
  return { code, label, unit, kind: 'flow', area: areaOf(code), measure: 'count' } as const;
}

function stock<const Code extends string>(code: Code, label: string, unit: string) {
  return { code, label, unit, kind: 'stock', area: areaOf(code), measure: 'count' } as const;
}

function amount<const Code extends string>(code: Code, label: string) {
  return { code, label, unit: '万元', kind: 'flow', area: areaOf(code), measure: 'amount' } as const;
}

function areaOf(code: string): string {
  return code.slice(0, code.indexOf('.'));
}
