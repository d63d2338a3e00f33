import { sql } from 'kysely';
import type { Db } from './db.ts';

export interface DatabaseFacts {
  version: string;
  bytes: number;
  /** The largest tables with their indexes, largest first. */
  tables: { name: string; bytes: number; rows: number }[];
}

/** What an operator asks about the database. Numbers of rows are the planner's estimate, which costs nothing. */
export async function databaseFacts(db: Db, tables = 8): Promise<DatabaseFacts> {
  const [whole, largest] = await Promise.all([
    sql<{ version: string; bytes: number }>`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes
    `.execute(db),
    sql<{ name: string; bytes: number; rows: number }>`
      SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes, greatest(c.reltuples, 0)::bigint AS rows
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
      ORDER BY bytes DESC, name LIMIT ${tables}
    `.execute(db),
  ]);
  return { version: whole.rows[0]?.version ?? '', bytes: whole.rows[0]?.bytes ?? 0, tables: largest.rows };
}
