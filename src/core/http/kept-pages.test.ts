import cookies from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { holds, keepPages } from './kept-pages.ts';

let revisions = new Map<number, number>();
let asked = 0;
let rendered = 0;
let cookie = false;

async function house(options: { mostBytes?: number } = {}) {
  const server = Fastify();
  const keepWhatIsSent = keepPages(server, {
    revisions: async () => {
      asked += 1;
      await new Promise((done) => setImmediate(done));
      return new Map(revisions);
    },
    agencyOf: ({ hostname }) => (hostname.startsWith('b.') ? 2 : 1),
    variant: ({ headers }) => (headers['x-own'] ? null : String(headers['x-large'] ?? '')),
    ...options,
  });
  await server.register(cookies);
  keepWhatIsSent();
  server.get<{ Params: { name: string } }>(
    '/pages/:name',
    { config: { kept: true } },
    async (request, reply) => {
      rendered += 1;
      const shown = rendered;
      if (request.params.name.startsWith('slow')) await new Promise((done) => setImmediate(done));
      if (cookie) reply.setCookie('a', '1');
      if (request.params.name === 'missing') reply.code(404);
      return reply
        .type('text/html; charset=utf-8')
        .send(`${request.params.name} ${shown} ${'页'.repeat(500)}`);
    },
  );
  server.get('/other', (_request, reply) => reply.send('other'));
  await server.ready();
  return (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
}

beforeEach(() => {
  revisions = new Map([
    [1, 1],
    [2, 1],
  ]);
  asked = 0;
  rendered = 0;
  cookie = false;
});

describe('a page is made once for a content revision', () => {
  it('and anew when the revision of its agency is raised, not that of another', async () => {
    const get = await house();
    const first = await get('/pages/a');
    expect((await get('/pages/a')).body).toBe(first.body);
    revisions.set(2, 2);
    await get('/pages/a');
    expect(rendered).toBe(1);
    revisions.set(1, 2);
    expect((await get('/pages/a')).body).not.toBe(first.body);
    expect(rendered).toBe(2);
  });

  it('for every address, host and way of reading', async () => {
    const get = await house();
    await get('/pages/a');
    await get('/pages/a?x=1');
    await get('/pages/a', { 'x-large': '1' });
    await get('/pages/a', { host: 'b.test' });
    expect(rendered).toBe(4);
  });

  it('which many ask for with one question that is never older than theirs', async () => {
    const get = await house();
    await get('/pages/a');
    asked = 0;
    await Promise.all(Array.from({ length: 50 }, () => get('/pages/a')));
    expect(asked).toBeLessThan(6);
    expect(rendered).toBe(1);
  });

  it('which many ask for at once before it was ever made', async () => {
    const get = await house();
    const answers = await Promise.all(Array.from({ length: 50 }, () => get('/pages/slow')));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(rendered).toBe(1);
    cookie = true;
    const own = await Promise.all(Array.from({ length: 5 }, () => get('/pages/slow-own')));
    expect(own.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(rendered).toBe(6);
  });

  it('and never kept when it sets a cookie, is not found, or is one visitor’s own', async () => {
    const get = await house();
    cookie = true;
    expect((await get('/pages/a')).headers['cache-control']).toBe('private, no-store');
    cookie = false;
    await get('/pages/a', { 'x-own': '1' });
    await get('/pages/missing');
    await get('/pages/missing');
    expect((await get('/pages/a')).body).toMatch(/^a 5 /);
  });

  it('and forgotten when there is no room, the one asked for longest ago first', async () => {
    const get = await house({ mostBytes: 10_000 });
    for (const name of ['a', 'b', 'a', 'c', 'c', 'd', 'd']) await get(`/pages/${name}`);
    const before = rendered;
    await get('/pages/d');
    expect(rendered).toBe(before);
    await get('/pages/b');
    expect(rendered).toBe(before + 1);
  });

  it('and not forgotten for pages that somebody asks for only once', async () => {
    const get = await house({ mostBytes: 10_000 });
    const [a, b] = [(await get('/pages/a')).body, (await get('/pages/b')).body];
    for (let page = 0; page < 30; page += 1) await get(`/pages/crawled-${page}`);
    expect([(await get('/pages/a')).body, (await get('/pages/b')).body]).toEqual([a, b]);
  });

  it('for all who ask at once, also when there is no room for it', async () => {
    const get = await house({ mostBytes: 10_000 });
    for (const name of ['a', 'b']) await get(`/pages/${name}`);
    await Promise.all(Array.from({ length: 20 }, () => get('/pages/slow')));
    expect(rendered).toBe(3);
  });

  it('also when the database had failed to answer once', async () => {
    let broken = true;
    const server = Fastify();
    keepPages(server, {
      revisions: async () => {
        if (broken) throw new Error('no database');
        return new Map();
      },
      agencyOf: () => 1,
      variant: () => '',
    });
    server.get('/', { config: { kept: true } }, (_request, reply) => reply.type('text/html').send('x'));
    expect((await server.inject('/')).statusCode).toBe(500);
    broken = false;
    expect((await server.inject('/')).statusCode).toBe(200);
  });
});

test.each([
  ['br', 'gzip, deflate, br', 'br'],
  ['gzip', 'gzip', 'gzip'],
  ['plain', undefined, undefined],
  ['gzip where br is refused', 'br;q=0, gzip;q=0.5', 'gzip'],
  ['plain where both are refused', 'br;q=0.0, gzip;q=0', undefined],
])('is sent as %s', async (_name, accepted, coding) => {
  const get = await house();
  const headers: Record<string, string> = accepted ? { 'accept-encoding': accepted } : {};
  for (const answer of [await get('/pages/a', headers), await get('/pages/a', headers)]) {
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(Number(answer.headers['content-length'])).toBe(answer.rawPayload.length);
  }
});

test('who has the page already is told so, kept or not', async () => {
  const get = await house();
  const { headers } = await get('/pages/a');
  const again = await get('/pages/a', { 'if-none-match': String(headers.etag) });
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
  expect((await get('/pages/a', { 'if-none-match': 'W/"x"' })).statusCode).toBe(200);
});

test('what is kept goes out with the headers it was made with, is counted, and is told to who measures', async () => {
  const server = Fastify();
  const measured: number[] = [];
  const settings = { revisions: async () => new Map(), agencyOf: () => 1, variant: () => '' };
  const keepWhatIsSent = keepPages(server, settings);
  await server.register(rateLimit, { max: 3, timeWindow: '1 minute' });
  await server.register(helmet);
  keepWhatIsSent();
  server.addHook('onResponse', async (_request, reply) => {
    measured.push(reply.statusCode);
  });
  server.get('/', { config: { kept: true } }, (_request, reply) => reply.type('text/html').send('x'));
  await server.ready();
  const answers = [];
  for (let times = 0; times < 4; times++) answers.push(await server.inject('/'));
  const [made, kept, , refused] = answers;
  const lasting = ({ headers }: { headers: Record<string, unknown> }) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(date|x-ratelimit-.*)$/.test(name)));
  expect(made && Object.keys(made.headers)).toContain('content-security-policy');
  expect(kept && lasting(kept)).toEqual(made && lasting(made));
  expect(kept?.headers['x-ratelimit-remaining']).toBeUndefined();
  expect(refused?.statusCode).toBe(429);
  expect(measured).toEqual([200, 200, 200, 429]);
});

test('other routes are left alone', async () => {
  const get = await house();
  const { headers } = await get('/other');
  expect(headers.etag).toBeUndefined();
  expect(asked).toBe(0);
});

test.each([
  ['"a"', '"a"', true],
  ['W/"a"', '"a"', true],
  ['"b", W/"a"', 'W/"a"', true],
  ['*', '"a"', true],
  ['"b"', '"a"', false],
  [undefined, '"a"', false],
])('tags %s hold %s: %s', (header, etag, expected) => expect(holds(header, etag)).toBe(expected));
