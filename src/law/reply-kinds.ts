import type { RegimeCode } from './regimes.ts';
import type { Citation } from './statutes.ts';

/** What an answer decides. A request of 492 may yield several; one of 711 has exactly one result row. */
export interface ReplyKind {
  /** Stable: A… under 492, B… under 711. */
  code: string;
  regime: RegimeCode;
  group: string;
  label: string;
  /** Row of the statistics table: the 2014 form for A…, the second table of the 2019 and 2021 forms for B…. */
  row: string;
  cites: readonly Citation[];
  /**
   * `whole`: 不予公开, which from 2024 needs reconsideration before court; `part`: 部分公开, whose refused part may
   * (a setting); `none`: straight to court is open.
   */
  refusal: 'none' | 'part' | 'whole';
  /** Reason and legal basis must be stated (every reply but full disclosure). */
  reasonRequired: boolean;
  /** 711/16 says 可以不予公开: the agency may still disclose. 14 and 15 leave no choice. */
  discretionary: boolean;
  /** What the letter must tell besides the decision. */
  mustTell: string | null;
}

type Draft = Omit<ReplyKind, 'regime' | 'refusal' | 'reasonRequired' | 'discretionary' | 'mustTell'> &
  Partial<ReplyKind>;

const old = (draft: Draft): ReplyKind => complete('R2008', draft);
const now = (draft: Draft): ReplyKind => complete('R2019', draft);

export const replyKinds: readonly ReplyKind[] = [
  old({
    code: 'A1',
    group: '属于已主动公开范围',
    label: '属于已主动公开范围',
    row: '3.3.1',
    cites: [{ statute: '492', article: 21, item: 1 }],
    reasonRequired: false,
    mustTell: '获取该政府信息的方式和途径',
  }),
  old({
    code: 'A2',
    group: '同意公开',
    label: '同意公开',
    row: '3.3.2',
    cites: [{ statute: '492', article: 21, item: 1 }],
    reasonRequired: false,
  }),
  old({
    code: 'A3',
    group: '同意部分公开',
    label: '同意部分公开（区分处理）',
    row: '3.3.3',
    cites: [{ statute: '492', article: 22 }],
    refusal: 'part',
  }),
  ...(
    [
      ['涉及国家秘密', 14],
      ['涉及商业秘密', 14],
      ['涉及个人隐私', 14],
      ['危及国家安全、公共安全、经济安全和社会稳定', 8],
      ['不是《条例》所指政府信息', 2],
      ['法律法规规定的其他情形', 21],
    ] as const
  ).map(([label, article], index) =>
    old({
      code: `A4.${index + 1}`,
      group: '不同意公开',
      label,
      row: `3.3.4.${index + 1}`,
      cites: [{ statute: '492', article }],
      refusal: 'whole',
    }),
  ),
  old({
    code: 'A5',
    group: '不属于本行政机关公开',
    label: '不属于本行政机关公开',
    row: '3.3.5',
    cites: [{ statute: '492', article: 21, item: 3 }],
    mustTell: '能够确定公开机关的，告知其名称、联系方式',
  }),
  old({
    code: 'A6',
    group: '申请信息不存在',
    label: '申请信息不存在',
    row: '3.3.6',
    cites: [{ statute: '492', article: 21, item: 3 }],
  }),
  old({
    code: 'A7',
    group: '告知作出更改补充',
    label: '告知作出更改补充',
    row: '3.3.7',
    cites: [{ statute: '492', article: 21, item: 4 }],
    mustTell: '需要更改、补充的内容',
  }),
  old({
    code: 'A8',
    group: '告知通过其他途径办理',
    label: '告知通过其他途径办理',
    row: '3.3.8',
    cites: [{ statute: '492', article: 21 }],
    mustTell: '可以办理的途径',
  }),
  now({
    code: 'B1.1',
    group: '（一）予以公开',
    label: '已主动公开，告知获取方式和途径',
    row: '3.1',
    cites: [{ statute: '711', article: 36, item: 1 }],
    reasonRequired: false,
    mustTell: '获取该政府信息的方式、途径',
  }),
  now({
    code: 'B1.2',
    group: '（一）予以公开',
    label: '可以公开，提供政府信息',
    row: '3.1',
    cites: [{ statute: '711', article: 36, item: 2 }],
    reasonRequired: false,
    mustTell: '获取该政府信息的方式、途径和时间',
  }),
  now({
    code: 'B2',
    group: '（二）部分公开',
    label: '部分公开（区分处理）',
    row: '3.2',
    cites: [{ statute: '711', article: 37 }],
    refusal: 'part',
  }),
  ...(
    [
      ['属于国家秘密', [{ statute: '711', article: 14 }], false],
      ['其他法律行政法规禁止公开', [{ statute: '711', article: 14 }], false],
      ['危及“三安全一稳定”', [{ statute: '711', article: 14 }], false],
      ['保护第三方合法权益', [{ statute: '711', article: 15 }], false],
      ['属于三类内部事务信息', [{ statute: '711', article: 16, paragraph: 1 }], true],
      ['属于四类过程性信息', [{ statute: '711', article: 16, paragraph: 2 }], true],
      ['属于行政执法案卷', [{ statute: '711', article: 16, paragraph: 2 }], true],
      ['属于行政查询事项', [{ statute: '711', article: 36, item: 7 }], false],
    ] as const
  ).map(([label, cites, discretionary], index) =>
    now({
      code: `B3.${index + 1}`,
      group: '（三）不予公开',
      label,
      row: `3.3.${index + 1}`,
      cites,
      discretionary,
      refusal: 'whole',
    }),
  ),
  ...(
    [
      [
        '本机关不掌握相关政府信息',
        [
          { statute: '711', article: 36, item: 4 },
          { statute: '711', article: 36, item: 5 },
        ],
      ],
      ['没有现成信息需要另行制作', [{ statute: '711', article: 38 }]],
      ['补正后申请内容仍不明确', [{ statute: '711', article: 30 }]],
    ] as const
  ).map(([label, cites], index) =>
    now({ code: `B4.${index + 1}`, group: '（四）无法提供', label, row: `3.4.${index + 1}`, cites }),
  ),
  ...(
    [
      ['信访举报投诉类申请', [{ statute: '711', article: 39, paragraph: 1 }]],
      ['重复申请', [{ statute: '711', article: 36, item: 6 }]],
      ['要求提供公开出版物', [{ statute: '711', article: 39, paragraph: 2 }]],
      ['无正当理由大量反复申请', [{ statute: '711', article: 35 }]],
      ['要求行政机关确认或重新出具已获取信息', []],
    ] as const
  ).map(([label, cites], index) =>
    now({ code: `B5.${index + 1}`, group: '（五）不予处理', label, row: `3.5.${index + 1}`, cites }),
  ),
  ...(
    [
      ['申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', [{ statute: '711', article: 30 }]],
      [
        '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
        [{ statute: 'fee-measures', article: 7 }],
      ],
      ['其他', []],
    ] as const
  ).map(([label, cites], index) =>
    now({ code: `B6.${index + 1}`, group: '（六）其他处理', label, row: `3.6.${index + 1}`, cites }),
  ),
];

const byCode = new Map(replyKinds.map((kind) => [kind.code, kind]));

export function replyKind(code: string): ReplyKind | undefined {
  return byCode.get(code);
}

export function replyKindsOf(regime: RegimeCode): readonly ReplyKind[] {
  return replyKinds.filter((kind) => kind.regime === regime);
}

function complete(regime: RegimeCode, draft: Draft): ReplyKind {
  return { regime, refusal: 'none', reasonRequired: true, discretionary: false, mustTell: null, ...draft };
}
