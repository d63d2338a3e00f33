import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { cellAt, loadDesk, type ReportCtx } from '../../annual-report/index.ts';
import { openApp } from '../../app.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { findAgency } from '../../areas/organisations/index.ts';
import { readConfig } from '../../config.ts';
import { replyKinds } from '../../law/index.ts';
import { verifyLedger } from '../../ledger/index.ts';
import { actsOf, inventHistory } from './history.ts';
import { demonstrationRequestJobs, LOAD_DEMONSTRATION_REQUESTS, openRequestOffice } from './load.ts';

const { url, pool } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-history-'));
const app = await openApp(
  readConfig({ GONGKAI_ENV: 'test', GONGKAI_SECRET: 's'.repeat(48), GONGKAI_VAR: folder }),
  url,
);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const YEARS = [2019, 2020, 2021, 2022, 2023];
let ctx: ReportCtx;

beforeAll(async () => {
  await openRequestOffice(app);
  await openRequestOffice(app);
  await app.jobs.drain(app);
  const office = await findAgency(app.connection.db, 'anping');
  const actor = { kind: 'system' as const, name: '测试' };
  ctx = {
    db: app.connection.db,
    clock: app.clock,
    actor,
    agencyId: office?.id ?? 0,
    sources: app.reportSources,
  };
}, 600_000);

const rows = async <T>(query: string): Promise<T[]> => (await pool.query(query, [ctx.agencyId])).rows as T[];
const count = async (what: string): Promise<number> =>
  Number((await rows<{ n: string }>(`SELECT count(*) AS n FROM ${what}`))[0]?.n);

describe('the history of five years', () => {
  test('is the same whenever it is made', async () => {
    const calendar = await currentCalendar(ctx.db, ctx.agencyId);
    const outline = () => JSON.stringify(inventHistory(calendar));
    expect(outline()).toBe(outline());
    const acts = actsOf(inventHistory(calendar), calendar);
    expect(acts.every(({ at }, index) => index === 0 || at > (acts[index - 1]?.at ?? ''))).toBe(true);
  });

  test('has five hundred requests of every kind, channel, applicant and law, all of them concluded', async () => {
    expect(await count('requests WHERE agency_id = $1')).toBe(500);
    expect(
      await count(
        "requests WHERE agency_id = $1 AND state <> 'archived' AND result_code NOT IN ('W', 'B6.3')",
      ),
    ).toBe(0);
    const distinct = async (column: string) =>
      (
        await rows<{ v: string }>(
          `SELECT DISTINCT ${column} AS v FROM requests WHERE agency_id = $1 ORDER BY 1`,
        )
      ).map(({ v }) => v);
    expect(await distinct('result_code')).toEqual([...replyKinds.map(({ code }) => code), 'W'].toSorted());
    expect(await distinct('channel')).toHaveLength(6);
    expect(await distinct('applicant_kind')).toHaveLength(6);
    expect(await distinct('regime')).toEqual(['R2008', 'R2019']);
  });

  test.each([
    ['corrections answered', 'request_corrections WHERE agency_id = $1 AND answered_on IS NOT NULL'],
    ['corrections that lapsed', 'request_corrections WHERE agency_id = $1 AND lapsed_on IS NOT NULL'],
    [
      'third parties who agree',
      "request_consultations WHERE agency_id = $1 AND opinion = 'agree' AND party = 'third-party'",
    ],
    ['third parties overruled', 'request_consultations WHERE agency_id = $1 AND overruled_on IS NOT NULL'],
    [
      'third parties who say nothing',
      "request_consultations WHERE agency_id = $1 AND opinion IS NULL AND party = 'third-party'",
    ],
    [
      'co-producers who say nothing',
      "request_consultations WHERE agency_id = $1 AND opinion IS NULL AND party = 'co-producer'",
    ],
    ['extensions', "request_extensions WHERE agency_id = $1 AND state = 'approved'"],
    ['extensions refused', "request_extensions WHERE agency_id = $1 AND state = 'refused'"],
    ['fees by piece, paid', "request_fees WHERE agency_id = $1 AND method = 'piece' AND paid_on IS NOT NULL"],
    ['fees by page, paid', "request_fees WHERE agency_id = $1 AND method = 'page' AND paid_on IS NOT NULL"],
    ['fees given back', 'request_fees WHERE agency_id = $1 AND refunded > 0'],
    ['fees never paid', 'request_fees WHERE agency_id = $1 AND lapsed_on IS NOT NULL'],
    ['parts of split forms', 'requests WHERE agency_id = $1 AND part > 1'],
    ['late replies', 'requests WHERE agency_id = $1 AND concluded_on > due_on'],
    ['replies sent back', "request_reviews WHERE agency_id = $1 AND result = 'returned'"],
    ['disputes', 'request_disputes WHERE agency_id = $1'],
    [
      'cases of two units',
      '(SELECT request_id FROM request_assignments WHERE agency_id = $1 AND ended_at IS NULL GROUP BY 1 HAVING count(*) > 1) two',
    ],
    [
      'requests carried into the next year',
      'requests WHERE agency_id = $1 AND extract(year FROM received_on) < extract(year FROM concluded_on)',
    ],
    [
      'received on the last day of the old law',
      "requests WHERE agency_id = $1 AND received_on = '2019-05-14' AND regime = 'R2008'",
    ],
    [
      'received on the first day of the new one',
      "requests WHERE agency_id = $1 AND received_on = '2019-05-15' AND regime = 'R2019'",
    ],
  ])('has %s', async (_, what) => {
    expect(await count(what)).toBeGreaterThan(0);
  });

  test.each(YEARS)('%i: the table of requests holds every identity', async (year) => {
    const { report } = await loadDesk(ctx, year);
    const table = report.tables.find(({ id }) => id === 'requests');
    const cell = (row: string, column = 'total') =>
      cellAt(report.tables, { table: 'requests', row, column })?.cell.value ?? Number.NaN;
    expect(report.findings.filter(({ cells }) => cells.some((one) => one.table === 'requests'))).toEqual([]);
    const columns = table?.spec.sections[0]?.columns.map(({ id }) => id) ?? [];
    expect(columns).toHaveLength(7);
    for (const column of columns) {
      expect(cell('1', column) + cell('2', column), column).toBe(cell('3.7', column) + cell('4', column));
      if (year === YEARS[0]) continue;
      const before = await loadDesk(ctx, year - 1);
      const carried = cellAt(before.report.tables, { table: 'requests', row: '4', column })?.cell.value;
      expect(cell('2', column), column).toBe(carried);
    }
    expect(cell('1')).toBeGreaterThan(50);
    expect(cell('3.7')).toBeGreaterThan(50);
  });

  test('counts each request once as new and once by its result', async () => {
    const desks = await Promise.all(YEARS.map((year) => loadDesk(ctx, year)));
    const sum = (row: string) =>
      desks.reduce(
        (all, { report }) =>
          all + (cellAt(report.tables, { table: 'requests', row, column: 'total' })?.cell.value ?? 0),
        0,
      );
    const before = await count("requests WHERE agency_id = $1 AND received_on < '2019-01-01'");
    const beforeDone = await count("requests WHERE agency_id = $1 AND concluded_on < '2019-01-01'");
    const after = await count("requests WHERE agency_id = $1 AND concluded_on > '2023-12-31'");
    const later = await count("requests WHERE agency_id = $1 AND received_on > '2023-12-31'");
    expect(before).toBeGreaterThan(0);
    expect(after).toBeGreaterThan(0);
    expect(sum('1')).toBe(500 - before - later);
    expect(sum('3.7')).toBe(500 - beforeDone - after);
  });

  test('is written in an unbroken ledger, and an order the queue gives twice changes nothing', async () => {
    expect(await verifyLedger(ctx.db, 'anping')).toMatchObject({ ok: true });
    const lines = await count('ledger_acts WHERE agency_id = $1');
    const [job] = demonstrationRequestJobs;
    expect(job?.name).toBe(LOAD_DEMONSTRATION_REQUESTS);
    await job?.run(app, { agency: 'anping', from: 0, ids: {} });
    await job?.run(app, { agency: 'anping', from: 3000, ids: {} });
    expect(await count('ledger_acts WHERE agency_id = $1')).toBe(lines);
  });
});
