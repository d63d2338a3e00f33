import { type DayNumber, parseDay } from './day-number.ts';
import type { Citation } from './statutes.ts';

export type LimitKind =
  | 'reply'
  | 'correction-notice'
  | 'third-party'
  | 'co-producer'
  | 'publish'
  | 'fee'
  | 'reconsideration'
  | 'reconsideration-unadvised'
  | 'reconsideration-decision'
  | 'reconsideration-decision-summary'
  | 'reconsideration-answer'
  | 'reconsideration-answer-summary'
  | 'court'
  | 'court-after-reconsideration'
  | 'court-defence';

export type LimitUnit = 'working-day' | 'day' | 'month' | 'year';

export const unitLabels: Readonly<Record<LimitUnit, string>> = {
  'working-day': '个工作日',
  day: '日',
  month: '个月',
  year: '年',
};

/** One wording of a limit, in force from a date. `limit` null: the law of that time gives no number. */
export interface LimitVersion {
  from: DayNumber;
  limit: number | null;
  unit: LimitUnit;
  /** Greatest extension in the same unit; 0 where the law allows none. */
  maxExtension: number;
  ground: string;
  cite: Citation;
  extensionGround?: string;
  extensionCite?: Citation;
}

export interface TimeLimit {
  label: string;
  /** What day 0 is. */
  startsOn: string;
  /** Time spent asking others may be excluded (711/33(3)). */
  suspensible: boolean;
  /** The version follows the regime of the request, not the date of the step. */
  followsRegime: boolean;
  versions: readonly LimitVersion[];
}

const R2008 = day('2008-05-01');
const R2019 = day('2019-05-15');
const FEES = day('2021-01-01');
const RECONSIDERATION_2023 = day('2024-01-01');
const LITIGATION_2014 = day('2015-05-01');
const WORKING = { unit: 'working-day', maxExtension: 0 } as const;
const CALENDAR = { unit: 'day', maxExtension: 0 } as const;

/** Every statutory period of the house. Changing the law means adding a version here. */
export const timeLimits: Readonly<Record<LimitKind, TimeLimit>> = {
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
        ground: '不能当场答复的,应当自收到申请之日起15个工作日内予以答复',
        cite: { statute: '492', article: 24 },
        extensionGround:
          '需要延长答复期限的,经政府信息公开工作机构负责人同意并告知申请人,延长最长不超过15个工作日',
        extensionCite: { statute: '492', article: 24 },
      },
      {
        from: R2019,
        limit: 20,
        unit: 'working-day',
        maxExtension: 20,
        ground: '不能当场答复的,应当自收到申请之日起20个工作日内予以答复',
        cite: { statute: '711', article: 33 },
        extensionGround:
          '需要延长答复期限的,经政府信息公开工作机构负责人同意并告知申请人,延长最长不超过20个工作日',
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
        ground: '申请内容不明确的,应当告知申请人作出更改、补充;未规定告知的天数',
        cite: { statute: '492', article: 21, item: 4 },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 7,
        ground: '申请内容不明确的,应当自收到申请之日起7个工作日内一次性告知申请人补正',
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
        ground: '应当书面征求第三方的意见;未规定第三方答复的天数',
        cite: { statute: '492', article: 23 },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 15,
        ground:
          '第三方应当自收到征求意见书之日起15个工作日内提出意见;逾期未提出的,由行政机关依法决定是否公开',
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
        ground: '被征求意见机关应当自收到征求意见书之日起15个工作日内提出意见;逾期未提出的,视为同意公开',
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
        ground: '属于主动公开范围的,应当自该政府信息形成或者变更之日起20个工作日内予以公开',
        cite: { statute: '492', article: 18 },
      },
      {
        ...WORKING,
        from: R2019,
        limit: 20,
        ground: '属于主动公开范围的,应当自该政府信息形成或者变更之日起20个工作日内及时公开',
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
        ground: '申请人应当自收到收费通知次日起20个工作日内缴费;逾期未缴纳的,视为放弃申请',
        cite: { statute: 'fee-measures', article: 7 },
      },
    ],
  },
  reconsideration: {
    label: '申请行政复议',
    startsOn: '知道或者应当知道行政行为之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: R2008,
        limit: 60,
        ground: '可以自知道该行政行为之日起60日内提出行政复议申请',
        cite: { statute: 'reconsideration-1999', article: 9 },
      },
      {
        ...CALENDAR,
        from: RECONSIDERATION_2023,
        limit: 60,
        ground: '可以自知道或者应当知道该行政行为之日起60日内提出行政复议申请',
        cite: { statute: 'reconsideration-2023', article: 20 },
      },
    ],
  },
  'reconsideration-unadvised': {
    label: '申请行政复议(未告知权利的最长期限)',
    startsOn: '知道或者应当知道行政行为内容之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: R2008,
        limit: null,
        ground: '未规定未告知权利时的最长期限',
        cite: { statute: 'reconsideration-1999', article: 9 },
      },
      {
        unit: 'year',
        maxExtension: 0,
        from: RECONSIDERATION_2023,
        limit: 1,
        ground: '未告知申请行政复议的权利、机关和期限的,自知道或者应当知道行政行为内容之日起最长不得超过1年',
        cite: { statute: 'reconsideration-2023', article: 20 },
      },
    ],
  },
  'reconsideration-decision': {
    label: '作出行政复议决定',
    startsOn: '受理行政复议申请之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        unit: 'day',
        maxExtension: 30,
        from: R2008,
        limit: 60,
        ground: '应当自受理申请之日起60日内作出行政复议决定',
        cite: { statute: 'reconsideration-1999', article: 31 },
        extensionGround: '情况复杂的,经批准可以适当延长,延长期限最多不超过30日',
        extensionCite: { statute: 'reconsideration-1999', article: 31 },
      },
      {
        unit: 'day',
        maxExtension: 30,
        from: RECONSIDERATION_2023,
        limit: 60,
        ground: '适用普通程序的,应当自受理申请之日起60日内作出行政复议决定',
        cite: { statute: 'reconsideration-2023', article: 62 },
        extensionGround: '情况复杂的,经批准可以适当延长,延长期限最多不得超过30日',
        extensionCite: { statute: 'reconsideration-2023', article: 62 },
      },
    ],
  },
  'reconsideration-decision-summary': {
    label: '作出行政复议决定(简易程序)',
    startsOn: '受理行政复议申请之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: R2008,
        limit: null,
        ground: '2024-01-01前没有简易程序',
        cite: { statute: 'reconsideration-1999' },
      },
      {
        ...CALENDAR,
        from: RECONSIDERATION_2023,
        limit: 30,
        ground: '适用简易程序的,应当自受理申请之日起30日内作出行政复议决定',
        cite: { statute: 'reconsideration-2023', article: 62 },
      },
    ],
  },
  'reconsideration-answer': {
    label: '提出行政复议书面答复',
    startsOn: '收到申请书副本之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: R2008,
        limit: 10,
        ground:
          '被申请人应当自收到申请书副本之日起10日内提出书面答复并提交证据;该法只把五日、七日规定为工作日,故按自然日计算',
        cite: { statute: 'reconsideration-1999', article: 23 },
      },
      {
        ...WORKING,
        from: RECONSIDERATION_2023,
        limit: 10,
        ground: '被申请人应当自收到申请书副本之日起10日内提出书面答复并提交证据;十日指工作日(第八十八条)',
        cite: { statute: 'reconsideration-2023', article: 48 },
      },
    ],
  },
  'reconsideration-answer-summary': {
    label: '提出行政复议书面答复(简易程序)',
    startsOn: '收到申请书副本之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...WORKING,
        from: R2008,
        limit: null,
        ground: '2024-01-01前没有简易程序',
        cite: { statute: 'reconsideration-1999' },
      },
      {
        ...WORKING,
        from: RECONSIDERATION_2023,
        limit: 5,
        ground: '适用简易程序的,被申请人应当自收到申请书副本之日起5日内提出书面答复;五日指工作日(第八十八条)',
        cite: { statute: 'reconsideration-2023', article: 54 },
      },
    ],
  },
  court: {
    label: '直接提起行政诉讼',
    startsOn: '知道或者应当知道行政行为之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        unit: 'month',
        maxExtension: 0,
        from: R2008,
        limit: 3,
        ground: '直接提起诉讼的,应当在知道作出具体行政行为之日起3个月内提出',
        cite: { statute: 'litigation-1989', article: 39 },
      },
      {
        unit: 'month',
        maxExtension: 0,
        from: LITIGATION_2014,
        limit: 6,
        ground: '直接提起诉讼的,应当自知道或者应当知道作出行政行为之日起6个月内提出',
        cite: { statute: 'litigation-2014', article: 46 },
      },
    ],
  },
  'court-after-reconsideration': {
    label: '不服复议决定提起行政诉讼',
    startsOn: '收到复议决定书之日(逾期不作决定的,复议期满之日)',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: R2008,
        limit: 15,
        ground: '不服复议决定的,可以在收到复议决定书之日起15日内向人民法院提起诉讼',
        cite: { statute: 'litigation-1989', article: 38 },
      },
      {
        ...CALENDAR,
        from: LITIGATION_2014,
        limit: 15,
        ground: '不服复议决定的,可以在收到复议决定书之日起15日内向人民法院提起诉讼',
        cite: { statute: 'litigation-2014', article: 45 },
      },
    ],
  },
  'court-defence': {
    label: '提交答辩状和证据',
    startsOn: '收到起诉状副本之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: R2008,
        limit: 10,
        ground: '被告应当在收到起诉状副本之日起10日内提交有关材料并提出答辩状',
        cite: { statute: 'litigation-1989', article: 43 },
      },
      {
        ...CALENDAR,
        from: LITIGATION_2014,
        limit: 15,
        ground: '被告应当在收到起诉状副本之日起15日内提交证据和规范性文件并提出答辩状',
        cite: { statute: 'litigation-2014', article: 67 },
      },
    ],
  },
};

/** The wording in force on that day; before 2008-05-01 the oldest one. */
export function limitVersion(kind: LimitKind, on: DayNumber): LimitVersion {
  const { versions } = timeLimits[kind];
  for (let index = versions.length - 1; index > 0; index--) {
    const version = versions[index] as LimitVersion;
    if (on >= version.from) return version;
  }
  return versions[0] as LimitVersion;
}

function day(text: string): DayNumber {
  return parseDay(text) as DayNumber;
}
