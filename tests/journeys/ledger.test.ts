import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../../src/core/db.ts';
import { actsOf, anchorMovedHeads, headSeq, record } from '../../src/ledger/index.ts';
import { openDesk } from '../support/desk.ts';
import type { Visitor } from '../support/visitor.ts';

/** Runs a program beside the server, whose event loop must not stand still meanwhile. */
function run(args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const { app, system, agencyId, folder, pool, url, signedIn, stranger } = await openDesk();
const { db } = app.connection;
let auditor: Visitor;

beforeAll(async () => {
  auditor = await signedIn('auditor');
  for (let id = 1; id <= 60; id++) {
    await transact(system, (inside) =>
      record(inside, {
        act: 'calendar.add-local-day',
        ground: '《云南省民族区域自治法》办法',
        subject: { kind: 'calendar-local-day', id: `2018-03-${id}`, label: `火把节${id}` },
        before: { name: '旧名', isOffDay: false },
        after: { name: `火把节<${id}>`, isOffDay: true },
        reason: id === 7 ? '州政府来函' : '',
      }),
    );
  }
});

describe('the auditor reads the ledger', () => {
  it('sees the newest acts, pages down and comes back up to the same page', async () => {
    const first = await auditor.get('/workbench/ledger');
    expect(first.status).toBe(200);
    expect(first.body).toContain('火把节60');
    expect(first.body).not.toContain('火把节5<');
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&');
    const second = await auditor.get(next!);
    expect(second.body).toContain('火把节5');
    expect(second.body).not.toContain('火把节60');
    const back = /rel="prev" href="([^"]+)"/.exec(second.body)?.[1]?.replaceAll('&amp;', '&');
    expect((await auditor.get(back!)).body).toContain('火把节60');
  });

  it('filters, and is told what is wrong in a filter', async () => {
    const found = await auditor.get(
      `/workbench/ledger?text=${encodeURIComponent('州政府来函')}&act=calendar.add-local-day`,
    );
    expect(found.body).toContain('火把节7');
    expect(found.body).not.toContain('火把节8');
    const none = await auditor.get(`/workbench/ledger?actor=${encodeURIComponent('查无此人')}`);
    expect(none.body).toContain('没有符合条件的记录');
    const wrong = await auditor.get('/workbench/ledger?from=2018-02-30');
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('请选择日期');
    const reversed = await auditor.get('/workbench/ledger?from=2018-03-01&to=2018-02-01');
    expect(reversed.body).toContain('截止日期不能早于起始日期');
  });

  it('reads what an act changed, in words', async () => {
    const seq = (await actsOf(db, agencyId, 'calendar-local-day', '2018-03-7'))[0]!.seq;
    const page = await auditor.get(`/workbench/ledger/acts/${seq}`);
    for (const words of [
      '登记地方假日',
      '州政府来函',
      '<del>旧名</del>',
      '火把节&lt;7>',
      '<del>否</del>',
      '<ins>是</ins>',
    ]) {
      expect(page.body).toContain(words);
    }
    expect((await auditor.get('/workbench/ledger/acts/999999')).status).toBe(404);
    expect((await auditor.get('/workbench/ledger/acts/abc')).status).toBe(404);
  });

  it('keeps others out, and the supervisor from exporting', async () => {
    const publisher = await signedIn('publisher');
    expect((await publisher.get('/workbench/ledger')).status).toBe(403);
    const supervisor = await signedIn('supervisor');
    const list = await supervisor.get('/workbench/ledger');
    expect(list.status).toBe(200);
    expect(list.body).not.toContain('导出 XLSX');
    expect((await supervisor.post('/workbench/ledger/export', { format: 'csv' })).status).toBe(403);
    expect((await stranger().get('/workbench/ledger')).location).toContain('/workbench/sign-in');
  });

  it('exports what is filtered, and the export is an act itself', async () => {
    await auditor.get('/workbench/ledger');
    const before = await headSeq(db, agencyId);
    const csv = await auditor.post('/workbench/ledger/export', { format: 'csv', text: '州政府来函' });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.trim().split('\r\n')).toHaveLength(2);
    expect(csv.body).toContain('登记地方假日');
    const xlsx = await auditor.post('/workbench/ledger/export', { format: 'xlsx' });
    expect(xlsx.body.startsWith('PK')).toBe(true);
    expect(await headSeq(db, agencyId)).toBe(before + 2);
    expect((await auditor.post('/workbench/ledger/export', { format: 'exe' })).status).toBe(422);
    expect((await auditor.post('/workbench/ledger/export', { format: 'csv', _csrf: 'forged' })).status).toBe(
      403,
    );
    expect(await headSeq(db, agencyId)).toBe(before + 2);
  });

  it('verifies on demand and sees the result', async () => {
    await auditor.get('/workbench/ledger');
    const started = await auditor.follow(await auditor.post('/workbench/ledger/verification'));
    expect(started.body).toContain('正在校验');
    expect((await auditor.post('/workbench/ledger/verification')).status).toBe(409);
    await app.jobs.drain(app);
    expect((await auditor.get('/workbench/ledger')).body).toContain('台账完好');
  });
});

describe('the public ledger', () => {
  it('shows the digest of the head and what an exported ledger is checked with', async () => {
    expect((await stranger().get('/ledger')).body).toContain('还没有公布过摘要');
    await anchorMovedHeads(app);
    const [head] = await db
      .selectFrom('ledger_heads')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .execute();
    const page = await stranger().get('/ledger');
    expect(page.body).toContain(head!.digest);
    expect(page.body).toContain('昆明高新区管委会');
    expect((await stranger().get('/ledger?agency=nobody')).status).toBe(404);

    await auditor.get('/workbench/ledger');
    const exported = await auditor.post('/workbench/ledger/export', { format: 'jsonl' });
    const file = join(folder, 'export.jsonl');
    const anchors = join(folder, 'anchors.json');
    const script = join(folder, 'verify-ledger.mjs');
    writeFileSync(file, exported.body);
    writeFileSync(anchors, (await stranger().get('/api/v1/ledger/anchors')).body);
    writeFileSync(script, (await stranger().get('/ledger/verify-ledger.mjs')).body);
    const check = (...args: string[]) => run([script, file, ...args], { cwd: folder });
    for (const source of [anchors, app.config.anchorFile])
      expect((await check('--anchors', source)).stdout).toContain('OK');
    const lines = exported.body.trimEnd().split('\n');
    const header = JSON.parse(lines[0]!);
    const last = JSON.parse(lines.at(-10)!);
    writeFileSync(
      file,
      `${[JSON.stringify({ ...header, entries: last.seq, head: last.digest }), ...lines.slice(1, -9)].join('\n')}\n`,
    );
    expect(await check()).toMatchObject({ status: 0 });
    expect(await check('--anchors', anchors)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('尾部被截去'),
    });
    expect(readFileSync(app.config.anchorFile, 'utf8')).toContain(head!.digest);
  });
});

describe('the command', () => {
  beforeAll(() => anchorMovedHeads(app));

  const gongkai = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: url, GONGKAI_VAR: folder, GONGKAI_ENV: 'test' };
    return run(['--import', 'tsx', 'src/bin/cli.ts', 'ledger', ...args], { env });
  };

  it('verifies, exports, and refuses what it does not know', async () => {
    const sound = await gongkai('verify', '--json');
    expect([sound.status, sound.stderr]).toEqual([0, '']);
    expect(JSON.parse(sound.stdout)).toMatchObject({
      ok: true,
      firstBroken: null,
      entries: expect.any(Number),
    });
    const file = join(folder, 'cli.jsonl');
    expect(JSON.parse((await gongkai('export', '--agency', 'kmhnz', file, '--json')).stdout)).toMatchObject({
      agency: 'kmhnz',
      file,
    });
    expect(
      (await run(['scripts/verify-ledger.mjs', file, '--anchors', app.config.anchorFile])).stdout,
    ).toContain('OK');
    expect(await gongkai('verify', '--agency', 'kmhnx')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('是否想写 kmhnz'),
    });
    expect(await gongkai('export', '--agency', 'kmhnz', join(folder, 'no', 'where.jsonl'))).toMatchObject({
      status: 2,
    });
    expect(await gongkai('repair')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('没有这个操作'),
    });
  });

  it('says which act is broken and exits 1; the page says it too', async () => {
    await pool.query(`ALTER TABLE ledger_acts DISABLE TRIGGER ALL;
      UPDATE ledger_acts SET reason = '改' WHERE agency_id = ${agencyId} AND seq = 20;
      ALTER TABLE ledger_acts ENABLE TRIGGER ALL`);
    const broken = await gongkai('verify', '--agency', 'kmhnz', '--json');
    expect(broken.status).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ ok: false, firstBroken: 20, agency: 'kmhnz' });
    await auditor.get('/workbench/ledger');
    const asked = await auditor.post('/workbench/ledger/verification');
    expect([asked.status, asked.body]).toEqual([303, '']);
    expect(await app.jobs.drain(app)).toBeGreaterThan(0);
    const page = await auditor.get('/workbench/ledger');
    const status = /<section class="chain-status"[\s\S]*?<\/section>/.exec(page.body)?.[0];
    expect(status).toContain('台账在第 20 条处被破坏');
  });
});
