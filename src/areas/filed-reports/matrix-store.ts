import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { MatrixFilter, MatrixRow, Page, ReportState, YearSummary } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import type { Standing } from './report-store.ts';
import { unitConditions } from './unit-store.ts';
import './schema.ts';

type MatrixUnit = MatrixRow['unit'];

/**
 * A page of the units of a matrix, in list order: those that report in one of the years, or did. Walks the units' index
 * and looks each one's reports up by key, so that its cost is that of the page.
 */
export async function matrixUnits(
  db: Db,
  agencyId: number,
  years: readonly number[],
  filter: MatrixFilter,
  today: string,
  page: { after: string | null; limit: number },
): Promise<Page<MatrixUnit>> {
  const cursor = readCursor(page.after, 2);
  const { rows } = await sql<MatrixUnit & { position: number }>`
    SELECT u.id, u.name, u.kind, u.parent_id AS "parentId", p.name AS "parentName", u.code,
      u.expected_from AS "expectedFrom", u.expected_to AS "expectedTo", u.position
    FROM reporting_units u LEFT JOIN reporting_units p ON p.agency_id = u.agency_id AND p.id = u.parent_id
    WHERE u.agency_id = ${agencyId} AND ${unitConditions(filter)} AND ${stateCondition(filter, today)}
      AND ((u.expected_from <= ${Math.max(...years)} AND (u.expected_to IS NULL OR u.expected_to >= ${Math.min(...years)}))
        -- As one value and not EXISTS, which the planner may answer by hashing the reports of all units.
        OR (SELECT r.year FROM filed_reports r WHERE r.agency_id = u.agency_id AND r.unit_id = u.id
          AND r.year = ANY(${[...years]}::smallint[]) LIMIT 1) IS NOT NULL)
      AND ${cursor ? sql`(u.position, u.id) > (${cursor[0]}::int, ${cursor[1]}::bigint)` : sql`true`}
    ORDER BY u.position, u.id LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, {
    item: ({ position: _, ...unit }) => unit,
    cursor: ({ position, id }) => [position, id],
  });
}

function stateCondition({ state, stateYear }: MatrixFilter, today: string): RawBuilder<SqlBool> {
  if (state === undefined || stateYear === undefined) return sql`true`;
  const filed = sql`SELECT FROM filed_reports r
    WHERE r.agency_id = u.agency_id AND r.unit_id = u.id AND r.year = ${stateYear}::smallint`;
  const expected = sql`(u.expected_from <= ${stateYear} AND (u.expected_to IS NULL OR u.expected_to >= ${stateYear}))`;
  if (state === 'missing') return sql`${expected} AND NOT EXISTS (${filed})`;
  if (state === 'not-expected') return sql`NOT ${expected} AND NOT EXISTS (${filed})`;
  if (state === 'filed') return sql`EXISTS (${filed})`;
  if (state !== 'overdue') return sql`EXISTS (${filed} AND r.state = ${state})`;
  return sql`EXISTS (SELECT FROM filed_corrections c WHERE c.agency_id = u.agency_id AND c.unit_id = u.id
    AND c.year = ${stateYear}::smallint AND c.state = 'open' AND c.due_on < ${today}::date)`;
}

/** Where these units stand in these years. */
export async function standingsOfUnits(
  db: Db,
  agencyId: number,
  unitIds: readonly number[],
  years: readonly number[],
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    SELECT unit_id AS "unitId", year, version, file_id AS "fileId", state, wrong, doubtful, unassessable, notices, settled,
      check_due AS "checkDue", checked_at AS "checkedAt"
    FROM filed_reports WHERE agency_id = ${agencyId} AND unit_id = ANY(${[...unitIds]}::bigint[])
      AND year = ANY(${[...years]}::smallint[])`.execute(db);
  return rows;
}

/** How the reports of each year stand. */
export async function summariesOf(
  db: Db,
  agencyId: number,
  years: readonly number[],
  today: string,
): Promise<YearSummary[]> {
  const list = sql`${[...years]}::smallint[]`;
  const { rows: states } = await sql<{ year: number; state: ReportState; reports: number }>`
    SELECT year, state, count(*) AS reports FROM filed_reports
    WHERE agency_id = ${agencyId} AND year = ANY(${list}) GROUP BY year, state`.execute(db);
  const { rows: units } = await sql<{ year: number; expected: number; filed: number }>`
    SELECT y.year, count(u.id) AS expected, count(r.unit_id) AS filed
    FROM unnest(${list}) y (year)
    JOIN reporting_units u ON u.agency_id = ${agencyId} AND u.expected_from <= y.year
      AND (u.expected_to IS NULL OR u.expected_to >= y.year)
    LEFT JOIN filed_reports r ON r.agency_id = u.agency_id AND r.unit_id = u.id AND r.year = y.year
    GROUP BY y.year`.execute(db);
  const { rows: cases } = await sql<{ year: number; corrections: number; overdue: number }>`
    SELECT year, count(*) AS corrections, count(*) FILTER (WHERE state = 'open' AND due_on < ${today}::date) AS overdue
    FROM filed_corrections
    WHERE agency_id = ${agencyId} AND state IN ('open', 'answered') AND year = ANY(${list}) GROUP BY year`.execute(
    db,
  );
  return years.map((year) => {
    const of = (state: ReportState) =>
      states.find((row) => row.year === year && row.state === state)?.reports ?? 0;
    const { expected = 0, filed = 0 } = units.find((row) => row.year === year) ?? {};
    const { corrections = 0, overdue = 0 } = cases.find((row) => row.year === year) ?? {};
    return {
      year,
      expected,
      missing: expected - filed,
      waiting: of('waiting'),
      unreadable: of('unreadable'),
      clean: of('clean'),
      doubtful: of('doubtful'),
      wrong: of('wrong'),
      corrections,
      overdue,
    };
  });
}

/** Years with a report, newest first; steps from one to the next, however many reports there are. */
export async function yearsFiled(db: Db, agencyId: number): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    WITH RECURSIVE years AS (
      (SELECT year FROM filed_reports WHERE agency_id = ${agencyId} ORDER BY year DESC LIMIT 1)
      UNION ALL
      SELECT (SELECT r.year FROM filed_reports r WHERE r.agency_id = ${agencyId} AND r.year < years.year
        ORDER BY r.year DESC LIMIT 1) FROM years WHERE years.year IS NOT NULL
    ) SELECT year FROM years WHERE year IS NOT NULL`.execute(db);
  return rows.map(({ year }) => year);
}
