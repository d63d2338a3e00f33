import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ReportVersion } from './model.ts';
import type { StoredReading } from './stored-reading.ts';
import './schema.ts';

export async function nextVersion(db: Db, agencyId: number, unitId: number, year: number): Promise<number> {
  const { last } = await db
    .selectFrom('filed_files')
    .select(sql<number>`coalesce(max(version), 0)`.as('last'))
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  return last + 1;
}

/** Newest first. */
export async function versionsOf(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<ReportVersion[]> {
  const rows = await db
    .selectFrom('filed_files as f')
    .innerJoin('filed_batches as b', (join) =>
      join.onRef('b.agency_id', '=', 'f.agency_id').onRef('b.id', '=', 'f.batch_id'),
    )
    .where('f.agency_id', '=', agencyId)
    .where('f.unit_id', '=', unitId)
    .where('f.year', '=', year)
    .where('f.version', 'is not', null)
    .select([
      'f.id as fileId',
      sql<number>`f.version`.as('version'),
      'f.name as fileName',
      'f.digest',
      'f.bytes',
      'f.kind',
      'f.format',
      'f.added_at as addedAt',
      'b.by_name as addedBy',
      'f.found_by as foundBy',
    ])
    .orderBy('f.version', 'desc')
    .limit(200)
    .execute();
  return rows;
}

/** What was read of a file; without its prose when only the numbers are wanted. */
export async function readingOf(
  db: Db,
  agencyId: number,
  fileId: number,
  options: { prose: boolean },
): Promise<StoredReading | null> {
  const row = await db
    .selectFrom('filed_files')
    .select(
      options.prose
        ? 'report'
        : sql<StoredReading | null>`report || '{"chapters": [], "unread": []}'::jsonb`.as('report'),
    )
    .where('agency_id', '=', agencyId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  return row?.report ?? null;
}

/** The newest versions' numbers of the units directly below, by name; at most `most` of them. */
export async function readingsBelow(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
  most: number,
): Promise<{ name: string; report: StoredReading }[]> {
  const { rows } = await sql<{ name: string; report: StoredReading }>`
    SELECT u.name, f.report || '{"chapters": [], "unread": []}'::jsonb AS report
    FROM reporting_units u
    JOIN filed_reports r ON r.agency_id = u.agency_id AND r.unit_id = u.id AND r.year = ${year}
    JOIN filed_files f ON f.agency_id = r.agency_id AND f.id = r.file_id
    WHERE u.agency_id = ${agencyId} AND u.parent_id = ${unitId} AND f.report IS NOT NULL
    ORDER BY u.position, u.id LIMIT ${most}`.execute(db);
  return rows;
}

/** How many units directly below are expected to report for the year, and how many have. */
export async function countBelow(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<{ expected: number; filed: number }> {
  const { rows } = await sql<{ expected: number; filed: number }>`
    SELECT count(*) FILTER (WHERE u.expected_from <= ${year} AND (u.expected_to IS NULL OR u.expected_to >= ${year}))
        AS expected,
      count(r.file_id) AS filed
    FROM reporting_units u
    LEFT JOIN filed_reports r ON r.agency_id = u.agency_id AND r.unit_id = u.id AND r.year = ${year}
    WHERE u.agency_id = ${agencyId} AND u.parent_id = ${unitId}`.execute(db);
  return rows[0] ?? { expected: 0, filed: 0 };
}
