import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

/** Notes addresses that texts lead to, so that they are asked when their turn comes. */
export async function noteHrefs(db: Db, agencyId: number, hrefs: readonly string[], at: Date): Promise<void> {
  if (hrefs.length === 0) return;
  await sql`INSERT INTO checked_links (agency_id, href, noted_at)
    SELECT ${agencyId}::int, href, ${at}::timestamptz FROM unnest(${[...hrefs].sort()}::text[]) AS href
    ON CONFLICT (agency_id, href) DO UPDATE SET noted_at = excluded.noted_at
      WHERE checked_links.noted_at < excluded.noted_at - interval '7 days'`.execute(db);
}

/** Those of these addresses that did not open when they were asked last. */
export async function deadHrefs(
  db: Db,
  agencyId: number,
  hrefs: readonly string[],
): Promise<{ href: string; fault: string; checkedAt: Date | null }[]> {
  if (hrefs.length === 0) return [];
  return db
    .selectFrom('checked_links')
    .select(['href', 'fault', 'checked_at as checkedAt'])
    .where('agency_id', '=', agencyId)
    .where('href', 'in', [...hrefs])
    .where('fault', '<>', '')
    .execute();
}

/** Addresses whose turn has come: new ones, dead ones after a day, others after a week. */
export async function dueHrefs(
  db: Db,
  now: Date,
  most: number,
): Promise<{ agencyId: number; href: string }[]> {
  return db
    .selectFrom('checked_links')
    .select(['agency_id as agencyId', 'href'])
    .where(
      sql<boolean>`(checked_at IS NULL OR checked_at < ${now}::timestamptz - CASE WHEN fault = '' THEN interval '7 days'
        ELSE interval '1 day' END)`,
    )
    .orderBy(sql`checked_at NULLS FIRST`)
    .limit(most)
    .execute();
}

export async function markHref(
  db: Db,
  key: { agencyId: number; href: string },
  fault: string,
  at: Date,
): Promise<void> {
  await db
    .updateTable('checked_links')
    .set({ fault, checked_at: at })
    .where('agency_id', '=', key.agencyId)
    .where('href', '=', key.href)
    .execute();
}

/** Forgets addresses that no text was saved with for so long. */
export async function forgetHrefs(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('checked_links').where('noted_at', '<', before).execute();
}
