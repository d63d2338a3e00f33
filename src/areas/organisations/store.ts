import { type Selectable, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Role } from './policy.ts';
import { inTreeOrder, type RolePeriod } from './rules.ts';
import type { AgencySite, AgencyTable, StaffTable } from './schema.ts';
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

export interface StaffMember {
  agencyId: number;
  id: number;
  unitId: number;
  unitName: string;
  name: string;
  username: string;
  post: string;
  phone: string;
  email: string;
  accountId: string | null;
  mustChangePassword: boolean;
  leftOn: string | null;
  demonstration: boolean;
  roles: RolePeriod[];
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

/** Name of a unit, or `(未知部门)` when the agency has none with this id. */
export async function unitName(db: Db, agencyId: number, unitId: number): Promise<string> {
  return (await findUnit(db, agencyId, unitId))?.name ?? '(未知部门)';
}

export interface StaffFilter {
  unitId?: number | undefined;
  role?: Role | undefined;
  /** Part of a name or username. */
  text?: string | undefined;
  /** `here` unless told. */
  state?: 'here' | 'left' | 'all' | undefined;
  /** The date on which `role` is held and presence is asked. */
  on: string;
  /** Username after which the page starts. */
  after?: string | undefined;
  limit?: number | undefined;
}

const staffColumns = [
  'staff.agency_id as agencyId',
  'staff.id',
  'staff.unit_id as unitId',
  'units.name as unitName',
  'staff.name',
  'staff.username',
  'staff.post',
  'staff.phone',
  'staff.email',
  'staff.account_id as accountId',
  'staff.must_change_password as mustChangePassword',
  'staff.left_on as leftOn',
  'staff.demonstration',
] as const;

const staffRows = (db: Db) =>
  db
    .selectFrom('staff')
    .innerJoin('units', (join) =>
      join.onRef('units.agency_id', '=', 'staff.agency_id').onRef('units.id', '=', 'staff.unit_id'),
    )
    .select(staffColumns)
    .select(
      sql<RolePeriod[]>`coalesce((
        SELECT json_agg(json_build_object('role', role, 'from', from_on::text, 'to', to_on::text) ORDER BY from_on, role)
        FROM staff_roles WHERE agency_id = staff.agency_id AND staff_id = staff.id), '[]')`.as('roles'),
    );

/** Staff of an agency by username, a page at a time. */
export async function listStaff(db: Db, agencyId: number, filter: StaffFilter): Promise<StaffMember[]> {
  let query = staffRows(db).where('staff.agency_id', '=', agencyId);
  const { unitId, role, on, text, after } = filter;
  if (unitId !== undefined) query = query.where('staff.unit_id', '=', unitId);
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([eb('staff.name', 'like', pattern), eb('staff.username', 'like', pattern)]),
    );
  }
  if (role) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('staff_roles')
          .select('role')
          .whereRef('staff_roles.agency_id', '=', 'staff.agency_id')
          .whereRef('staff_roles.staff_id', '=', 'staff.id')
          .where('staff_roles.role', '=', role)
          .where('from_on', '<=', on)
          .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', on)])),
      ),
    );
  }
  const state = filter.state ?? 'here';
  if (state === 'here') {
    query = query.where((eb) => eb.or([eb('staff.left_on', 'is', null), eb('staff.left_on', '>=', on)]));
  }
  if (state === 'left') query = query.where('staff.left_on', '<', on);
  if (after) query = query.where('staff.username', '>', after);
  return query
    .orderBy('staff.username')
    .limit(filter.limit ?? 10_000)
    .execute();
}

/** Those who hold a role on a civil date and have not left. */
export function staffWithRole(db: Db, agencyId: number, role: Role, on: string): Promise<StaffMember[]> {
  return listStaff(db, agencyId, { role, on });
}

export async function findStaff(db: Db, agencyId: number, staffId: number): Promise<StaffMember | null> {
  const row = await staffRows(db)
    .where('staff.agency_id', '=', agencyId)
    .where('staff.id', '=', staffId)
    .executeTakeFirst();
  return row ?? null;
}

/** Usernames are unique in the whole installation, in lower case. */
export async function findStaffByUsername(db: Db, username: string): Promise<StaffMember | null> {
  const row = await staffRows(db).where('staff.username', '=', username.toLowerCase()).executeTakeFirst();
  return row ?? null;
}

export async function findStaffByAccount(db: Db, accountId: string): Promise<StaffMember | null> {
  const row = await staffRows(db).where('staff.account_id', '=', accountId).executeTakeFirst();
  return row ?? null;
}

/** Locks one person's row, so that two officers changing roles wait for each other. */
export async function lockStaff(db: Db, agencyId: number, staffId: number): Promise<StaffMember | null> {
  await db
    .selectFrom('staff')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '=', staffId)
    .forUpdate()
    .execute();
  return findStaff(db, agencyId, staffId);
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

type StaffWrite = Partial<Omit<Selectable<StaffTable>, 'agency_id' | 'id' | 'created_at'>>;

export async function insertStaff(
  db: Db,
  agencyId: number,
  staff: StaffWrite & { unit_id: number; name: string; username: string },
): Promise<number> {
  const row = await db
    .insertInto('staff')
    .values({ agency_id: agencyId, account_id: null, left_on: null, ...staff })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateStaff(
  db: Db,
  agencyId: number,
  staffId: number,
  staff: StaffWrite,
): Promise<void> {
  await db
    .updateTable('staff')
    .set(staff)
    .where('agency_id', '=', agencyId)
    .where('id', '=', staffId)
    .execute();
}

/** Ties a person to the account that signs in for them, and says whether its password must be changed first. */
export async function setStaffAccount(
  db: Db,
  agencyId: number,
  staffId: number,
  account: { accountId?: string; mustChangePassword: boolean },
): Promise<void> {
  await updateStaff(db, agencyId, staffId, {
    ...(account.accountId === undefined ? {} : { account_id: account.accountId }),
    must_change_password: account.mustChangePassword,
  });
}

export async function insertRole(
  db: Db,
  agencyId: number,
  staffId: number,
  period: RolePeriod,
): Promise<void> {
  await db
    .insertInto('staff_roles')
    .values({
      agency_id: agencyId,
      staff_id: staffId,
      role: period.role,
      from_on: period.from,
      to_on: period.to,
    })
    .execute();
}

/** Sets the last day of a role. */
export async function closeRole(
  db: Db,
  agencyId: number,
  staffId: number,
  period: RolePeriod,
  to: string,
): Promise<void> {
  await db
    .updateTable('staff_roles')
    .set({ to_on: to })
    .where('agency_id', '=', agencyId)
    .where('staff_id', '=', staffId)
    .where('role', '=', period.role)
    .where('from_on', '=', period.from)
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
