import type { RegisterKey } from './register.ts';
import { countedBudgets, countedMeetings, countedOffices, staffKinds } from './registers.ts';

/** What one figure of chapters 8 and 9 of the statistics table counts in a register. */
export interface Counting {
  code: string;
  label: string;
  unit: string;
  register: RegisterKey;
  /** Only entries of these kinds; all when absent. */
  kinds?: readonly string[];
  /** What one entry counts for; 1 when absent. */
  weight?: { field: string; divisor: number };
  measure?: 'amount';
}

export const countings: readonly Counting[] = [
  {
    code: 'registers.offices',
    label: '政府信息公开工作专门机构数',
    unit: '个',
    register: 'offices',
    kinds: countedOffices,
  },
  {
    code: 'registers.reading-places',
    label: '设置政府信息公开查阅点数',
    unit: '个',
    register: 'reading-places',
  },
  {
    code: 'registers.staff.total',
    label: '从事政府信息公开工作人员数',
    unit: '人',
    register: 'staff',
    kinds: [staffKinds.fullTime, staffKinds.partTime],
  },
  {
    code: 'registers.staff.full-time',
    label: '专职人员数',
    unit: '人',
    register: 'staff',
    kinds: [staffKinds.fullTime],
  },
  {
    code: 'registers.staff.part-time',
    label: '兼职人员数',
    unit: '人',
    register: 'staff',
    kinds: [staffKinds.partTime],
  },
  {
    code: 'registers.budget',
    label: '政府信息公开专项经费',
    unit: '万元',
    register: 'budgets',
    kinds: countedBudgets,
    weight: { field: 'amount', divisor: 10_000 },
    measure: 'amount',
  },
  {
    code: 'registers.meetings',
    label: '召开政府信息公开工作会议或专题会议数',
    unit: '次',
    register: 'meetings',
    kinds: countedMeetings,
  },
  { code: 'registers.trainings', label: '举办各类培训班数', unit: '次', register: 'trainings' },
  {
    code: 'registers.trainees',
    label: '接受培训人员数',
    unit: '人次',
    register: 'trainings',
    weight: { field: 'trainees', divisor: 1 },
  },
];

export const countingsOf = (key: RegisterKey): readonly Counting[] =>
  countings.filter(({ register }) => register === key);

/** The kinds of entry that count in any figure; null when all do, or the register knows no kinds. */
export function countedKinds(key: RegisterKey): readonly string[] | null {
  const kinds = countingsOf(key).map((counting) => counting.kinds);
  return kinds.some((list) => list === undefined) ? null : [...new Set(kinds.flatMap((list) => list ?? []))];
}
