import type { ColumnSpec, RowSpec, TableSpec } from './format.ts';

const organisation = ['申请人情况', '法人或其他组织'];

/** Kinds of applicants (申请人情况), in printed order. */
export const applicantColumns: readonly ColumnSpec[] = [
  { id: 'naturalPerson', label: '自然人', group: ['申请人情况'] },
  { id: 'company', label: '商业企业', group: organisation },
  { id: 'research', label: '科研机构', group: organisation },
  { id: 'publicWelfare', label: '社会公益组织', group: organisation },
  { id: 'legalService', label: '法律服务机构', group: organisation },
  { id: 'other', label: '其他', group: organisation },
  {
    id: 'total',
    label: '总计',
    group: ['申请人情况'],
    sumOf: ['naturalPerson', 'company', 'research', 'publicWelfare', 'legalService', 'other'],
  },
];

/** Figure codes end in the applicant kind, e.g. `requests.new.natural-person`. */
const kindNames: Readonly<Record<string, string>> = {
  naturalPerson: 'natural-person',
  company: 'company',
  research: 'research',
  publicWelfare: 'public-welfare',
  legalService: 'legal-service',
  other: 'other',
};

const row = (
  code: string,
  label: string,
  level: number,
  figure?: string,
  more: Pick<RowSpec, 'name' | 'stock'> = {},
): RowSpec => ({
  code,
  label,
  unit: '件',
  level,
  kind: 'count',
  ...(figure && {
    figures: Object.fromEntries(
      Object.entries(kindNames).map(([column, name]) => [column, `requests.${figure}.${name}`]),
    ),
  }),
  ...more,
});

const heading = (code: string, label: string, level: number): RowSpec => ({
  code,
  label,
  unit: '',
  level,
  kind: 'heading',
});

const outcomes = (
  prefix: string,
  group: string,
  name: string,
  rows: readonly (readonly [string, string])[],
): RowSpec[] =>
  rows.map(([label, figure], index) =>
    row(`${prefix}.${index + 1}`, `${index + 1}.${label}`, 2, `outcomes.${group}.${figure}`, {
      name: `${name}：${label}`,
    }),
  );

const upToUnprocessed: readonly RowSpec[] = [
  row('3.1', '（一）予以公开', 1, 'outcomes.disclosed'),
  row('3.2', '（二）部分公开（区分处理的，只计这一情形，不计其他情形）', 1, 'outcomes.partly-disclosed'),
  heading('3.3', '（三）不予公开', 1),
  ...outcomes('3.3', 'refused', '不予公开', [
    ['属于国家秘密', 'state-secret'],
    ['其他法律行政法规禁止公开', 'forbidden-by-law'],
    ['危及“三安全一稳定”', 'security-stability'],
    ['保护第三方合法权益', 'third-party'],
    ['属于三类内部事务信息', 'internal-affairs'],
    ['属于四类过程性信息', 'deliberative'],
    ['属于行政执法案卷', 'enforcement-file'],
    ['属于行政查询事项', 'registry-query'],
  ]),
  heading('3.4', '（四）无法提供', 1),
  ...outcomes('3.4', 'unavailable', '无法提供', [
    ['本机关不掌握相关政府信息', 'not-held'],
    ['没有现成信息需要另行制作', 'needs-making'],
    ['补正后申请内容仍不明确', 'still-unclear'],
  ]),
  heading('3.5', '（五）不予处理', 1),
  ...outcomes('3.5', 'unprocessed', '不予处理', [
    ['信访举报投诉类申请', 'petition'],
    ['重复申请', 'repeated'],
    ['要求提供公开出版物', 'publication'],
    ['无正当理由大量反复申请', 'excessive'],
    ['要求行政机关确认或重新出具已获取信息', 'reissue'],
  ]),
];

/** Group (六) as the format on 2019 and 2020 prints it: one row. */
export const otherOutcomes2019: readonly RowSpec[] = [row('3.6', '（六）其他处理', 1, 'outcomes.other')];

/** Group (六) since 2021: three rows. */
export const otherOutcomes2021: readonly RowSpec[] = [
  { ...heading('3.6', '（六）其他处理', 1), asOneRow: '3.6.3' },
  ...outcomes('3.6', 'other', '其他处理', [
    ['申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', 'not-corrected'],
    ['申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', 'fee-unpaid'],
    ['其他', 'rest'],
  ]),
];

/** Table 2: requests by outcome and kind of applicant; the formats differ in group (六) only. */
export function requestTable(otherOutcomes: readonly RowSpec[]): TableSpec {
  const results = [...upToUnprocessed, ...otherOutcomes];
  return {
    id: 'requests',
    title: '收到和处理政府信息公开申请情况',
    note: '本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和',
    sections: [
      {
        rowHeader: '办理情况',
        showsUnit: false,
        columns: applicantColumns,
        rows: [
          row('1', '一、本年新收政府信息公开申请数量', 0, 'new'),
          row('2', '二、上年结转政府信息公开申请数量', 0, 'carried-in'),
          heading('3', '三、本年度办理结果', 0),
          ...results,
          {
            ...row('3.7', '（七）总计', 1),
            sumOf: results.filter(({ kind }) => kind === 'count').map(({ code }) => code),
          },
          row('4', '四、结转下年度继续办理', 0, 'carried-out', { stock: true }),
        ],
      },
    ],
  };
}
