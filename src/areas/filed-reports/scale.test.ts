import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice } from '../../../tests/support/filed-reports.ts';
import type { Ctx } from '../../core/context.ts';
import type { Database } from '../../core/db.ts';
import { matrix, worstFindings } from './index.ts';

const { db, pool } = await freshDatabase();
const UNITS = 20_000;
let office: Awaited<ReturnType<typeof filedOffice>>;

beforeAll(async () => {
  office = await filedOffice(db, 'big');
  const agency = office.agencyId;
  await sql`INSERT INTO reporting_units (agency_id, name, kind, parent_id, code, expected_from, position)
    SELECT ${agency}::int, '单位' || n || '局', 'department', NULL, '', 2019, n FROM generate_series(1, ${UNITS}) n`.execute(
    db,
  );
  await sql`INSERT INTO reporting_unit_names (agency_id, key, unit_id, name, official)
    SELECT agency_id, name, id, name, true FROM reporting_units WHERE agency_id = ${agency}`.execute(db);
  await sql`INSERT INTO filed_batches (agency_id, by_name, at) VALUES (${agency}, '系统', now())`.execute(db);
  await sql`INSERT INTO filed_files (agency_id, batch_id, name, digest, bytes, added_at, state, unit_id, year, version, report, reading_due)
    SELECT u.agency_id, b.id, 'a', lpad(to_hex(u.id), 60, '0') || y.year, 1, now(), 'read', u.id, y.year, 1, '{}', false
    FROM reporting_units u, filed_batches b, generate_series(2022, 2022) y (year)
    WHERE u.agency_id = ${agency} AND b.agency_id = ${agency}`.execute(db);
  await sql`INSERT INTO filed_reports (agency_id, unit_id, year, version, file_id, state, check_due)
    SELECT agency_id, unit_id, year, 1, id, (ARRAY['clean', 'doubtful', 'wrong'])[1 + unit_id % 3], false
    FROM filed_files WHERE agency_id = ${agency}`.execute(db);
  await sql`INSERT INTO filed_findings (agency_id, unit_id, year, key, position, rule, severity, verdict, rank, finding)
    SELECT agency_id, unit_id, year, lpad(to_hex(n), 32, '0'), n, 'T' || n, 'error', 'wrong', 0, '{"cells": []}'
    FROM filed_reports, generate_series(1, 3) n WHERE agency_id = ${agency} AND year = 2022 AND state = 'wrong'`.execute(
    db,
  );
  await sql`ANALYZE`.execute(db);
}, 120_000);

/** The plans of all queries a piece of work sends. */
async function plansOf(work: (ctx: Ctx) => Promise<unknown>): Promise<string[]> {
  const sent: CompiledQuery[] = [];
  const watched = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void sent.push(query),
  });
  await work({ ...office.as(office.people.leader), db: watched });
  const plans = [];
  for (const { sql: text, parameters } of sent) {
    if (!/^\s*(select|with)/i.test(text)) continue;
    const { rows } = await pool.query<Record<string, string>>(`EXPLAIN ${text}`, [...parameters]);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  return plans;
}

it.each<[string, (ctx: Ctx) => Promise<unknown>]>([
  ['the first page', (ctx) => matrix(ctx, [2022, 2021, 2020], {})],
  ['a page far down', (ctx) => matrix(ctx, [2022, 2021, 2020], {}, { after: '15000,1' })],
  ['the wrong ones', (ctx) => matrix(ctx, [2022], { state: 'wrong', stateYear: 2022 })],
  ['the missing ones', (ctx) => matrix(ctx, [2022], { state: 'missing', stateYear: 2023 })],
  ['the worst findings', (ctx) => worstFindings(ctx, { year: 2022 })],
  ['the worst findings far down', (ctx) => worstFindings(ctx, { year: 2022 }, { after: '0,12000,1' })],
  ['the findings of one rule', (ctx) => worstFindings(ctx, { year: 2022, rule: 'T2', judged: 'none' })],
])('of twenty thousand units, %s reads no table from end to end', async (_, work) => {
  const plans = await plansOf(work);
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans)
    expect(plan).not.toMatch(/Seq Scan on (reporting_|filed_(files|reports|findings))/);
});
