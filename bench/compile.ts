import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { compileReport, figureRegistry, openReport, type ReportCtx } from '../src/annual-report/index.ts';
import { addUnit, createAgency } from '../src/areas/organisations/index.ts';
import { registerFigures } from '../src/areas/registers/index.ts';
import { monthlyReturns, returnEvidence, sumReturns } from '../src/areas/returns/index.ts';
import { systemClock } from '../src/core/clock.ts';
import { openDatabaseServer } from '../src/core/database-server.ts';
import { connect, type Db } from '../src/core/db.ts';
import { migrate } from '../src/core/migrations.ts';

/** Compiles the 2018 report over one and ten million records of evidence: accepted return lines of fifty units. */
const SIZES = [1_000_000, 10_000_000].filter(
  (size) => size <= Number(process.env.BENCH_RECORDS ?? 10_000_000),
);
const UNITS = 50;
const RUNS = 5;

const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
const server = await openDatabaseServer({ databaseUrl: process.env.DATABASE_URL ?? null, varDir: folder });
await migrate(server.url);
const { db, close } = connect(server.url);
const figures = figureRegistry(registerFigures);
const rows: Record<string, Record<string, string | number>> = {};
try {
  for (const size of SIZES) rows[size.toLocaleString('en')] = await measure(size);
} finally {
  await close();
  await server.release();
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);

async function measure(size: number): Promise<Record<string, string | number>> {
  const base = { db, clock: systemClock, actor: { kind: 'system' as const, name: '性能测试' } };
  const agencyId = await createAgency(base, {
    code: `bench-${size}`,
    name: `${size}条记录`,
    shortName: `${size}条`,
  });
  const ctx: ReportCtx = {
    ...base,
    agencyId,
    sources: { figures, sumReturns, returnEvidence, monthlyReturns },
  };
  for (let unit = 1; unit <= UNITS; unit++) await addUnit(ctx, { code: `U${unit}`, name: `部门${unit}` });
  const loadingFrom = performance.now();
  await fill(db, agencyId, size);
  const loading = performance.now() - loadingFrom;
  await openReport(ctx, 2018);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now();
    await compileReport(ctx, 2018);
    times.push(performance.now() - from);
  }
  const sorted = [...times].sort((a, b) => a - b);
  return {
    'loading s': (loading / 1000).toFixed(1),
    'first compile ms': Math.round(times[0] ?? 0),
    'median ms': Math.round(sorted[Math.floor(RUNS / 2)] ?? 0),
    'worst ms': Math.round(sorted.at(-1) ?? 0),
    'program MB (rss)': Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}

/** One accepted import per unit and month, lines spread evenly over the figures that take returns. */
async function fill(db: Db, agencyId: number, size: number): Promise<void> {
  const codes = [...figures.values()]
    .filter(({ source, kind }) => source !== 'records' && kind === 'flow')
    .map(({ code }) => code);
  await sql`INSERT INTO return_figures (code) SELECT unnest(${codes}::text[]) ON CONFLICT DO NOTHING`.execute(
    db,
  );
  await sql`INSERT INTO returns (agency_id, unit_id, from_on, to_on, origin, status, made_at)
    SELECT ${agencyId}, u.id, m::date, (m + interval '1 month' - interval '1 day')::date, 'import', 'accepted', now()
    FROM units u, generate_series('2018-01-01'::timestamp, '2018-12-01', interval '1 month') m
    WHERE u.agency_id = ${agencyId}`.execute(db);
  await sql`INSERT INTO return_lines (agency_id, return_id, unit_id, figure_id, accepted, from_on, to_on, quantity, source_id)
    SELECT ${agencyId}, r.id, r.unit_id, f.id, true, r.from_on, r.to_on, 1 + n % 5, r.id || '-' || f.id || '-' || n
    FROM returns r, return_figures f, generate_series(1, ${Math.round(size / (UNITS * 12 * codes.length))}::int) n
    WHERE r.agency_id = ${agencyId} AND f.code = ANY(${codes}::text[])`.execute(db);
  // What the nightly autovacuum does for a living installation: the visibility map makes index-only counting possible.
  await sql`VACUUM (ANALYZE) return_lines`.execute(db);
}
