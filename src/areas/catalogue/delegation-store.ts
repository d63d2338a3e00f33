import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

/** Those whose reviews this person may do on that day, with the roles they hold then. */
export async function delegationsTo(
  db: Db,
  agencyId: number,
  staffId: number,
  on: string,
): Promise<{ staffId: number; unitId: number; roles: string[] }[]> {
  const { rows } = await sql<{ staffId: number; unitId: number; roles: string[] }>`
    SELECT d.from_id AS "staffId", s.unit_id AS "unitId", array_agg(DISTINCT r.role) AS roles
    FROM review_delegations d JOIN staff s ON s.agency_id = d.agency_id AND s.id = d.from_id
    JOIN staff_roles r ON r.agency_id = d.agency_id AND r.staff_id = d.from_id
      AND r.from_on <= ${on}::date AND (r.to_on IS NULL OR r.to_on >= ${on}::date)
    WHERE d.agency_id = ${agencyId} AND d.to_id = ${staffId} AND d.from_on <= ${on}::date AND d.to_on >= ${on}::date
      AND d.revoked_on IS NULL
    GROUP BY d.from_id, s.unit_id`.execute(db);
  return rows;
}

export async function insertDelegation(
  db: Db,
  agencyId: number,
  given: { fromId: number; toId: number; fromOn: string; toOn: string },
): Promise<number> {
  const { id } = await db
    .insertInto('review_delegations')
    .values({
      agency_id: agencyId,
      from_id: given.fromId,
      to_id: given.toId,
      from_on: given.fromOn,
      to_on: given.toOn,
      revoked_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface Delegation {
  id: number;
  fromId: number;
  fromName: string;
  toId: number;
  toName: string;
  fromOn: string;
  toOn: string;
  revokedOn: string | null;
}

/** Those a person gave or received, the newest first; all of the agency when no person is named. */
export async function listDelegations(
  db: Db,
  agencyId: number,
  staffId: number | null,
): Promise<Delegation[]> {
  return db
    .selectFrom('review_delegations as d')
    .innerJoin('staff as f', (join) =>
      join.onRef('f.agency_id', '=', 'd.agency_id').onRef('f.id', '=', 'd.from_id'),
    )
    .innerJoin('staff as t', (join) =>
      join.onRef('t.agency_id', '=', 'd.agency_id').onRef('t.id', '=', 'd.to_id'),
    )
    .select([
      'd.id',
      'd.from_id as fromId',
      'f.name as fromName',
      'd.to_id as toId',
      't.name as toName',
      'd.from_on as fromOn',
      'd.to_on as toOn',
      'd.revoked_on as revokedOn',
    ])
    .where('d.agency_id', '=', agencyId)
    .$if(staffId !== null, (query) =>
      query.where((where) =>
        where.or([where('d.from_id', '=', staffId as number), where('d.to_id', '=', staffId as number)]),
      ),
    )
    .orderBy('d.id', 'desc')
    .limit(100)
    .execute();
}

/** False when there is no such delegation of his that still runs. */
export async function revokeDelegationRow(
  db: Db,
  agencyId: number,
  id: number,
  by: { fromId: number | null; on: string },
): Promise<boolean> {
  const row = await db
    .updateTable('review_delegations')
    .set({ revoked_on: by.on })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('revoked_on', 'is', null)
    .$if(by.fromId !== null, (query) => query.where('from_id', '=', by.fromId as number))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
