import { randomBytes } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { type Connection, connect } from '../../src/core/db.ts';
import { databaseUrl, onServer } from './database-server.ts';

export interface TestDatabase extends Connection {
  /** For programs started by the test: pass it as `DATABASE_URL`. */
  url: string;
}

/**
 * A migrated, empty database of the test file's own. Call it at the top of the file (`const { db } = await freshDatabase()`);
 * it is dropped after the file's last test.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const { template } = inject('testDatabase');
  return open(`TEMPLATE ${template}`);
}

/**
 * The same, filled: by `fill`, once for the whole run, in the first test file that asks; every file gets a copy of its own.
 * `name` tells one kind of filling from another.
 */
export async function filledDatabase(
  name: string,
  fill: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const { serverUrl, prefix, template } = inject('testDatabase');
  const filled = `${prefix}_${name}`;
  await onServer(serverUrl, async (client) => {
    // Files run side by side: whoever asks second waits here until the first is done.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [filled]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [filled]);
    if (rowCount) return;
    const unfinished = `${filled}_unfinished`;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished} TEMPLATE ${template}`);
    await fill(databaseUrl(serverUrl, unfinished));
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${filled}`);
  });
  return open(`TEMPLATE ${filled}`);
}

/** An empty database without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return open('');
}

async function open(options: string): Promise<TestDatabase> {
  const { serverUrl, prefix } = inject('testDatabase');
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${name} ${options}`));
  const url = databaseUrl(serverUrl, name);
  const connection = connect(url);
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= connection
      .close()
      .then(() =>
        onServer(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
      )
      .then(() => {});
    return closing;
  };
  afterAll(close);
  return { ...connection, url, close };
}
