import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ImportLine, Rejection } from './import-lines.ts';
import './schema.ts';

/** Lines wait in a table of the transaction's own, where the database compares them with each other and with ours. */
export async function openStaging(db: Db): Promise<void> {
  await sql`DROP TABLE IF EXISTS return_import, return_import_headers`.execute(db);
  await sql`CREATE TEMPORARY TABLE return_import (
    line integer NOT NULL, source_id text, figure_id smallint NOT NULL, unit_id integer NOT NULL,
    from_on date NOT NULL, to_on date NOT NULL, quantity numeric(18, 6), note text NOT NULL,
    period_from date NOT NULL, period_to date NOT NULL
  ) ON COMMIT DROP`.execute(db);
}

/** Lines within one month belong to that month's return; longer ones to one of their own period. */
export async function stage(
  db: Db,
  lines: readonly ImportLine[],
  figureIds: ReadonlyMap<string, number>,
): Promise<void> {
  await sql`
    INSERT INTO return_import
    SELECT line, source_id, figure_id, unit_id, from_on, to_on, quantity, note,
      CASE WHEN within THEN date_trunc('month', from_on)::date ELSE from_on END,
      CASE WHEN within THEN (date_trunc('month', from_on) + interval '1 month - 1 day')::date ELSE to_on END
    FROM (
      SELECT *, date_trunc('month', from_on) = date_trunc('month', to_on) AS within FROM unnest(
        ${array(lines.map(({ line }) => line))}::int[], ${array(lines.map(({ sourceId }) => sourceId))}::text[],
        ${array(lines.map(({ figure }) => figureIds.get(figure) ?? null))}::smallint[],
        ${array(lines.map(({ unitId }) => unitId))}::int[],
        ${array(lines.map(({ from }) => from))}::date[], ${array(lines.map(({ to }) => to))}::date[],
        ${array(lines.map(({ quantity }) => quantity))}::numeric[], ${array(lines.map(({ note }) => note))}::text[]
      ) AS t (line, source_id, figure_id, unit_id, from_on, to_on, quantity, note)
    ) dated`.execute(db);
}

/** An array as PostgreSQL writes it; far cheaper than the driver's own, which matters a million times over. */
function array(values: readonly (string | number | null)[]): string {
  const items = values.map((value) =>
    typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : (value ?? 'NULL'),
  );
  return `{${items.join(',')}}`;
}

/**
 * Takes out of the staging what must not be imported and says why. A `sourceId` is one fact of another system: it may
 * come once, and several may report one figure and period. A line without it is known by unit, figure and period, so
 * none may overlap another.
 */
export async function settleStaging(
  db: Db,
  agencyId: number,
): Promise<{ unchanged: number; rejected: Rejection[] }> {
  await sql`CREATE INDEX ON return_import (source_id) WHERE source_id IS NOT NULL`.execute(db);
  await sql`CREATE INDEX return_import_place ON return_import (unit_id, figure_id, from_on)`.execute(db);
  await sql`ANALYZE return_import`.execute(db);
  const rejected: Rejection[] = [];
  const reject = async (field: string, query: RawBuilder<{ line: number; problem: string }>) => {
    for (const { line, problem } of (await query.execute(db)).rows) rejected.push({ line, field, problem });
  };

  await reject(
    'sourceId',
    sql`
    DELETE FROM return_import i USING (
      SELECT source_id, min(line) AS line FROM return_import WHERE source_id IS NOT NULL GROUP BY source_id HAVING count(*) > 1
    ) first WHERE i.source_id = first.source_id AND i.line > first.line
    RETURNING i.line, 'sourceId 与第 ' || first.line || ' 行重复' AS problem`,
  );
  const bySource = sql`FROM return_lines l WHERE l.agency_id = ${agencyId} AND l.accepted AND l.source_id = i.source_id`;
  const same = sql`l.figure_id = i.figure_id AND l.unit_id = i.unit_id AND l.from_on = i.from_on AND l.to_on = i.to_on
    AND l.quantity IS NOT DISTINCT FROM i.quantity AND l.note = i.note`;
  const alreadyReported = sql`'该单位这项指标在 ' || l.from_on || ' 至 ' || l.to_on || ' 已有填报；要更正请先撤销原来的填报'`;
  const known = await sql`DELETE FROM return_import i WHERE i.source_id IS NOT NULL
    AND EXISTS (SELECT 1 ${bySource} AND ${same})`.execute(db);
  await reject(
    'sourceId',
    sql`
    DELETE FROM return_import i WHERE i.source_id IS NOT NULL AND EXISTS (SELECT 1 ${bySource})
    RETURNING i.line, '这个 sourceId 已导入过，内容不同；要更正请先撤销原来的填报' AS problem`,
  );

  const identical = await sql`DELETE FROM return_import i WHERE i.source_id IS NULL AND EXISTS (
      SELECT 1 FROM return_lines l WHERE l.agency_id = ${agencyId} AND l.accepted AND l.source_id IS NULL AND ${same})`.execute(
    db,
  );
  await reject(
    'from',
    sql`
    DELETE FROM return_import i USING (
      SELECT ctid AS place, line, max(to_on) OVER (PARTITION BY unit_id, figure_id ORDER BY from_on, line
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until, from_on
      FROM return_import WHERE source_id IS NULL
    ) ordered WHERE i.ctid = ordered.place AND ordered.until >= ordered.from_on
    RETURNING i.line, '与本文件中同单位、同指标的另一行期间重叠，会重复计数' AS problem`,
  );
  // From the few returns that people filled in to the many lines, not the other way round.
  await reject(
    'from',
    sql`
    DELETE FROM return_import i USING (
      SELECT l.unit_id, l.figure_id, l.from_on, l.to_on FROM returns r
      JOIN return_lines l ON l.agency_id = r.agency_id AND l.return_id = r.id
      WHERE r.agency_id = ${agencyId} AND r.origin = 'form' AND r.status IN ('submitted', 'accepted')
        AND r.from_on >= (SELECT date_trunc('year', min(from_on))::date FROM return_import)
        AND r.from_on <= (SELECT max(to_on) FROM return_import)
    ) l WHERE l.unit_id = i.unit_id AND l.figure_id = i.figure_id AND l.to_on >= i.from_on AND l.from_on <= i.to_on
    RETURNING i.line, ${alreadyReported} AS problem`,
  );
  // A period lies within one year, and so do those that can overlap it.
  await reject(
    'from',
    sql`
    DELETE FROM return_import i USING (
      SELECT s.line, l.from_on, l.to_on FROM return_import s CROSS JOIN LATERAL (
        SELECT from_on, to_on FROM return_lines
        WHERE agency_id = ${agencyId} AND unit_id = s.unit_id AND figure_id = s.figure_id AND accepted
          AND to_on >= s.from_on AND to_on <= make_date(date_part('year', s.to_on)::int, 12, 31) AND from_on <= s.to_on
        ORDER BY to_on LIMIT 1
      ) l WHERE s.source_id IS NULL
    ) l WHERE l.line = i.line
    RETURNING i.line, ${alreadyReported} AS problem`,
  );
  return {
    unchanged: Number(known.numAffectedRows ?? 0n) + Number(identical.numAffectedRows ?? 0n),
    rejected,
  };
}

/**
 * Writes what is left as accepted returns, one for each unit and period. The lines refer to them, so they come second; in
 * the order of the indexes, which then grow at one end.
 */
export async function insertStaged(
  db: Db,
  agencyId: number,
  at: Date,
): Promise<{ lines: number; returns: number }> {
  // It has done its work, and would tempt the planner into a loop where one hash join reads every line once.
  await sql`DROP INDEX return_import_place`.execute(db);
  await sql`CREATE TEMPORARY TABLE return_import_headers (id bigint, unit_id integer, from_on date, to_on date)
    ON COMMIT DROP`.execute(db);
  const headers = await sql`
    WITH added AS (
      INSERT INTO returns (agency_id, unit_id, from_on, to_on, origin, status, made_at)
      SELECT ${agencyId}::int, unit_id, period_from, period_to, 'import', 'accepted', ${at}::timestamptz
      FROM (SELECT DISTINCT unit_id, period_from, period_to FROM return_import) periods
      ORDER BY period_from, unit_id
      RETURNING id, unit_id, from_on, to_on
    ) INSERT INTO return_import_headers SELECT id, unit_id, from_on, to_on FROM added`.execute(db);
  await sql`ANALYZE return_import_headers`.execute(db);
  const lines = await sql`
    INSERT INTO return_lines (agency_id, return_id, unit_id, figure_id, accepted, from_on, to_on, quantity, note, source_id)
    SELECT ${agencyId}::int, h.id, i.unit_id, i.figure_id, true, i.from_on, i.to_on, i.quantity, i.note, i.source_id
    FROM return_import i JOIN return_import_headers h
      ON h.unit_id = i.unit_id AND h.from_on = i.period_from AND h.to_on = i.period_to
    ORDER BY i.figure_id, i.from_on, i.unit_id, i.line`.execute(db);
  return { lines: Number(lines.numAffectedRows ?? 0n), returns: Number(headers.numAffectedRows ?? 0n) };
}

/** After a large import the planner must know the table and its index must be readable without the table. */
export async function refreshStatistics(db: Db): Promise<void> {
  await sql`VACUUM (ANALYZE) return_lines`.execute(db);
}
