import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openFiles } from '../files.ts';
import {
  discardFile,
  enrolKeys,
  FILE_REMOVAL_LOCK,
  knownKeys,
  openSealedFiles,
  openVault,
  removeDiscarded,
  rotateKeys,
  type SealedTable,
  type Vault,
} from './index.ts';

const { db, pool, url } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-rotation-'));
afterAll(() => rmSync(dir, { recursive: true }));
const files = openFiles(dir, { maxBytes: 10_000 });
const now = new Date('2026-11-27T00:00:00Z');

await pool.query(`
  CREATE TABLE people (
    agency_id integer, id bigint, name text, remark text, name_digest text, contact_digests text[], scan text, scan_digest text,
    frozen boolean NOT NULL DEFAULT false, PRIMARY KEY (agency_id, id));
  CREATE TABLE people_found (agency_id integer, person_id bigint, name_digest text);
  CREATE FUNCTION guard_people() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.frozen AND current_setting('gongkai.resealing', true) IS DISTINCT FROM 'on' THEN
      RAISE EXCEPTION 'frozen';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER people_frozen BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION guard_people()`);

const people: SealedTable = {
  table: 'people',
  key: ['agency_id', 'id'],
  texts: {
    name: ({ agency_id, id }) => `person/${agency_id}/${id}/name`,
    remark: ({ agency_id, id }) => `person/${agency_id}/${id}/remark`,
  },
  files: { scan: ({ agency_id, id }) => `scan/${agency_id}/${id}` },
  digests: ({ name }, vault, { scan }) => ({
    name_digest: name && vault.digest('name', name),
    scan_digest: scan && vault.digest('content', scan),
    contact_digests: name ? [vault.digest('contact', name)] : [],
  }),
  async copies(_db, { agency_id, id }, { name_digest }) {
    await pool.query('UPDATE people_found SET name_digest = $3 WHERE agency_id = $1 AND person_id = $2', [
      agency_id,
      id,
      name_digest,
    ]);
  },
};

const [first, second] = ['first', 'second'].map((id) => ({ id, key: randomBytes(32) })) as [
  { id: string; key: Buffer },
  { id: string; key: Buffer },
];
const before = openVault([first]);
const after = openVault([second, first]);
const contextWith = (vault: Vault) => ({
  db,
  vault,
  files,
  sealedFiles: openSealedFiles(files, vault),
  now,
  removeUnnamed: false,
});
const rotate = (options = {}) => rotateKeys({ ...contextWith(after), ...options }, [people]);

async function insert(id: number, vault: Vault, options: { scan?: boolean; frozen?: boolean } = {}) {
  const { sealedFiles } = contextWith(vault);
  const scan = options.scan
    ? (await sealedFiles.put(Buffer.from(`证件${id}`), { context: `scan/1/${id}` })).sha256
    : null;
  await pool.query('INSERT INTO people VALUES (1, $1, $2, $3, $4, $5, $6, NULL, $7)', [
    id,
    vault.seal(`张${id}`, `person/1/${id}/name`),
    id % 2 ? vault.seal('口头申请', `person/1/${id}/remark`) : null,
    vault.digest('name', `张${id}`),
    [vault.digest('contact', `张${id}`)],
    scan,
    options.frozen ?? false,
  ]);
}

interface Person {
  id: number;
  name: string;
  remark: string | null;
  name_digest: string;
  contact_digests: string[];
  scan: string | null;
  scan_digest: string | null;
}

const rowsOf = async () => (await pool.query<Person>('SELECT * FROM people ORDER BY id')).rows;
const kept = async () => {
  const found: string[] = [];
  for await (const sha256 of files.list()) found.push(sha256);
  return found;
};

beforeEach(async () => {
  await pool.query('TRUNCATE people, people_found, data_keys, sealed_file_removals');
  for (const sha256 of await kept()) await files.remove(sha256);
  await enrolKeys(db, before, now);
  await enrolKeys(db, after, now);
});

test('everything is sealed anew: texts, digests and their copies, files; the old key is retired and not needed', async () => {
  for (let id = 1; id <= 205; id++) await insert(id, before, { scan: id % 50 === 0, frozen: id % 7 === 0 });
  await insert(206, after, { scan: true });
  await pool.query('INSERT INTO people_found VALUES (1, 50, $1)', [before.digest('name', '张50')]);
  const steps: string[] = [];
  const told = await rotateKeys(contextWith(after), [people], (step) => steps.push(step));
  expect(told).toEqual({ rows: 205, removed: 4, retired: ['first'], problems: [] });
  expect(steps).toContain('██████████░░░░░░░░░░ 数据表 1/1 people 100/206');
  const alone = openVault([second]);
  const alonesFiles = openSealedFiles(files, alone);
  for (const { id, name, remark, name_digest, contact_digests, scan, scan_digest } of await rowsOf()) {
    expect(alone.open(name, `person/1/${id}/name`)).toBe(`张${id}`);
    expect(remark && alone.open(remark, `person/1/${id}/remark`)).toBe(id % 2 ? '口头申请' : null);
    expect(name_digest).toBe(alone.digest('name', `张${id}`));
    expect(contact_digests).toEqual([alone.digest('contact', `张${id}`)]);
    if (!scan) continue;
    expect((await alonesFiles.read(scan, `scan/1/${id}`)).toString()).toBe(`证件${id}`);
    const plain = createHash('sha256').update(`证件${id}`).digest('hex');
    expect(scan_digest).toBe(id === 206 ? null : alone.digest('content', plain));
  }
  const { rows: copies } = await pool.query('SELECT name_digest FROM people_found');
  expect(copies).toEqual([{ name_digest: alone.digest('name', '张50') }]);
  expect(await kept()).toHaveLength(5);
  await enrolKeys(db, alone, now);
});

test('twice is once', async () => {
  await insert(1, before, { scan: true });
  await rotate();
  const rows = await rowsOf();
  expect(await rotate()).toEqual({ rows: 0, removed: 0, retired: [], problems: [] });
  expect(await rowsOf()).toEqual(rows);
});

test('stopped after any batch, it goes on where it stopped', async () => {
  for (let id = 1; id <= 250; id++) await insert(id, before);
  const stop = (step: string) => {
    if (step.includes(' 200/')) throw new Error('killed');
  };
  await expect(rotateKeys(contextWith(after), [people], stop)).rejects.toThrow('killed');
  const half = await rowsOf();
  expect(half.filter(({ name }) => after.keyOf(name) === 'second')).toHaveLength(200);
  expect((await knownKeys(db)).map(({ retired_at }) => retired_at)).toEqual([null, null]);
  expect(await rotate()).toMatchObject({ rows: 50, retired: ['first'] });
  expect((await rowsOf()).slice(0, 200)).toEqual(half.slice(0, 200));
});

test('a batch that fails leaves its rows and files as they were', async () => {
  await insert(1, before, { scan: true });
  const [row] = await rowsOf();
  const failing = { ...people, copies: () => Promise.reject(new Error('the disk is full')) };
  await expect(rotateKeys(contextWith(after), [failing])).rejects.toThrow('the disk is full');
  expect(await rowsOf()).toEqual([row]);
  expect(await kept()).toEqual([row!.scan]);
});

test('what does not open, or is gone, is told; the rest moves and the old key stays', async () => {
  for (const id of [1, 2, 3]) await insert(id, before, { scan: true });
  const [one, two] = await rowsOf();
  await pool.query('UPDATE people SET name = $1 WHERE id = 1', [`${one!.name.slice(0, -1)}0`]);
  await files.remove(two!.scan!);
  const { rows, retired, problems } = await rotate();
  expect({ rows, retired }).toEqual({ rows: 1, retired: [] });
  expect(problems).toEqual([
    'people 1/1: person/1/1/name: what was sealed here was altered, or belongs elsewhere',
    'people 1/2: 没有找到这个文件',
  ]);
  expect((await rowsOf())[1]).toEqual(two);
});

test('a file that no row names keeps the old key, until it is taken away on demand', async () => {
  const { sha256 } = await contextWith(before).sealedFiles.put(Buffer.from('中断的上传'), { context: 'x' });
  expect(await rotate()).toMatchObject({
    retired: [],
    problems: [`文件 ${sha256} 仍用密钥 first 加密，没有记录指向它`],
  });
  expect(await kept()).toEqual([sha256]);
  expect(await rotate({ removeUnnamed: true })).toMatchObject({
    removed: 1,
    retired: ['first'],
    problems: [],
  });
  expect(await kept()).toEqual([]);
});

test('a discarded file leaves the disk, but not while a backup runs', async () => {
  const { sha256 } = await files.put(randomBytes(10));
  await discardFile(db, sha256, now);
  await discardFile(db, sha256, now);
  const backup = new pg.Client({ connectionString: url });
  await backup.connect();
  await backup.query('SELECT pg_advisory_lock_shared($1)', [FILE_REMOVAL_LOCK]);
  expect(await removeDiscarded(db, files)).toBe(0);
  expect(await kept()).toEqual([sha256]);
  await backup.end();
  await expect.poll(() => removeDiscarded(db, files)).toBe(1);
  expect(await kept()).toEqual([]);
  expect(await removeDiscarded(db, files)).toBe(0);
});
