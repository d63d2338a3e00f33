import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openEmbeddedPostgres } from '../../src/core/embedded-postgres/index.ts';
import { findPostmaster } from '../../src/core/embedded-postgres/postmaster.ts';
import { migrate } from '../../src/core/migrations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test databases are made: the server's own address, the names of this run and a folder of its own. */
    testDatabase: { serverUrl: string; prefix: string; template: string; folder: string };
  }
}

/**
 * Vitest's global set-up: one PostgreSQL for the run (`DATABASE_URL`, else an embedded one in a temporary folder),
 * migrated once into a template that every test file clones.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = openRunFolder();
  // Whatever the tests and what they start keep for a while lies there too, and goes with it.
  process.env.TMPDIR = join(folder, 'tmp');
  const server = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, close: async () => rmSync(folder, { recursive: true, force: true }) }
    : await openTemporaryServer(folder);
  const prefix = `gongkai_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  try {
    await onServer(server.url, (client) => client.query(`CREATE DATABASE ${template}`));
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await server.close();
    throw error;
  }
  project.provide('testDatabase', { serverUrl: server.url, prefix, template, folder });
  return async () => {
    await onServer(server.url, (client) => dropAll(client, prefix));
    await server.close();
  };
}

const FOLDER = 'gongkai-test-';
const MEMORY = '/dev/shm';
/** A run has seldom more than a gigabyte in its folder. */
const ROOM_BYTES = 4 * 1024 ** 3;

/**
 * The run's own folder, in memory where there is room: databases are made and dropped by the hundred, and a disk that others
 * keep busy lets everything wait for seconds.
 */
function openRunFolder(): string {
  for (const parent of new Set([tmpdir(), MEMORY])) sweepKilledRuns(parent);
  const dir = mkdtempSync(join(memoryHasRoom() ? MEMORY : tmpdir(), FOLDER));
  writeFileSync(join(dir, 'run.pid'), String(process.pid));
  // As root the database runs under another account, which must be able to pass through.
  chmodSync(dir, 0o711);
  mkdirSync(join(dir, 'tmp'));
  chmodSync(join(dir, 'tmp'), 0o1777);
  return dir;
}

function memoryHasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM_BYTES && freemem() > 2 * ROOM_BYTES;
  } catch {
    // Only Linux has it.
    return false;
  }
}

async function openTemporaryServer(dir: string): Promise<{ url: string; close(): Promise<void> }> {
  const { url, release } = await openEmbeddedPostgres(dir, { durable: false });
  const close = async () => {
    await release();
    rmSync(dir, { recursive: true, force: true });
  };
  return { url, close };
}

/** Ends what runs left behind that were killed before their tear-down. */
function sweepKilledRuns(parent: string): void {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent).filter((found) => found.startsWith(FOLDER))) {
    const dir = join(parent, name);
    try {
      process.kill(Number(readFileSync(join(dir, 'run.pid'), 'utf8')), 0);
    } catch (error) {
      // Only a run that is surely over; another user's, or one just being opened, is left alone.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') continue;
      const orphan = findPostmaster(join(dir, 'postgres'));
      if (orphan) process.kill(orphan.pid, 'SIGQUIT');
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
  }
}

async function dropAll(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
}

export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  const [address = '', query] = serverUrl.split('?');
  const base = address.replace(/^(\w+:\/\/[^/]*).*$/, '$1');
  return `${base}/${name}${query ? `?${query}` : ''}`;
}
