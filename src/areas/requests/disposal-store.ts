import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Disposal, DisposalState, DueForm, HeldForm } from './disposal-model.ts';
import './disposal-schema.ts';
import './schema.ts';

/** One change of what is due or proposed at a time in one agency. */
export async function lockDisposals(db: Db, agencyId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`request-disposal/${agencyId}`}, 0))`.execute(db);
}

/**
 * Its parts, when all of them are closed: a concluded one since its conclusion, one that was never confirmed since it came,
 * and neither before the last dispute about it ended.
 */
const closing = sql`
  CROSS JOIN LATERAL (
    SELECT max(greatest(coalesce(r.concluded_on, r.submitted_on), d.closed_on)) AS closed_on,
      bool_and(r.state IN ('concluded', 'archived', 'cancelled') AND NOT coalesce(d.open, false)) AS closed,
      jsonb_agg(jsonb_build_object('id', r.id, 'title', r.title, 'resultCode', r.result_code) ORDER BY r.part) AS parts
    FROM requests r
    LEFT JOIN LATERAL (
      SELECT max(d.closed_on) AS closed_on, bool_or(d.closed_on IS NULL) AS open
      FROM (
        SELECT closed_on FROM request_disputes WHERE agency_id = r.agency_id AND request_id = r.id
        UNION ALL
        SELECT decided_on FROM request_rectifications WHERE agency_id = r.agency_id AND request_id = r.id
      ) d
    ) d ON true
    WHERE r.agency_id = f.agency_id AND r.form_id = f.id
  ) c`;

const notHeld = sql`NOT EXISTS (
  SELECT FROM request_disposal_holds h WHERE h.agency_id = f.agency_id AND h.form_id = f.id)`;

/** Forms whose time of keeping is over, on no list and not held back. */
const due = (agencyId: number, until: string): RawBuilder<unknown> => sql`
  FROM request_forms f ${closing}
  WHERE f.agency_id = ${agencyId} AND f.disposed_on IS NULL AND f.disposal_id IS NULL
    AND f.submitted_on <= ${until}::date AND c.closed AND c.closed_on <= ${until}::date AND ${notHeld}`;

const columns = sql`f.id, f.number, f.submitted_on AS "submittedOn", c.closed_on::text AS "closedOn", c.parts`;

/** A place in a list of forms: the day they were handed in and their number. */
export interface FormPlace {
  on: string;
  id: number;
}

const behindPlace = (behind: FormPlace | null) =>
  behind === null ? sql`` : sql`AND (f.submitted_on, f.id) > (${behind.on}::date, ${behind.id})`;

/** The longest kept first. */
export async function dueForms(
  db: Db,
  agencyId: number,
  until: string,
  page: { behind: FormPlace | null; limit: number },
): Promise<DueForm[]> {
  const { rows } = await sql<DueForm>`
    SELECT ${columns} ${due(agencyId, until)} ${behindPlace(page.behind)}
    ORDER BY f.submitted_on, f.id LIMIT ${page.limit}`.execute(db);
  return rows;
}

export async function countDueForms(db: Db, agencyId: number, until: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT 1 ${due(agencyId, until)} ORDER BY f.submitted_on, f.id LIMIT ${most}) waiting`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Puts due forms on a list: those chosen, or the longest kept up to `most`. Returns how many it took. */
export async function putOnList(
  db: Db,
  agencyId: number,
  disposalId: number,
  until: string,
  which: { chosen: readonly number[] } | { most: number },
): Promise<number> {
  const only =
    'chosen' in which
      ? sql`AND f.id = ANY (${[...which.chosen]}::bigint[])`
      : sql`ORDER BY f.submitted_on, f.id LIMIT ${which.most}`;
  const { numAffectedRows } = await sql`
    UPDATE request_forms SET disposal_id = ${disposalId}
    WHERE agency_id = ${agencyId} AND id IN (SELECT f.id ${due(agencyId, until)} ${only})`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Takes forms off a list that is not carried out. */
export async function takeOffList(db: Db, agencyId: number, disposalId: number): Promise<void> {
  await db
    .updateTable('request_forms')
    .set({ disposal_id: null })
    .where('agency_id', '=', agencyId)
    .where('disposal_id', '=', disposalId)
    .where('disposed_on', 'is', null)
    .execute();
}

export async function formsOfList(
  db: Db,
  agencyId: number,
  disposalId: number,
  page: { behind: FormPlace | null; limit: number },
): Promise<(DueForm & { disposedOn: string | null })[]> {
  const { rows } = await sql<DueForm & { disposedOn: string | null }>`
    SELECT ${columns}, f.disposed_on AS "disposedOn" FROM request_forms f ${closing}
    WHERE f.agency_id = ${agencyId} AND f.disposal_id = ${disposalId} ${behindPlace(page.behind)}
    ORDER BY f.submitted_on, f.id LIMIT ${page.limit}`.execute(db);
  return rows;
}

/** The next form of a list that is still to be disposed of, held until the transaction ends; its requests as well. */
export async function lockNextOfList(
  db: Db,
  agencyId: number,
  disposalId: number,
): Promise<{ id: number; number: string } | null> {
  const form = await db
    .selectFrom('request_forms')
    .select(['id', 'number'])
    .where('agency_id', '=', agencyId)
    .where('disposal_id', '=', disposalId)
    .where('disposed_on', 'is', null)
    .orderBy('submitted_on')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!form) return null;
  await db
    .selectFrom('requests')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', form.id)
    .orderBy('id')
    .forUpdate()
    .execute();
  return form;
}

/** Whether a form of a list may still go: nobody reopened a dispute, held it back or disposed of it meanwhile. */
export async function mayStillGo(db: Db, agencyId: number, formId: number, until: string): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    SELECT f.id FROM request_forms f ${closing}
    WHERE f.agency_id = ${agencyId} AND f.id = ${formId} AND f.disposed_on IS NULL
      AND c.closed AND c.closed_on <= ${until}::date AND ${notHeld}
    FOR UPDATE OF f`.execute(db);
  return rows.length > 0;
}

export async function spareForm(db: Db, agencyId: number, formId: number): Promise<void> {
  await db
    .updateTable('request_forms')
    .set({ disposal_id: null })
    .where('agency_id', '=', agencyId)
    .where('id', '=', formId)
    .execute();
}

export async function countOnList(
  db: Db,
  agencyId: number,
  disposalId: number,
  counted: 'disposed' | 'spared',
): Promise<void> {
  await db
    .updateTable('request_disposals')
    .set(({ eb }) => ({ [counted]: eb(counted, '+', 1) }))
    .where('agency_id', '=', agencyId)
    .where('id', '=', disposalId)
    .execute();
}

const disposalColumns = [
  'id',
  'years',
  'closed_until as closedUntil',
  'state',
  'forms',
  'disposed',
  'spared',
  'proposed_by as proposedBy',
  'proposed_by_name as proposedByName',
  'proposed_at as proposedAt',
  'decided_by_name as decidedByName',
  'decided_at as decidedAt',
  'reason',
  'done_at as doneAt',
] as const;

export async function insertDisposal(
  db: Db,
  agencyId: number,
  given: Pick<Disposal, 'years' | 'closedUntil' | 'forms' | 'proposedBy' | 'proposedByName' | 'proposedAt'>,
): Promise<number> {
  const { id } = await db
    .insertInto('request_disposals')
    .values({
      agency_id: agencyId,
      years: given.years,
      closed_until: given.closedUntil,
      state: 'proposed',
      forms: given.forms,
      proposed_by: given.proposedBy,
      proposed_by_name: given.proposedByName,
      proposed_at: given.proposedAt,
      decided_by: null,
      decided_by_name: null,
      decided_at: null,
      done_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function setForms(db: Db, agencyId: number, id: number, forms: number): Promise<void> {
  await db
    .updateTable('request_disposals')
    .set({ forms })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function findDisposal(db: Db, agencyId: number, id: number): Promise<Disposal | null> {
  return (await disposalRow(db, agencyId, id).executeTakeFirst()) ?? null;
}

export async function lockDisposal(db: Db, agencyId: number, id: number): Promise<Disposal | null> {
  return (await disposalRow(db, agencyId, id).forUpdate().executeTakeFirst()) ?? null;
}

const disposalRow = (db: Db, agencyId: number, id: number) =>
  db
    .selectFrom('request_disposals')
    .select(disposalColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id);

/** Newest first. */
export async function disposalsPage(
  db: Db,
  agencyId: number,
  page: { before: number | null; limit: number },
): Promise<Disposal[]> {
  let query = db
    .selectFrom('request_disposals')
    .select(disposalColumns)
    .where('agency_id', '=', agencyId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  return query.execute();
}

/** Lists that are approved and not carried out to the end, oldest first. */
export async function approvedDisposals(db: Db, agencyId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('request_disposals')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'approved')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function countProposed(db: Db, agencyId: number): Promise<number> {
  const { count } = await db
    .selectFrom('request_disposals')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'proposed')
    .executeTakeFirstOrThrow();
  return count;
}

export async function decideDisposalRow(
  db: Db,
  agencyId: number,
  id: number,
  given: {
    state: Exclude<DisposalState, 'proposed' | 'done'>;
    by: number | null;
    byName: string;
    at: Date;
    reason: string;
  },
): Promise<void> {
  await db
    .updateTable('request_disposals')
    .set({
      state: given.state,
      decided_by: given.by,
      decided_by_name: given.byName,
      decided_at: given.at,
      reason: given.reason,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function endDisposal(db: Db, agencyId: number, id: number, at: Date): Promise<void> {
  await db
    .updateTable('request_disposals')
    .set({ state: 'done', done_at: at })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('state', '=', 'approved')
    .execute();
}

/** Holds due forms back, also those on a list that is not approved. Returns which it took. */
export async function insertHolds(
  db: Db,
  agencyId: number,
  formIds: readonly number[],
  hold: { reason: string; by: string; at: Date },
): Promise<{ id: number; number: string }[]> {
  const { rows } = await sql<{ id: number; number: string }>`
    WITH held AS (
      INSERT INTO request_disposal_holds (agency_id, form_id, reason, held_by, held_at)
      SELECT f.agency_id, f.id, ${hold.reason}, ${hold.by}, ${hold.at} FROM request_forms f
      WHERE f.agency_id = ${agencyId} AND f.id = ANY (${[...formIds]}::bigint[]) AND f.disposed_on IS NULL
      ON CONFLICT DO NOTHING RETURNING form_id)
    SELECT f.id, f.number FROM held JOIN request_forms f ON f.agency_id = ${agencyId} AND f.id = held.form_id
    ORDER BY f.id`.execute(db);
  return rows;
}

export async function deleteHold(
  db: Db,
  agencyId: number,
  formId: number,
): Promise<{ number: string; reason: string } | null> {
  const { rows } = await sql<{ number: string; reason: string }>`
    WITH freed AS (
      DELETE FROM request_disposal_holds WHERE agency_id = ${agencyId} AND form_id = ${formId}
      RETURNING form_id, reason)
    SELECT f.number, freed.reason FROM freed
    JOIN request_forms f ON f.agency_id = ${agencyId} AND f.id = freed.form_id`.execute(db);
  return rows[0] ?? null;
}

/** Newest first, behind a place that a page before gave. */
export async function heldForms(
  db: Db,
  agencyId: number,
  page: { behind: { at: Date; id: number } | null; limit: number },
): Promise<HeldForm[]> {
  const { behind } = page;
  const after = behind === null ? sql`` : sql`AND (h.held_at, h.form_id) < (${behind.at}, ${behind.id})`;
  const { rows } = await sql<HeldForm>`
    SELECT ${columns}, h.reason, h.held_by AS "heldBy", h.held_at AS "heldAt"
    FROM request_disposal_holds h
    JOIN request_forms f ON f.agency_id = h.agency_id AND f.id = h.form_id ${closing}
    WHERE h.agency_id = ${agencyId} ${after}
    ORDER BY h.held_at DESC, h.form_id DESC LIMIT ${page.limit}`.execute(db);
  return rows;
}

/** The list that a form was disposed of with. */
export async function disposalOfForm(
  db: Db,
  agencyId: number,
  formId: number,
): Promise<{ id: number; decidedByName: string; on: string } | null> {
  const row = await db
    .selectFrom('request_forms as f')
    .innerJoin('request_disposals as d', (join) =>
      join.onRef('d.agency_id', '=', 'f.agency_id').onRef('d.id', '=', 'f.disposal_id'),
    )
    .select(['d.id', 'd.decided_by_name as decidedByName', 'f.disposed_on as on'])
    .where('f.agency_id', '=', agencyId)
    .where('f.id', '=', formId)
    .where('f.disposed_on', 'is not', null)
    .executeTakeFirst();
  return row?.on ? { id: row.id, decidedByName: row.decidedByName ?? '', on: row.on } : null;
}
