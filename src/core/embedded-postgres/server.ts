import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { SetupFault } from '../setup-fault.ts';
import type { Binaries } from './binaries.ts';
import { databaseFault, ensureInitialised, SUPERUSER, serverEnvironment } from './initialise.ts';
import { type Place, socketDirectory } from './place.ts';
import { disownStaleFiles, findPostmaster, type Postmaster, stopPostmaster } from './postmaster.ts';

const LOG_LIMIT_BYTES = 16 * 1024 * 1024;
/** Recovery after a crash replays the write-ahead log, which may take a while. */
const RECOVERY_MS = 300_000;

export interface ServerOptions {
  /** False only for tests: a crash may then lose data, and everything is faster. */
  durable: boolean;
  /** A server that answers nothing for this many milliseconds is replaced. */
  silenceMs: number;
}

/** Connects to the server of `place`, adopting a running one, replacing a broken one, starting one when there is none. */
export async function connectOrStart(
  place: Place,
  binaries: Binaries,
  options: ServerOptions,
): Promise<pg.Client> {
  await ensureInitialised(place, binaries, options.durable);
  const deadline = Date.now() + RECOVERY_MS;
  let silentSince = Date.now();
  let starting: Starting | null = null;
  while (Date.now() < deadline) {
    const running = findPostmaster(place.data);
    if (running) {
      const answer = await tryConnect(place, running);
      if (answer instanceof pg.Client) return answer;
      if (answer === 'busy') silentSince = Date.now();
    }
    if (starting?.hasExited()) throw databaseFault(place, starting.output());
    if (!running && !starting) {
      disownStaleFiles(place.data);
      starting = await start(place, binaries, options);
      silentSince = Date.now();
    }
    if (Date.now() - silentSince > options.silenceMs) {
      if (starting) throw databaseFault(place, starting.output());
      await stopPostmaster(place.data, binaries);
      silentSince = Date.now();
    }
    await wait(20);
  }
  throw new SetupFault(
    `内置数据库仍在恢复数据，请稍候重试，详见 ${place.log}。 The embedded PostgreSQL is still recovering; try again later, see ${place.log}.`,
  );
}

/** The address of `database` on the running server. */
export function urlOf(place: Place, server: Postmaster, database: string): string {
  if (server.socketDir) {
    return `postgres://${SUPERUSER}@/${database}?host=${encodeURIComponent(server.socketDir)}&port=${server.port}`;
  }
  const password = readFileSync(join(place.home, 'postgres-password'), 'utf8').trim();
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${database}`;
}

async function tryConnect(place: Place, server: Postmaster): Promise<pg.Client | 'busy' | 'silent'> {
  // The file is written line by line while the server starts.
  if (process.platform === 'win32' ? !server.port : !server.socketDir) return 'silent';
  const client = new pg.Client({
    connectionString: urlOf(place, server, 'postgres'),
    application_name: 'gongkai',
    connectionTimeoutMillis: 3000,
    keepAlive: true,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    // 57P03: starting up, recovering or shutting down. 53300: every connection is taken.
    return ['57P03', '53300'].includes((error as { code?: string }).code ?? '') ? 'busy' : 'silent';
  }
}

interface Starting {
  hasExited(): boolean;
  /** What the server has written to its log since this start. */
  output(): string;
}

async function start(place: Place, binaries: Binaries, options: ServerOptions): Promise<Starting> {
  const { data, home, log, account } = place;
  const listen = process.platform === 'win32' ? await loopback() : unixSocket(place);
  const settings = { ...listen, ...tuning(), ...(options.durable ? {} : volatile) };
  const args = [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  const out = openSync(log, 'a', 0o600);
  const from = statSync(log).size;
  // Its own process group, so that Ctrl-C reaches the program first and the database only when it is let go.
  const child = spawn(binaries.postgres, args, {
    ...account,
    cwd: home,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', out, out],
    windowsHide: true,
  });
  closeSync(out);
  child.unref();
  let exited = false;
  child.on('error', () => {
    exited = true;
  });
  child.on('exit', () => {
    exited = true;
  });
  return {
    hasExited: () => exited,
    output: () => readFileSync(log).subarray(from).toString('utf8'),
  };
}

function unixSocket(place: Place): Record<string, string> {
  return {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: `"${socketDirectory(place)}"`,
    unix_socket_permissions: '0700',
  };
}

async function loopback(): Promise<Record<string, string>> {
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
  return { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' };
}

/** An eighth of the memory, between 128 MB and 1 GB: the machine also runs the program itself. */
function tuning(): Record<string, string> {
  const buffers = Math.min(1024, Math.max(128, Math.floor(totalmem() / 8 / 1024 / 1024)));
  return {
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${buffers * 3}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_connections: '100',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    lc_messages: 'C',
    fsync: 'on',
  };
}

const volatile = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };
