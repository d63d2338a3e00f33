import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ReportState } from './model.ts';
import type { StoredReading } from './stored-reading.ts';
import './schema.ts';

/** Where a unit and year stand, as lists of other things name it. */
export interface StandingRow {
  unitId: number;
  year: number;
  version: number;
  state: ReportState;
  wrong: number;
  doubtful: number;
  unassessable: number;
  checking: boolean;
}

export interface ChildRow extends Omit<StandingRow, 'state' | 'version'> {
  name: string;
  /** Null when no report is there. */
  state: ReportState | null;
  /** Null when the report was not read. */
  report: StoredReading | null;
}

/** The places of these units and years that hold a report. */
export async function standingsAt(
  db: Db,
  agencyId: number,
  places: readonly { unitId: number; year: number }[],
): Promise<StandingRow[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<StandingRow>`
    SELECT r.unit_id AS "unitId", r.year, r.version, r.state, r.wrong, r.doubtful, r.unassessable,
      r.check_due AND r.version > 0 AS checking
    FROM filed_reports r
    JOIN (SELECT DISTINCT * FROM unnest(
      ${places.map(({ unitId }) => unitId)}::bigint[], ${places.map(({ year }) => year)}::smallint[]
    ) AS asked (unit_id, year)) asked USING (unit_id, year)
    WHERE r.agency_id = ${agencyId}`.execute(db);
  return rows;
}

/** The units directly below one, in list order, each with the numbers of its newest version; at most `most`. */
export async function childrenAt(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
  most: number,
): Promise<ChildRow[]> {
  const { rows } = await sql<ChildRow>`
    SELECT u.id AS "unitId", u.name, ${year}::int AS year, r.state, coalesce(r.wrong, 0) AS wrong,
      coalesce(r.doubtful, 0) AS doubtful, coalesce(r.unassessable, 0) AS unassessable,
      coalesce(r.check_due AND r.version > 0, false) AS checking,
      f.report || '{"chapters": [], "unread": []}'::jsonb AS report
    FROM reporting_units u
    LEFT JOIN filed_reports r ON r.agency_id = u.agency_id AND r.unit_id = u.id AND r.year = ${year}
    LEFT JOIN filed_files f ON f.agency_id = r.agency_id AND f.id = r.file_id
    WHERE u.agency_id = ${agencyId} AND u.parent_id = ${unitId}
      AND (r.unit_id IS NOT NULL OR (u.expected_from <= ${year} AND (u.expected_to IS NULL OR u.expected_to >= ${year})))
    ORDER BY u.position, u.id LIMIT ${most}`.execute(db);
  return rows;
}
