import { createHash } from 'node:crypto';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { record } from '../../ledger/index.ts';
import type { Agency, StaffMember } from '../organisations/index.ts';
import { limitsOf, mayTry } from './rules.ts';
import * as store from './store.ts';

/** Where and as whom somebody tries to sign in. */
export interface Visit {
  address: string;
  userAgent: string;
}

/**
 * The counter of a username. People type passwords into the wrong field, so a name nobody has leaves only four
 * hexadecimal digits of its digest; it is still counted, so that locks do not tell which names exist.
 */
export function usernameKey(typed: string, staff: StaffMember | null): store.AttemptKey {
  if (staff) return { kind: 'username', key: staff.username };
  return { kind: 'username', key: `?${createHash('sha256').update(typed).digest('hex').slice(0, 4)}` };
}

export const addressKey = (address: string): store.AttemptKey => ({ kind: 'address', key: address });

const nowOf = (ctx: Pick<Ctx, 'clock'>) => instantOf(ctx.clock);

/** Counts the attempt on both counters; false when either is locked. Commits at once, outside any transaction. */
export async function admitAttempt(
  base: { db: Db; clock: Ctx['clock'] },
  username: store.AttemptKey,
  visit: Visit,
  agencies: { own: Agency; house: Agency },
): Promise<boolean> {
  const now = nowOf(base);
  const own = limitsOf(agencies.own.settings);
  const house = limitsOf(agencies.house.settings);
  const byAddress = await store.countAttempt(base.db, addressKey(visit.address), now, house.windowMinutes);
  const byName = await store.countAttempt(base.db, username, now, own.windowMinutes);
  const state = (attempt: store.Attempt) => ({
    failures: attempt.failures,
    lockedUntil: attempt.lockedUntil?.getTime() ?? null,
  });
  return (
    mayTry(state(byAddress), house.addressFailures, now.getTime()) &&
    mayTry(state(byName), own.accountFailures, now.getTime())
  );
}

/** After a failure inside its transaction: locks what has reached its limit and records each lock. */
export async function lockWhatIsSpent(
  within: Ctx,
  username: store.AttemptKey,
  staff: StaffMember | null,
  visit: Visit,
  agencies: { own: Agency; house: Agency },
): Promise<void> {
  const now = nowOf(within);
  const own = limitsOf(agencies.own.settings);
  const house = limitsOf(agencies.house.settings);
  const until = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  if (await store.isSpent(within.db, username, own.accountFailures)) {
    const locked = await store.lockAttempts(within.db, username, now, until(own.lockMinutes));
    if (locked && staff) {
      await record(within, {
        act: 'accounts.lock',
        subject: { kind: 'staff', id: staff.id, label: staff.name },
        after: { until: until(own.lockMinutes), failures: own.accountFailures },
        reason: '连续登录失败',
      });
    }
  }
  if (await store.isSpent(within.db, addressKey(visit.address), house.addressFailures)) {
    const locked = await store.lockAttempts(
      within.db,
      addressKey(visit.address),
      now,
      until(house.lockMinutes),
    );
    if (locked) {
      await record(
        { ...within, agencyId: agencies.house.id },
        {
          act: 'accounts.lock-address',
          subject: { kind: 'address', id: visit.address },
          after: { until: until(house.lockMinutes), failures: house.addressFailures },
          reason: '连续登录失败',
        },
      );
    }
  }
}
