import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { CalendarNotice, LocalDay } from '../../law/index.ts';
import './schema.ts';

export interface StoredNotice {
  id: number;
  agencyId: number;
  agencyName: string;
  notice: CalendarNotice;
  importedAt: Date;
  importedBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
}

export interface StoredLocalDay extends LocalDay {
  agencyId: number;
  agencyName: string;
  ground: string;
  addedAt: Date;
  addedBy: string;
}

/** The agency and all above it, top first, with its distance in `rise`. */
function lineage(agencyId: number): RawBuilder<{ id: number; name: string; rise: number }> {
  return sql`(
    WITH RECURSIVE line AS (
      SELECT id, parent_id, name, 0 AS rise FROM agencies WHERE id = ${agencyId}
      UNION ALL
      SELECT above.id, above.parent_id, above.name, line.rise + 1
      FROM agencies above JOIN line ON above.id = line.parent_id WHERE line.rise < 20
    ) SELECT id, name, rise FROM line
  )`;
}

/** Changes whenever a layer of the agency or of one above it changes. */
export async function layersRevision(db: Db, agencyId: number): Promise<string> {
  const { rows } = await sql<{ revision: string | null }>`
    SELECT current_database() || ' ' || string_agg(line.id || ':' || calendar_revisions.revision, ' ' ORDER BY line.rise)
      AS revision
    FROM ${lineage(agencyId)} AS line JOIN calendar_revisions ON calendar_revisions.agency_id = line.id
  `.execute(db);
  return rows[0]?.revision ?? '';
}

export async function raiseRevision(db: Db, agencyId: number): Promise<void> {
  await db
    .insertInto('calendar_revisions')
    .values({ agency_id: agencyId, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .column('agency_id')
        .doUpdateSet((eb) => ({ revision: eb('calendar_revisions.revision', '+', 1) })),
    )
    .execute();
}

/** Imported notices that apply to the agency: those of agencies above it first, then in the order of import. */
export async function noticesFor(
  db: Db,
  agencyId: number,
  filter: { withdrawn: boolean },
): Promise<StoredNotice[]> {
  let query = db
    .selectFrom('calendar_notices')
    .innerJoin(lineage(agencyId).as('line'), 'line.id', 'calendar_notices.agency_id')
    .selectAll('calendar_notices')
    .select('line.name as agency_name')
    .orderBy('line.rise', 'desc')
    .orderBy('calendar_notices.id');
  if (!filter.withdrawn) query = query.where('withdrawn_at', 'is', null);
  return (await query.execute()).map((row) => ({
    id: row.id,
    agencyId: row.agency_id,
    agencyName: row.agency_name,
    notice: {
      year: row.year,
      notices: [
        {
          title: row.title,
          ...(row.number ? { number: row.number } : {}),
          ...(row.issued_on ? { date: row.issued_on } : {}),
        },
      ],
      days: row.days,
    },
    importedAt: row.imported_at,
    importedBy: row.imported_by,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
  }));
}

export async function localDaysFor(db: Db, agencyId: number): Promise<StoredLocalDay[]> {
  const rows = await db
    .selectFrom('calendar_local_days')
    .innerJoin(lineage(agencyId).as('line'), 'line.id', 'calendar_local_days.agency_id')
    .selectAll('calendar_local_days')
    .select('line.name as agency_name')
    .orderBy('line.rise', 'desc')
    .orderBy('calendar_local_days.date')
    .execute();
  return rows.map((row) => ({
    date: row.date,
    name: row.name,
    isOffDay: row.is_off_day,
    agencyId: row.agency_id,
    agencyName: row.agency_name,
    ground: row.ground,
    addedAt: row.added_at,
    addedBy: row.added_by,
  }));
}

export async function insertNotice(
  db: Db,
  agencyId: number,
  notice: CalendarNotice,
  by: { at: Date; name: string },
): Promise<number> {
  const dates = notice.notices.flatMap(({ date }) => (date ? [date] : [])).sort();
  const row = await db
    .insertInto('calendar_notices')
    .values({
      agency_id: agencyId,
      year: notice.year,
      title: notice.notices.map(({ title }) => title).join(';'),
      number: notice.notices.flatMap(({ number }) => number ?? []).join(';'),
      issued_on: dates.at(-1) ?? null,
      days: JSON.stringify(notice.days),
      imported_at: by.at,
      imported_by: by.name,
      withdrawn_at: null,
      withdrawn_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The agency's own newest import that still applies, locked; null when there is none. */
export async function lockLatestImport(db: Db, agencyId: number) {
  const row = await db
    .selectFrom('calendar_notices')
    .select(['id', 'year', 'title', 'days'])
    .where('agency_id', '=', agencyId)
    .where('withdrawn_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function withdrawNotice(
  db: Db,
  agencyId: number,
  id: number,
  by: { at: Date; name: string },
): Promise<void> {
  await db
    .updateTable('calendar_notices')
    .set({ withdrawn_at: by.at, withdrawn_by: by.name })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** False when the agency already has a local day on that date. */
export async function insertLocalDay(
  db: Db,
  agencyId: number,
  day: LocalDay & { ground: string },
  by: { at: Date; name: string },
): Promise<boolean> {
  const row = await db
    .insertInto('calendar_local_days')
    .values({
      agency_id: agencyId,
      date: day.date,
      name: day.name,
      is_off_day: day.isOffDay,
      ground: day.ground,
      added_at: by.at,
      added_by: by.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('date')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteLocalDay(db: Db, agencyId: number, date: string) {
  const row = await db
    .deleteFrom('calendar_local_days')
    .where('agency_id', '=', agencyId)
    .where('date', '=', date)
    .returning(['date', 'name', 'is_off_day as isOffDay', 'ground'])
    .executeTakeFirst();
  return row ?? null;
}
