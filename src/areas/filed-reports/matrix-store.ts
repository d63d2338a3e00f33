import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type {
  FindingFilter,
  Judgement,
  ListedFinding,
  MatrixFilter,
  MatrixRow,
  Page,
  ReportFinding,
  ReportState,
  YearSummary,
} from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import { type Standing, toFinding } from './report-store.ts';
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

type FindingRow = Parameters<typeof toFinding>[0] & {
  unitId: number;
  unitName: string;
  year: number;
  rank: number;
};

/** Problems first, differences second, what cannot be assessed last; within each by unit. */
export async function findingsPage(
  db: Db,
  agencyId: number,
  filter: FindingFilter,
  page: { after: string | null; limit: number },
): Promise<Page<ListedFinding>> {
  const { year, rule, unitId, verdict, judged, notices = false } = filter;
  const cursor = readCursor(page.after, 3);
  const conditions = [sql`f.agency_id = ${agencyId}`, sql`f.year = ${year}::smallint`];
  if (rule !== undefined) conditions.push(sql`f.rule = ${rule}`);
  if (unitId !== undefined) conditions.push(sql`f.unit_id = ${unitId}`);
  if (verdict !== undefined) conditions.push(sql`f.verdict = ${verdict}`);
  if (!notices) conditions.push(sql`f.rank IN (0, 2, 4)`);
  if (judged === 'none') conditions.push(sql`v.key IS NULL`);
  else if (judged !== undefined) conditions.push(sql`v.judgement = ${judged}`);
  if (cursor)
    conditions.push(
      sql`(f.rank, f.unit_id, f.position) > (${cursor[0]}::smallint, ${cursor[1]}::bigint, ${cursor[2]}::int)`,
    );
  const { rows } = await sql<FindingRow>`
    SELECT f.unit_id AS "unitId", u.name AS "unitName", f.year, f.rank, f.key, f.position, f.finding,
      v.judgement, v.note, v.by_name, v.at
    FROM filed_findings f
    JOIN reporting_units u ON u.agency_id = f.agency_id AND u.id = f.unit_id
    LEFT JOIN filed_verdicts v
      ON v.agency_id = f.agency_id AND v.unit_id = f.unit_id AND v.year = f.year AND v.key = f.key
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY f.rank, f.unit_id, f.position LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, {
    item: (row) => ({ unitId: row.unitId, unitName: row.unitName, year: row.year, ...toFinding(row) }),
    cursor: ({ rank, unitId, position }) => [rank, unitId, position],
  });
}

export async function countRules(
  db: Db,
  agencyId: number,
  year: number,
): Promise<{ rule: string; findings: number }[]> {
  const { rows } = await sql<{ rule: string; findings: number }>`
    SELECT rule, count(*) AS findings FROM filed_findings
    WHERE agency_id = ${agencyId} AND year = ${year}::smallint AND rank IN (0, 2, 4)
    GROUP BY rule ORDER BY findings DESC, rule`.execute(db);
  return rows;
}

/** A finding as the workbook prints it. */
export interface ExportedFinding {
  unitName: string;
  year: number;
  format: string | null;
  finding: ReportFinding;
  judgement: Judgement | null;
  note: string | null;
  dueOn: string | null;
}

export interface ExportFilter {
  year: number;
  unitId?: number;
  parentId?: number;
}

/** The findings of these units in a year, in list order, problems first. Hints and what was dismissed are left out. */
export async function findingsOfUnits(
  db: Db,
  agencyId: number,
  year: number,
  unitIds: readonly number[],
): Promise<ExportedFinding[]> {
  const { rows } = await sql<ExportedFinding>`
    SELECT u.name AS "unitName", f.year, file.format, f.finding, v.judgement, v.note, c.due_on AS "dueOn"
    FROM filed_findings f
    JOIN reporting_units u ON u.agency_id = f.agency_id AND u.id = f.unit_id
    JOIN filed_reports r ON r.agency_id = f.agency_id AND r.unit_id = f.unit_id AND r.year = f.year
    LEFT JOIN filed_files file ON file.agency_id = r.agency_id AND file.id = r.file_id
    LEFT JOIN filed_verdicts v
      ON v.agency_id = f.agency_id AND v.unit_id = f.unit_id AND v.year = f.year AND v.key = f.key
    LEFT JOIN filed_corrections c
      ON c.agency_id = f.agency_id AND c.unit_id = f.unit_id AND c.year = f.year AND c.state <> 'closed'
    WHERE f.agency_id = ${agencyId} AND f.year = ${year}::smallint AND f.unit_id = ANY(${[...unitIds]}::bigint[])
      AND f.rank IN (0, 2, 4) AND v.judgement IS DISTINCT FROM 'dismissed'
    ORDER BY u.position, u.id, f.rank, f.position`.execute(db);
  return rows;
}

/** A page of the units whose findings are exported: ids in list order. */
export async function unitsWithFindings(
  db: Db,
  agencyId: number,
  { year, unitId, parentId }: ExportFilter,
  page: { after: string | null; limit: number },
): Promise<Page<number>> {
  const cursor = readCursor(page.after, 2);
  const { rows } = await sql<{ id: number; position: number }>`
    SELECT u.id, u.position FROM reporting_units u
    WHERE u.agency_id = ${agencyId}
      AND ${unitId === undefined ? sql`true` : sql`u.id = ${unitId}`}
      AND ${parentId === undefined ? sql`true` : sql`(u.parent_id = ${parentId} OR u.id = ${parentId})`}
      AND ${cursor ? sql`(u.position, u.id) > (${cursor[0]}::int, ${cursor[1]}::bigint)` : sql`true`}
      AND EXISTS (SELECT FROM filed_findings f
        WHERE f.agency_id = u.agency_id AND f.unit_id = u.id AND f.year = ${year}::smallint AND f.rank IN (0, 2, 4))
    ORDER BY u.position, u.id LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, { item: ({ id }) => id, cursor: ({ position, id }) => [position, id] });
}

/** A unit whose report is missing or could not be read; `fileName` and `fault` of the file that could not. */
export interface AbsentReport {
  unitName: string;
  state: 'missing' | 'unreadable';
  fileName: string | null;
  fault: string | null;
}

export async function absentReports(
  db: Db,
  agencyId: number,
  { year, unitId, parentId }: ExportFilter,
  page: { after: string | null; limit: number },
): Promise<Page<AbsentReport>> {
  const cursor = readCursor(page.after, 2);
  const { rows } = await sql<AbsentReport & { id: number; position: number }>`
    SELECT u.id, u.position, u.name AS "unitName", coalesce(r.state, 'missing') AS state, bad.name AS "fileName", bad.fault
    FROM reporting_units u
    LEFT JOIN filed_reports r ON r.agency_id = u.agency_id AND r.unit_id = u.id AND r.year = ${year}::smallint
    LEFT JOIN LATERAL (
      SELECT f.name, f.fault FROM filed_files f
      WHERE f.agency_id = u.agency_id AND f.unit_id = u.id AND f.year = ${year}::smallint AND f.state = 'unreadable'
      ORDER BY f.id DESC LIMIT 1
    ) bad ON r.state = 'unreadable'
    WHERE u.agency_id = ${agencyId}
      AND ${unitId === undefined ? sql`true` : sql`u.id = ${unitId}`}
      AND ${parentId === undefined ? sql`true` : sql`(u.parent_id = ${parentId} OR u.id = ${parentId})`}
      AND (r.state = 'unreadable' OR (r.state IS NULL AND u.expected_from <= ${year}
        AND (u.expected_to IS NULL OR u.expected_to >= ${year})))
      AND ${cursor ? sql`(u.position, u.id) > (${cursor[0]}::int, ${cursor[1]}::bigint)` : sql`true`}
    ORDER BY u.position, u.id LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, {
    item: ({ unitName, state, fileName, fault }) => ({ unitName, state, fileName, fault }),
    cursor: ({ position, id }) => [position, id],
  });
}
