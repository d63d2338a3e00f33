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
