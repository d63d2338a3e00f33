import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openEmbeddedPostgres } from '../../src/core/embedded-postgres/index.ts';
import { findPostmaster } from '../../src/core/embedded-postgres/postmaster.ts';

const asRoot = process.getuid?.() === 0;
const program = fileURLToPath(new URL('../support/database-user.ts', import.meta.url));

let base: string;
let varDir: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'gongkai-life-'));
  chmodSync(base, 0o711);
  varDir = base;
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  const server = postmaster();
  if (server) process.kill(server.pid, 'SIGKILL');
  rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const open = (silenceMs?: number) => openEmbeddedPostgres(varDir, { durable: false, silenceMs });
const data = () => join(varDir, 'postgres');
const postmaster = () => findPostmaster(data());

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** Another process that uses the same server. */
async function openElsewhere(): Promise<{ url: string; kill(): Promise<void>; release(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, varDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const gone = once(child, 'exit');
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    release: async () => {
      child.stdin.write('release\n');
      await gone;
    },
  };
}

describe('a life', () => {
  test('starts on first use, stops with the last, keeps its data', async () => {
    const first = await open();
    expect(first.url).toMatch(process.platform === 'win32' ? /127\.0\.0\.1/ : /host=%2F/);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.release();
    await first.release();
    expect(postmaster()).toBeNull();
    const second = await open();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.release();
  });

  test('listens nowhere but on its private socket', async () => {
    const server = await open();
    const [row] = await query(
      server.url,
      `SELECT current_setting('listen_addresses') AS listens, current_setting('server_encoding') AS encoding,
         (SELECT datlocprovider FROM pg_database WHERE datname = current_database()) AS provider`,
    );
    expect(row).toEqual({ listens: '', encoding: 'UTF8', provider: 'b' });
    await server.release();
  });

  test('stops within five seconds although a client sits in a transaction', async () => {
    const server = await open();
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => {});
    await client.connect();
    await client.query('BEGIN; CREATE TABLE unfinished ()');
    const before = performance.now();
    await server.release();
    expect(performance.now() - before).toBeLessThan(5000);
    expect(postmaster()).toBeNull();
  });
});

describe('shared', () => {
  test('processes that start together share one server; only the last to leave stops it', async () => {
    const [one, two] = await Promise.all([openElsewhere(), openElsewhere()]);
    expect(two.url).toBe(one.url);
    const pid = postmaster()?.pid;
    await one.release();
    expect(postmaster()?.pid).toBe(pid);
    const three = await open();
    await two.release();
    expect(postmaster()?.pid).toBe(pid);
    await three.release();
    expect(postmaster()).toBeNull();
  });

  test('a user that was killed does not count', async () => {
    const [killed, other] = await Promise.all([openElsewhere(), openElsewhere()]);
    await killed.kill();
    // The server notices a dead client within milliseconds, but not before its process is scheduled.
    const users = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'";
    await vi.waitFor(async () => expect(await query(other.url, users)).toHaveLength(1), { timeout: 10_000 });
    await other.release();
    expect(postmaster()).toBeNull();
  });

  test('leaving and arriving at once never meets a dead server', async () => {
    for (let round = 0; round < 5; round += 1) {
      const leaving = await open();
      const [, arriving] = await Promise.all([leaving.release(), open()]);
      expect(await query(arriving.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
      await arriving.release();
    }
  });
});

describe('after a crash', () => {
  test('the orphan of a killed process is adopted', async () => {
    const killed = await openElsewhere();
    await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killed.kill();
    const orphan = postmaster()?.pid;
    expect(orphan).toBeGreaterThan(0);
    const heir = await open();
    expect(postmaster()?.pid).toBe(orphan);
    expect(await query(heir.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await heir.release();
    expect(postmaster()).toBeNull();
  });

  test.skipIf(process.platform === 'win32')('an orphan that answers nothing is replaced', async () => {
    const killed = await openElsewhere();
    await killed.kill();
    const orphan = postmaster()!.pid;
    process.kill(orphan, 'SIGSTOP');
    const heir = await open(500);
    expect(postmaster()?.pid).not.toBe(orphan);
    expect(await query(heir.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await heir.release();
  });

  test('a pid file left behind does not stop the next start, even when the pid now belongs to another program', async () => {
    const first = await open();
    const file = readFileSync(join(data(), 'postmaster.pid'), 'utf8');
    await first.release();
    for (const pid of ['999999', String(process.ppid)]) {
      writeFileSync(join(data(), 'postmaster.pid'), file.replace(/^\d+/, pid));
      const next = await open();
      expect(await query(next.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
      await next.release();
    }
  });

  test('a server that dies under a living user comes back', async () => {
    const server = await open();
    const former = postmaster()!.pid;
    process.kill(former, 'SIGQUIT');
    await vi.waitFor(() => expect(postmaster()?.pid ?? former).not.toBe(former), {
      timeout: 10_000,
      interval: 20,
    });
    await vi.waitFor(() => query(server.url, 'SELECT 1'), { timeout: 10_000, interval: 50 });
    await server.release();
    expect(postmaster()).toBeNull();
  });

  test('an initialisation that was cut short is begun anew', async () => {
    const half = join(varDir, 'postgres.half-0badcafe');
    mkdirSync(half);
    writeFileSync(join(half, 'PG_VERSION'), '18\n');
    const server = await open();
    expect(readdirSync(varDir).filter((name) => name.startsWith('postgres.half-'))).toEqual([]);
    await server.release();
  });
});

describe('places', () => {
  test.skipIf(process.platform === 'win32')('a path too long for a socket gets a short one', async () => {
    varDir = join(varDir, '很长的目录名'.repeat(8));
    mkdirSync(varDir, { recursive: true });
    const server = await open();
    const socketDir = postmaster()!.socketDir;
    expect(Buffer.byteLength(socketDir)).toBeLessThan(90);
    expect(await query(server.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await server.release();
    rmSync(socketDir, { recursive: true });
  });

  test.runIf(asRoot)(
    'root in a private folder keeps the data where the database account can go',
    async () => {
      chmodSync(varDir, 0o700);
      const server = await open();
      const { home } = JSON.parse(readFileSync(join(varDir, 'postgres-place.json'), 'utf8')) as {
        home: string;
      };
      expect(existsSync(data())).toBe(false);
      await query(server.url, 'CREATE TABLE kept ()');
      await server.release();
      const again = await open();
      expect(await query(again.url, 'SELECT * FROM kept')).toEqual([]);
      await again.release();
      rmSync(home, { recursive: true });
    },
  );
});

describe('refuses in one sentence', () => {
  const refusal = async () => {
    const error = await open().then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error?.name).toBe('SetupFault');
    expect(error?.message).not.toContain('\n');
    return error?.message;
  };

  test('data of another major version', async () => {
    mkdirSync(data());
    writeFileSync(join(data(), 'PG_VERSION'), '15\n');
    expect(await refusal()).toContain('made by PostgreSQL 15');
  });

  test('a folder that holds something else', async () => {
    mkdirSync(data());
    writeFileSync(join(data(), 'letter.txt'), 'mine');
    expect(await refusal()).toContain('something other than a database');
    expect(readFileSync(join(data(), 'letter.txt'), 'utf8')).toBe('mine');
  });

  test('a file where the folder should be', async () => {
    varDir = join(varDir, 'var');
    writeFileSync(varDir, '');
    expect(await refusal()).toContain('must be a folder');
  });

  test.skipIf(asRoot || process.platform === 'win32')('a folder it may not write to', async () => {
    chmodSync(varDir, 0o555);
    expect(await refusal()).toContain('cannot be written');
  });

  test('settings that PostgreSQL rejects, with its own words', async () => {
    await (await open()).release();
    writeFileSync(join(data(), 'postgresql.auto.conf'), "no_such_setting = 'x'\n");
    expect(await refusal()).toContain('did not start');
  });
});
