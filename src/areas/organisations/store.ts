import { type Selectable, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { inTreeOrder } from './rules.ts';
import type { AgencySite, AgencyTable } from './schema.ts';
import './schema.ts';

export interface Agency {
  id: number;
  code: string;
  name: string;
  shortName: string;
  parentId: number | null;
  creditCode: string;
  site: AgencySite;
  settings: Record<string, unknown>;
  demonstration: boolean;
  closedOn: string | null;
}

export interface Unit {
  id: number;
  code: string;
  name: string;
  position: number;
  closedOn: string | null;
}

const toAgency = (row: Selectable<AgencyTable>): Agency => ({
  id: row.id,
  code: row.code,
  name: row.name,
  shortName: row.short_name,
  parentId: row.parent_id,
  creditCode: row.credit_code,
  site: row.site,
  settings: row.settings,
  demonstration: row.demonstration,
  closedOn: row.closed_on,
});

export async function findAgency(db: Db, code: string): Promise<Agency | null> {
  const row = await db.selectFrom('agencies').selectAll().where('code', '=', code).executeTakeFirst();
  return row ? toAgency(row) : null;
}

export async function findAgencyById(db: Db, id: number): Promise<Agency | null> {
  const row = await db.selectFrom('agencies').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toAgency(row) : null;
}

/** All agencies in order of their codes. */
export async function allAgencies(db: Db): Promise<Agency[]> {
  const rows = await db.selectFrom('agencies').selectAll().orderBy('code').execute();
  return rows.map(toAgency);
}

/** Whether any agency or member of staff came with demonstration data. */
export async function holdsDemonstration(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM agencies WHERE demonstration) OR EXISTS (SELECT FROM staff WHERE demonstration) AS found`.execute(
    db,
  );
  return rows[0]?.found ?? false;
}

/** The whole tree in reading order: each agency with its depth, followed by its subordinates. */
export async function listAgencies(db: Db): Promise<(Agency & { depth: number })[]> {
  return inTreeOrder(await allAgencies(db));
}

/** The agency whose site this host name shows; else the first agency without a superior, or null in an empty house. */
export async function portalAgency(db: Db, host: string): Promise<Agency | null> {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const row = await db
    .selectFrom('agencies')
    .selectAll()
    .where('closed_on', 'is', null)
    .where((eb) => eb.or([eb(sql`site ->> 'domain'`, '=', name), eb('parent_id', 'is', null)]))
    .orderBy(sql`coalesce(site ->> 'domain', '') = ${name}`, 'desc')
    .orderBy('id')
    .executeTakeFirst();
  return row ? toAgency(row) : null;
}

/** Agencies directly below this one and still open; their reports are consolidated into its own (逐级汇总). */
export async function subordinatesOf(db: Db, agencyId: number): Promise<Agency[]> {
  const rows = await db
    .selectFrom('agencies')
    .selectAll()
    .where('parent_id', '=', agencyId)
    .where('closed_on', 'is', null)
    .orderBy('code')
    .execute();
  return rows.map(toAgency);
}

/** Units of an agency in their own order; `openOn` leaves out those closed before that date. */
export async function listUnits(
  db: Db,
  agencyId: number,
  options: { openOn?: string } = {},
): Promise<Unit[]> {
  let query = db
    .selectFrom('units')
    .select(['id', 'code', 'name', 'position', 'closed_on as closedOn'])
    .where('agency_id', '=', agencyId);
  const { openOn } = options;
  if (openOn)
    query = query.where((eb) => eb.or([eb('closed_on', 'is', null), eb('closed_on', '>=', openOn)]));
  return query.orderBy('position').orderBy('code').execute();
}

export async function findUnit(db: Db, agencyId: number, unitId: number): Promise<Unit | null> {
  const row = await db
    .selectFrom('units')
    .select(['id', 'code', 'name', 'position', 'closed_on as closedOn'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', unitId)
    .executeTakeFirst();
  return row ?? null;
}

export async function findUnitByCode(db: Db, agencyId: number, code: string): Promise<Unit | null> {
  const row = await db
    .selectFrom('units')
    .select(['id', 'code', 'name', 'position', 'closed_on as closedOn'])
    .where('agency_id', '=', agencyId)
    .where('code', '=', code)
    .executeTakeFirst();
  return row ?? null;
}

/** Locks an agency's row, so that "the last administrator" is counted by one at a time. */
export async function lockAgency(db: Db, agencyId: number): Promise<Agency | null> {
  const row = await db
    .selectFrom('agencies')
    .selectAll()
    .where('id', '=', agencyId)
    .forUpdate()
    .executeTakeFirst();
  return row ? toAgency(row) : null;
}

type AgencyWrite = Omit<Agency, 'id' | 'closedOn'>;

const agencyColumns = (agency: AgencyWrite) => ({
  code: agency.code,
  name: agency.name,
  short_name: agency.shortName,
  parent_id: agency.parentId,
  credit_code: agency.creditCode,
  site: JSON.stringify(agency.site),
  settings: JSON.stringify(agency.settings),
  demonstration: agency.demonstration,
});

export async function insertAgency(db: Db, agency: AgencyWrite): Promise<number> {
  const row = await db
    .insertInto('agencies')
    .values({ ...agencyColumns(agency), closed_on: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateAgency(db: Db, id: number, agency: AgencyWrite): Promise<void> {
  await db.updateTable('agencies').set(agencyColumns(agency)).where('id', '=', id).execute();
}

export async function insertUnit(
  db: Db,
  agencyId: number,
  unit: Omit<Unit, 'id' | 'closedOn'>,
): Promise<number> {
  const row = await db
    .insertInto('units')
    .values({ agency_id: agencyId, ...unit, closed_on: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateUnit(
  db: Db,
  agencyId: number,
  unitId: number,
  unit: { name?: string; position?: number; closed_on?: string | null },
): Promise<void> {
  await db
    .updateTable('units')
    .set(unit)
    .where('agency_id', '=', agencyId)
    .where('id', '=', unitId)
    .execute();
}

/** How many people work in a unit on a date. */
export async function countStaffOfUnit(
  db: Db,
  agencyId: number,
  unitId: number,
  on: string,
): Promise<number> {
  const row = await db
    .selectFrom('staff')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>=', on)]))
    .executeTakeFirstOrThrow();
  return row.count;
}
