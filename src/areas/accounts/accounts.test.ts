import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { type Clock, clockAt, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { addStaff, addUnit, createAgency, findStaff, leave, type Role } from '../organisations/index.ts';
import type { AuthSettings } from './auth.ts';
import { openAccounts, setFirstPassword, unlock } from './index.ts';

const connection = await freshDatabase();
const { db } = connection;
const settings: AuthSettings = {
  environment: 'test',
  publicUrl: 'http://localhost:8080',
  secret: 'k'.repeat(40),
  oidc: null,
};
let now = clockAt('2026-03-02T09:00:00+08:00');
const clock: Clock = { now: () => now.now(), today: () => now.today() };
const accounts = openAccounts({ connection, config: settings, clock });
const PASSWORD = 'autumn-River-27';
const WRONG = '用户名或密码不正确';
let system: Ctx;
let unitId: number;

beforeAll(async () => {
  const base = { db, clock, actor: { kind: 'system' as const, name: '测试' } };
  const agencyId = await createAgency(base, { code: 'house', name: '测试机关', shortName: '测试' });
  system = { ...base, agencyId };
  unitId = await addUnit(system, { code: 'A', name: '办公室' });
});

let counter = 0;
async function person(more: { role?: Role; demonstration?: boolean; mustChange?: boolean } = {}) {
  const username = `user${++counter}`;
  const roles = [{ role: more.role ?? ('publisher' as const), from: '2020-01-01' }];
  const demonstration = more.demonstration ?? false;
  const staffId = await addStaff(system, { unitId, name: '李雷', username, roles, demonstration });
  await setFirstPassword(system, staffId, { password: PASSWORD, mustChange: more.mustChange ?? false });
  return { username, staffId };
}

const visit = (address = `203.0.113.${++counter}`) => ({ address, userAgent: 'Firefox/140.0 Windows' });
const cookie = (cookies: string[]) => ({ cookie: cookies.map((text) => text.split(';')[0]).join('; ') });

async function enter(username: string, password = PASSWORD) {
  const step = await accounts.signIn({ username, password }, visit());
  if (step.kind !== 'signed-in') throw new Error(`not signed in: ${step.kind}`);
  return cookie(step.cookies);
}

const actsOf = async (staffId: number) => {
  const rows = await db
    .selectFrom('ledger_acts')
    .select('act')
    .where('subject_id', '=', String(staffId))
    .orderBy('seq')
    .execute();
  return rows.map((row) => row.act.replace('accounts.', ''));
};

describe('signing in', () => {
  it('opens a session with the roles of the day and is recorded', async () => {
    const { username, staffId } = await person();
    const step = await accounts.signIn(
      { username: ` ${username.toUpperCase()} `, password: PASSWORD },
      visit(),
    );
    expect(step.kind).toBe('signed-in');
    expect(step.cookies.join()).toMatch(/gongkai\.session_token=.*HttpOnly; SameSite=Lax/i);
    const actor = await accounts.authenticate(cookie(step.cookies));
    expect(actor).toMatchObject({ kind: 'staff', staffId, name: '李雷', unitId, roles: ['publisher'] });
    expect((await actsOf(staffId)).at(-1)).toBe('sign-in');
    now = clockAt('2019-12-31');
    expect(await accounts.authenticate(cookie(step.cookies))).toMatchObject({ roles: [] });
    now = clockAt('2026-03-02T09:00:00+08:00');
  });

  it('says the same to a wrong password and an unknown name, and keeps no typed name', async () => {
    const { username, staffId } = await person();
    const wrong = await accounts.signIn({ username, password: 'not-the-password' }, visit());
    const unknown = await accounts.signIn({ username: 'my-secret-typed-here', password: 'x' }, visit());
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ kind: 'refused', cookies: [], message: expect.stringContaining(WRONG) });
    expect((await actsOf(staffId)).at(-1)).toBe('sign-in-failed');
    const everything = JSON.stringify(await db.selectFrom('ledger_acts').selectAll().execute());
    expect(everything).not.toContain('my-secret-typed-here');
    expect(JSON.stringify(await db.selectFrom('sign_in_attempts').selectAll().execute())).not.toContain(
      'my-secret',
    );
  });

  it('keeps passwords as argon2id', async () => {
    await person();
    const rows = await db.selectFrom('account_credentials').select('password').execute();
    expect(rows.every((row) => row.password?.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(true);
  });

  it('is refused to those who left, and to demonstration accounts in production', async () => {
    const { username, staffId } = await person();
    const session = await enter(username);
    await leave(system, staffId, '2026-03-01');
    expect(await accounts.authenticate(session)).toBeNull();
    expect((await accounts.signIn({ username, password: PASSWORD }, visit())).kind).toBe('refused');
    const sample = await person({ demonstration: true });
    const sampleSession = await enter(sample.username);
    const production = openAccounts({
      connection,
      config: { ...settings, environment: 'production' },
      clock,
    });
    expect((await production.signIn({ username: sample.username, password: PASSWORD }, visit())).kind).toBe(
      'refused',
    );
    expect(await production.authenticate(sampleSession)).toBeNull();
    const open = await db
      .selectFrom('account_sessions')
      .select('id')
      .where('signed_in_at', 'is', null)
      .execute();
    expect(open).toEqual([]);
  });

  it('ends by idling, and by age however busy', async () => {
    const { username } = await person();
    const idle = await enter(username);
    now = clockAt('2026-03-02T10:00:00+08:00');
    expect(await accounts.authenticate(idle)).not.toBeNull();
    now = clockAt('2026-03-02T11:00:01+08:00');
    expect(await accounts.authenticate(idle)).toBeNull();
    const busy = await enter(username);
    for (const hour of [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]) {
      now = clockAt(`2026-03-02T${hour}:55:00+08:00`);
      expect(await accounts.authenticate(busy), `at ${hour}:55`).not.toBeNull();
    }
    now = clockAt('2026-03-02T23:30:00+08:00');
    expect(await accounts.authenticate(busy)).toBeNull();
    now = clockAt('2026-03-02T09:00:00+08:00');
  });

  it('refuses a cookie that was tampered with', async () => {
    const { username } = await person();
    const { cookie: good } = await enter(username);
    expect(
      await accounts.authenticate({
        cookie: good.replace(/token=(.)/, (_, first) => `token=${first === 'a' ? 'b' : 'a'}`),
      }),
    ).toBeNull();
    expect(await accounts.authenticate({})).toBeNull();
  });
});

describe('lock-out', () => {
  it('locks an account after five failures even for the right password, and an administrator lifts it', async () => {
    const { username, staffId } = await person();
    for (let attempt = 1; attempt <= 5; attempt++)
      await accounts.signIn({ username, password: 'wrong-one-here' }, visit());
    expect((await accounts.signIn({ username, password: PASSWORD }, visit())).kind).toBe('refused');
    expect((await actsOf(staffId)).slice(-2)).toEqual(['sign-in-failed', 'lock']);
    await unlock(system, staffId);
    await enter(username);
    await expect(unlock(system, staffId)).rejects.toMatchObject({ code: 'not-locked' });
  });

  it('lets in again when the lock has run out', async () => {
    const { username } = await person();
    for (let attempt = 1; attempt <= 5; attempt++)
      await accounts.signIn({ username, password: 'wrong-one-here' }, visit());
    now = clockAt('2026-03-02T09:15:01+08:00');
    await enter(username);
    now = clockAt('2026-03-02T09:00:00+08:00');
  });

  it('counts before it looks, so that twenty at once get five looks', async () => {
    const { username, staffId } = await person();
    const all = Array.from({ length: 20 }, () =>
      accounts.signIn({ username, password: 'wrong-one-here' }, visit()),
    );
    await Promise.all(all);
    const acts = await actsOf(staffId);
    expect(acts.filter((act) => act === 'sign-in-failed')).toHaveLength(5);
    expect(acts.filter((act) => act === 'lock')).toHaveLength(1);
  });

  it('locks an address that tries many names', async () => {
    const { username } = await person();
    const from = visit('198.51.100.9');
    await db
      .insertInto('sign_in_attempts')
      .values({
        kind: 'address',
        key: from.address,
        failures: 49,
        first_at: instantOf(clock),
        locked_until: null,
      })
      .execute();
    await accounts.signIn({ username: 'nobody-here', password: 'x' }, from);
    expect((await accounts.signIn({ username, password: PASSWORD }, from)).kind).toBe('refused');
    await enter(username);
    const act = await db
      .selectFrom('ledger_acts')
      .select('subject_id')
      .where('act', '=', 'accounts.lock-address')
      .executeTakeFirst();
    expect(act?.subject_id).toBe('198.51.100.9');
  });
});

describe('one’s own account', () => {
  const own = async (headers: { cookie: string }) => {
    const session = await accounts.ownSession(headers);
    if (!session) throw new Error('no session');
    return session;
  };

  it('must change a first password before anything else', async () => {
    const { username, staffId } = await person({ mustChange: true });
    const headers = await enter(username);
    expect(await accounts.authenticate(headers)).toBeNull();
    const session = await own(headers);
    const change = (next: string, repeat = next) =>
      accounts.changePassword(session, { current: null, next, repeat }, visit());
    await expect(change(PASSWORD)).rejects.toMatchObject({
      fields: { next: expect.stringContaining('原密码') },
    });
    await expect(change('short')).rejects.toMatchObject({ fields: { next: expect.any(String) } });
    await expect(change('winter-Lake-83', 'winter-Lake-84')).rejects.toMatchObject({
      fields: { repeat: expect.any(String) },
    });
    await change('winter-Lake-83');
    expect(await accounts.authenticate(headers)).not.toBeNull();
    expect(await findStaff(db, system.agencyId, staffId)).toMatchObject({ mustChangePassword: false });
    const again = accounts.changePassword(
      await own(headers),
      { current: null, next: 'spring-Hill-19', repeat: 'spring-Hill-19' },
      visit(),
    );
    await expect(again).rejects.toMatchObject({ fields: { current: expect.any(String) } });
  });

  it('ends other sessions when the password changes or on demand', async () => {
    const { username } = await person();
    const [here, there] = [await enter(username), await enter(username)];
    expect(await accounts.listSessions(await own(here))).toHaveLength(2);
    expect(await accounts.endOtherSessions(await own(here), null)).toBe(1);
    expect(await accounts.authenticate(there)).toBeNull();
    const elsewhere = await enter(username);
    const change = { current: PASSWORD, next: 'winter-Lake-83', repeat: 'winter-Lake-83' };
    await accounts.changePassword(await own(here), change, visit());
    expect(await accounts.authenticate(elsewhere)).toBeNull();
    expect(await accounts.authenticate(here)).not.toBeNull();
    await accounts.signOut(here);
    expect(await accounts.authenticate(here)).toBeNull();
  });

  it('cannot end a session of somebody else', async () => {
    const [mine, other] = [await enter((await person()).username), await enter((await person()).username)];
    const foreign = (await own(other)).session.id;
    await expect(accounts.endOtherSessions(await own(mine), foreign)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await accounts.authenticate(other)).not.toBeNull();
  });

  it('counts wrong current passwords towards the lock', async () => {
    const { username, staffId } = await person();
    const headers = await enter(username);
    const change = { current: 'wrong-one-here', next: 'winter-Lake-83', repeat: 'winter-Lake-83' };
    for (let attempt = 1; attempt <= 6; attempt++) {
      await expect(accounts.changePassword(await own(headers), change, visit())).rejects.toMatchObject({
        name: 'InvalidForm',
      });
    }
    expect((await actsOf(staffId)).at(-1)).toBe('lock');
  });
});

describe('a reset', () => {
  it('ends sessions and asks for a change; nobody resets himself', async () => {
    const { username, staffId } = await person({ role: 'administrator' });
    const headers = await enter(username);
    const actor = await accounts.authenticate(headers);
    if (!actor) throw new Error('not signed in');
    const himself = setFirstPassword({ ...system, actor }, staffId);
    await expect(himself).rejects.toMatchObject({ code: 'own-account' });
    const password = await setFirstPassword(system, staffId);
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(await accounts.authenticate(headers)).toBeNull();
    expect(await accounts.authenticate(await enter(username, password))).toBeNull();
  });

  it('needs the right', async () => {
    const { staffId } = await person();
    const publisher = {
      ...system,
      actor: {
        kind: 'staff' as const,
        staffId: 999,
        name: '乙',
        agencyId: system.agencyId,
        unitId,
        roles: ['publisher'],
      },
    };
    await expect(setFirstPassword(publisher, staffId)).rejects.toMatchObject({ status: 403 });
    await expect(unlock(publisher, staffId)).rejects.toMatchObject({ status: 403 });
  });
});
