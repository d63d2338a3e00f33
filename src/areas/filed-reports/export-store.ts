import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Judgement, Page, ReportFinding } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import './schema.ts';

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
