import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findPostmaster } from '../../src/core/embedded-postgres/postmaster.ts';

const gongkai = fileURLToPath(new URL('../../scripts/gongkai.mjs', import.meta.url));
const varDir = mkdtempSync(join(tmpdir(), 'gongkai-serve-'));
const started: ChildProcess[] = [];

beforeAll(() => chmodSync(varDir, 0o711));

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  const server = postmaster();
  if (server) process.kill(server.pid, 'SIGQUIT');
  rmSync(varDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const postmaster = () => findPostmaster(join(varDir, 'postgres'));

/** Runs `gongkai …` on the test's own folder and the embedded database. */
function launch(args: string[], env: Record<string, string> = {}) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [gongkai, ...args], {
    env: { ...inherited, GONGKAI_VAR: varDir, GONGKAI_ENV: 'test', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

async function serve() {
  const { child, output, ended } = launch(['serve', '--port', '0']);
  const failed = ended.then(({ err }) => {
    throw new Error(err);
  });
  const ready = vi.waitFor(() => expect(output.out).toMatch(/http:\/\/127\.0\.0\.1:\d+\//), {
    timeout: 50_000,
    interval: 20,
  });
  failed.catch(() => {});
  await Promise.race([ready, failed]);
  const address = output.out.match(/http:\/\/127\.0\.0\.1:\d+/)![0];
  return { child, ended, address };
}

test('serves, shares its database with a command beside it, stops within five seconds', async () => {
  const { child, ended, address } = await serve();
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  const pid = postmaster()?.pid;
  const beside = await launch(['migrate', '--json']).ended;
  expect(beside).toEqual({ code: 0, out: '{"applied":[]}\n', err: '' });
  expect(postmaster()?.pid).toBe(pid);
  const before = performance.now();
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
  expect(performance.now() - before).toBeLessThan(5000);
  expect(postmaster()).toBeNull();
});

test('after its launcher was killed nothing stays behind, and the next start serves again', async () => {
  const first = await serve();
  first.child.kill('SIGKILL');
  await vi.waitFor(() => expect(postmaster()).toBeNull(), { timeout: 10_000, interval: 50 });
  const second = await serve();
  expect((await fetch(`${second.address}/readyz`)).status).toBe(200);
  second.child.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});

test('a busy port is one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const { code, out, err } = await launch(['serve', '--port', String(port)]).ended;
  other.close();
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
  expect(err).toContain(`端口 ${port} 已被占用`);
  expect(postmaster()).toBeNull();
});

test.each([
  [['serve', '--port', 'eighty'], {}, /^--port "eighty" .*accepted: a port number/],
  [['migrate'], { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' }, /^无法连接 .*127\.0\.0\.1:1/],
  [['migrate'], { DATABASE_URL: 'mysql://db/none' }, /^DATABASE_URL .*accepted: postgres:/],
  [
    ['serve'],
    { GONGKAI_ENV: 'production', GONGKAI_SECRET: 's'.repeat(48), PUBLIC_URL: 'https://x.gov.cn' },
    /^GONGKAI_DATA_KEYS .*is not set; accepted: id:key\[,older…\], each line as gongkai keys new prints it$/m,
  ],
])('%j with %j ends with one line', async (args, env, sentence) => {
  const { code, out, err } = await launch(args, env as Record<string, string>).ended;
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
  expect(err).toMatch(sentence);
  expect(err).not.toContain('hunter2');
});
