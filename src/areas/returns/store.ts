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

/** Holds the unit until the transaction ends: of two returns submitted at once, the second sees the first. */
export async function lockUnitOf(db: Db, agencyId: number, unitId: number): Promise<void> {
  await db
    .selectFrom('units')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '=', unitId)
    .forNoKeyUpdate()
    .execute();
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
