import type { DayNumber } from './day-number.ts';
import type { LimitKind, LimitVersion, TimeLimit } from './limit-kinds.ts';
import { remedyLimits } from './limits-of-remedies.ts';
import { requestLimits } from './limits-of-requests.ts';

/** Every statutory period of the house. Changing the law means adding a version to its entry. */
export const timeLimits: Readonly<Record<LimitKind, TimeLimit>> = { ...requestLimits, ...remedyLimits };

/** The wording in force on that day; before 2008-05-01 the oldest one. */
export function limitVersion(kind: LimitKind, on: DayNumber): LimitVersion {
  const { versions } = timeLimits[kind];
  for (let index = versions.length - 1; index > 0; index--) {
    const version = versions[index] as LimitVersion;
    if (on >= version.from) return version;
  }
  return versions[0] as LimitVersion;
}
