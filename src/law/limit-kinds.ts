import type { DayNumber } from './day-number.ts';
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
