import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Period, Status } from './rules.ts';
import './schema.ts';

/** One reported figure. `quantity` is decimal text, exact; null is 留空. */
export interface Line {
  figure: string;
  quantity: string | null;
  note: string;
}

/** The lines of a return in the order of their figures' first use; imports may hold many, so at most `limit`. */
export async function linesOf(db: Db, agencyId: number, returnId: number, limit = 2000): Promise<Line[]> {
  const { rows } = await sql<Line>`
    SELECT f.code AS figure, trim_scale(l.quantity)::text AS quantity, l.note
    FROM return_lines l JOIN return_figures f ON f.id = l.figure_id
    WHERE l.agency_id = ${agencyId} AND l.return_id = ${returnId} ORDER BY l.id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Puts these lines in place of the return's present ones. */
export async function replaceLines(
  db: Db,
  agencyId: number,
  target: { id: number; unitId: number; from: string; to: string },
  lines: readonly Line[],
): Promise<void> {
  const ids = await figureIds(
    db,
    lines.map(({ figure }) => figure),
  );
  await db
    .deleteFrom('return_lines')
    .where('agency_id', '=', agencyId)
    .where('return_id', '=', target.id)
    .execute();
  if (lines.length === 0) return;
  await db
    .insertInto('return_lines')
    .values(
      lines.map(({ figure, quantity, note }) => ({
        agency_id: agencyId,
        return_id: target.id,
        unit_id: target.unitId,
        figure_id: ids.get(figure) as number,
        accepted: false,
        from_on: target.from,
        to_on: target.to,
        quantity,
        note,
        source_id: null,
      })),
    )
    .execute();
}

/** The small keys of figure codes; a code met for the first time gets one. */
export async function figureIds(db: Db, codes: readonly string[]): Promise<Map<string, number>> {
  const read = () =>
    db
      .selectFrom('return_figures')
      .selectAll()
      .where('code', 'in', [...codes])
      .execute();
  if (codes.length === 0) return new Map();
  let known = await read();
  const missing = codes.filter((code) => !known.some((row) => row.code === code));
  if (missing.length > 0) {
    await db
      .insertInto('return_figures')
      .values([...new Set(missing)].map((code) => ({ code })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    known = await read();
  }
  return new Map(known.map(({ code, id }) => [code, id]));
}

/** Figures of this return that another submitted or accepted return of the unit already reports for an overlapping time. */
export async function overlapsOf(
  db: Db,
  agencyId: number,
  target: { id: number; unitId: number; from: string; to: string },
): Promise<{ figure: string; returnId: number; from: string; to: string }[]> {
  const { rows } = await sql<{ figure: string; returnId: number; from: string; to: string }>`
    SELECT DISTINCT ON (mine.figure_id) f.code AS figure, other.return_id AS "returnId",
      other.from_on AS "from", other.to_on AS "to"
    FROM return_lines mine
    JOIN return_figures f ON f.id = mine.figure_id
    JOIN return_lines other ON other.agency_id = mine.agency_id AND other.unit_id = mine.unit_id
      AND other.figure_id = mine.figure_id AND other.return_id <> mine.return_id
      AND other.to_on >= mine.from_on AND other.from_on <= mine.to_on
    JOIN returns r ON r.agency_id = other.agency_id AND r.id = other.return_id AND r.status IN ('submitted', 'accepted')
    WHERE mine.agency_id = ${agencyId} AND mine.return_id = ${target.id}
    ORDER BY mine.figure_id, other.id`.execute(db);
  return rows;
}

/** What accepted returns of the unit say for exactly this period, summed by figure: the neighbour columns of a review. */
export async function acceptedLines(
  db: Db,
  agencyId: number,
  unitId: number,
  period: Period,
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ code: string; quantity: string | null }>`
    SELECT f.code, trim_scale(sum(l.quantity))::text AS quantity
    FROM return_lines l JOIN return_figures f ON f.id = l.figure_id
    WHERE l.agency_id = ${agencyId} AND l.unit_id = ${unitId} AND l.accepted
      AND l.to_on >= ${period.from} AND l.to_on <= ${period.to} AND l.from_on >= ${period.from}
    GROUP BY f.code`.execute(db);
  return new Map(rows.map(({ code, quantity }) => [code, quantity]));
}

/** Lines of a year's living returns in reading order, for export; at most `limit`. */
export async function exportLines(
  db: Db,
  agencyId: number,
  filter: { year: number; unitId: number | null; limit: number },
): Promise<(Line & { unitCode: string; unitName: string; from: string; to: string; status: Status })[]> {
  const { rows } = await sql<
    Line & { unitCode: string; unitName: string; from: string; to: string; status: Status }
  >`
    SELECT u.code AS "unitCode", u.name AS "unitName", l.from_on AS "from", l.to_on AS "to", r.status,
      f.code AS figure, trim_scale(l.quantity)::text AS quantity, l.note
    FROM returns r
    JOIN units u ON u.agency_id = r.agency_id AND u.id = r.unit_id
    JOIN return_lines l ON l.agency_id = r.agency_id AND l.return_id = r.id
    JOIN return_figures f ON f.id = l.figure_id
    WHERE r.agency_id = ${agencyId} AND r.status <> 'withdrawn'
      AND r.from_on >= ${`${filter.year}-01-01`} AND r.from_on <= ${`${filter.year}-12-31`}
      AND (${filter.unitId}::int IS NULL OR r.unit_id = ${filter.unitId})
    ORDER BY r.from_on, u.position, u.code, r.id, l.id LIMIT ${filter.limit}`.execute(db);
  return rows;
}
