import type { IncomingHttpHeaders } from 'node:http';
import { type Clock, instantOf } from '../../core/clock.ts';
import type { Actor, Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { record } from '../../ledger/index.ts';
import {
  type Agency,
  findAgencyById,
  findStaffByAccount,
  findStaffByUsername,
  portalAgency,
  type StaffMember,
} from '../organisations/index.ts';
import { type AuthSettings, authOver } from './auth.ts';
import { challengeOf, cookieHeaders, sessionTokenOf } from './cookies.ts';
import { addressKey, admitAttempt, lockWhatIsSpent, usernameKey, type Visit } from './lock-out.ts';
import * as store from './store.ts';

/** What signing in needs beside the request: no actor yet. */
export interface SignInBase {
  db: Db;
  clock: Clock;
  settings: AuthSettings;
}

/** How a step of signing in ended; `cookies` are passed on to the browser as they are. */
export type SignInStep =
  | { kind: 'signed-in'; cookies: string[] }
  | { kind: 'second-factor'; cookies: string[] }
  | { kind: 'refused'; message: string; cookies: string[] };

const WRONG =
  '用户名或密码不正确，或者登录已被暂时限制。请核对后重试；多次失败请15分钟后再试，或联系系统管理员。';
const WRONG_CODE = '验证码不正确、已用过或已过期，请输入验证器上最新的6位数字。';

const refused = (message: string, cookies: string[] = []): SignInStep => ({
  kind: 'refused',
  message,
  cookies,
});

/** Username and password. The same words answer an unknown name, a wrong password and a locked account. */
export async function signIn(
  base: SignInBase,
  given: { username: string; password: string },
  visit: Visit,
): Promise<SignInStep> {
  const typed = given.username.trim().toLowerCase();
  const staff = await findStaffByUsername(base.db, typed);
  const agencies = await agenciesOf(base.db, staff);
  if (!agencies) return refused('系统尚未建立任何机构，请先用命令行新增机构和用户。');
  const key = usernameKey(typed, staff);
  if (!(await admitAttempt(base, key, visit, agencies))) return refused(WRONG);
  const ctx = visitorCtx(base, agencies.own, visit);
  return transact(ctx, async (within) => {
    const answer = await authOver(within.db, base.settings).api.signInUsername({
      body: { username: typed, password: given.password },
      headers: new Headers(),
      asResponse: true,
    });
    const blocked = staff ? blockOf(staff, agencies.own, base) : null;
    if (!answer.ok || !staff || blocked) {
      const token = sessionTokenOf(answer);
      if (token) await store.dropToken(within.db, token);
      await recordFailure(within, staff, blocked ?? '用户名或密码不正确');
      await lockWhatIsSpent(within, key, staff, visit, agencies);
      return refused(WRONG);
    }
    const cookies = answer.headers.getSetCookie();
    const outcome = (await answer.json()) as { twoFactorRedirect?: boolean };
    if (outcome.twoFactorRedirect) return { kind: 'second-factor', cookies };
    await admit(within, staff, sessionTokenOf(answer), visit, '用户名和密码');
    return { kind: 'signed-in', cookies };
  });
}

/** The second step: a one-time code, or one of the recovery codes. */
export async function confirmSecondFactor(
  base: SignInBase,
  headers: IncomingHttpHeaders,
  given: { code: string; recovery: boolean },
  visit: Visit,
): Promise<SignInStep> {
  const challenge = challengeOf(headers);
  const userId = challenge && (await store.userOfChallenge(base.db, challenge));
  const staff = userId ? await findStaffByAccount(base.db, userId) : null;
  const agencies = await agenciesOf(base.db, staff);
  if (!userId || !staff || !agencies) return refused('登录已超时，请重新输入用户名和密码。');
  const key = usernameKey(staff.username, staff);
  if (!(await admitAttempt(base, key, visit, agencies))) return refused(WRONG);
  const code = given.code.replace(/\s/g, '');
  return transact(visitorCtx(base, agencies.own, visit), async (within) => {
    const { api } = authOver(within.db, base.settings);
    const call = { headers: cookieHeaders(headers), asResponse: true as const };
    const fresh = given.recovery || (await store.isCodeUnused(within.db, userId, code, nowOf(base)));
    const answer = !fresh
      ? null
      : given.recovery
        ? await api.verifyBackupCode({ ...call, body: { code } })
        : await api.verifyTOTP({ ...call, body: { code } });
    const blocked = blockOf(staff, agencies.own, base);
    if (!answer?.ok || blocked) {
      await recordFailure(within, staff, blocked ?? (given.recovery ? '恢复码不正确' : '动态验证码不正确'));
      await lockWhatIsSpent(within, key, staff, visit, agencies);
      return refused(given.recovery ? '恢复码不正确或已用过，请换一个。' : WRONG_CODE);
    }
    if (!given.recovery) await store.markCodeUsed(within.db, userId, code, nowOf(base));
    await admit(
      within,
      staff,
      sessionTokenOf(answer),
      visit,
      given.recovery ? '密码和恢复码' : '密码和动态验证码',
    );
    return { kind: 'signed-in', cookies: answer.headers.getSetCookie() };
  });
}

/** Records the sign-in and opens the session, in the transaction of the context. */
export async function admit(
  within: Ctx,
  staff: StaffMember,
  token: string | null,
  visit: Visit,
  method: string,
): Promise<void> {
  if (!token) throw new Error('the sign-in answered without a session');
  const now = instantOf(within.clock);
  await store.admitSession(within.db, token, { ...visit, signedInAt: now, seenAt: now });
  await store.clearAttempts(within.db, usernameKey(staff.username, staff));
  await store.uncountAttempt(within.db, addressKey(visit.address));
  await store.forgetExpired(within.db, now);
  await record(
    { ...within, actor: asActor(staff) },
    {
      act: 'accounts.sign-in',
      subject: { kind: 'staff', id: staff.id, label: staff.name },
      after: { method, address: visit.address },
    },
  );
}

/** Why a person may not sign in although the password is right; null when they may. */
export function blockOf(
  staff: StaffMember,
  agency: Agency,
  base: Pick<SignInBase, 'clock' | 'settings'>,
): string | null {
  const today = base.clock.today().toString();
  if (staff.leftOn !== null && staff.leftOn < today) return '已离岗';
  if (agency.closedOn !== null && agency.closedOn < today) return '机构已撤销';
  if (staff.demonstration && base.settings.environment === 'production') return '正式环境停用示例账号';
  return null;
}

export const asActor = (staff: StaffMember): Actor => ({
  kind: 'staff',
  staffId: staff.id,
  name: staff.name,
  agencyId: staff.agencyId,
  unitId: staff.unitId,
  roles: [],
});

/** The agency of the person (of the house for a name nobody has), and the one that keeps the house's own limits. */
export async function agenciesOf(
  db: Db,
  staff: StaffMember | null,
): Promise<{ own: Agency; house: Agency } | null> {
  const house = await portalAgency(db, '');
  if (!house) return null;
  const own = staff ? await findAgencyById(db, staff.agencyId) : null;
  return { own: own ?? house, house };
}

export const visitorCtx = (base: SignInBase, agency: Agency, visit: Visit): Ctx => ({
  db: base.db,
  clock: base.clock,
  actor: { kind: 'public', name: `来自 ${visit.address}` },
  agencyId: agency.id,
});

const nowOf = (base: { clock: Clock }) => instantOf(base.clock);

export async function recordFailure(within: Ctx, staff: StaffMember | null, reason: string): Promise<void> {
  await record(within, {
    act: 'accounts.sign-in-failed',
    subject: staff
      ? { kind: 'staff', id: staff.id, label: staff.name }
      : { kind: 'staff', id: '', label: '（没有这个用户名）' },
    reason,
  });
}
