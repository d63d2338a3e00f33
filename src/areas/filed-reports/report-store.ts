import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { FiledFinding, FindingCounts, Judgement, ReportFinding, ReportState } from './model.ts';
import { rankOf } from './rules.ts';
import { type StoredReading, storableJson } from './stored-reading.ts';
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

async function deleteFindings(db: Db, agencyId: number, unitId: number, year: number): Promise<void> {
  await db
    .deleteFrom('filed_findings')
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .execute();
}

/** The findings of a report become these. */
export async function replaceFindings(
  db: Db,
  agencyId: number,
  { unitId, year }: { unitId: number; year: number },
  findings: readonly { key: string; finding: ReportFinding }[],
): Promise<void> {
  await deleteFindings(db, agencyId, unitId, year);
  if (findings.length === 0) return;
  await sql`INSERT INTO filed_findings (agency_id, unit_id, year, key, position, rule, severity, verdict, rank, finding)
    SELECT ${agencyId}::int, ${unitId}::bigint, ${year}::smallint, *
    FROM unnest(
      ${findings.map(({ key }) => key)}::text[], ${findings.map((_, index) => index + 1)}::int[],
      ${findings.map(({ finding }) => finding.rule)}::text[], ${findings.map(({ finding }) => finding.severity)}::text[],
      ${findings.map(({ finding }) => finding.verdict)}::text[], ${findings.map(({ finding }) => rankOf(finding))}::smallint[],
      ${findings.map(({ finding }) => storableJson(finding))}::jsonb[])`.execute(db);
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

/** The office's judgements of a report, by finding key. */
export async function judgementsOf(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<Map<string, Judgement>> {
  const rows = await db
    .selectFrom('filed_verdicts')
    .select(['key', 'judgement'])
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .execute();
  return new Map(rows.map(({ key, judgement }) => [key, judgement]));
}

/** The findings of a report with their judgements, problems first. */
export async function findingsOf(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<FiledFinding[]> {
  const rows = await db
    .selectFrom('filed_findings as f')
    .leftJoin('filed_verdicts as v', (join) =>
      join
        .onRef('v.agency_id', '=', 'f.agency_id')
        .onRef('v.unit_id', '=', 'f.unit_id')
        .onRef('v.year', '=', 'f.year')
        .onRef('v.key', '=', 'f.key'),
    )
    .where('f.agency_id', '=', agencyId)
    .where('f.unit_id', '=', unitId)
    .where('f.year', '=', year)
    .select(['f.key', 'f.position', 'f.finding', 'v.judgement', 'v.note', 'v.by_name', 'v.at'])
    .orderBy('f.rank')
    .orderBy('f.position')
    .execute();
  return rows.map(toFinding);
}

export function toFinding(row: {
  key: string;
  position: number;
  finding: ReportFinding;
  judgement: Judgement | null;
  note: string | null;
  by_name: string | null;
  at: Date | null;
}): FiledFinding {
  const { key, position, finding, judgement, note, by_name, at } = row;
  const judged =
    judgement === null || at === null ? null : { judgement, note: note ?? '', byName: by_name ?? '', at };
  return { key, position, finding, judged };
}

export async function findFinding(
  db: Db,
  agencyId: number,
  of: { unitId: number; year: number; key: string },
): Promise<ReportFinding | null> {
  const row = await db
    .selectFrom('filed_findings')
    .select('finding')
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', of.unitId)
    .where('year', '=', of.year)
    .where('key', '=', of.key)
    .executeTakeFirst();
  return row?.finding ?? null;
}

export async function findVerdict(
  db: Db,
  agencyId: number,
  of: { unitId: number; year: number; key: string },
) {
  const row = await db
    .selectFrom('filed_verdicts')
    .select(['judgement', 'note'])
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', of.unitId)
    .where('year', '=', of.year)
    .where('key', '=', of.key)
    .executeTakeFirst();
  return row ?? null;
}

export async function writeVerdict(
  db: Db,
  agencyId: number,
  of: { unitId: number; year: number; key: string },
  verdict: { judgement: Judgement; note: string; byId: number | null; byName: string; at: Date } | null,
): Promise<void> {
  if (verdict === null) {
    await db
      .deleteFrom('filed_verdicts')
      .where('agency_id', '=', agencyId)
      .where('unit_id', '=', of.unitId)
      .where('year', '=', of.year)
      .where('key', '=', of.key)
      .execute();
    return;
  }
  const { judgement, note, byId, byName, at } = verdict;
  const values = { judgement, note, by_id: byId, by_name: byName, at };
  await db
    .insertInto('filed_verdicts')
    .values({ agency_id: agencyId, unit_id: of.unitId, year: of.year, key: of.key, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'unit_id', 'year', 'key']).doUpdateSet(values))
    .execute();
}

/** Findings of a report that the office confirmed and that the newest check still finds. */
export async function countConfirmed(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<number> {
  const { rows } = await sql<{ findings: number }>`
    SELECT count(*) AS findings FROM filed_findings f
    JOIN filed_verdicts v ON v.agency_id = f.agency_id AND v.unit_id = f.unit_id AND v.year = f.year AND v.key = f.key
    WHERE f.agency_id = ${agencyId} AND f.unit_id = ${unitId} AND f.year = ${year}
      AND v.judgement = 'confirmed'`.execute(db);
  return rows[0]?.findings ?? 0;
}
