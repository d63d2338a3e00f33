import { type DayNumber, parseDay } from './day-number.ts';
import type { LimitKind, TimeLimit } from './limit-kinds.ts';

const R2008 = day('2008-05-01');
const R2019 = day('2019-05-15');
const FEES = day('2021-01-01');
const WORKING = { unit: 'working-day', maxExtension: 0 } as const;

type RequestLimit = Extract<
  LimitKind,
  'reply' | 'correction-notice' | 'third-party' | 'co-producer' | 'publish' | 'fee'
>;

/** Periods in handling requests and publishing: 492, then 711 and the fee measures. */
export const requestLimits: Readonly<Record<RequestLimit, TimeLimit>> = {
  reply: {
    label: '答复申请',
    startsOn: '收到申请之日',
    suspensible: true,
    followsRegime: true,
    versions: [
      {
        from: R2008,
        limit: 15,
        unit: 'working-day',
        maxExtension: 15,
        ground: '不能当场答复的，应当自收到申请之日起15个工作日内予以答复',
        cite: { statute: '492', article: 24 },
        extensionGround:
          '需要延长答复期限的，经政府信息公开工作机构负责人同意并告知申请人，延长最长不超过15个工作日',
        extensionCite: { statute: '492', article: 24 },
      },
      {
        from: R2019,
        limit: 20,
        unit: 'working-day',
        maxExtension: 20,
        ground: '不能当场答复的，应当自收到申请之日起20个工作日内予以答复',
        cite: { statute: '711', article: 33 },
        extensionGround:
          '需要延长答复期限的，经政府信息公开工作机构负责人同意并告知申请人，延长最长不超过20个工作日',
        extensionCite: { statute: '711', article: 33 },
      },
    ],
  },
  'correction-notice': {
    label: '告知补正',
    startsOn: '收到申请之日',
    suspensible: false,
    followsRegime: true,
    versions: [
      {
        ...WORKING,
        from: R2008,
        limit: null,
        ground: '申请内容不明确的，应当告知申请人作出更改、补充；未规定告知的天数',
        cite: { statute: '492', article: 21, item: 4 },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 7,
        ground: '申请内容不明确的，应当自收到申请之日起7个工作日内一次性告知申请人补正',
        cite: { statute: '711', article: 30 },
      },
    ],
  },
  'third-party': {
    label: '第三方提出意见',
    startsOn: '第三方收到征求意见书之日',
    suspensible: false,
    followsRegime: true,
    versions: [
      {
        ...WORKING,
        from: R2008,
        limit: null,
        ground: '应当书面征求第三方的意见；未规定第三方答复的天数',
        cite: { statute: '492', article: 23 },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 15,
        ground:
          '第三方应当自收到征求意见书之日起15个工作日内提出意见；逾期未提出的，由行政机关依法决定是否公开',
        cite: { statute: '711', article: 32 },
      },
    ],
  },
  'co-producer': {
    label: '共同制作机关提出意见',
    startsOn: '被征求意见机关收到征求意见书之日',
    suspensible: false,
    followsRegime: true,
    versions: [
      {
        ...WORKING,
        from: R2008,
        limit: null,
        ground: '未规定共同制作机关答复的天数',
        cite: { statute: '492' },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 15,
        ground: '被征求意见机关应当自收到征求意见书之日起15个工作日内提出意见；逾期未提出的，视为同意公开',
        cite: { statute: '711', article: 34 },
      },
    ],
  },
  publish: {
    label: '主动公开',
    startsOn: '政府信息形成或者变更之日',
    suspensible: false,
    followsRegime: true,
    versions: [
      {
        ...WORKING,
        from: R2008,
        limit: 20,
        ground: '属于主动公开范围的，应当自该政府信息形成或者变更之日起20个工作日内予以公开',
        cite: { statute: '492', article: 18 },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 20,
        ground: '属于主动公开范围的，应当自该政府信息形成或者变更之日起20个工作日内及时公开',
        cite: { statute: '711', article: 26 },
      },
    ],
  },
  fee: {
    label: '缴纳信息处理费',
    startsOn: '申请人收到收费通知之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...WORKING,
        from: R2008,
        limit: null,
        ground: '信息处理费自2021-01-01起方可收取',
        cite: { statute: 'fee-measures' },
      },
      {
        ...WORKING,
        from: FEES,
        limit: 20,
        ground: '申请人应当自收到收费通知次日起20个工作日内缴费；逾期未缴纳的，视为放弃申请',
        cite: { statute: 'fee-measures', article: 7 },
      },
    ],
  },
};

function day(text: string): DayNumber {
  return parseDay(text) as DayNumber;
}
