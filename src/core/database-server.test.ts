import { createServer } from 'node:net';
import { afterAll, expect, inject, test } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { databaseUrl, onServer } from '../../tests/support/database-server.ts';
import { openDatabaseServer } from './database-server.ts';

const { url } = await freshDatabase();
const { serverUrl, prefix } = inject('testDatabase');

const open = (databaseUrl: string) => openDatabaseServer({ databaseUrl, varDir: '/nowhere' });

async function refusal(address: string): Promise<string> {
  const error = await open(address).then(
    () => null,
    (reason: Error) => reason,
  );
  expect(error?.name).toBe('SetupFault');
  expect(error?.message).not.toContain('\n');
  return error?.message ?? '';
}

test('uses the server DATABASE_URL names and leaves it running', async () => {
  const server = await open(url);
  expect(server).toMatchObject({ url, embedded: false });
  await server.release();
  await onServer(url, (client) => client.query('SELECT 1'));
});

test('a database that does not exist', async () => {
  expect(await refusal(databaseUrl(serverUrl, `${prefix}_nowhere`))).toContain('does not exist');
});

test('nothing listens', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  const told = await refusal(`postgres://someone:hunter2@127.0.0.1:${port}/gongkai`);
  expect(told).toContain(`Nothing listens at 127.0.0.1:${port}`);
  expect(told).not.toContain('hunter2');
});

test('no socket there', async () => {
  expect(await refusal('postgres:///gongkai?host=/nowhere/at/all')).toContain(
    'no socket at /nowhere/at/all/.s.PGSQL.5432',
  );
});

test('a program that is no PostgreSQL', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  expect(await refusal(`postgres://someone@127.0.0.1:${port}/gongkai`)).toContain('DATABASE_URL');
  other.close();
});

const latin = `${prefix}_latin`;
afterAll(() => onServer(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${latin}`)));

test('a database in another encoding', async () => {
  await onServer(serverUrl, (client) =>
    client.query(
      `CREATE DATABASE ${latin} ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`,
    ),
  );
  expect(await refusal(databaseUrl(serverUrl, latin))).toContain("ENCODING 'UTF8'");
});
