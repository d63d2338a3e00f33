import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { deleteFindings } from './finding-store.ts';
import type { FindingCounts, ReportState } from './model.ts';
import './schema.ts';

/** Where a unit and year stand. */
export interface Standing extends FindingCounts {
  unitId: number;
  year: number;
  version: number;
  fileId: number | null;
  state: ReportState;
  checkDue: boolean;
  checkedAt: Date | null;
}

const standings = (db: Db, agencyId: number) =>
  db
    .selectFrom('filed_reports')
    .where('agency_id', '=', agencyId)
    .select([
      'unit_id as unitId',
      'year',
      'version',
      'file_id as fileId',
      'state',
      'wrong',
      'doubtful',
      'unassessable',
      'notices',
      'settled',
      'check_due as checkDue',
      'checked_at as checkedAt',
    ]);

export async function findStanding(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<Standing | null> {
  const row = await standings(db, agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .executeTakeFirst();
  return row ?? null;
}

export async function lockStanding(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<Standing | null> {
  const row = await standings(db, agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Rewrites where a unit and year stand after a file came, went or was read anew: the newest version, else that what came
 * is unreadable, else nothing. A report with a version is due for its check. Take `lockFiling` before.
 */
export async function settlePlace(db: Db, agencyId: number, unitId: number, year: number): Promise<void> {
  const { rows } = await sql<{ id: number; version: number | null }>`
    SELECT id, version FROM filed_files
    WHERE agency_id = ${agencyId} AND unit_id = ${unitId} AND year = ${year} AND state IN ('read', 'unreadable')
    ORDER BY version DESC NULLS LAST, id DESC LIMIT 1`.execute(db);
  const newest = rows[0];
  if (!newest) {
    await deleteFindings(db, agencyId, unitId, year);
    await db
      .deleteFrom('filed_reports')
      .where('agency_id', '=', agencyId)
      .where('unit_id', '=', unitId)
      .where('year', '=', year)
      .execute();
    return;
  }
  const fileId = newest.version === null ? null : newest.id;
  const before = await lockStanding(db, agencyId, unitId, year);
  if (before && before.fileId === fileId) {
    await markUnit(db, agencyId, unitId, year);
    return;
  }
  await deleteFindings(db, agencyId, unitId, year);
  const nothing = { wrong: 0, doubtful: 0, unassessable: 0, notices: 0, settled: 0 };
  const values = {
    version: newest.version ?? 0,
    file_id: fileId,
    state: fileId === null ? ('unreadable' as const) : ('waiting' as const),
    check_due: true,
    checked_at: null,
    ...nothing,
  };
  await db
    .insertInto('filed_reports')
    .values({ agency_id: agencyId, unit_id: unitId, year, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'unit_id', 'year']).doUpdateSet(values))
    .execute();
}

/** Marks one report; a report read anew keeps what its last check said until the next one. */
async function markUnit(db: Db, agencyId: number, unitId: number, year: number): Promise<void> {
  await db
    .updateTable('filed_reports')
    .set({ check_due: true })
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .execute();
}

/** Marks the reports whose checks look at this one: the unit's next year, and its parent's of the same year. */
export async function markNeighbours(db: Db, agencyId: number, unitId: number, year: number): Promise<void> {
  await sql`UPDATE filed_reports SET check_due = true
    WHERE agency_id = ${agencyId} AND version > 0 AND (
      (unit_id = ${unitId} AND year = ${year + 1})
      OR (year = ${year}
        AND unit_id = (SELECT parent_id FROM reporting_units WHERE agency_id = ${agencyId} AND id = ${unitId}))
    )`.execute(db);
}

/** Marks every report of these units, as when bodies below them came or went. */
export async function markUnits(db: Db, agencyId: number, unitIds: readonly number[]): Promise<void> {
  await sql`UPDATE filed_reports SET check_due = true
    WHERE agency_id = ${agencyId} AND version > 0 AND unit_id = ANY(${[...unitIds]}::bigint[])`.execute(db);
}

export async function markYear(db: Db, agencyId: number, year: number): Promise<number> {
  const { numAffectedRows } = await sql`UPDATE filed_reports SET check_due = true
    WHERE agency_id = ${agencyId} AND year = ${year} AND version > 0`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** The first report that is due and that nobody is checking, held until the transaction ends; null when there is none. */
export async function holdForCheck(
  db: Db,
  agencyId: number,
  except: readonly { unitId: number; year: number }[],
): Promise<Standing | null> {
  const row = await standings(db, agencyId)
    .where('check_due', '=', true)
    .where('version', '>', 0)
    .where(
      sql<boolean>`(unit_id, year) NOT IN (SELECT * FROM unnest(
        ${except.map(({ unitId }) => unitId)}::bigint[], ${except.map(({ year }) => year)}::smallint[]))`,
    )
    .orderBy('year')
    .orderBy('unit_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row ?? null;
}

export async function writeStanding(
  db: Db,
  agencyId: number,
  { unitId, year }: { unitId: number; year: number },
  standing: FindingCounts & { state: ReportState },
  checkedAt: Date | null,
): Promise<void> {
  await db
    .updateTable('filed_reports')
    .set({ ...standing, ...(checkedAt ? { checked_at: checkedAt, check_due: false } : {}) })
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .execute();
}
