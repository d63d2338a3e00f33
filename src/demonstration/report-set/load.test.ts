import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openApp } from '../../app.ts';
import {
  listBatches,
  listCorrections,
  listReportingUnits,
  worstFindings,
  yearSummaries,
} from '../../areas/filed-reports/index.ts';
import { findAgency } from '../../areas/organisations/index.ts';
import { readConfig } from '../../config.ts';
import { demonstrationJobs, openDemonstrationOffice } from './load.ts';

const { url } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-set-'));
const app = await openApp(
  readConfig({ GONGKAI_ENV: 'test', GONGKAI_SECRET: 's'.repeat(48), GONGKAI_VAR: folder }),
  url,
);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the office opens at once and stays one; its bodies and their 200 reports come by the job, once', async () => {
  await openDemonstrationOffice(app);
  await openDemonstrationOffice(app);
  const office = await findAgency(app.connection.db, 'yunling');
  const actor = { kind: 'system' as const, name: '测试' };
  const ctx = { db: app.connection.db, clock: app.clock, actor, agencyId: office?.id ?? 0 };
  expect((await listReportingUnits(ctx, {})).items).toEqual([]);

  const [load] = demonstrationJobs;
  await load?.run(app, { agency: 'yunling' });
  await load?.run(app, { agency: 'yunling' });
  const { items: units } = await listReportingUnits(ctx, {}, { limit: 200 });
  expect(units).toHaveLength(56);
  expect(units.find(({ name }) => name === '望秋区鹤汀街道办事处')).toMatchObject({
    parentName: '望秋区人民政府',
    kind: 'subdistrict',
    expectedFrom: 2018,
  });
  const { items: batches } = await listBatches(ctx);
  expect(batches.map(({ year, files }) => [year, files])).toEqual([
    [null, 2],
    [2022, 56],
    [2021, 56],
    [2020, 56],
    [2019, 12],
    [2018, 20],
  ]);

  await app.jobs.drain(app);
  const correspond = demonstrationJobs.at(-1);
  await correspond?.run(app, { agency: 'yunling' });
  await correspond?.run(app, { agency: 'yunling' });
  const [summary] = await yearSummaries(ctx, [2022]);
  expect(summary).toMatchObject({
    expected: 56,
    missing: 0,
    waiting: 0,
    unreadable: 0,
    corrections: 2,
    overdue: 1,
  });
  const { items: answered } = await listCorrections(ctx, { state: 'answered' });
  expect(answered).toHaveLength(1);
  const judged = await worstFindings(ctx, { year: 2022, judged: 'confirmed' }, { limit: 100 });
  expect(judged.items.length).toBeGreaterThan(1);
}, 180_000);
