import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/bin/cli.ts';
import type { Io } from '../../src/bin/command.ts';
import { openDesk } from '../support/desk.ts';

const { app, server, signedIn, stranger } = await openDesk({ METRICS_TOKEN: 'm'.repeat(20) });

const get = async (url: string, headers: Record<string, string> = {}, remoteAddress = '203.0.113.9') => {
  const answer = await server.inject({ url, headers, remoteAddress });
  return { status: answer.statusCode, body: answer.body, json: () => answer.json() };
};

describe('the face for other systems', () => {
  it('describes itself, for programs and for people', async () => {
    const document = (await get('/api/v1/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual(
      expect.arrayContaining([
        '/api/v1/deadline',
        '/api/v1/fee',
        '/api/v1/ledger/anchors',
        '/api/v1/reports',
        '/api/v1/reports/{year}',
      ]),
    );
    expect(Object.keys(document.paths).some((path) => path.startsWith('/workbench'))).toBe(false);
    const page = await stranger().get('/api');
    expect(page.status).toBe(200);
    expect(page.body).toContain('计算法定期限，逐日说明理由');
  });

  it('answers deadlines with their days', async () => {
    const answer = (await get('/api/v1/deadline?received=2018-09-20&channel=in-person')).json();
    expect(answer).toMatchObject({
      regime: '492',
      limit: 15,
      due: '2018-10-17',
      extendedDue: null,
      provisional: false,
    });
    expect(answer.days.filter((day: { counted: boolean }) => day.counted)).toHaveLength(15);
    const suspended = (
      await get('/api/v1/deadline?received=2019-09-20&suspend=2019-09-23..2019-09-25')
    ).json();
    expect(suspended).toMatchObject({ regime: '711', limit: 20, suspended: 2 });
  });

  it.each([
    [['--received', '2018-02-05', '--extend', '15'], 'received=2018-02-05&extend=15'],
    [
      ['--received', '2019-09-20', '--channel', 'internet', '--confirmed', '2019-09-23'],
      'received=2019-09-20&channel=internet&confirmed=2019-09-23',
    ],
    [
      [
        '--received',
        '2019-09-20',
        '--suspend',
        '2019-09-23..2019-09-25',
        '--suspend',
        '2019-10-08..2019-10-09',
      ],
      'received=2019-09-20&suspend=2019-09-23..2019-09-25&suspend=2019-10-08..2019-10-09',
    ],
    [
      ['--received', '2018-02-05', '--kind', 'correction-notice'],
      'received=2018-02-05&kind=correction-notice',
    ],
    [['--received', '2018-01-31', '--kind', 'court'], 'received=2018-01-31&kind=court'],
  ])('answers as `gongkai deadline` does: %j', async (args, query) => {
    let said = '';
    const io: Io = {
      stdout: (text) => {
        said += text;
      },
      stderr: () => {},
      isTerminal: false,
      env: {},
    };
    expect(await runCli(['deadline', ...args, '--json'], io)).toBe(0);
    expect((await get(`/api/v1/deadline?${query}`)).json()).toEqual(JSON.parse(said));
  });

  it('counts by the settings of the agency', async () => {
    const query = '/api/v1/deadline?received=2019-09-20&channel=internet';
    expect((await get(query)).json()).toMatchObject({ received: '2019-09-20', due: '2019-10-23' });
    const { pool } = app.connection;
    await pool.query(`UPDATE agencies SET settings = '{"law": {"confirmOnArrival": false}}'`);
    const waiting = (await get(query)).json();
    expect(waiting).toMatchObject({ submitted: '2019-09-20', received: null, due: null, days: [] });
    expect(waiting.reasons[0].text).toContain('尚未确认，期限暂不起算');
    const officer = await signedIn('disclosure-officer');
    const page = await officer.get('/workbench/calendar?received=2019-09-20&channel=internet&kind=reply');
    expect(page.body).toContain('尚未确认，期限暂不起算');
    await pool.query(`UPDATE agencies SET settings = '{}'`);
  });

  it.each([
    ['no date', '/api/v1/deadline', 422, 'received'],
    ['a date before the Regulation', '/api/v1/deadline?received=2007-01-01', 422, 'received'],
    ['an impossible date', '/api/v1/deadline?received=2018-02-30', 422, 'received'],
    ['an unknown kind', '/api/v1/deadline?received=2018-02-05&kind=constructor', 422, 'kind'],
    ['a half suspension', '/api/v1/deadline?received=2018-02-05&suspend=2018-02-06', 422, 'suspend'],
    ['a fee of both kinds', '/api/v1/fee?pages=1&pieces=1', 422, 'pieces'],
    ['a negative fee', '/api/v1/fee?pages=-1', 422, 'pages'],
    ['a wrong page of anchors', '/api/v1/ledger/anchors?limit=0', 422, 'limit'],
  ])('explains %s', async (_name, url, status, field) => {
    const answer = await get(url);
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({
      code: 'invalid-form',
      fields: { [field]: expect.stringMatching(/[一-龥]/) },
    });
  });

  it.each([
    ['/api/v1/deadline?received=2018-02-05&extend=99', 409, 'extension-too-long'],
    ['/api/v1/reports/1999', 404, 'not-found'],
    ['/api/v1/reports?agency=nobody', 404, 'not-found'],
    ['/api/v1/nothing', 404, 'not-found'],
    ['/api/v1/fee?pages=1&pages=2', 400, 'bad-request'],
  ])('refuses %s with a stable code', async (url, status, code) => {
    const answer = await get(url);
    expect([answer.status, answer.json().code]).toEqual([status, code]);
  });

  it('answers fees in yuan, and lists without anything published', async () => {
    expect((await get('/api/v1/fee?pages=201')).json()).toMatchObject({ method: 'page', amount: '2740.00' });
    expect((await get('/api/v1/reports')).json()).toEqual({
      agency: 'kmhnz',
      agencyName: '昆明高新区管委会',
      reports: [],
    });
    expect((await get('/api/v1/ledger/anchors')).json()).toEqual({ anchors: [], next: null });
  });
});

describe('what machines ask', () => {
  it('is alive and ready, and says when the database is not as it should be', async () => {
    expect((await get('/healthz')).json()).toEqual({ alive: true });
    const ready = await get('/readyz');
    expect([ready.status, ready.body]).toEqual([200, '{"ready":true}']);
    const { pool } = app.connection;
    await pool.query("DELETE FROM schema_migrations WHERE name LIKE '0013-%'");
    const late = await get('/readyz');
    expect([late.status, late.json().code]).toEqual([503, 'migrations-missing']);
    const query = pool.query;
    pool.query = (() => Promise.reject(new Error('gone'))) as never;
    const gone = await get('/readyz');
    pool.query = query;
    expect([gone.status, gone.json().code]).toEqual([503, 'database-unreachable']);
    expect(gone.body).not.toContain('gone"');
  });

  it('gives metrics to its own machine or the bearer of the token only', async () => {
    const local = await get('/metrics', {}, '127.0.0.1');
    expect(local.body).toContain(
      'gongkai_http_request_duration_seconds_bucket{method="GET",route="/healthz",status="200",le="+Inf"}',
    );
    expect(local.body).toContain('gongkai_db_connections ');
    expect(local.body).not.toContain('received=');
    expect((await get('/metrics')).status).toBe(404);
    expect((await get('/metrics', { authorization: `Bearer ${'x'.repeat(20)}` })).status).toBe(404);
    expect((await get('/metrics', { authorization: `Bearer ${'m'.repeat(20)}` })).status).toBe(200);
    expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.1' }, '127.0.0.1')).status).toBe(404);
  });
});

describe('the page of operations', () => {
  it('shows jobs, anchors, database and what the site still lacks', async () => {
    const administrator = await signedIn('administrator');
    const page = await administrator.get('/workbench/operations');
    expect(page.status).toBe(200);
    for (const words of [
      '公布当日台账摘要',
      '每天 23:55',
      '网站标识信息不完整',
      '网站标识码',
      '占用空间',
      '还没有公布过摘要',
    ]) {
      expect(page.body).toContain(words);
    }
    expect((await administrator.post('/workbench/operations/jobs/anchor-ledger/retry')).status).toBe(409);
    expect((await administrator.post('/workbench/operations/jobs/no-such-job/run')).status).toBe(404);
    const queued = await administrator.follow(
      await administrator.post('/workbench/operations/jobs/anchor-ledger/run'),
    );
    expect(queued.body).toContain('已排队');
    await app.jobs.drain(app);
    expect((await administrator.get('/workbench/operations')).body).toContain('完好，共 1 行');
    const officer = await signedIn('disclosure-officer');
    expect((await officer.get('/workbench/operations')).status).toBe(403);
  });
});
