import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHttpServer } from './server.ts';

let server: FastifyInstance;
beforeAll(async () => {
  server = await buildHttpServer({
    secret: 's'.repeat(48),
    https: true,
    trustProxy: false,
    maxUploadBytes: 1000,
    requestsPerMinute: null,
    keptPages: null,
    logger: false,
  });
  server.get('/echo/:name', async (request) => request.query);
  server.post('/echo', async (request) => request.body);
  server.get('/cookie', async (_request, reply) => reply.setCookie('a', 'b', { path: '/' }).send('ok'));
  await server.ready();
});
afterAll(() => server.close());

const form = (payload: string, type = 'application/x-www-form-urlencoded') =>
  server.inject({ method: 'POST', url: '/echo', headers: { 'content-type': type }, payload });

describe('text that nothing can hold', () => {
  it.each(['/echo/a%00b', '/echo/a?q=%00', '/echo/a?q=1&q=%00', '/echo/a?%00=1'])(
    '%s is refused',
    async (url) => {
      const answer = await server.inject(url);
      expect([answer.statusCode, answer.json().message]).toEqual([
        400,
        expect.stringContaining('无法保存的字符'),
      ]);
    },
  );

  it.each([
    ['a=x%00', undefined],
    ['a%00=x', undefined],
    ['{"a":"\\u0000"}', 'application/json'],
    ['{"a":["\\ud83d"]}', 'application/json'],
    ['['.repeat(50_000) + ']'.repeat(50_000), 'application/json'],
  ])('in a form: %.30s', async (payload, type) => expect((await form(payload, type)).statusCode).toBe(400));

  it.each([
    ['{"__proto__":{"admin":true}}', 'application/json'],
    ['{"constructor":{"prototype":{"admin":true}}}', 'application/json'],
  ])('prototype keys are refused: %s', async (payload, type) => {
    expect((await form(payload, type)).statusCode).toBe(400);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('leaves every other character alone', async () => {
    const text = '昆明𠀀😀 \n\t“”';
    const answer = await form(new URLSearchParams({ a: text }).toString());
    expect(answer.json()).toEqual({ a: text });
  });
});

it('answers an address that cannot be decoded like any other that is not there', async () => {
  const answer = await server.inject('/%ff?next=%ff');
  expect([answer.statusCode, answer.headers['x-content-type-options']]).toEqual([404, 'nosniff']);
});

it('marks every cookie secure behind HTTPS', async () => {
  expect((await server.inject('/cookie')).headers['set-cookie']).toContain('Secure');
});
