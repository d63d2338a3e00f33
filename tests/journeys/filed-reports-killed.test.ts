import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import { addReportingUnit, batchProgress, fileReports, matrix } from '../../src/areas/filed-reports/index.ts';
import { createAgency } from '../../src/areas/organisations/index.ts';
import { readConfig } from '../../src/config.ts';
import type { Ctx } from '../../src/core/context.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { freshDatabase } from '../support/database.ts';
import { reportPage } from '../support/filed-reports.ts';

const { url, pool } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-filed-killed-'));
const environment = {
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 'k'.repeat(48),
  GONGKAI_VAR: folder,
  LOG_LEVEL: 'silent',
};
const app = await openApp(readConfig(environment), url);
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a batch whose reader dies in the middle is read to its end by the next one, each report once', async () => {
  const base = { db: app.connection.db, clock: app.clock, actor: { kind: 'system' as const, name: '系统' } };
  const agencyId = await createAgency(base, {
    code: 'yunling',
    name: '云岭省人民政府办公厅',
    shortName: '云岭省',
  });
  const ctx: Ctx = { ...base, agencyId };
  const names = Array.from({ length: 12 }, (_, at) => `青山县第${at + 1}局`);
  const files = [];
  for (const [at, name] of names.entries()) {
    await addReportingUnit(ctx, { name, expectedFrom: 2022 });
    const path = join(folder, `${at}.html`);
    await writeFile(path, reportPage(name, 2022));
    files.push({ name: `${at}.html`, path, size: 1 });
  }
  const { batchId } = await fileReports(ctx, app, { year: 2022, files });

  // The third report is read and written; the line of the ledger is held up, and there the worker dies.
  const worker = startWorker();
  await until(async () => (await filed()) >= 2);
  const holder = await pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM ledger_heads WHERE agency_id = $1 FOR UPDATE', [agencyId]);
  await until(async () => (await waiters()) > 0);
  const before = await filed();
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
  await holder.query('ROLLBACK');
  holder.release();
  await until(async () => (await waiters()) === 0);
  expect(await filed()).toBe(before);
  expect(before).toBeLessThan(names.length);
  expect(await batchProgress(ctx, batchId)).toMatchObject({ finished: false, counts: { read: before } });

  // Its job counts as running until the queue takes it for lost; the run of the next minute does not wait for that.
  await app.jobs.enqueue(app.connection.db, 'read-filed-reports');
  await app.jobs.drain(app);
  expect(await batchProgress(ctx, batchId)).toMatchObject({
    finished: true,
    checking: 0,
    outcomes: { clean: 12 },
  });
  const { items } = await matrix(ctx, [2022], {});
  expect(items.map(({ cells }) => cells[0]?.version)).toEqual(names.map(() => 1));
  const { rows } = await pool.query(`SELECT FROM ledger_acts WHERE act = 'filed-reports.receive'`);
  expect(rows).toHaveLength(names.length);
  expect(await verifyLedger(app.connection.db, 'yunling')).toMatchObject({ ok: true });
});

function startWorker(): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', 'worker'], {
    env: { ...process.env, ...environment, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  return child;
}

async function filed(): Promise<number> {
  const { rows } = await pool.query(`SELECT count(*)::int AS files FROM filed_files WHERE state = 'read'`);
  return rows[0].files;
}

async function waiters(): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
     AND (wait_event_type = 'Lock' OR (state LIKE 'idle in transaction%' AND query NOT LIKE '%FOR UPDATE'))`,
  );
  return rowCount ?? 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
