import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Period, ReturnState, Status } from './rules.ts';
import './schema.ts';

/** A return with the names that pages and letters show. */
export interface Return extends ReturnState {
  id: number;
  unitName: string;
  unitCode: string;
  unitClosedOn: string | null;
  from: string;
  to: string;
  madeBy: string | null;
  madeAt: Date;
  submittedBy: string | null;
  submitterId: number | null;
  submittedAt: Date | null;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  reason: string;
  version: number;
  lastDesk: string;
  deskFrom: number;
}

/** One reported figure. `quantity` is decimal text, exact; null is 留空. */
export interface Line {
  figure: string;
  quantity: string | null;
  note: string;
}

const returnRows = (db: Db) =>
  db
    .selectFrom('returns as r')
    .innerJoin('units as u', (join) =>
      join.onRef('u.agency_id', '=', 'r.agency_id').onRef('u.id', '=', 'r.unit_id'),
    )
    .select((eb) => [
      'r.id',
      'r.unit_id as unitId',
      'u.name as unitName',
      'u.code as unitCode',
      'u.closed_on as unitClosedOn',
      'r.from_on as from',
      'r.to_on as to',
      'r.origin',
      'r.status',
      'r.hands',
      'r.made_at as madeAt',
      'r.submitted_by as submitterId',
      'r.submitted_at as submittedAt',
      'r.reviewed_at as reviewedAt',
      'r.reason',
      'r.version',
      'r.last_desk as lastDesk',
      'r.desk_from as deskFrom',
      ...(['made', 'submitted', 'reviewed'] as const).map((act) =>
        eb
          .selectFrom('staff as s')
          .select('s.name')
          .whereRef('s.agency_id', '=', 'r.agency_id')
          .whereRef('s.id', '=', `r.${act}_by`)
          .as(`${act}By`),
      ),
      eb
        .selectFrom('return_lines as l')
        .select((line) => line.fn.countAll<number>().as('count'))
        .whereRef('l.agency_id', '=', 'r.agency_id')
        .whereRef('l.return_id', '=', 'r.id')
        .as('lineCount'),
    ]);

type ReturnRow = Awaited<ReturnType<ReturnType<typeof returnRows>['executeTakeFirstOrThrow']>>;
const toReturn = (row: ReturnRow): Return => ({ ...row, lineCount: row.lineCount ?? 0 });

export async function findReturn(db: Db, agencyId: number, id: number): Promise<Return | null> {
  const row = await returnRows(db)
    .where('r.agency_id', '=', agencyId)
    .where('r.id', '=', id)
    .executeTakeFirst();
  return row ? toReturn(row) : null;
}

/** Locks a return until the transaction ends, so that two people moving it follow one another. */
export async function lockReturn(db: Db, agencyId: number, id: number): Promise<Return | null> {
  await db
    .selectFrom('returns')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return findReturn(db, agencyId, id);
}

/** The living return that people fill in for the unit and period, if one was begun. */
export async function findByPeriod(
  db: Db,
  agencyId: number,
  unitId: number,
  period: Period,
): Promise<Return | null> {
  const row = await returnRows(db)
    .where('r.agency_id', '=', agencyId)
    .where('r.unit_id', '=', unitId)
    .where('r.from_on', '=', period.from)
    .where('r.to_on', '=', period.to)
    .where('r.origin', '=', 'form')
    .where('r.status', '<>', 'withdrawn')
    .executeTakeFirst();
  return row ? toReturn(row) : null;
}

/** Begins a draft and returns its id, or null when somebody else begins the same one at this moment. */
export async function insertDraft(
  db: Db,
  agencyId: number,
  draft: { unitId: number; period: Period; by: number | null; at: Date },
): Promise<number | null> {
  const row = await db
    .insertInto('returns')
    .values({
      agency_id: agencyId,
      unit_id: draft.unitId,
      from_on: draft.period.from,
      to_on: draft.period.to,
      origin: 'form',
      status: 'draft',
      hands: draft.by === null ? [] : [draft.by],
      made_by: draft.by,
      made_at: draft.at,
      submitted_by: null,
      submitted_at: null,
      reviewed_by: null,
      reviewed_at: null,
      version: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface ReturnChange {
  status?: Status;
  hands?: number[];
  submitted_by?: number | null;
  submitted_at?: Date | null;
  reviewed_by?: number | null;
  reviewed_at?: Date | null;
  reason?: string;
  version?: number;
  last_desk?: string;
  desk_from?: number;
}

export async function updateReturn(
  db: Db,
  agencyId: number,
  id: number,
  change: ReturnChange,
): Promise<void> {
  await db
    .updateTable('returns')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
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

/** Living returns that touch the period, for the matrix and for lateness. */
export async function returnsTouching(
  db: Db,
  agencyId: number,
  period: Period,
  unitId: number | null,
): Promise<Return[]> {
  const rows = await returnRows(db)
    .where('r.agency_id', '=', agencyId)
    .where('r.from_on', '>=', `${period.from.slice(0, 4)}-01-01`)
    .where('r.from_on', '<=', period.to)
    .where('r.to_on', '>=', period.from)
    .where('r.status', '<>', 'withdrawn')
    .where(unitId === null ? sql<SqlBool>`true` : sql<SqlBool>`r.unit_id = ${unitId}`)
    .orderBy('r.from_on')
    .orderBy('r.id')
    .limit(20_000)
    .execute();
  return rows.map(toReturn);
}

export interface ReturnFilter {
  status?: Status;
  unitId?: number;
  year?: number;
  /** Part of a unit's name or code. */
  text?: string;
  /** Id after which the page starts (newest first). */
  before?: number;
  limit: number;
}

/** Returns, newest first, a page at a time. */
export async function listReturns(db: Db, agencyId: number, filter: ReturnFilter): Promise<Return[]> {
  let query = returnRows(db).where('r.agency_id', '=', agencyId);
  const { status, unitId, year, text, before } = filter;
  if (status) query = query.where('r.status', '=', status);
  if (unitId !== undefined) query = query.where('r.unit_id', '=', unitId);
  if (year !== undefined)
    query = query.where('r.from_on', '>=', `${year}-01-01`).where('r.from_on', '<=', `${year}-12-31`);
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('u.name', 'like', pattern), eb('u.code', 'like', pattern)]));
  }
  if (before !== undefined) query = query.where('r.id', '<', before);
  return (await query.orderBy('r.id', 'desc').limit(filter.limit).execute()).map(toReturn);
}

/** Submitted returns, longest waiting first. */
export async function reviewQueue(db: Db, agencyId: number, limit: number): Promise<Return[]> {
  const rows = await returnRows(db)
    .where('r.agency_id', '=', agencyId)
    .where('r.status', '=', 'submitted')
    .orderBy('r.submitted_at')
    .orderBy('r.id')
    .limit(limit)
    .execute();
  return rows.map(toReturn);
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
