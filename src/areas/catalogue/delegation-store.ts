import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

/** Those whose reviews this person may do on that day, with the roles they hold then. */
export async function delegationsTo(
  db: Db,
  agencyId: number,
  staffId: number,
  on: string,
): Promise<{ staffId: number; roles: string[] }[]> {
  const { rows } = await sql<{ staffId: number; roles: string[] }>`
    SELECT d.from_id AS "staffId", array_agg(DISTINCT r.role) AS roles
    FROM review_delegations d
    JOIN staff_roles r ON r.agency_id = d.agency_id AND r.staff_id = d.from_id
      AND r.from_on <= ${on}::date AND (r.to_on IS NULL OR r.to_on >= ${on}::date)
    WHERE d.agency_id = ${agencyId} AND d.to_id = ${staffId} AND d.from_on <= ${on}::date AND d.to_on >= ${on}::date
      AND d.revoked_on IS NULL
    GROUP BY d.from_id`.execute(db);
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
