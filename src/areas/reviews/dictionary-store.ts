import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { DictionaryEntry } from './model.ts';
import './schema.ts';

/** A word as the agency keeps it; `builtIn` names the word of the program it takes the place of. */
export interface KeptEntry extends DictionaryEntry {
  id: number;
  builtIn: string | null;
  changedBy: string;
  changedAt: Date;
}

/** What the agency added and changed, oldest first. */
export async function keptEntries(db: Db, agencyId: number): Promise<KeptEntry[]> {
  const rows = await db
    .selectFrom('dictionary_entries')
    .select([
      'id',
      'built_in as builtIn',
      'kind',
      'severity',
      'wrong',
      'right',
      'near',
      'not_near as notNear',
      'exceptions',
      'note',
      'source',
      'enabled',
      'changed_by as changedBy',
      'changed_at as changedAt',
    ])
    .where('agency_id', '=', agencyId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, key: row.builtIn ?? `a:${row.id}` }));
}

/** Writes a word the agency added; null makes a new one. Returns its number. */
export async function writeEntry(
  db: Db,
  agencyId: number,
  entry: Omit<KeptEntry, 'id' | 'key'> & { id: number | null },
): Promise<number> {
  const values = {
    built_in: entry.builtIn,
    kind: entry.kind,
    severity: entry.severity,
    wrong: entry.wrong,
    right: [...entry.right],
    near: [...entry.near],
    not_near: [...entry.notNear],
    exceptions: [...entry.exceptions],
    note: entry.note,
    source: entry.source,
    enabled: entry.enabled,
    changed_by: entry.changedBy,
    changed_at: entry.changedAt,
  };
  await revise(db, agencyId);
  if (entry.id === null) {
    const row = await db
      .insertInto('dictionary_entries')
      .values({ agency_id: agencyId, ...values })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }
  await db
    .updateTable('dictionary_entries')
    .set(values)
    .where('agency_id', '=', agencyId)
    .where('id', '=', entry.id)
    .execute();
  return entry.id;
}

export async function deleteEntry(db: Db, agencyId: number, id: number): Promise<void> {
  await revise(db, agencyId);
  await db.deleteFrom('dictionary_entries').where('agency_id', '=', agencyId).where('id', '=', id).execute();
}

/** Different after every change; '' while the agency has only the words of the program. */
export async function revisionOf(db: Db, agencyId: number): Promise<string> {
  const row = await db
    .selectFrom('dictionary_states')
    .select('revision')
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
  return row?.revision ?? '';
}

async function revise(db: Db, agencyId: number): Promise<void> {
  await sql`INSERT INTO dictionary_states (agency_id) VALUES (${agencyId})
    ON CONFLICT (agency_id) DO UPDATE SET revision = gen_random_uuid()`.execute(db);
}

/** Two who change the dictionary of one agency wait for each other. */
export async function lockDictionary(db: Db, agencyId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(49, ${agencyId})`.execute(db);
}
