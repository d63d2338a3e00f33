import { sql } from 'kysely';
import type { Db } from '../db.ts';
import './schema.ts';

/** Which layout the entries of an agency were written in; 0 when nobody noted one. */
export async function layoutOf(db: Db, agencyId: number): Promise<number> {
  const row = await db
    .selectFrom('search_states')
    .select('layout')
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
  return row?.layout ?? 0;
}

export async function noteLayout(db: Db, agencyId: number, layout: number): Promise<void> {
  await sql`INSERT INTO search_states (agency_id, layout) VALUES (${agencyId}::int, ${layout}::int)
    ON CONFLICT (agency_id) DO UPDATE SET layout = excluded.layout`.execute(db);
}
