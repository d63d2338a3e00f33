import { beforeAll, describe, expect, it } from 'vitest';
import {
  checkOff,
  compileReport,
  correctReport,
  explainFinding,
  findingKey,
  findReport,
  loadDesk,
  openReport,
  publishReport,
  type ReportCtx,
  reviewReport,
  saveChapter,
  signReport,
} from '../../src/annual-report/index.ts';
import { addStaff, listUnits, type Role } from '../../src/areas/organisations/index.ts';
import type { Actor } from '../../src/core/context.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { openTwoHouses } from '../support/two-houses.ts';

const house = await openTwoHouses();
const { app, pool, demonstration } = house;
const YEAR = 2018;
type Desk = ReportCtx & Pick<typeof app, 'jobs'>;
const base: Omit<Desk, 'actor'> = {
  db: app.connection.db,
  clock: app.clock,
  agencyId: demonstration.id,
  sources: app.reportSources,
  jobs: app.jobs,
};
const system: Desk = { ...base, actor: { kind: 'system', name: '系统' } };
let counter = 0;
let unitId = 0;

beforeAll(async () => {
  unitId = (await listUnits(base.db, base.agencyId))[0]?.id ?? 0;
});

/** A new person with these roles, as the context of an act. */
async function person(...roles: Role[]): Promise<Desk> {
  const name = `复核${++counter}`;
  const staffId = await addStaff(system, { unitId, name, username: `fuhe${counter}`, roles: [] });
  const actor: Actor = { kind: 'staff', staffId, name, agencyId: base.agencyId, unitId, roles };
  return { ...base, actor };
}

const status = async () => (await findReport(base.db, base.agencyId, YEAR))?.status;

async function explainAll(ctx: ReportCtx): Promise<void> {
  const { report } = await loadDesk(ctx, YEAR);
  for (const finding of report.findings.filter(({ severity }) => severity === 'error'))
    await explainFinding(ctx, YEAR, findingKey(finding), '与原始记录一致，予以保留。');
}

const edit = async (ctx: ReportCtx, source: string) => {
  const desk = await loadDesk(ctx, YEAR);
  const fromRevision = desk.chapterRevisions.get('overview')?.revision ?? 0;
  await saveChapter(ctx, YEAR, { key: 'overview', source, fromRevision });
};

const review = (ctx: ReportCtx, kind: 'content' | 'secrecy', result: 'pass' | 'fail' = 'pass') =>
  reviewReport(ctx, YEAR, { kind, result, comment: result === 'fail' ? '文字有误' : '' });

/** Everything that settles, and the codes of what was refused. */
async function together(acts: (() => Promise<unknown>)[]): Promise<string[]> {
  const settled = await Promise.allSettled(acts.map((act) => act()));
  return settled.map((one) =>
    one.status === 'fulfilled' ? 'done' : String((one.reason as { code?: string }).code),
  );
}

describe('nobody reviews or signs what he wrote', () => {
  it('not even in the next version, and not who gave the printed reason', async () => {
    const officer = await person('disclosure-officer', 'leader', 'secrecy-reviewer');
    const second = await person('disclosure-officer', 'leader');
    await correctReport(officer, YEAR, '第一次更正：补充文字说明');
    await edit(officer, '本机关依法公开政府信息。');
    await explainAll(officer);
    await checkOff(officer, YEAR);
    for (const kind of ['content', 'secrecy'] as const)
      await expect(review(officer, kind)).rejects.toMatchObject({ code: `report-review-${kind}` });
    await review(second, 'content');
    await review(await person('secrecy-reviewer'), 'secrecy');
    await expect(signReport(officer, YEAR)).rejects.toMatchObject({ code: 'report-sign' });
    await signReport(await person('leader'), YEAR);
    await publishReport(second, YEAR);

    await correctReport(second, YEAR, '第二次更正：只改一处数字');
    await explainAll(second);
    await checkOff(second, YEAR);
    await expect(review(officer, 'content'), 'the text is still his').rejects.toMatchObject({
      code: 'report-review-content',
    });
    await expect(review(second, 'content')).rejects.toMatchObject({ code: 'report-review-content' });
    await review(await person('unit-head'), 'content');
    await review(await person('secrecy-reviewer'), 'secrecy');
    for (const author of [officer, second])
      await expect(signReport(author, YEAR)).rejects.toMatchObject({ code: 'report-sign' });
    expect(await status()).toBe('reviewed');
  });
});

describe('acts at the same moment', () => {
  it('of signing and editing, one wins; a signed text is the reviewed text', {
    timeout: 120_000,
  }, async () => {
    const editor = await person('disclosure-officer');
    const leader = await person('leader');
    const outcome = await together([
      () => edit(editor, '签发时刻抢先写入的文字。'),
      () => signReport(leader, YEAR),
    ]);
    expect(outcome.filter((one) => one === 'done')).toHaveLength(1);
    const { rows } = await pool.query(
      `SELECT v.version FROM report_versions v JOIN reports r ON r.agency_id = v.agency_id AND r.id = v.report_id
       WHERE NOT EXISTS (SELECT 1 FROM report_reviews x WHERE x.report_id = v.report_id AND x.version = v.version
         AND x.revision = v.revision AND x.kind = 'secrecy' AND x.result = 'pass')`,
    );
    expect(rows).toEqual([]);
  });

  it('of twenty people, leave an unbroken chain and a single status', { timeout: 180_000 }, async () => {
    if ((await status()) === 'signed')
      await correctReport(await person('disclosure-officer'), YEAR, '并发测试的更正');
    const editors = await Promise.all(Array.from({ length: 10 }, () => person('disclosure-officer')));
    const heads = await Promise.all(Array.from({ length: 5 }, () => person('unit-head')));
    const secrecy = await Promise.all(Array.from({ length: 5 }, () => person('secrecy-reviewer')));
    const fromRevision = (await loadDesk(system, YEAR)).chapterRevisions.get('overview')?.revision ?? 0;
    const outcomes = await together([
      ...editors.map(
        (ctx, index) => () =>
          saveChapter(ctx, YEAR, { key: 'overview', source: `第 ${index} 位同时保存的文字。`, fromRevision }),
      ),
      ...editors.slice(0, 3).map((ctx) => () => compileReport(ctx, YEAR)),
      ...editors.slice(0, 3).map((ctx) => () => checkOff(ctx, YEAR)),
      ...heads.map((ctx) => () => review(ctx, 'content')),
      ...secrecy.map((ctx) => () => review(ctx, 'secrecy')),
    ]);
    expect(outcomes.filter((one) => !/^(done|report-|chapter-conflict|compile-overtaken)/.test(one))).toEqual(
      [],
    );
    expect(
      outcomes.slice(0, 10).filter((one) => one === 'done'),
      'one chapter, one winner',
    ).toHaveLength(1);
    const ledger = await verifyLedger(base.db);
    expect([ledger.ok, ledger.entries > 0]).toEqual([true, true]);
  });
});

describe('a failed or stale review', () => {
  it('never leads to a signature', { timeout: 120_000 }, async () => {
    const officer = await person('disclosure-officer');
    await edit(officer, '重新拟定的文字。');
    await compileReport(officer, YEAR);
    await explainAll(officer);
    await checkOff(officer, YEAR);
    await review(await person('unit-head'), 'content');
    await review(await person('secrecy-reviewer'), 'secrecy', 'fail');
    expect(await status()).toBe('draft');
    // Sent round again as it is: the failed review still stands.
    await checkOff(officer, YEAR).catch(() => {});
    await review(await person('secrecy-reviewer'), 'secrecy').catch(() => {});
    await review(await person('unit-head'), 'content').catch(() => {});
    expect(await status()).not.toBe('reviewed');
    await expect(signReport(await person('leader'), YEAR)).rejects.toMatchObject({ code: 'report-sign' });

    await edit(officer, '按意见修改后的文字。');
    await checkOff(officer, YEAR);
    await review(await person('unit-head'), 'content');
    await review(await person('secrecy-reviewer'), 'secrecy');
    expect(await status()).toBe('reviewed');
    await edit(officer, '审核之后又改的文字。');
    await expect(signReport(await person('leader'), YEAR)).rejects.toMatchObject({ code: 'report-sign' });
    await checkOff(officer, YEAR);
    await review(await person('unit-head'), 'content');
    await expect(signReport(await person('leader'), YEAR)).rejects.toMatchObject({ code: 'report-sign' });
    expect(await status()).toBe('checked');
  });

  it('and a report that was never opened has no road at all', async () => {
    const leader = await person('leader', 'disclosure-officer');
    for (const act of [
      () => signReport(leader, 2017),
      () => publishReport(leader, 2017),
      () => checkOff(leader, 2017),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'not-found' });
    for (const year of [1, 2007, 2101, app.clock.today().year + 1, 2 ** 31])
      await expect(openReport(leader, year), String(year)).rejects.toMatchObject({ name: 'Refusal' });
  });
});
