import { describe, expect, it } from 'vitest';
import type { CellValues } from '../../src/annual-report/formats/index.ts';
import {
  cellAt,
  checkOff,
  compileReport,
  findReport,
  loadDesk,
  openReport,
  publishReport,
  type ReportCtx,
  reviewReport,
  saveChapter,
  signReport,
} from '../../src/annual-report/index.ts';
import {
  addStaff,
  addUnit,
  createAgency,
  listUnits,
  type Role,
} from '../../src/areas/organisations/index.ts';
import type { Actor } from '../../src/core/context.ts';
import { countedYear } from '../support/counted-requests.ts';
import { openDesk } from '../support/desk.ts';
import { reportYear } from '../support/reported-year.ts';

const { app, system, pool, agencyId } = await openDesk();
let counter = 0;

/** A new person of an agency with one role, as the context of an act. */
async function person(role: Role, agency = agencyId): Promise<ReportCtx & Pick<typeof app, 'jobs'>> {
  const house = { ...system, agencyId: agency };
  const unitId = (await listUnits(app.connection.db, agency))[0]!.id;
  const name = `李${++counter}`;
  const staffId = await addStaff(house, { unitId, name, username: `li${counter}`, roles: [] });
  const actor: Actor = { kind: 'staff', staffId, name, agencyId: agency, unitId, roles: [role] };
  return { ...house, actor, sources: app.reportSources, jobs: app.jobs };
}

async function publish(agency: number, year: number): Promise<void> {
  const officer = await person('disclosure-officer', agency);
  await openReport(officer, year);
  await compileReport(officer, year);
  await checkOff(officer, year);
  await reviewReport(await person('unit-head', agency), year, {
    kind: 'content',
    result: 'pass',
    comment: '',
  });
  await reviewReport(await person('secrecy-reviewer', agency), year, {
    kind: 'secrecy',
    result: 'pass',
    comment: '',
  });
  await signReport(await person('leader', agency), year);
  await publishReport(officer, year);
}

describe('the database itself', () => {
  const version = (reportId: number, revision: number, signer: number) =>
    pool.query(
      `INSERT INTO report_versions (agency_id, report_id, version, revision, snapshot, digest, evidence_digest,
         evidence_records, signed_by, signed_by_name, signed_at)
       VALUES ($1, $2, 1, $3, '{}', repeat('a', 64), repeat('b', 64), 0, $4, '李四', now())`,
      [agencyId, reportId, revision, signer],
    );

  it('refuses a version without both reviews, with the author’s own review, or signed by an author', async () => {
    const officer = await person('disclosure-officer');
    const leader = await person('leader');
    await openReport(officer, 2017);
    await compileReport(officer, 2017);
    const report = (await findReport(app.connection.db, agencyId, 2017))!;
    const staffOf = (ctx: ReportCtx) => (ctx.actor.kind === 'staff' ? ctx.actor.staffId : 0);
    const review = (kind: string, reviewer: number, result = 'pass') =>
      pool.query(
        `INSERT INTO report_reviews (agency_id, report_id, version, revision, kind, result, comment,
           reviewer_id, reviewer_name, at)
         VALUES ($1, $2, 1, $3, $4, $6, '意见', $5, '某人', now())`,
        [agencyId, report.id, report.revision, kind, reviewer, result],
      );
    const lacking = /lacks a content or secrecy review/;
    await expect(version(report.id, report.revision, staffOf(leader))).rejects.toThrow(lacking);
    const head = await person('unit-head');
    await review('content', staffOf(head));
    await expect(version(report.id, report.revision, staffOf(leader))).rejects.toThrow(lacking);
    await review('secrecy', staffOf(officer));
    await expect(version(report.id, report.revision, staffOf(leader))).rejects.toThrow(lacking);
    await review('secrecy', staffOf(await person('secrecy-reviewer')));
    await expect(version(report.id, report.revision + 1, staffOf(leader))).rejects.toThrow(lacking);
    await expect(version(report.id, report.revision, staffOf(officer))).rejects.toThrow(/one of its authors/);
    await expect(version(report.id, report.revision, staffOf(leader))).resolves.toBeDefined();
    await review('content', staffOf(await person('unit-head')), 'fail');
    await expect(version(report.id, report.revision, staffOf(leader))).rejects.toThrow(/review has failed/);
  });

  it('never changes a signed version, its evidence, or a compile', async () => {
    await reportYear(system, app.figures, 2016, { '1.1': 12, '1.2.3': 12 });
    await publish(agencyId, 2016);
    const { id } = (await findReport(app.connection.db, agencyId, 2016))!;
    const where = `WHERE agency_id = ${agencyId} AND report_id = ${id}`;
    for (const statement of [
      `UPDATE report_versions SET snapshot = '{}' ${where}`,
      `UPDATE report_versions SET published_on = published_on + 1 ${where}`,
      `DELETE FROM report_versions ${where}`,
      `UPDATE report_evidence SET records = 2 ${where}`,
      `DELETE FROM report_evidence ${where}`,
      `UPDATE report_compiles SET digest = 'x' ${where}`,
      `DELETE FROM report_compiles ${where}`,
      'TRUNCATE report_versions CASCADE',
      'TRUNCATE report_evidence',
    ])
      await expect(pool.query(statement), statement).rejects.toThrow(/immutable|kept as it was/);
  });
});

describe('two officers in one chapter', () => {
  it('never overwrite each other, however close they save', async () => {
    const [one, other] = [await person('disclosure-officer'), await person('disclosure-officer')];
    await openReport(one, 2015);
    const save = (ctx: ReportCtx, source: string) =>
      saveChapter(ctx, 2015, { key: 'overview', source, fromRevision: 0 }).then(
        () => 'saved',
        (error: { code?: string }) => error.code,
      );
    const outcomes = await Promise.all([save(one, '甲的文字'), save(other, '乙的文字')]);
    expect(outcomes.sort()).toEqual(['chapter-conflict', 'saved']);
  });
});

describe('two officers who compile at once', () => {
  it('never leave the older count as the newest', async () => {
    const slow = await person('disclosure-officer');
    const quick = await person('disclosure-officer');
    await openReport(slow, 2014);
    const sources: ReportCtx['sources'] = {
      ...slow.sources,
      // While the first one counts, a colleague records something and compiles to the end.
      sumReturns: async (...asked) => {
        await addUnit(system, { code: 'NEW', name: '新设部门' });
        await compileReport(quick, 2014);
        return app.reportSources.sumReturns(...asked);
      },
    };
    await expect(compileReport({ ...slow, sources }, 2014)).rejects.toThrow('另一次汇编刚刚完成');
    const { compile } = await loadDesk(slow, 2014);
    expect(compile).toMatchObject({ number: 1, by_name: quick.actor.name });
  });
});

describe('a consolidated report', () => {
  it('adds the published reports of the subordinate agencies and shows each share', async () => {
    const below = await createAgency(
      { db: app.connection.db, clock: app.clock, actor: system.actor },
      { code: 'majinpu', name: '马金铺街道办事处', shortName: '马金铺街道', parentId: agencyId },
    );
    const street = { ...system, agencyId: below };
    await addUnit(street, { code: 'BGS', name: '办公室' });
    await reportYear(street, app.figures, 2018, { '1.1': 30, '1.2.3': 30 });
    await reportYear(system, app.figures, 2018, { '1.1': 100, '1.2.3': 100 });

    const officer = await person('disclosure-officer');
    await openReport(officer, 2018, { consolidated: true });
    await compileReport(officer, 2018);
    const compiled = async () => {
      const { rows } = await pool.query(
        `SELECT cells->'statistics/1.2.3/value' AS cell FROM report_compiles c JOIN reports r ON r.id = c.report_id
         AND r.agency_id = c.agency_id WHERE r.agency_id = $1 AND r.year = 2018 ORDER BY number DESC LIMIT 1`,
        [agencyId],
      );
      return rows[0].cell as { value: number; subordinates: unknown };
    };
    expect(await compiled()).toMatchObject({ value: 100, subordinates: { count: 0, quantity: null } });

    await publish(below, 2018);
    const stale = (await loadDesk(officer, 2018)).report.findings.filter(({ rule }) => rule === 'S17');
    expect(stale.map(({ message }) => message).join()).toContain('马金铺街道办事处 30');
    await compileReport(officer, 2018);
    expect(await compiled()).toMatchObject({ value: 130, subordinates: { count: 1, quantity: 30 } });
    expect((await loadDesk(officer, 2018)).report.findings.filter(({ rule }) => rule === 'S17')).toEqual([]);
  });

  it.each([
    [2020, 'requests/3.6/naturalPerson', 'requests/3.6/total', '3.6'],
    [2023, 'requests/3.6.3/naturalPerson', 'requests/3.6.3/total', '3.6.3'],
  ])('of %i adds up every column and every total', async (year, one, total, row) => {
    const below = await createAgency(
      { db: app.connection.db, clock: app.clock, actor: system.actor },
      { code: `street-${year}`, name: `${year}街道办事处`, shortName: `${year}街道`, parentId: agencyId },
    );
    const street = { ...system, agencyId: below };
    await addUnit(street, { code: 'BGS', name: '办公室' });
    const requests = (received: number, company: number): CellValues => ({
      '1': { naturalPerson: received, company },
      [row]: { naturalPerson: received },
      '4': { company },
      F1: 0.25,
    });
    await countedYear(street.db, below, year, requests(3, 1));
    await countedYear(system.db, agencyId, year, requests(40, 2));
    for (const house of [street, system])
      await reportYear(house, app.figures, year, { 'R.directPending': 1 });
    await publish(below, year);
    const officer = await person('disclosure-officer');
    await openReport(officer, year, { consolidated: true });
    await compileReport(officer, year);
    const { report } = await loadDesk(officer, year);
    const cell = (key: string) => {
      const [table, code, column] = key.split('/') as [string, string, string];
      return cellAt(report.tables, { table, row: code, column })?.cell;
    };
    expect(cell(one)).toMatchObject({ value: 43, subordinates: { quantity: 3 } });
    expect(cell(total)).toMatchObject({ value: 43, origin: 'sum' });
    expect(cell('requests/1/total')).toMatchObject({ value: 46, subordinates: { quantity: 4 } });
    expect(cell('requests/3.7/total')?.value).toBe(43);
    expect(cell('remedies/R/directTotal')?.value).toBe(2);
    expect(cell('stated/F1/value')?.value).toBe(0.5);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
