import type { Channel } from '../../law/index.ts';
import type { ApplicantKind } from './model.ts';

/** What one figure of the report counts among the requests of an agency. */
export interface RequestCounting {
  code: string;
  label: string;
  kind: 'flow' | 'stock';
  /**
   * `received` and `concluded` within the period; `carried-in`: not concluded when it began; `carried-out`: not concluded
   * when it ended.
   */
  moment: 'received' | 'concluded' | 'carried-in' | 'carried-out';
  applicant?: ApplicantKind;
  channels?: readonly Channel[];
  results?: readonly string[];
  /** Concluded by the last day of the limit as it stood without an extension, or after it. */
  within?: 'first-limit' | 'extension';
}

/** Column headings of the second table; the records call the last one 其他组织. */
const applicants: Readonly<Record<ApplicantKind, string>> = {
  'natural-person': '自然人',
  company: '商业企业',
  research: '科研机构',
  'public-welfare': '社会公益组织',
  'legal-service': '法律服务机构',
  other: '其他',
};

type Row = readonly [figure: string, label: string, results: readonly string[]];

/**
 * Rows of the second table since 2019 and the results each counts. The results of 711 are its rows. A request that came
 * under 492 and was concluded later is put where its result is at home in the new table (own reading, no text says it):
 * business secrets and privacy are third parties' rights, what another body holds or nobody has is 本机关不掌握, and a
 * withdrawn one goes with 其他.
 */
const outcomes: readonly Row[] = [
  ['disclosed', '予以公开', ['B1.1', 'B1.2', 'A1', 'A2']],
  ['partly-disclosed', '部分公开', ['B2', 'A3']],
  ['refused.state-secret', '不予公开：属于国家秘密', ['B3.1', 'A4.1']],
  ['refused.forbidden-by-law', '不予公开：其他法律行政法规禁止公开', ['B3.2', 'A4.6']],
  ['refused.security-stability', '不予公开：危及“三安全一稳定”', ['B3.3', 'A4.4']],
  ['refused.third-party', '不予公开：保护第三方合法权益', ['B3.4', 'A4.2', 'A4.3']],
  ['refused.internal-affairs', '不予公开：属于三类内部事务信息', ['B3.5']],
  ['refused.deliberative', '不予公开：属于四类过程性信息', ['B3.6']],
  ['refused.enforcement-file', '不予公开：属于行政执法案卷', ['B3.7']],
  ['refused.registry-query', '不予公开：属于行政查询事项', ['B3.8']],
  ['unavailable.not-held', '无法提供：本机关不掌握相关政府信息', ['B4.1', 'A5', 'A6']],
  ['unavailable.needs-making', '无法提供：没有现成信息需要另行制作', ['B4.2']],
  ['unavailable.still-unclear', '无法提供：补正后申请内容仍不明确', ['B4.3', 'A7']],
  ['unprocessed.petition', '不予处理：信访举报投诉类申请', ['B5.1']],
  ['unprocessed.repeated', '不予处理：重复申请', ['B5.2']],
  ['unprocessed.publication', '不予处理：要求提供公开出版物', ['B5.3']],
  ['unprocessed.excessive', '不予处理：无正当理由大量反复申请', ['B5.4']],
  ['unprocessed.reissue', '不予处理：要求行政机关确认或重新出具已获取信息', ['B5.5']],
];

/** Group (六): three rows since 2021, one before. */
const others2021: readonly Row[] = [
  [
    'other.not-corrected',
    '其他处理：申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
    ['B6.1'],
  ],
  [
    'other.fee-unpaid',
    '其他处理：申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
    ['B6.2'],
  ],
  ['other.rest', '其他处理：其他', ['B6.3', 'A4.5', 'A8', 'W']],
];
const other2019: Row = ['other', '其他处理', others2021.flatMap(([, , results]) => results)];

/** Chapter 3.3 of the 2014 table; what was withdrawn has no reply. */
const replies: readonly Row[] = [
  ['already-public', '答复：属于已主动公开范围数', ['A1']],
  ['disclosed', '答复：同意公开数', ['A2']],
  ['partly-disclosed', '答复：同意部分公开数', ['A3']],
  ['refused', '答复：不同意公开数', ['A4.1', 'A4.2', 'A4.3', 'A4.4', 'A4.5', 'A4.6']],
  ['refused.state-secret', '不同意公开：涉及国家秘密', ['A4.1']],
  ['refused.trade-secret', '不同意公开：涉及商业秘密', ['A4.2']],
  ['refused.privacy', '不同意公开：涉及个人隐私', ['A4.3']],
  ['refused.security-stability', '不同意公开：危及国家安全、公共安全、经济安全和社会稳定', ['A4.4']],
  ['refused.not-government-information', '不同意公开：不是《条例》所指政府信息', ['A4.5']],
  ['refused.other-statutory', '不同意公开：法律法规规定的其他情形', ['A4.6']],
  ['other-agency', '答复：不属于本行政机关公开数', ['A5']],
  ['not-existing', '答复：申请信息不存在数', ['A6']],
  ['correction-asked', '答复：告知作出更改补充数', ['A7']],
  ['other-route', '答复：告知通过其他途径办理数', ['A8']],
];

const byApplicant = (
  figure: string,
  label: string,
  counting: Pick<RequestCounting, 'moment' | 'results'> & { kind?: 'stock' },
): RequestCounting[] =>
  (Object.keys(applicants) as ApplicantKind[]).map((applicant) => ({
    kind: 'flow',
    ...counting,
    code: `requests.${figure}.${applicant}`,
    label: `${label}（${applicants[applicant]}）`,
    applicant,
  }));

const flow = (
  code: string,
  label: string,
  counting: Omit<RequestCounting, 'code' | 'label' | 'kind'>,
): RequestCounting => ({ code: `requests.${code}`, label, kind: 'flow', ...counting });

const repliesOf2014: readonly RequestCounting[] = [
  flow('replies', '申请答复数', {
    moment: 'concluded',
    results: [...new Set(replies.flatMap(([, , results]) => results))],
  }),
  ...replies.map(([figure, label, results]) =>
    flow(`replies.${figure}`, label, { moment: 'concluded', results }),
  ),
];

/** Every figure that counts requests, in the order of the tables. */
export const requestCountings: readonly RequestCounting[] = [
  flow('received', '收到申请数', { moment: 'received' }),
  flow('received.in-person', '当面申请数', { moment: 'received', channels: ['in-person'] }),
  flow('received.fax', '传真申请数', { moment: 'received', channels: ['fax'] }),
  flow('received.internet', '网络申请数', { moment: 'received', channels: ['internet', 'email'] }),
  flow('received.letter', '信函申请数', {
    moment: 'received',
    channels: ['signed-post', 'ordinary-post'],
  }),
  flow('concluded', '申请办结数', { moment: 'concluded' }),
  flow('concluded.on-time', '按时办结数', { moment: 'concluded', within: 'first-limit' }),
  flow('concluded.extended', '延期办结数', { moment: 'concluded', within: 'extension' }),
  ...repliesOf2014,
  ...byApplicant('new', '本年新收政府信息公开申请数量', { moment: 'received' }),
  ...byApplicant('carried-in', '上年结转政府信息公开申请数量', { moment: 'carried-in' }),
  ...[...outcomes, other2019, ...others2021].flatMap(([figure, label, results]) =>
    byApplicant(`outcomes.${figure}`, label, { moment: 'concluded', results }),
  ),
  ...byApplicant('carried-out', '结转下年度继续办理', { moment: 'carried-out', kind: 'stock' }),
];
