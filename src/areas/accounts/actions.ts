import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demandWithin, lockStaff, type StaffMember, setStaffAccount } from '../organisations/index.ts';
import { emailOf } from './auth.ts';
import { addressKey, usernameKey } from './lock-out.ts';
import { generatePassword, hashPassword } from './password-hash.ts';
import { passwordProblem } from './rules.ts';
import * as store from './store.ts';

/** What administrators do to other people's accounts. */

const nowOf = (ctx: Ctx) => instantOf(ctx.clock);

/** Demands an administrator of this agency (or above it) and locks the person; nobody resets himself. */
async function withStaff<T>(
  ctx: Ctx,
  staffId: number,
  work: (within: Ctx, person: StaffMember) => Promise<T>,
): Promise<T> {
  await demandWithin(ctx, 'organisations.write');
  if (ctx.actor.kind === 'staff' && ctx.actor.agencyId === ctx.agencyId && ctx.actor.staffId === staffId) {
    throw new Refusal('own-account', '自己的密码和登录方式请在“我的账号”里修改。');
  }
  return transact(ctx, async (within) => {
    const person = await lockStaff(within.db, ctx.agencyId, staffId);
    if (!person) throw new NotFound('没有找到这位人员。');
    return work(within, person);
  });
}

/**
 * Makes the account of a person, or resets it, and returns the password, to be shown once. Without `password` one is
 * generated. It must be changed at the first sign-in unless `mustChange` is false. Sessions and locks end.
 * @throws InvalidForm with `password` when the given one is too weak
 */
export async function setFirstPassword(
  ctx: Ctx,
  staffId: number,
  options: { password?: string; mustChange?: boolean } = {},
): Promise<string> {
  const password = options.password ?? generatePassword();
  const digest = await hashPassword(password);
  await withStaff(ctx, staffId, async (within, person) => {
    const problem = passwordProblem(password, person);
    if (problem) throw new InvalidForm({ password: problem });
    if (person.leftOn) throw new Refusal('staff-left', `${person.name}已经离岗，不能设置密码。`);
    const { username, name } = person;
    const userId = await store.ensureUser(within.db, { username, name, email: emailOf(username) });
    await store.writePassword(within.db, userId, digest, nowOf(ctx));
    const ended = await store.endSessions(within.db, userId);
    await store.clearAttempts(within.db, usernameKey(username, person));
    const mustChangePassword = options.mustChange ?? true;
    await setStaffAccount(within.db, ctx.agencyId, staffId, { accountId: userId, mustChangePassword });
    await record(within, {
      act: person.accountId ? 'accounts.reset-password' : 'accounts.open',
      subject: { kind: 'staff', id: staffId, label: name },
      after: { mustChangePassword, sessionsEnded: ended },
    });
  });
  return password;
}

/** Lifts the lock that failed attempts put on a person's account. */
export async function unlock(ctx: Ctx, staffId: number): Promise<void> {
  await withStaff(ctx, staffId, async (within, person) => {
    const key = usernameKey(person.username, person);
    const until = await store.lockedUntil(within.db, key, nowOf(ctx));
    if (!until) throw new Refusal('not-locked', `${person.name}的账号没有被锁定。`);
    await store.clearAttempts(within.db, key);
    await record(within, {
      act: 'accounts.unlock',
      subject: { kind: 'staff', id: staffId, label: person.name },
      before: { until },
    });
  });
}

/** Lifts the lock on an address; it belongs to no agency, so the administrator's own chain keeps the act. */
export async function unlockAddress(ctx: Ctx, address: string): Promise<void> {
  await demandWithin(ctx, 'organisations.write');
  await transact(ctx, async (within) => {
    const until = await store.lockedUntil(within.db, addressKey(address), nowOf(ctx));
    if (!until) throw new Refusal('not-locked', `地址${address}没有被锁定。`);
    await store.clearAttempts(within.db, addressKey(address));
    await record(within, {
      act: 'accounts.unlock-address',
      subject: { kind: 'address', id: address },
      before: { until },
    });
  });
}

/** Takes away the second factor of a person who lost it, and ends the sessions. */
export async function resetSecondFactor(ctx: Ctx, staffId: number): Promise<void> {
  await withStaff(ctx, staffId, async (within, person) => {
    const user = person.accountId ? await store.findUser(within.db, person.accountId) : null;
    if (!user?.secondFactor) throw new Refusal('no-second-factor', `${person.name}没有启用动态验证码。`);
    await store.removeSecondFactor(within.db, user.id);
    const ended = await store.endSessions(within.db, user.id);
    await record(within, {
      act: 'accounts.reset-second-factor',
      subject: { kind: 'staff', id: staffId, label: person.name },
      after: { sessionsEnded: ended },
    });
  });
}
