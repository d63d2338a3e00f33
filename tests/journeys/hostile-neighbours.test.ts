import { beforeAll, describe, expect, it } from 'vitest';
import { correctReport } from '../../src/annual-report/index.ts';
import { listStaff, type Role, roles } from '../../src/areas/organisations/index.ts';
import type { Actor } from '../../src/core/context.ts';
import { openTwoHouses } from '../support/two-houses.ts';

const house = await openTwoHouses();
const { app, pool, demonstration, server } = house;

/** One id of each kind of record that the demonstration agency keeps. */
const theirs: Record<string, string> = {};
let names: string[] = [];

beforeAll(async () => {
  const first = async (sql: string) => String((await pool.query(sql, [demonstration.id])).rows[0]?.id ?? 1);
  theirs.return = await first('SELECT id FROM returns WHERE agency_id = $1 ORDER BY id LIMIT 1');
  theirs.register = await first('SELECT id FROM register_meetings WHERE agency_id = $1 ORDER BY id LIMIT 1');
  theirs.staff = await first('SELECT id FROM staff WHERE agency_id = $1 ORDER BY id LIMIT 1');
  theirs.issue = await first('SELECT id FROM gazette_issues WHERE agency_id = $1 ORDER BY id LIMIT 1');
  theirs.unit = await first('SELECT id FROM units WHERE agency_id = $1 ORDER BY id LIMIT 1');
  const { rows } = await pool.query<{ name: string }>(
    `SELECT name FROM units WHERE agency_id = $1 UNION SELECT name FROM staff WHERE agency_id = $1
     UNION SELECT title FROM register_meetings WHERE agency_id = $1`,
    [demonstration.id],
  );
  names = rows.map(({ name }) => name).filter((name) => [...name].length >= 3);
});

/** An address with the ids of the other agency in it. */
function aimed(url: string): string {
  const kind = /returns/.test(url)
    ? 'return'
    : /registers/.test(url)
      ? 'register'
      : /units/.test(url)
        ? 'unit'
        : /gazette/.test(url)
          ? 'issue'
          : 'staff';
  return url
    .replace(':code', demonstration.code)
    .replace(':key', url.includes('chapters') ? 'overview' : 'meetings')
    .replace(':year', '2018')
    .replace(':table', '2014')
    .replace(':row', '1.1')
    .replace(':column', 'value')
    .replace(':kind', 'json')
    .replace(':date', '2018-12-31')
    .replace(':version', '1')
    .replace(/:[a-z]+/g, theirs[kind] ?? '1');
}

const inside = house.routes.filter(
  ({ url }) => /^\/workbench/.test(url) && !/sign-|sessions|account|gallery/.test(url),
);

/** Everything of the demonstration agency, chain included, as one text. */
async function theirRecords(): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'agency_id' AND table_schema = 'public'
     AND table_name NOT IN ('notifications') ORDER BY 1`,
  );
  const digests = [];
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `SELECT count(*) || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest FROM ${name} t WHERE agency_id = $1`,
      [demonstration.id],
    );
    digests.push(`${name} ${rows[0]?.digest}`);
  }
  return digests.join('\n');
}

describe('the records of one agency', () => {
  it.each(Object.keys(roles) as Role[])(
    'stay unseen and untouched by a %s of another',
    { timeout: 120_000 },
    async (role) => {
      const before = await theirRecords();
      const visitor = await house.neighbourly(role);
      const form = {
        reason: '越权测试的理由',
        unit: theirs.unit ?? '',
        unitId: theirs.unit ?? '',
        id: theirs.return ?? '',
        name: '越权',
        role: 'auditor',
        from: '2018-01-01',
        on: '2018-12-31',
        parentId: String(demonstration.id),
        heldOn: '2018-03-16',
        revision: '1',
        fromRevision: '0',
        source: '越权文字',
        month: '2018-03',
      };
      const seen: string[] = [];
      for (const { method, url } of inside) {
        for (const query of [
          '',
          `?agency=${demonstration.code}&unit=${theirs.unit}&month=2018-03&year=2018`,
        ]) {
          const target = aimed(url) + query;
          const page = method === 'GET' ? await visitor.get(target) : await visitor.post(target, form);
          if (page.status >= 500) seen.push(`${page.status} ${method} ${target}`);
          const told = page.status < 400 && names.find((name) => page.body.includes(name));
          if (told) seen.push(`${method} ${target} tells “${told}”`);
        }
      }
      expect(seen).toEqual([]);
      expect(await theirRecords()).toBe(before);
    },
  );
});

describe('every form', () => {
  it('asks for its token, also those that carry files or come from htmx', { timeout: 60_000 }, async () => {
    const officer = await house.demonstrated('zhuanyuan');
    const before = await house.fingerprint();
    const posts = house.routes.filter(({ method }) => method !== 'GET');
    const open: string[] = [];
    for (const { url } of posts) {
      const forged = await officer.post(aimed(url), { _csrf: 'forged', reason: '伪造' });
      const asked = await server.inject({
        method: 'POST',
        url: `${aimed(url)}?_csrf=forged`,
        headers: {
          'content-type': 'multipart/form-data; boundary=x',
          'hx-request': 'true',
          cookie: `__Host-x=1; gongkai.session_token=${officer.cookie('gongkai.session_token')}; gongkai-csrf=${officer.cookie('gongkai-csrf')}`,
        },
        payload: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\r\n--x--\r\n',
      });
      if (forged.status !== 403 || asked.statusCode !== 403)
        open.push(`${url} ${forged.status} ${asked.statusCode}`);
    }
    expect(open).toEqual([]);
    expect(await house.fingerprint()).toEqual(before);
  });

  it('and nothing but GET and POST is understood', () => {
    expect([...new Set(house.routes.map(({ method }) => method))].sort()).toEqual(['GET', 'POST']);
  });
});

describe('every answer', () => {
  it.each([
    '/',
    '/reports/2018',
    '/reports/2018.json',
    '/reports/2018.xlsx',
    '/nothing-here',
    '/reports/2018/figures/1.1/constructor',
    '/%ff',
    `/${'x'.repeat(300)}`,
    '/workbench',
    '/workbench/sign-in',
    '/api/v1/reports/1999',
    '/api/v1/fee?pieces=x',
    '/robots.txt',
    '/assets/none.css',
    '/search?q=%00',
  ])('%s carries the policy and guesses no type', async (url) => {
    const { headers, statusCode } = await server.inject(url);
    expect(statusCode).toBeLessThan(500);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('of the workbench is kept by no cache, faults included', async () => {
    const officer = await house.demonstrated('zhuanyuan');
    for (const url of [
      '/workbench',
      '/workbench/returns/999999',
      '/workbench/agencies/none',
      '/workbench/registers/meetings/export.csv',
    ]) {
      const page = await officer.get(url);
      expect(page.headers['cache-control'], `${url} ${page.status}`).toBe('no-store');
    }
  });

  it('ignores forged proxies and hosts', async () => {
    const { headers, body } = await server.inject({
      url: '/sitemap.xml',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '127.0.0.1' },
    });
    expect(body).not.toContain('evil.example');
    expect(JSON.stringify(headers)).not.toContain('evil.example');
    const door = await server.inject({ url: '/workbench', headers: { host: 'evil.example' } });
    expect(door.headers.location).toBe('/workbench/sign-in?next=%2Fworkbench');
    const metrics = await server.inject({
      url: '/metrics',
      remoteAddress: '203.0.113.9',
      headers: { 'x-forwarded-for': '127.0.0.1' },
    });
    expect(metrics.statusCode).toBe(404);
  });
});

describe('the public', () => {
  it('sees no version before it is published, nor what a signed one would change', async () => {
    const staff = await listStaff(app.connection.db, demonstration.id, { on: '2019-01-01' });
    const officer = staff.find(({ username }) => username === 'zhuanyuan');
    const actor: Actor = {
      kind: 'staff',
      staffId: officer?.id ?? 0,
      name: officer?.name ?? '',
      agencyId: demonstration.id,
      unitId: officer?.unitId ?? 0,
      roles: ['disclosure-officer'],
    };
    await correctReport(
      { db: app.connection.db, clock: app.clock, actor, agencyId: demonstration.id },
      2018,
      '尚未公开的更正理由',
    );
    const stranger = house.stranger();
    for (const url of [
      '/',
      '/reports',
      '/reports/2018',
      '/reports/2018.json',
      '/api/v1/reports',
      '/api/v1/reports/2018',
      '/search?q=尚未公开',
      '/sitemap.xml',
    ]) {
      const page = await stranger.get(encodeURI(url));
      expect(page.status, url).toBe(200);
      expect(page.body, url).not.toContain('更正理由');
    }
    for (const url of [
      '/reports/2018/versions/2',
      '/reports/2018/versions/2.json',
      '/reports/2018/versions/9999',
      '/reports/2017',
      '/reports/2017.pdf',
    ])
      expect((await stranger.get(url)).status, url).toBe(404);
  });

  it('reads evidence without the names of people', { timeout: 60_000 }, async () => {
    const stranger = house.stranger();
    const { rows } = await pool.query<{ name: string }>(
      `SELECT name FROM register_staff WHERE agency_id = $1 UNION SELECT name FROM staff WHERE agency_id = $1`,
      [demonstration.id],
    );
    const report = JSON.parse((await stranger.get('/reports/2018.json')).body) as {
      rows: { code: string }[];
    };
    const told: string[] = [];
    for (const { code } of report.rows) {
      const page = await stranger.get(`/reports/2018/figures/${code}/value`);
      const main = page.body.slice(page.body.indexOf('<main'));
      for (const { name } of rows)
        if (main.includes(`>${name}<`) || main.includes(`${name} `)) told.push(`${code} ${name}`);
      expect(page.body, code).not.toContain('/workbench/registers');
    }
    expect(told).toEqual([]);
  });
});
