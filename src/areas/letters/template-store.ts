import type { Db } from '../../core/db.ts';
import './schema.ts';

export interface TemplateVersion {
  key: string;
  version: number;
  /** Null where this version restored the default. */
  title: string | null;
  body: string | null;
  byName: string;
  at: Date;
}

const columns = ['key', 'version', 'title', 'body', 'by_name as byName', 'at'] as const;

/** The newest version of one template; null while the agency never changed it. */
export async function newestVersion(db: Db, agencyId: number, key: string): Promise<TemplateVersion | null> {
  const row = await db
    .selectFrom('letter_templates')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** All versions of one template, newest first. */
export async function versionsOf(db: Db, agencyId: number, key: string): Promise<TemplateVersion[]> {
  return db
    .selectFrom('letter_templates')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .limit(200)
    .execute();
}

/** The newest version of every template the agency ever changed, by key. */
export async function changedTemplates(db: Db, agencyId: number): Promise<Map<string, TemplateVersion>> {
  const rows = await db
    .selectFrom('letter_templates')
    .select(columns)
    .distinctOn('key')
    .where('agency_id', '=', agencyId)
    .orderBy('key')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** False when somebody else has just written this version. */
export async function insertVersion(
  db: Db,
  agencyId: number,
  version: TemplateVersion & { byId: number | null },
): Promise<boolean> {
  const { byName, byId, ...rest } = version;
  const row = await db
    .insertInto('letter_templates')
    .values({ agency_id: agencyId, ...rest, by_name: byName, by_id: byId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}
