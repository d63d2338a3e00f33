import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import { createAgency } from '../../src/areas/organisations/index.ts';
import { filePlace } from '../../src/areas/requests/index.ts';
import { readConfig } from '../../src/config.ts';
import { newDataKey, openSealedFiles, openVault, parseDataKeys } from '../../src/core/vault/index.ts';
import { freshDatabase } from '../support/database.ts';

/** `gongkai keys rotate` dies at any moment; called again, it finishes, and nothing of what people said is lost. */
const { url, pool } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-keys-killed-'));
const [older, newer] = [newDataKey(), newDataKey()];
const [oldId, newId] = [older, newer].map((key) => key.split(':')[0]);
const environment = (keys: string) => ({
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 'k'.repeat(48),
  GONGKAI_VAR: folder,
  GONGKAI_DATA_KEYS: keys,
  DATABASE_URL: url,
  LOG_LEVEL: 'silent',
});
const DRAFTS = 2500;
const FILES = 40;
const children: ChildProcess[] = [];
let agencyId = 0;

const tokenOf = (n: number) => createHash('sha256').update(String(n)).digest('hex');
const draftPlace = (n: number) => `request-draft/${agencyId}/${tokenOf(n)}`;
const filePlaceOf = (n: number) => `request-draft-file/${agencyId}/${tokenOf(n)}`;

beforeAll(async () => {
  const app = await openApp(readConfig(environment(older)), url);
  const base = { db: app.connection.db, clock: app.clock, actor: { kind: 'system' as const, name: '系统' } };
  agencyId = await createAgency(base, { code: 'kmhnz', name: '昆明高新区管委会', shortName: '高新区' });
  const numbers = Array.from({ length: DRAFTS }, (_, n) => n);
  await pool.query(
    `INSERT INTO request_drafts SELECT $1, t.token, t.sealed, now(), now() + interval '1 day'
     FROM unnest($2::text[], $3::text[]) AS t(token, sealed)`,
    [agencyId, numbers.map(tokenOf), numbers.map((n) => app.vault.seal(`草稿${n}`, draftPlace(n)))],
  );
  for (let n = 0; n < FILES; n++) {
    const { sha256 } = await app.sealedFiles.put(Buffer.from(`附件${n}`), { context: filePlace(agencyId) });
    await pool.query(
      `INSERT INTO request_draft_files (agency_id, token_digest, kind, sealed_digest, details_sealed)
       VALUES ($1, $2, 'attachment', $3, $4)`,
      [agencyId, tokenOf(n), sha256, app.vault.seal(`说明${n}`, filePlaceOf(n))],
    );
  }
  await app.close();
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function rotate(): { child: ChildProcess; ended: Promise<{ code: number | null; out: string }> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', 'keys', 'rotate', '--json'], {
    env: { ...process.env, ...environment(`${newer},${older}`) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let out = '';
  child.stdout?.on('data', (text) => {
    out += text;
  });
  return { child, ended: once(child, 'exit').then(([code]) => ({ code: code as number | null, out })) };
}

async function moved(table: string, column: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) FROM ${table} WHERE ${column} LIKE $1`,
    [`s1:${newId}:%`],
  );
  return rows[0]?.count ?? 0;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setImmediate(resolve));
}

it('is killed among the drafts, killed again among the files, and finished the third time', async () => {
  const first = rotate();
  await until(async () => (await moved('request_drafts', 'sealed')) > 0);
  first.child.kill('SIGKILL');
  expect((await first.ended).code).toBeNull();
  const half = await moved('request_drafts', 'sealed');
  expect(half % 100).toBe(0);
  expect(half).toBeLessThan(DRAFTS);

  // Held where the files are about to be written, in the middle of their transaction.
  const guard = await pool.connect();
  await guard.query('BEGIN');
  await guard.query('LOCK TABLE sealed_file_removals IN EXCLUSIVE MODE');
  const second = rotate();
  await until(async () => {
    const { rows } = await pool.query(
      `SELECT FROM pg_locks WHERE relation = 'sealed_file_removals'::regclass AND NOT granted`,
    );
    return rows.length > 0;
  });
  second.child.kill('SIGKILL');
  await second.ended;
  await guard.query('ROLLBACK');
  guard.release();
  expect(await moved('request_drafts', 'sealed')).toBe(DRAFTS);
  expect(await moved('request_draft_files', 'details_sealed')).toBe(0);

  const third = await rotate().ended;
  expect(third.code).toBe(0);
  expect(JSON.parse(third.out)).toEqual({
    current: newId,
    rows: FILES,
    removed: FILES,
    retired: [oldId],
    problems: [],
  });

  const app = await openApp(readConfig(environment(newer)), url);
  const alone = openVault(parseDataKeys(newer));
  const { rows: drafts } = await pool.query<{ token_digest: string; sealed: string }>(
    'SELECT token_digest, sealed FROM request_drafts',
  );
  const numberOf = new Map(Array.from({ length: DRAFTS }, (_, n) => [tokenOf(n), n]));
  expect(drafts).toHaveLength(DRAFTS);
  for (const { token_digest, sealed } of drafts) {
    const n = numberOf.get(token_digest) ?? -1;
    expect(alone.open(sealed, draftPlace(n))).toBe(`草稿${n}`);
  }
  const { rows: files } = await pool.query<{
    token_digest: string;
    sealed_digest: string;
    details_sealed: string;
  }>('SELECT token_digest, sealed_digest, details_sealed FROM request_draft_files');
  for (const { token_digest, sealed_digest, details_sealed } of files) {
    const n = numberOf.get(token_digest) ?? -1;
    expect(alone.open(details_sealed, filePlaceOf(n))).toBe(`说明${n}`);
    const content = await openSealedFiles(app.files, alone).read(sealed_digest, filePlace(agencyId));
    expect(content.toString()).toBe(`附件${n}`);
  }
  await app.close();
});
