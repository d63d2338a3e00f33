import type { Db } from '../../core/db.ts';
import './schema.ts';
import type { GivenRow } from './import-actions.ts';
import type { RegisterKey } from './register.ts';

interface Waiting {
  agencyId: number;
  register: RegisterKey;
  staffId: number;
}

/** Keeps a read file until it is confirmed, and forgets those nobody confirmed. */
export async function keepImport(
  db: Db,
  waiting: Waiting & { fileName: string; rows: readonly GivenRow[]; now: Date; abandonedBefore: Date },
): Promise<number> {
  await db
    .deleteFrom('register_imports')
    .where('agency_id', '=', waiting.agencyId)
    .where('read_at', '<', waiting.abandonedBefore)
    .execute();
  const { id } = await db
    .insertInto('register_imports')
    .values({
      agency_id: waiting.agencyId,
      register: waiting.register,
      staff_id: waiting.staffId,
      file_name: waiting.fileName,
      rows: JSON.stringify(waiting.rows),
      read_at: waiting.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes a waiting file out, once; null when it is another person's, was confirmed already or is gone. */
export async function takeImport(
  db: Db,
  waiting: Waiting & { id: number },
): Promise<{ fileName: string; rows: GivenRow[] } | null> {
  const row = await db
    .deleteFrom('register_imports')
    .where('agency_id', '=', waiting.agencyId)
    .where('id', '=', waiting.id)
    .where('register', '=', waiting.register)
    .where('staff_id', '=', waiting.staffId)
    .returning(['file_name', 'rows'])
    .executeTakeFirst();
  return row ? { fileName: row.file_name, rows: row.rows } : null;
}
