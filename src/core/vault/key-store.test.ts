import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { SetupFault } from '../setup-fault.ts';
import { type DataKey, enrolKeys, knownKeys, openVault, retireKeys } from './index.ts';

const { db } = await freshDatabase();
const now = new Date('2026-11-27T00:00:00Z');
const key = (id: string): DataKey => ({ id, key: randomBytes(32) });
const [first, second] = [key('first'), key('second')];
const start = (...keys: DataKey[]) => enrolKeys(db, openVault(keys), now);
const known = async () => (await knownKeys(db)).map(({ id, retired_at }) => [id, retired_at !== null]);
afterEach(() => db.deleteFrom('data_keys').execute());

const refused = async (starting: Promise<void>, sentence: RegExp) => {
  await expect(starting).rejects.toBeInstanceOf(SetupFault);
  await expect(starting).rejects.toThrow(sentence);
  await expect(starting).rejects.toThrow(/^[^\n]*$/);
};

test('the key that seals is written down once, with its fingerprint', async () => {
  await start(first);
  await start(first, second);
  expect(await knownKeys(db)).toEqual([
    { ...openVault([first]).fingerprints()[0], first_used_at: now, retired_at: null },
  ]);
});

test('a start without a key that sealed something is refused, until the key is back', async () => {
  await start(first);
  await refused(start(second), /用密钥 first（指纹 [0-9a-f]{16}）加密的数据/);
  expect(await known()).toEqual([['first', false]]);
  await start(second, first);
  expect(await known()).toEqual([
    ['first', false],
    ['second', false],
  ]);
});

test('another key under a known name is refused, in any place', async () => {
  await start(first);
  const impostor = key('first');
  await refused(start(impostor), /密钥 first（指纹 [0-9a-f]{16}）不是数据库记下的那一个/);
  await refused(start(second, impostor), /不是数据库记下的那一个/);
});

test('a retired key may leave, and its name is not given to another', async () => {
  await start(first);
  await start(second, first);
  await retireKeys(db, ['first'], now);
  await start(second);
  expect(await known()).toEqual([
    ['first', true],
    ['second', false],
  ]);
  await refused(start(second, key('first')), /不是数据库记下的那一个/);
});

test('a retired key that seals again is no longer retired', async () => {
  await start(first);
  await retireKeys(db, ['first'], now);
  await start(first);
  expect(await known()).toEqual([['first', false]]);
});

test('two machines that start together', async () => {
  await Promise.all([start(first), start(first), start(first)]);
  expect(await known()).toEqual([['first', false]]);
});
