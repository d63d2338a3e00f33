import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { addUnit, listAgencies } from '../../src/areas/organisations/index.ts';
import { attachEvidence, saveDraft } from '../../src/areas/returns/index.ts';
import { backup } from '../../src/backup/index.ts';
import { runCli } from '../../src/bin/cli.ts';
import { readConfig } from '../../src/config.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { transact } from '../../src/core/db.ts';
import { MIGRATIONS_DIR, migrate } from '../../src/core/migrations.ts';
import { newDataKey } from '../../src/core/vault/index.ts';
import { record, verifyLedger } from '../../src/ledger/index.ts';
import { contents } from '../support/contents.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { openDemonstration } from '../support/demonstration.ts';

const SECRET = 'd'.repeat(48);
const PDF = Buffer.from(`%PDF-1.7\n${'evidence '.repeat(40_000)}`);
const folder = mkdtempSync(join(tmpdir(), 'gongkai-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { app, server, url: sourceUrl } = await openDemonstration();
const { pool } = app.connection;
const DATA_KEYS = readFileSync(join(app.config.varDir, 'data-keys'), 'utf8');
const file = join(folder, '备份.zip');
const [agency] = await listAgencies(app.connection.db);
const system: Ctx = {
  db: app.connection.db,
  clock: clockAt('2019-02-01'),
  actor: { kind: 'system', name: '系统' },
  agencyId: agency!.id,
};
let evidence: string;
let backedUp: Awaited<ReturnType<typeof gongkai>>;
let made: { bytes: number; digest: string };

async function gongkai(args: string[], env: Record<string, string>) {
  const said = { code: 0, out: '', err: '' };
  const io = {
    stdout: (text: string | Uint8Array) => {
      said.out += text;
    },
    stderr: (text: string) => {
      said.err += text;
    },
    isTerminal: false,
    env: {
      GONGKAI_ENV: 'test',
      GONGKAI_SECRET: SECRET,
      GONGKAI_DATA_KEYS: DATA_KEYS,
      GONGKAI_VAR: join(folder, 'elsewhere'),
      ...env,
    },
  };
  said.code = await runCli(args, io);
  return said;
}

const source = () => ({ DATABASE_URL: sourceUrl, GONGKAI_VAR: app.config.varDir });

beforeAll(async () => {
  const { rows: people } = await pool.query<{ id: number; unit_id: number; name: string }>(
    `SELECT id, unit_id, name FROM staff WHERE username = 'fabu01'`,
  );
  const [person] = people;
  const publisher: Ctx = {
    ...system,
    actor: {
      kind: 'staff',
      staffId: person!.id,
      name: person!.name,
      agencyId: agency!.id,
      unitId: person!.unit_id,
      roles: ['publisher'],
    },
  };
  const draft = await saveDraft(publisher, app.figures, {
    unitId: person!.unit_id,
    period: { from: '2019-01-01', to: '2019-01-31' },
    version: 0,
    desk: '',
    lines: [],
  });
  // Beside it lie the pictures of the four topics of the demonstration.
  const kept = await app.files.put(PDF);
  await attachEvidence(publisher, draft.id, {
    digest: kept.sha256,
    name: '微博截图.pdf',
    type: 'application/pdf',
    bytes: kept.bytes,
  });
  evidence = kept.sha256;
  backedUp = await gongkai(['backup', file, '--json'], source());
  made = JSON.parse(backedUp.out);
});

describe('backup', () => {
  it('writes one file, private, complete, and without the secret', async () => {
    expect(backedUp).toMatchObject({ code: 0, err: '' });
    expect(made).toMatchObject({ bytes: statSync(file).size, files: 5 });
    expect(made.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    const zip = await JSZip.loadAsync(readFileSync(file));
    const manifest = await zip.file('manifest.json')!.async('string');
    expect(JSON.parse(manifest).secret.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest).not.toContain(SECRET);
    expect(JSON.parse(manifest).dataKeys).toEqual(app.vault.fingerprints());
    const [, key] = DATA_KEYS.split(':');
    expect(manifest).not.toContain(key);
  });

  it('speaks plainly to people, and of what it cannot write', async () => {
    const again = await gongkai(['backup', join(folder, 'again.zip')], source());
    expect(again.out).toMatch(
      /已备份：.*again\.zip\n\d+ 张数据表 \d+ 行，文件 5 个，共 \d+ 字节\nSHA-256 [0-9a-f]{64}\n/,
    );
    const nowhere = await gongkai(['backup', join(folder, 'no', 'such', 'folder.zip')], source());
    expect(nowhere).toMatchObject({ code: 2, out: '' });
    expect(nowhere.err).toContain('文件夹不存在');
    expect(await gongkai(['backup'], source())).toMatchObject({
      code: 2,
      err: '文件：请写明备份文件的路径\n',
    });
    const { url } = await freshDatabase();
    const empty = await gongkai(['backup', join(folder, 'empty.zip')], { DATABASE_URL: url });
    expect(empty).toMatchObject({ code: 2, err: '数据库中还没有任何机关，无可备份\n' });
    expect(readdirSync(folder).filter((name) => /empty|\.part$/.test(name))).toEqual([]);
  });

  it('stops at a stored file that the disk has damaged', async () => {
    const files = {
      list: app.files.list,
      stream: async () => app.files.stream((await app.files.put(Buffer.from('other'))).sha256),
    };
    const half = join(folder, 'half.zip');
    const attempt = backup({ databaseUrl: sourceUrl, files, secret: SECRET, clock: app.clock }, half);
    await expect(attempt).rejects.toThrow(/已存文件 [0-9a-f]{64} 的内容与其摘要不符/);
    expect(readdirSync(folder).filter((name) => name.startsWith('half'))).toEqual([]);
  });
});

describe('restore', () => {
  it('brings everything into an empty installation, down to the guards and the next numbers', async () => {
    const before = await contents(pool);
    const target = await emptyDatabase();
    const env = { DATABASE_URL: target.url, GONGKAI_VAR: join(folder, 'restored') };
    const said = await gongkai(['restore', file, '--json'], env);
    expect(said).toMatchObject({ code: 0, err: '' });
    const restored = JSON.parse(said.out);
    expect(restored).toMatchObject({ ...made, applied: [], sameSecret: true, ledger: { ok: true } });
    expect(await contents(target.pool)).toEqual(before);
    expect(await verifyLedger(target.db)).toEqual(await verifyLedger(app.connection.db));

    const config = readConfig({
      GONGKAI_ENV: 'test',
      GONGKAI_SECRET: SECRET,
      GONGKAI_DATA_KEYS: DATA_KEYS,
      ...env,
    });
    const twin = await openApp(config, target.url);
    const twinServer = await buildServer(twin);
    try {
      for (const url of ['/reports/2018', '/reports/2018.json', '/ledger']) {
        const [here, there] = await Promise.all([server.inject(url), twinServer.inject(url)]);
        expect(there.statusCode).toBe(200);
        expect(settled(there.body)).toBe(settled(here.body));
      }
      expect(await twin.files.read(evidence)).toEqual(PDF);
      await addUnit({ ...system, db: target.db }, { code: 'NEW', name: '恢复后新设的部门' });
      expect((await verifyLedger(target.db)).ok).toBe(true);
      await expect(target.pool.query('DELETE FROM ledger_acts')).rejects.toThrow(/append-only/);
      await expect(target.pool.query('UPDATE report_versions SET reason = reason')).rejects.toThrow(
        /immutable/,
      );
    } finally {
      await twinServer.close();
      await twin.close();
    }
    const second = await gongkai(['restore', file], env);
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.err).toMatch(/^数据库中已有机关，只能恢复到全新的安装[^\n]*\n$/);
  });

  it('warns when the secret is another one', async () => {
    const { url } = await freshDatabase();
    const env = { DATABASE_URL: url, GONGKAI_VAR: join(folder, 'secret'), GONGKAI_SECRET: 'e'.repeat(48) };
    const said = await gongkai(['restore', file], env);
    expect(said.code).toBe(0);
    expect(said.err).toMatch(/GONGKAI_SECRET 与备份时不同。所有人须重新登录，已绑定的动态验证码失效/);
    expect(said.out).toMatch(/操作台账 \d+ 条，校验无误/);
  });

  it.each([
    ['lacks the key', newDataKey(), /用密钥 k[0-9a-f]{8}（指纹 [0-9a-f]{16}）加密，[^；]*中没有：请把/],
    [
      'has another key of that name',
      newDataKey().replace(/^.*?:/, `${DATA_KEYS.split(':')[0]}:`),
      /同名而指纹不同/,
    ],
  ])('refuses an installation that %s before anything is written', async (_what, keys, sentence) => {
    const { url, pool: untouched } = await emptyDatabase();
    const env = { DATABASE_URL: url, GONGKAI_VAR: join(folder, 'keyless'), GONGKAI_DATA_KEYS: keys };
    const said = await gongkai(['restore', file], env);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toMatch(sentence);
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect((await contents(untouched)).rows).toEqual({});
    const withBoth = { ...env, GONGKAI_DATA_KEYS: `${newDataKey()},${DATA_KEYS}` };
    expect(await gongkai(['restore', file], withBoth)).toMatchObject({ code: 0, err: '' });
  });

  it.each<[string, RegExp, (sound: Buffer) => Buffer | Promise<Buffer> | null]>([
    ['a file that is not there', /没有这个文件/, () => null],
    ['an empty file', /是空文件/, () => Buffer.alloc(0)],
    ['a text', /不是 gongkai backup 写出的备份文件/, () => Buffer.from('昆明高新区 2018 年度报告')],
    [
      'another zip',
      /不是 gongkai backup 写出的备份文件/,
      () => new JSZip().file('a.txt', 'a').generateAsync({ type: 'nodebuffer' }),
    ],
    ['a file cut short', /备份文件不完整/, (sound) => sound.subarray(0, sound.length - 2000)],
    ['a file cut in half', /备份文件不完整/, (sound) => sound.subarray(0, sound.length / 2)],
    [
      'a byte changed in a table',
      /备份文件已损坏（tables\//,
      (sound) => flipped(sound, 'tables/ledger_acts.copy', 200),
    ],
    ['a byte changed in a stored file', /备份文件已损坏（files\//, (sound) => flipped(sound, 'files/', 5000)],
    [
      'a byte changed in the manifest',
      /备份文件已损坏（manifest\.json）/,
      (sound) => flipped(sound, 'manifest.json', 60),
    ],
    [
      'a backup of a newer version',
      /由更新版本的程序备份/,
      (sound) => replaced(sound, 'gongkai-backup 1 ', 'gongkai-backup 2 '),
    ],
  ])('refuses %s in one sentence and writes nothing', async (_what, sentence, spoil) => {
    const { url, pool: untouched } = await emptyDatabase();
    const bad = join(folder, 'bad.zip');
    rmSync(bad, { force: true });
    const content = await spoil(readFileSync(file));
    if (content) writeFileSync(bad, content);
    const varDir = join(folder, 'bad-var');
    const said = await gongkai(['restore', bad], { DATABASE_URL: url, GONGKAI_VAR: varDir });
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toMatch(sentence);
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect((await contents(untouched)).rows).toEqual({});
  });

  it('undoes everything when rows do not fit, even with digests made to fit', async () => {
    const { url, pool: untouched } = await freshDatabase();
    const before = await contents(untouched);
    const said = await gongkai(['restore', await orphaned()], {
      DATABASE_URL: url,
      GONGKAI_VAR: join(folder, 'lost'),
    });
    expect(said.code).toBe(2);
    expect(said.err).toMatch(/备份的内容与其声明的数据库结构不符/);
    expect(await contents(untouched)).toEqual(before);
  });
  it('brings back a ledger that was broken before as it was, and tells', async () => {
    const tampered = await freshDatabase();
    const { db, pool: hand } = tampered;
    await hand.query(`INSERT INTO agencies (code, name, short_name) VALUES ('x', '某机关', '某机关')`);
    const { rows } = await hand.query<{ id: number }>('SELECT id FROM agencies');
    const ctx = { ...system, db, agencyId: rows[0]!.id };
    for (const name of ['一科', '二科', '三科'])
      await addUnit(ctx, { code: `U${name.length}${name.codePointAt(0)}`, name });
    await hand.query('ALTER TABLE ledger_acts DISABLE TRIGGER ledger_acts_append_only');
    await hand.query(`UPDATE ledger_acts SET actor_name = '他人' WHERE seq = 2`);
    const path = join(folder, 'tampered.zip');
    expect((await gongkai(['backup', path], { DATABASE_URL: tampered.url })).code).toBe(0);
    const { url } = await emptyDatabase();
    const said = await gongkai(['restore', path], { DATABASE_URL: url });
    expect(said.code).toBe(1);
    expect(said.out).toContain('操作台账自第 2 条起不可信（x：');
  });
});

describe('between versions', () => {
  it('brings an older backup up to date, and refuses a newer one or a database that is ahead', async () => {
    const names = readdirSync(MIGRATIONS_DIR).sort();
    const newest = names.at(-1)!.replace('.sql', '');
    const older = join(folder, 'migrations');
    mkdirSync(older);
    for (const name of names.slice(0, -1)) cpSync(join(MIGRATIONS_DIR, name), join(older, name));
    const old = await emptyDatabase();
    await migrate(old.url, older);
    await old.pool.query(`INSERT INTO agencies (code, name, short_name) VALUES ('old', '旧版机关', '旧版')`);
    const oldFile = join(folder, 'old.zip');
    expect((await gongkai(['backup', oldFile], { DATABASE_URL: old.url })).code).toBe(0);

    const target = await emptyDatabase();
    const said = await gongkai(['restore', oldFile, '--json'], { DATABASE_URL: target.url });
    expect(JSON.parse(said.out)).toMatchObject({ applied: [newest], ledger: { ok: true, entries: 0 } });
    expect((await listAgencies(target.db)).map(({ code }) => code)).toEqual(['old']);

    const { url: ahead } = await freshDatabase();
    const refused = await gongkai(['restore', oldFile], { DATABASE_URL: ahead });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain('数据库已升级到比备份更新的结构');

    await old.pool.query(
      `INSERT INTO schema_migrations (name, checksum) VALUES ('9999-later', repeat('0', 64))`,
    );
    const newFile = join(folder, 'new.zip');
    expect((await gongkai(['backup', newFile], { DATABASE_URL: old.url })).code).toBe(0);
    const { url: empty } = await emptyDatabase();
    const newer = await gongkai(['restore', newFile], { DATABASE_URL: empty });
    expect(newer).toMatchObject({ code: 2 });
    expect(newer.err).toContain('请使用同一或更新版本的程序');
  });
});

describe('while the system runs', () => {
  it('holds one instant, whatever is written meanwhile', async () => {
    const before = await verifyLedger(app.connection.db);
    const acts: Promise<unknown>[] = [];
    const running = join(folder, 'running.zip');
    const onProgress = () => {
      acts.push(
        transact(system, (inside) =>
          record(inside, { act: 'units.rename', subject: { kind: 'unit', id: acts.length } }),
        ),
      );
    };
    await backup(
      { databaseUrl: sourceUrl, files: app.files, secret: SECRET, clock: app.clock },
      running,
      onProgress,
    );
    await Promise.all(acts);
    expect((await verifyLedger(app.connection.db)).entries).toBe(before.entries + acts.length);
    const target = await emptyDatabase();
    const env = { DATABASE_URL: target.url, GONGKAI_VAR: join(folder, 'running') };
    expect((await gongkai(['restore', running], env)).code).toBe(0);
    expect(await verifyLedger(target.db)).toEqual(before);
  });
});

/** Times of drawing and tokens differ between two servers; all else must not. */
const settled = (body: string) =>
  body.replaceAll(/name="_csrf" value="[^"]*"/g, '').replaceAll(/nonce-[\w-]+|\/assets\/[\w.-]+/g, '');

/** Changes one byte of an entry's content, `offset` bytes behind its name. */
function flipped(sound: Buffer, entry: string, offset: number): Buffer {
  const spoiled = Buffer.from(sound);
  const at = spoiled.indexOf(entry) + entry.length + offset;
  spoiled[at] = spoiled[at]! ^ 0x15;
  return spoiled;
}

function replaced(sound: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(sound);
  changed.write(to, changed.lastIndexOf(from));
  return changed;
}

/** A backup that agrees with itself but holds staff of a unit that does not exist. */
async function orphaned(): Promise<string> {
  const database = await freshDatabase();
  await database.pool.query(`INSERT INTO agencies (code, name, short_name) VALUES ('x', '某机关', '某机关')`);
  await database.pool.query('ALTER TABLE units DROP CONSTRAINT units_agency_id_fkey');
  await database.pool.query(`INSERT INTO units (agency_id, code, name) VALUES (77, 'A', '无主部门')`);
  const path = join(folder, 'orphaned.zip');
  await backup({ databaseUrl: database.url, files: app.files, secret: SECRET, clock: app.clock }, path);
  return path;
}
