import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { DEMONSTRATION_PASSWORD, setFirstPassword } from '../../src/areas/accounts/index.ts';
import {
  addStaff,
  addUnit,
  createAgency,
  findAgency,
  findUnitByCode,
  type Role,
} from '../../src/areas/organisations/index.ts';
import { readConfig } from '../../src/config.ts';
import type { Ctx } from '../../src/core/context.ts';
import { freshDatabase } from '../support/database.ts';
import { openIdentityProvider } from '../support/identity-provider.ts';
import { Visitor } from '../support/visitor.ts';

const { url } = await freshDatabase();
const client = { id: 'gongkai', secret: 'client-secret-of-the-test' };
const provider = await openIdentityProvider(client);
const config = readConfig({
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 's'.repeat(48),
  PUBLIC_URL: 'http://localhost:8080',
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: client.id,
  OIDC_CLIENT_SECRET: client.secret,
});
const app = await openApp(config, url);
const server = await buildServer(app);
afterAll(async () => {
  await server.close();
  await app.close();
  await provider.close();
});

const PASSWORD = 'autumn-River-27';
const { db } = app.connection;
let system: Ctx;
let unitId: number;

beforeAll(async () => {
  const base = { db, clock: app.clock, actor: { kind: 'system' as const, name: '测试' } };
  const agencyId = await createAgency(base, { code: 'kmhnz', name: '昆明高新区管委会', shortName: '高新区' });
  system = { ...base, agencyId };
  unitId = await addUnit(system, { code: 'BGS', name: '办公室' });
});

let counter = 0;
async function person(role: Role | null = 'publisher', mustChange = false) {
  const username = `person${++counter}`;
  const roles = role ? [{ role, from: '2020-01-01' }] : [];
  const id = await addStaff(system, { unitId, name: `张${counter}`, username, phone: '13888001234', roles });
  await setFirstPassword(system, id, { password: PASSWORD, mustChange });
  return { id, username };
}

const visitor = (address = `198.51.100.${++counter}`) => new Visitor(server, { address });

async function enter(username: string, password = PASSWORD, at = visitor()): Promise<Visitor> {
  await at.get('/workbench/sign-in');
  const page = await at.post('/workbench/sign-in', { username, password });
  expect(page.status).toBe(303);
  return at;
}

/** The code an authenticator shows for a base 32 secret (RFC 6238). */
function totp(secret: string, step = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counterBytes = Buffer.alloc(8);
  counterBytes.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step));
  const digest = createHmac('sha1', key).update(counterBytes).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const acts = async (staffId: number) => {
  const rows = await db
    .selectFrom('ledger_acts')
    .select('act')
    .where('subject_kind', '=', 'staff')
    .where('subject_id', '=', String(staffId))
    .orderBy('seq')
    .execute();
  return rows.map((row) => row.act.replace(/^accounts\./, ''));
};

describe('the door', () => {
  it('sends strangers to sign in and afterwards where they wanted to go', async () => {
    const { username } = await person();
    const stranger = visitor();
    const away = await stranger.get('/workbench/account?x=1');
    expect(away.location).toBe('/workbench/sign-in?next=%2Fworkbench%2Faccount%3Fx%3D1');
    const page = await stranger.get(away.location ?? '');
    expect(page.body).toContain('登录公开工作台');
    const inside = await stranger.follow(
      await stranger.post(away.location ?? '', { username, password: PASSWORD }),
    );
    expect(inside.status).toBe(200);
    expect(inside.body).toContain('我的账号');
    expect(inside.headers['cache-control']).toBe('no-store');
  });

  it('never leads to another site', async () => {
    const { username } = await person();
    const stranger = visitor();
    await stranger.get('/workbench/sign-in');
    const step = await stranger.post('/workbench/sign-in?next=https://evil.example/workbench', {
      username,
      password: PASSWORD,
    });
    expect(step.location).toBe('/workbench/sign-in');
    expect((await stranger.get('/workbench/sign-in?next=//evil.example')).location).toBe('/workbench');
  });

  it('refuses a form without its token', async () => {
    const { username } = await person();
    const stranger = visitor();
    await stranger.get('/workbench/sign-in');
    const page = await stranger.post('/workbench/sign-in', { username, password: PASSWORD, _csrf: 'forged' });
    expect(page.status).toBe(403);
    expect(stranger.cookie('gongkai.session_token')).toBeUndefined();
  });

  it('keeps the username, not the password, when something is wrong, and lets nothing into the page', async () => {
    const stranger = visitor();
    await stranger.get('/workbench/sign-in');
    const page = await stranger.post('/workbench/sign-in', {
      username: '"><script>x',
      password: 'open-Sesame-99',
    });
    expect(page.status).toBe(422);
    expect(page.body).toContain('用户名或密码不正确');
    expect(page.body).not.toContain('<script>x');
    expect(page.body).not.toContain('open-Sesame-99');
    const empty = await stranger.post('/workbench/sign-in', { username: '', password: '' });
    expect(empty.body).toContain('请输入用户名。');
    expect(empty.body).toContain('请输入密码。');
  });

  it('locks after five failures and an administrator opens it again', async () => {
    const { id, username } = await person();
    const stranger = visitor();
    await stranger.get('/workbench/sign-in');
    for (let attempt = 1; attempt <= 5; attempt++)
      await stranger.post('/workbench/sign-in', { username, password: 'wrong-one' });
    expect((await stranger.post('/workbench/sign-in', { username, password: PASSWORD })).status).toBe(422);
    const keeper = await enter((await person('administrator')).username);
    const page = await keeper.get(`/workbench/staff/${id}`);
    expect(page.body).toContain('已锁定');
    await keeper.follow(await keeper.post(`/workbench/staff/${id}/unlocking`));
    await enter(username);
    expect((await acts(id)).slice(-4)).toEqual(['sign-in-failed', 'lock', 'unlock', 'sign-in']);
  });
});

describe('a first password', () => {
  it('is shown once, opens only the page that changes it, and then the workbench', async () => {
    const keeper = await enter((await person('administrator')).username);
    const { id, username } = await person();
    const form = await keeper.get(`/workbench/staff/${id}/password`);
    expect(form.body).toContain('只显示这一次');
    const shown = await keeper.post(`/workbench/staff/${id}/password`);
    const password = /([A-Za-z2-9]{4}-){3}[A-Za-z2-9]{4}/.exec(shown.body)?.[0] ?? '';
    expect(password).not.toBe('');
    expect((await keeper.get(`/workbench/staff/${id}`)).body).not.toContain(password);
    const newcomer = await enter(username, password);
    expect((await newcomer.get('/workbench/account')).location).toMatch(/^\/workbench\/sign-in\?/);
    const first = await newcomer.follow(await newcomer.get('/workbench/sign-in?next=/workbench/account'));
    expect(first.body).toContain('设置自己的密码');
    const weak = await newcomer.post('/workbench/sign-in/password', {
      next: 'password123',
      repeat: 'password123',
    });
    expect(weak.status).toBe(422);
    expect(weak.body).toContain('这是常见密码');
    const done = await newcomer.post('/workbench/sign-in/password?next=/workbench/account', {
      next: 'winter-Lake-83',
      repeat: 'winter-Lake-83',
    });
    expect((await newcomer.follow(done)).body).toContain('密码已保存');
    const ledger = JSON.stringify(await db.selectFrom('ledger_acts').selectAll().execute());
    expect(ledger).not.toContain(password);
    expect(ledger).not.toContain('winter-Lake-83');
  });
});

describe('a second factor', () => {
  it('is switched on with a code, asked for at sign-in, replaced by recovery codes, and switched off', async () => {
    const { id, username } = await person();
    const own = await enter(username);
    await own.get('/workbench/account/second-factor');
    const wrong = await own.post('/workbench/account/second-factor', { current: 'wrong-one' });
    expect(wrong.body).toContain('当前密码不正确');
    const page = await own.follow(await own.post('/workbench/account/second-factor', { current: PASSWORD }));
    expect(page.body).toContain('src="data:image/png;base64,');
    const secret = /密钥：<code class="mono">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '';
    const refusedCode = await own.post('/workbench/account/second-factor/confirmation', { code: '000000' });
    expect(refusedCode.body).toContain('验证码不正确');
    expect(refusedCode.body).toContain(secret);
    const codes = await own.post('/workbench/account/second-factor/confirmation', { code: totp(secret) });
    expect(codes.body).toContain('保存恢复码');
    const recovery = [...codes.body.matchAll(/<code class="mono">(\w{5}-\w{5})</g)].map(
      (match) => match[1] ?? '',
    );
    expect(recovery).toHaveLength(10);
    expect((await own.get('/workbench/account')).body).toContain('已启用');

    const again = visitor();
    await again.get('/workbench/sign-in');
    const step = await again.post('/workbench/sign-in?next=/workbench/account', {
      username,
      password: PASSWORD,
    });
    expect(step.location).toBe('/workbench/sign-in/code?next=%2Fworkbench%2Faccount');
    expect((await again.get('/workbench/account')).status).toBe(303);
    await again.get(step.location ?? '');
    const used = await again.post(step.location ?? '', { code: totp(secret) });
    expect(used.status, 'a code is good once').toBe(422);
    expect((await again.post(step.location ?? '', { code: '000000' })).status).toBe(422);
    const replayed = await again.post(step.location ?? '', { code: totp(secret) });
    expect(replayed.status, 'a wrong code in between does not make it good again').toBe(422);
    const inside = await again.follow(await again.post(step.location ?? '', { code: totp(secret, 1) }));
    expect(inside.body).toContain('我的账号');

    const lost = await enter(username);
    await lost.get('/workbench/sign-in/code?recovery=1');
    const byCode = await lost.post('/workbench/sign-in/code?recovery=1', { code: recovery[0] ?? '' });
    expect((await lost.follow(byCode)).status).toBe(200);
    const twice = await enter(username);
    await twice.get('/workbench/sign-in/code?recovery=1');
    expect((await twice.post('/workbench/sign-in/code?recovery=1', { code: recovery[0] ?? '' })).status).toBe(
      422,
    );

    await own.get('/workbench/account/second-factor/removal');
    const off = await own.follow(
      await own.post('/workbench/account/second-factor/removal', { current: PASSWORD }),
    );
    expect(off.body).toContain('动态验证码已停用');
    expect(await acts(id)).toEqual(expect.arrayContaining(['enable-second-factor', 'disable-second-factor']));
    expect((await (await enter(username)).get('/workbench/account')).status).toBe(200);
  });

  it('cannot be skipped without the password step', async () => {
    const stranger = visitor();
    await stranger.get('/workbench/sign-in/code');
    const page = await stranger.post('/workbench/sign-in/code', { code: '123456' });
    expect(page.status).toBe(422);
    expect(page.body).toContain('登录已超时');
  });
});

describe('sessions', () => {
  it('are listed with their device, and others can be signed out', async () => {
    const { username } = await person();
    const phone = new Visitor(server, {
      address: '192.0.2.8',
      userAgent: 'Mozilla/5.0 (iPhone) Safari/604.1',
    });
    await enter(username, PASSWORD, phone);
    const desk = await enter(username);
    const page = await desk.get('/workbench/account');
    expect(page.body).toContain('iPhone上的Safari');
    expect(page.body).toContain('192.0.2.8');
    expect((await desk.follow(await desk.post('/workbench/account/sessions/others'))).body).toContain(
      '已结束其他1个登录',
    );
    expect((await phone.get('/workbench/account')).status).toBe(303);
    const out = await desk.follow(await desk.post('/workbench/sign-out'));
    expect(out.body).toContain('您已退出登录');
    expect((await desk.get('/workbench/account')).status).toBe(303);
  });
});

describe('the identity provider', () => {
  async function through(at: Visitor, next = '/workbench/account') {
    const start = await at.get(`/workbench/sign-in/provider?next=${encodeURIComponent(next)}`);
    expect(start.location).toMatch(`${provider.issuer}/authorize`);
    return at.get(provider.agree(start.location ?? ''));
  }

  it('signs in the person whose username it names', async () => {
    const { id, username } = await person();
    provider.state.person = { sub: 'subject-1', preferred_username: username };
    const at = visitor();
    expect((await at.get('/workbench/sign-in')).body).toContain(`用${config.oidc?.label}登录`);
    const inside = await at.follow(await through(at));
    expect(inside.body).toContain('我的账号');
    expect((await acts(id)).at(-1)).toBe('sign-in');
    const again = visitor();
    expect((await again.follow(await through(again))).status).toBe(200);
  });

  it('signs up nobody', async () => {
    provider.state.person = { sub: 'subject-2', preferred_username: 'stranger' };
    const at = visitor();
    const page = await through(at);
    expect(page.status).toBe(422);
    expect(page.body).toContain('还没有对应的本系统人员');
    expect(at.cookie('gongkai.session_token')).toBeUndefined();
    const made = await db
      .selectFrom('account_users')
      .select('id')
      .where('username', 'like', '%stranger%')
      .execute();
    expect(made).toEqual([]);
  });

  it('is not believed when the token carries another signature', async () => {
    const { username } = await person();
    provider.state.person = { sub: 'subject-3', preferred_username: username };
    provider.state.forged = true;
    const at = visitor();
    const page = await through(at);
    provider.state.forged = false;
    expect(page.status).toBe(422);
    expect((await at.get('/workbench/account')).status).toBe(303);
  });

  it('is not believed by a browser that did not ask', async () => {
    const { username } = await person();
    provider.state.person = { sub: 'subject-4', preferred_username: username };
    const start = await visitor().get('/workbench/sign-in/provider');
    const victim = visitor();
    const page = await victim.get(provider.agree(start.location ?? ''));
    expect(page.status).toBe(422);
    expect((await victim.get('/workbench/account')).status).toBe(303);
  });
});

describe('the policy on the server', () => {
  it.each([
    ['GET', '/workbench/agencies'],
    ['GET', '/workbench/staff'],
    ['GET', '/workbench/staff/export.xlsx'],
    ['GET', '/workbench/units'],
    ['GET', '/workbench/policy'],
    ['POST', '/workbench/staff'],
    ['POST', '/workbench/units'],
    ['POST', '/workbench/agencies'],
    ['POST', '/workbench/locked-addresses/release'],
  ])('a publisher gets a plain refusal: %s %s', async (method, path) => {
    const publisher = await enter((await person('publisher')).username);
    await publisher.get('/workbench/account');
    const page = method === 'GET' ? await publisher.get(path) : await publisher.post(path, { name: '甲' });
    expect(page.status).toBe(403);
    expect(page.body).toMatch(/您没有“.+”的权限，可由.*系统管理员.*办理/);
  });

  it('an auditor may look and not change', async () => {
    const auditor = await enter((await person('auditor')).username);
    const { id } = await person();
    const page = await auditor.get(`/workbench/staff/${id}`);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('保存基本信息');
    await auditor.get('/workbench/account');
    expect((await auditor.post(`/workbench/staff/${id}/password`)).status).toBe(403);
    expect((await auditor.post(`/workbench/staff/${id}/departure`, { on: '2030-01-01' })).status).toBe(403);
  });
});

describe('keeping the books', () => {
  it('an administrator adds a unit, a person with a role, and takes the list away', async () => {
    const keeper = await enter((await person('administrator')).username);
    await keeper.get('/workbench/units');
    const empty = await keeper.post('/workbench/units', { name: '', code: '中文', position: '-1' });
    expect(empty.status).toBe(422);
    expect(empty.body).toContain('请填写部门名称。');
    expect(empty.body).toContain('value="中文"');
    await keeper.follow(
      await keeper.post('/workbench/units', { name: '经济发展局', code: 'JFJ', position: '3' }),
    );
    const unit = await db
      .selectFrom('units')
      .select('id')
      .where('code', '=', 'JFJ')
      .executeTakeFirstOrThrow();
    const added = {
      name: '李四',
      unitId: String(unit.id),
      phone: '13888009999',
      username: 'lisi',
      role: 'publisher',
      from: '2018-01-01',
    };
    const wrong = await keeper.post('/workbench/staff', { ...added, from: '2018-13-01', username: '李四' });
    expect(wrong.body).toContain('用户名以小写字母开头');
    expect(wrong.body).toContain('请按“年-月-日”填写日期');
    const page = await keeper.follow(await keeper.post('/workbench/staff', added));
    expect(page.body).toContain('未开通');
    expect(page.body).toContain('信息发布员');
    const id = /staff\/(\d+)/.exec(page.body)?.[1] ?? '';
    const clash = await keeper.post(`/workbench/staff/${id}/roles`, {
      role: 'publisher',
      from: '2019-01-01',
      to: '',
    });
    expect(clash.status).toBe(409);
    const list = await keeper.get('/workbench/staff?q=李四&role=publisher');
    expect(list.body).toContain('经济发展局');
    expect((await keeper.get('/workbench/staff?q=没有这个人')).body).toContain('没有符合条件的人员');
    const csv = await keeper.get('/workbench/staff/export.csv?q=李四');
    expect(csv.body).toContain('lisi,李四,经济发展局,,13888009999');
    const xlsx = await keeper.get('/workbench/staff/export.xlsx');
    expect(xlsx.headers['content-disposition']).toContain('staff-kmhnz.xlsx');
  });

  it('an agency keeps its settings within bounds', async () => {
    const keeper = await enter((await person('administrator')).username);
    const page = await keeper.get('/workbench/agencies/kmhnz');
    expect(page.body).toContain('同一账号连续失败几次后锁定');
    const fields = {
      name: '昆明高新区管委会',
      shortName: '高新区',
      'site.colour': '#ffffff',
      'signIn.lockMinutes': '0',
    };
    const wrong = await keeper.post('/workbench/agencies/kmhnz', fields);
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('请填写1至1440之间的整数');
    const limits = {
      accountFailures: '5',
      addressFailures: '50',
      windowMinutes: '15',
      lockMinutes: '20',
      idleMinutes: '60',
      absoluteHours: '12',
    };
    const right = Object.fromEntries(
      Object.entries(limits).map(([name, value]) => [`signIn.${name}`, value]),
    );
    const saved = await keeper.post('/workbench/agencies/kmhnz', {
      ...fields,
      'site.colour': '#0b5c3b',
      ...right,
    });
    expect((await keeper.follow(saved)).body).toContain('机构信息已保存');
    expect((await keeper.get('/workbench/agencies/nowhere')).status).toBe(404);
    expect((await keeper.get('/workbench/policy')).body).toContain('系统管理员与审计员');
  });

  it('an administrator keeps a subordinate too, and nobody else’s books', async () => {
    const keeper = await enter((await person('administrator')).username);
    await keeper.get('/workbench/agencies/new');
    const made = await keeper.follow(
      await keeper.post('/workbench/agencies', {
        name: '马金铺街道办事处',
        shortName: '马金铺',
        code: 'mjp',
        parentId: String(system.agencyId),
      }),
    );
    expect(made.body).toContain('已新增马金铺街道办事处');
    await keeper.follow(await keeper.post('/workbench/units?agency=mjp', { name: '党政办', code: 'DZB' }));
    const below = await findAgency(db, 'mjp');
    const unit = await findUnitByCode(db, below?.id ?? 0, 'DZB');
    const inside = { ...system, agencyId: below?.id ?? 0 };
    const roles = [{ role: 'administrator' as const, from: '2020-01-01' }];
    const id = await addStaff(inside, { unitId: unit?.id ?? 0, name: '王五', username: 'wangwu', roles });
    await setFirstPassword(inside, id, { password: PASSWORD, mustChange: false });
    expect((await keeper.get(`/workbench/staff/${id}?agency=mjp`)).body).toContain('王五');
    expect((await keeper.get(`/workbench/staff/${id}`)).status).toBe(404);
    const lower = await enter('wangwu');
    expect((await lower.get('/workbench/agencies')).body).not.toContain('昆明高新区管委会');
    expect((await lower.get('/workbench/staff?agency=kmhnz')).status).toBe(404);
    await lower.get('/workbench/account');
    expect((await lower.post('/workbench/units?agency=kmhnz', { name: '越权', code: 'X' })).status).toBe(404);
  });
});

describe('sample accounts', () => {
  it('are listed on the sign-in page in development only', async () => {
    const id = await addStaff(system, { unitId, name: '样例', username: 'yangli', demonstration: true });
    await setFirstPassword(system, id, { password: DEMONSTRATION_PASSWORD, mustChange: false });
    await db.updateTable('agencies').set({ demonstration: true }).where('id', '=', system.agencyId).execute();
    expect((await visitor().get('/workbench/sign-in')).body).not.toContain('yangli');
    const open = await buildServer({ ...app, config: { ...config, environment: 'development' } });
    const page = await new Visitor(open).get('/workbench/sign-in');
    expect(page.body).toContain('yangli');
    expect(page.body).toContain(DEMONSTRATION_PASSWORD);
    await open.close();
  });
});
