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
