import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type {
  Correction,
  CorrectionMessage,
  CorrectionStanding,
  CorrectionState,
  MessageSide,
  Page,
} from './model.ts';
import { pageOf } from './paging.ts';
import { isOverdue } from './rules.ts';
import './schema.ts';

type Case = Omit<Correction, 'messages'>;

const cases = (db: Db, agencyId: number) =>
  db
    .selectFrom('filed_corrections as c')
    .innerJoin('reporting_units as u', (join) =>
      join.onRef('u.agency_id', '=', 'c.agency_id').onRef('u.id', '=', 'c.unit_id'),
    )
    .where('c.agency_id', '=', agencyId)
    .select([
      'c.id',
      'c.unit_id as unitId',
      'u.name as unitName',
      'c.year',
      'c.state',
      'c.version',
      'c.due_on as dueOn',
      'c.opened_at as openedAt',
      'c.opened_by as openedBy',
      'c.closed_at as closedAt',
      'c.closed_by as closedBy',
      'c.close_reason as closeReason',
    ]);

const withDate =
  (today: string) =>
  (row: Omit<Case, 'overdue'>): Case => ({ ...row, overdue: isOverdue(row, today) });

export async function lockCorrection(
  db: Db,
  agencyId: number,
  id: number,
  today: string,
): Promise<Case | null> {
  const row = await cases(db, agencyId).where('c.id', '=', id).forUpdate('c').executeTakeFirst();
  return row ? withDate(today)(row) : null;
}

export async function findCorrection(
  db: Db,
  agencyId: number,
  id: number,
  today: string,
): Promise<Correction | null> {
  const row = await cases(db, agencyId).where('c.id', '=', id).executeTakeFirst();
  if (!row) return null;
  const messages = await messagesOf(db, agencyId, [id]);
  return { ...withDate(today)(row), messages: messages.get(id) ?? [] };
}

/** The correction of a report that is not closed, locked. */
export async function lockLivingCorrection(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<{ id: number; state: CorrectionState; version: number } | null> {
  const row = await db
    .selectFrom('filed_corrections')
    .select(['id', 'state', 'version'])
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .where('state', '<>', 'closed')
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** All corrections of a report, newest first, with their conversations. */
export async function correctionsOf(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
  today: string,
): Promise<Correction[]> {
  const rows = await cases(db, agencyId)
    .where('c.unit_id', '=', unitId)
    .where('c.year', '=', year)
    .orderBy('c.id', 'desc')
    .limit(100)
    .execute();
  const messages = await messagesOf(
    db,
    agencyId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...withDate(today)(row), messages: messages.get(row.id) ?? [] }));
}

async function messagesOf(
  db: Db,
  agencyId: number,
  ids: readonly number[],
): Promise<Map<number, CorrectionMessage[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('filed_correction_messages')
    .select(['id', 'correction_id', 'side', 'by_name as byName', 'at', 'text', 'version'])
    .where('agency_id', '=', agencyId)
    .where('correction_id', 'in', [...ids])
    .orderBy('correction_id')
    .orderBy('id')
    .limit(2000)
    .execute();
  const found = new Map<number, CorrectionMessage[]>();
  for (const { correction_id, ...message } of rows)
    found.set(correction_id, [...(found.get(correction_id) ?? []), message]);
  return found;
}

export async function insertCorrection(
  db: Db,
  agencyId: number,
  values: { unitId: number; year: number; version: number; dueOn: string; openedAt: Date; openedBy: string },
): Promise<number | null> {
  const row = await db
    .insertInto('filed_corrections')
    .values({
      agency_id: agencyId,
      unit_id: values.unitId,
      year: values.year,
      state: 'open',
      version: values.version,
      due_on: values.dueOn,
      opened_at: values.openedAt,
      opened_by: values.openedBy,
      closed_at: null,
      closed_by: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['agency_id', 'unit_id', 'year']).where('state', '<>', 'closed').doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function updateCorrection(
  db: Db,
  agencyId: number,
  id: number,
  change: {
    state?: CorrectionState;
    due_on?: string;
    closed_at?: Date;
    closed_by?: string;
    close_reason?: string;
  },
): Promise<void> {
  await db
    .updateTable('filed_corrections')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function insertMessage(
  db: Db,
  agencyId: number,
  message: {
    correctionId: number;
    side: MessageSide;
    byName: string;
    at: Date;
    text: string;
    version: number | null;
  },
): Promise<void> {
  await db
    .insertInto('filed_correction_messages')
    .values({
      agency_id: agencyId,
      correction_id: message.correctionId,
      side: message.side,
      by_name: message.byName,
      at: message.at,
      text: message.text,
      version: message.version,
    })
    .execute();
}

/** By due date, the earliest first; closed ones newest first. */
export async function correctionsPage(
  db: Db,
  agencyId: number,
  filter: { state: CorrectionState | 'overdue'; year?: number },
  today: string,
  page: { after: string | null; limit: number },
): Promise<Page<Case>> {
  const closed = filter.state === 'closed';
  const [, on, id] = /^(\d{4}-\d{2}-\d{2}),(\d{1,15})$/.exec(page.after ?? '') ?? [];
  let query = cases(db, agencyId)
    .where('c.state', '=', filter.state === 'overdue' ? 'open' : filter.state)
    .limit(page.limit + 1);
  if (filter.state === 'overdue') query = query.where('c.due_on', '<', today);
  if (filter.year !== undefined) query = query.where('c.year', '=', filter.year);
  query = closed
    ? query.orderBy('c.due_on', 'desc').orderBy('c.id', 'desc')
    : query.orderBy('c.due_on').orderBy('c.id');
  if (on !== undefined && id !== undefined) {
    query = query.where(
      closed
        ? sql<SqlBool>`(c.due_on, c.id) < (${on}::date, ${id}::bigint)`
        : sql<SqlBool>`(c.due_on, c.id) > (${on}::date, ${id}::bigint)`,
    );
  }
  const rows = (await query.execute()).map(withDate(today));
  const found = pageOf(rows, page.limit, { item: (row) => row, cursor: () => [] });
  const last = found.items.at(-1);
  return { items: found.items, next: found.next !== null && last ? `${last.dueOn},${last.id}` : null };
}

/** The corrections of these units that are not closed, by `unit/year`. */
export async function livingCorrections(
  db: Db,
  agencyId: number,
  unitIds: readonly number[],
  years: readonly number[],
  today: string,
): Promise<Map<string, CorrectionStanding>> {
  const rows = await db
    .selectFrom('filed_corrections')
    .select(['id', 'unit_id', 'year', 'state', 'due_on as dueOn'])
    .where('agency_id', '=', agencyId)
    .where('state', '<>', 'closed')
    .where(sql<SqlBool>`unit_id = ANY(${[...unitIds]}::bigint[]) AND year = ANY(${[...years]}::smallint[])`)
    .execute();
  return new Map(
    rows.flatMap(({ id, unit_id, year, state, dueOn }) =>
      state === 'closed'
        ? []
        : [
            [
              `${unit_id}/${year}`,
              { id, state, dueOn, overdue: isOverdue({ state, dueOn }, today) },
            ] as const,
          ],
    ),
  );
}
