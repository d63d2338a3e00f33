import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { migrate, missingMigrations } from './migrations.ts';

let dir: string;
let database: TestDatabase;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-migrations-'));
  database = await emptyDatabase();
});

afterEach(async () => {
  rmSync(dir, { recursive: true });
  await database.close();
});

const write = (name: string, sql: string) => writeFileSync(join(dir, name), sql);
const query = (sql: string) => database.pool.query(sql);

test('applies in order, once', async () => {
  write('0002-seat.sql', 'ALTER TABLE room ADD seats integer');
  write('0001-room.sql', 'CREATE TABLE room (id integer)');
  expect(await migrate(database.url, dir)).toEqual(['0001-room', '0002-seat']);
  expect(await migrate(database.url, dir)).toEqual([]);
  expect(await missingMigrations(query, dir)).toEqual([]);
  write('0003-door.sql', 'CREATE TABLE door (id integer)');
  expect(await missingMigrations(query, dir)).toEqual(['0003-door']);
  expect(await migrate(database.url, dir)).toEqual(['0003-door']);
});

test('processes that start together migrate once', async () => {
  write('0001-room.sql', 'CREATE TABLE room (id integer)');
  const runs = await Promise.all([1, 2, 3].map(() => migrate(database.url, dir)));
  expect(runs.flat()).toEqual(['0001-room']);
});

test('a failing migration leaves nothing of itself and names its line', async () => {
  write('0001-room.sql', 'CREATE TABLE room (id integer)');
  write('0002-bad.sql', 'CREATE TABLE half (id integer);\nINSERT INTO\n nowhere VALUES (1)');
  await expect(migrate(database.url, dir)).rejects.toThrow(/0002-bad\.sql:3.*nowhere/s);
  const { rows } = await query("SELECT to_regclass('room') AS room, to_regclass('half') AS half");
  expect(rows).toEqual([{ room: 'room', half: null }]);
});

test('an applied migration must stay as it was', async () => {
  write('0001-room.sql', 'CREATE TABLE room (id integer)');
  await migrate(database.url, dir);
  write('0001-room.sql', 'CREATE TABLE room (id integer)\r\n'.replace('\r\n', ''));
  expect(await migrate(database.url, dir)).toEqual([]);
  write('0001-room.sql', 'CREATE TABLE room (id bigint)');
  await expect(migrate(database.url, dir)).rejects.toThrow('0001-room 被改动');
  rmSync(join(dir, '0001-room.sql'));
  await expect(migrate(database.url, dir)).rejects.toThrow('newer version (0001-room)');
});

test('numbers are given once and names are of one form', async () => {
  write('0001-room.sql', 'SELECT 1');
  write('0001-door.sql', 'SELECT 1');
  await expect(migrate(database.url, dir)).rejects.toThrow('迁移编号重复');
  rmSync(join(dir, '0001-door.sql'));
  write('2-door.sql', 'SELECT 1');
  await expect(migrate(database.url, dir)).rejects.toThrow('migrations/2-door.sql');
});
