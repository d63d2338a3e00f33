import { type Selectable, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Role } from './policy.ts';
import type { RolePeriod } from './rules.ts';
import type { StaffTable } from './schema.ts';

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
