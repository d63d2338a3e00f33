import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { FiledFinding, Judgement, ReportFinding } from './model.ts';
import { rankOf } from './rules.ts';
import { storableJson } from './stored-reading.ts';
import './schema.ts';

export async function deleteFindings(db: Db, agencyId: number, unitId: number, year: number): Promise<void> {
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
