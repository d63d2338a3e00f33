import { type DayNumber, parseDay } from './day-number.ts';
import type { LimitKind, TimeLimit } from './limit-kinds.ts';

const START = day('2008-05-01');
const RECONSIDERATION_2023 = day('2024-01-01');
const LITIGATION_2014 = day('2015-05-01');
const WORKING = { unit: 'working-day', maxExtension: 0 } as const;
const CALENDAR = { unit: 'day', maxExtension: 0 } as const;

type RemedyLimit = Exclude<
  LimitKind,
  'reply' | 'correction-notice' | 'third-party' | 'co-producer' | 'publish' | 'fee'
>;

/** Periods in reconsideration and litigation, by the law in force on day 0. */
export const remedyLimits: Readonly<Record<RemedyLimit, TimeLimit>> = {
  reconsideration: {
    label: '申请行政复议',
    startsOn: '知道或者应当知道行政行为之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: START,
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
    label: '申请行政复议（未告知权利的最长期限）',
    startsOn: '知道或者应当知道行政行为内容之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: START,
        limit: null,
        ground: '未规定未告知权利时的最长期限',
        cite: { statute: 'reconsideration-1999', article: 9 },
      },
      {
        unit: 'year',
        maxExtension: 0,
        from: RECONSIDERATION_2023,
        limit: 1,
        ground: '未告知申请行政复议的权利、机关和期限的，自知道或者应当知道行政行为内容之日起最长不得超过1年',
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
        from: START,
        limit: 60,
        ground: '应当自受理申请之日起60日内作出行政复议决定',
        cite: { statute: 'reconsideration-1999', article: 31 },
        extensionGround: '情况复杂的，经批准可以适当延长，延长期限最多不超过30日',
        extensionCite: { statute: 'reconsideration-1999', article: 31 },
      },
      {
        unit: 'day',
        maxExtension: 30,
        from: RECONSIDERATION_2023,
        limit: 60,
        ground: '适用普通程序的，应当自受理申请之日起60日内作出行政复议决定',
        cite: { statute: 'reconsideration-2023', article: 62 },
        extensionGround: '情况复杂的，经批准可以适当延长，延长期限最多不得超过30日',
        extensionCite: { statute: 'reconsideration-2023', article: 62 },
      },
    ],
  },
  'reconsideration-decision-summary': {
    label: '作出行政复议决定（简易程序）',
    startsOn: '受理行政复议申请之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: START,
        limit: null,
        ground: '2024-01-01前没有简易程序',
        cite: { statute: 'reconsideration-1999' },
      },
      {
        ...CALENDAR,
        from: RECONSIDERATION_2023,
        limit: 30,
        ground: '适用简易程序的，应当自受理申请之日起30日内作出行政复议决定',
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
        from: START,
        limit: 10,
        ground:
          '被申请人应当自收到申请书副本之日起10日内提出书面答复并提交证据；该法只把五日、七日规定为工作日，故按自然日计算',
        cite: { statute: 'reconsideration-1999', article: 23 },
      },
      {
        ...WORKING,
        from: RECONSIDERATION_2023,
        limit: 10,
        ground: '被申请人应当自收到申请书副本之日起10日内提出书面答复并提交证据；十日指工作日（第八十八条）',
        cite: { statute: 'reconsideration-2023', article: 48 },
      },
    ],
  },
  'reconsideration-answer-summary': {
    label: '提出行政复议书面答复（简易程序）',
    startsOn: '收到申请书副本之日',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...WORKING,
        from: START,
        limit: null,
        ground: '2024-01-01前没有简易程序',
        cite: { statute: 'reconsideration-1999' },
      },
      {
        ...WORKING,
        from: RECONSIDERATION_2023,
        limit: 5,
        ground:
          '适用简易程序的，被申请人应当自收到申请书副本之日起5日内提出书面答复；五日指工作日（第八十八条）',
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
        from: START,
        limit: 3,
        ground: '直接提起诉讼的，应当在知道作出具体行政行为之日起3个月内提出',
        cite: { statute: 'litigation-1989', article: 39 },
      },
      {
        unit: 'month',
        maxExtension: 0,
        from: LITIGATION_2014,
        limit: 6,
        ground: '直接提起诉讼的，应当自知道或者应当知道作出行政行为之日起6个月内提出',
        cite: { statute: 'litigation-2014', article: 46 },
      },
    ],
  },
  'court-after-reconsideration': {
    label: '不服复议决定提起行政诉讼',
    startsOn: '收到复议决定书之日（逾期不作决定的，复议期满之日）',
    suspensible: false,
    followsRegime: false,
    versions: [
      {
        ...CALENDAR,
        from: START,
        limit: 15,
        ground: '不服复议决定的，可以在收到复议决定书之日起15日内向人民法院提起诉讼',
        cite: { statute: 'litigation-1989', article: 38 },
      },
      {
        ...CALENDAR,
        from: LITIGATION_2014,
        limit: 15,
        ground: '不服复议决定的，可以在收到复议决定书之日起15日内向人民法院提起诉讼',
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
        from: START,
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

function day(text: string): DayNumber {
  return parseDay(text) as DayNumber;
}
