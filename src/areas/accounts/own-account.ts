import type { IncomingHttpHeaders } from 'node:http';
import { instantOf } from '../../core/clock.ts';
import type { Actor, Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { type StaffMember, setStaffAccount } from '../organisations/index.ts';
import { authOver } from './auth.ts';
import { cookieHeaders } from './cookies.ts';
import { admitAttempt, lockWhatIsSpent, usernameKey, type Visit } from './lock-out.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordProblem } from './rules.ts';
import { agenciesOf, recordFailure, type SignInBase } from './sign-in.ts';
import * as store from './store.ts';

/** What people do with their own account. */

/** The session a request came with, and whose it is. */
export interface OwnSession {
  session: store.Session;
  staff: StaffMember;
  actor: Extract<Actor, { kind: 'staff' }>;
  secondFactor: boolean;
}

export const ownCtx = (base: SignInBase, own: OwnSession): Ctx => ({
  db: base.db,
  clock: base.clock,
  actor: own.actor,
  agencyId: own.staff.agencyId,
});

export const ownSubject = (own: OwnSession) => ({ kind: 'staff', id: own.staff.id, label: own.staff.name });

const nowOf = (base: SignInBase) => instantOf(base.clock);

/** Asks for the password again before something that matters; wrong ones count towards the lock like any other. */
export async function demandPassword(
  base: SignInBase,
  own: OwnSession,
  password: string,
  visit: Visit,
): Promise<void> {
  const agencies = await agenciesOf(base.db, own.staff);
  if (!agencies) throw new Error('a person without an agency');
  const key = usernameKey(own.staff.username, own.staff);
  if (!(await admitAttempt(base, key, visit, agencies))) {
    throw new InvalidForm({ current: '当前密码多次输错，账号已暂时锁定，请稍后再试或联系系统管理员。' });
  }
  if (await verifyPassword(await store.passwordDigest(base.db, own.session.userId), password)) {
    await store.clearAttempts(base.db, key);
    return;
  }
  await transact(ownCtx(base, own), async (within) => {
    await recordFailure(within, own.staff, '核对当前密码时输错');
    await lockWhatIsSpent(within, key, own.staff, visit, agencies);
  });
  throw new InvalidForm({ current: '当前密码不正确，请重新输入。' });
}

/**
 * Writes a new password and ends every other session. `current` is null only where the password was given a moment ago
 * (the forced change after sign-in).
 */
export async function changePassword(
  base: SignInBase,
  own: OwnSession,
  given: { current: string | null; next: string; repeat: string },
  visit: Visit,
): Promise<void> {
  if (given.current === null && !own.staff.mustChangePassword)
    throw new InvalidForm({ current: '请填写当前密码。' });
  if (given.current !== null) await demandPassword(base, own, given.current, visit);
  const problem = passwordProblem(given.next, own.staff);
  if (problem) throw new InvalidForm({ next: problem });
  if (given.next !== given.repeat) throw new InvalidForm({ repeat: '两次输入的新密码不一致，请重新输入。' });
  if (await verifyPassword(await store.passwordDigest(base.db, own.session.userId), given.next)) {
    throw new InvalidForm({ next: '新密码不能与原密码相同，请换一个。' });
  }
  const digest = await hashPassword(given.next);
  await transact(ownCtx(base, own), async (within) => {
    await store.writePassword(within.db, own.session.userId, digest, nowOf(base));
    const ended = await store.endSessions(within.db, own.session.userId, { except: own.session.id });
    await setStaffAccount(within.db, own.staff.agencyId, own.staff.id, { mustChangePassword: false });
    await record(within, {
      act: 'accounts.change-password',
      subject: ownSubject(own),
      after: { first: own.staff.mustChangePassword, sessionsEnded: ended },
    });
  });
}

/** Ends the present session; the cookies returned clear it from the browser. */
export async function signOut(
  base: SignInBase,
  headers: IncomingHttpHeaders,
  own: OwnSession | null,
): Promise<string[]> {
  if (!own) return [];
  return transact(ownCtx(base, own), async (within) => {
    const answer = await authOver(within.db, base.settings).api.signOut({
      headers: cookieHeaders(headers),
      asResponse: true,
    });
    await store.endSessions(within.db, own.session.userId, { id: own.session.id });
    await record(within, { act: 'accounts.sign-out', subject: ownSubject(own) });
    return answer.headers.getSetCookie();
  });
}

/** Ends one other session, or all others. */
export async function endOtherSessions(
  base: SignInBase,
  own: OwnSession,
  id: string | null,
): Promise<number> {
  if (id === own.session.id) throw new InvalidForm({ '': '这是当前正在使用的登录，请用“退出登录”结束它。' });
  return transact(ownCtx(base, own), async (within) => {
    const which = id === null ? { except: own.session.id } : { id };
    const ended = await store.endSessions(within.db, own.session.userId, which);
    if (id !== null && ended === 0) throw new NotFound('这个登录已经结束。');
    if (ended > 0) {
      await record(within, {
        act: 'accounts.end-sessions',
        subject: ownSubject(own),
        after: { sessionsEnded: ended },
      });
    }
    return ended;
  });
}
