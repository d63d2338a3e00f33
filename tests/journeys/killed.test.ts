import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  checkOff,
  compileReport,
  correctReport,
  type ReportCtx,
  reviewReport,
  saveChapter,
} from '../../src/annual-report/index.ts';
import { openApp } from '../../src/app.ts';
import { DEMONSTRATION_PASSWORD } from '../../src/areas/accounts/index.ts';
import { findAgency, listStaff, type Role, rolesOn } from '../../src/areas/organisations/index.ts';
import { readConfig } from '../../src/config.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { demonstratedHouse } from '../support/demonstration.ts';

/**
 * The server dies in the middle of an act, at its worst moment: everything is written, the ledger line is not. The moment
 * is held by locking the head of the chain, where every act ends.
 */
const { url, pool, folder } = await demonstratedHouse();
const environment = {
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 'k'.repeat(48),
  GONGKAI_VAR: folder,
  LOG_LEVEL: 'silent',
};
const app = await openApp(readConfig(environment), url);
const children: ChildProcess[] = [];
let agencyId = 0;

beforeAll(async () => {
  agencyId = (await findAgency(app.connection.db, 'kmhnz'))?.id ?? 0;
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(async () => {
  await app.close();
});

describe('a server killed in the middle of', () => {
  it('a compile leaves the last compile as it was', async () => {
    await correctReport(await as('zhuanyuan'), 2018, '为测试中断而编制的更正版');
    const before = await rows('SELECT number, digest FROM report_compiles');
    const server = await startServer();
    const cookie = await signIn(server.address, 'zhuanyuan');
    await killedWhileRecording(server.child, () =>
      post(server.address, '/workbench/reports/2018/compile', cookie),
    );
    expect(await rows('SELECT number, digest FROM report_compiles')).toEqual(before);
    await nothingElseChanged();
  });

  it('an import leaves no line of the file', async () => {
    const file = join(folder, 'returns.jsonl');
    const line = { figure: '1.2.3', unit: 'DGB', from: '2018-03-01', to: '2018-03-31', quantity: 7 };
    writeFileSync(
      file,
      Array.from({ length: 500 }, (_, n) => JSON.stringify({ ...line, sourceId: `killed-${n}` })).join('\n'),
    );
    const before = await rows('SELECT count(*) AS lines FROM return_lines');
    const child = gongkai(['import', 'returns', file, '--agency', 'kmhnz']);
    await killedWhileRecording(child, async () => {});
    expect(await rows('SELECT count(*) AS lines FROM return_lines')).toEqual(before);
    await nothingElseChanged();
  });

  it('a signature leaves the report reviewed and unsigned, with no frozen evidence', async () => {
    const officer = await as('zhuanyuan');
    await compileReport(officer, 2018);
    const chapter = { key: 'problems', source: '信息公开的深度还不够。', fromRevision: 1 };
    await saveChapter(officer, 2018, chapter);
    await checkOff(officer, 2018);
    await reviewReport(await as('shenhe'), 2018, { kind: 'content', result: 'pass', comment: '' });
    await reviewReport(await as('baomi'), 2018, { kind: 'secrecy', result: 'pass', comment: '' });
    const server = await startServer();
    const cookie = await signIn(server.address, 'lingdao');
    await killedWhileRecording(server.child, () =>
      post(server.address, '/workbench/reports/2018/signature', cookie),
    );
    expect(await rows('SELECT status, version FROM reports')).toEqual([{ status: 'reviewed', version: 2 }]);
    expect(await rows('SELECT version FROM report_versions')).toEqual([{ version: 1 }]);
    expect(await rows('SELECT DISTINCT version FROM report_evidence')).toEqual([{ version: 1 }]);
    await nothingElseChanged();
  });
});

/** The chain is whole, and nobody still holds its head. */
async function nothingElseChanged(): Promise<void> {
  expect(await verifyLedger(app.connection.db, 'kmhnz')).toMatchObject({ ok: true, firstBroken: null });
}

/** Holds the head of the chain, starts the act, waits until it has written everything else, kills the process. */
async function killedWhileRecording(child: ChildProcess, act: () => Promise<unknown>): Promise<void> {
  const holder = await pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM ledger_heads WHERE agency_id = $1 FOR UPDATE', [agencyId]);
  const acting = act().catch(() => {});
  try {
    await until(async () => (await waiters()) > 0);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
  await acting;
  // The database notices the dead client when it next answers it; its transaction ends there.
  await until(async () => (await waiters()) === 0);
}

async function waiters(): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
     AND (wait_event_type = 'Lock' OR state LIKE 'idle in transaction%')`,
  );
  return rowCount ?? 0;
}

async function startServer(): Promise<{ child: ChildProcess; address: string }> {
  const child = gongkai(['serve', '--port', '0']);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { child, address };
}

function gongkai(args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', ...args], {
    env: { ...process.env, ...environment, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function signIn(address: string, username: string): Promise<string> {
  const page = await fetch(`${address}/workbench/sign-in`);
  const jar = cookiesOf(page);
  const answer = await send(address, '/workbench/sign-in', jar, tokenIn(await page.text()), {
    username,
    password: DEMONSTRATION_PASSWORD,
  });
  return [jar, cookiesOf(answer)].join('; ');
}

async function post(address: string, path: string, cookie: string): Promise<void> {
  const page = await fetch(`${address}/workbench/reports/2018`, { headers: { cookie } });
  await send(address, path, [cookie, cookiesOf(page)].join('; '), tokenIn(await page.text()), {});
}

function send(
  address: string,
  path: string,
  cookie: string,
  token: string,
  fields: Record<string, string>,
): Promise<Response> {
  return fetch(`${address}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: token, ...fields }),
  });
}

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

const tokenIn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

async function as(username: string): Promise<ReportCtx> {
  const today = app.clock.today().toString();
  const person = (await listStaff(app.connection.db, agencyId, { on: today })).find(
    (one) => one.username === username,
  );
  if (!person) throw new Error(`nobody is called ${username}`);
  const roles: readonly Role[] = rolesOn(person.roles, today);
  const actor = {
    kind: 'staff' as const,
    staffId: person.id,
    name: person.name,
    agencyId,
    unitId: person.unitId,
    roles,
  };
  return { db: app.connection.db, clock: app.clock, actor, agencyId, sources: app.reportSources };
}

async function rows(query: string): Promise<unknown[]> {
  return (await pool.query(query)).rows;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
