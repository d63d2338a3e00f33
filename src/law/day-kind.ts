import { type ExplainedDay, WHY_DAY_ZERO, WHY_SUSPENDED } from './explanation.ts';

/** What a day of a count is, for pictures: each kind has a shape and a word of its own. */
export type DayKind = 'start' | 'counted' | 'make-up' | 'holiday' | 'weekend' | 'suspended';

/** The kind of an explained day, told from the words that explain it. */
export function dayKind({ counted, why }: ExplainedDay): DayKind {
  if (why === WHY_DAY_ZERO) return 'start';
  if (counted) return /调休上班|按地方规定上班/.test(why) ? 'make-up' : 'counted';
  if (why === WHY_SUSPENDED) return 'suspended';
  return /放假|地方假日/.test(why) ? 'holiday' : 'weekend';
}
