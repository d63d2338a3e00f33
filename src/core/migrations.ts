import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { SetupFault } from './setup-fault.ts';

export const MIGRATIONS_DIR = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** Any fixed number will do; it keeps two processes that start together from migrating at once. */
const MIGRATION_LOCK = 4_920_711;

const RECORDS = `CREATE TABLE IF NOT EXISTS schema_migrations (
  name text PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

export interface AppliedMigration {
  name: string;
  checksum: string;
}

/**
 * Applies what `migrations/NNNN-name.sql` holds and the database does not know yet, in order, each in its own
 * transaction, one process at a time. Returns the names applied now.
 * @throws SetupFault when an applied migration was edited or has disappeared, or a file name is out of form
 */
export async function migrate(url: string, dir = MIGRATIONS_DIR): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const client = new pg.Client({ connectionString: url, application_name: 'gongkai migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(RECORDS);
    const pending = pendingMigrations(migrations, await appliedMigrations(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/**
 * Inside the caller's transaction, and holding the lock of `migrate` until it ends: applies what the database lacks, or
 * only what is among `wanted`. Returns the names applied.
 * @throws SetupFault as `migrate` does, also for a migration of `wanted` or of the database that the program lacks
 */
export async function migrateWithin(
  client: pg.Client,
  wanted?: readonly AppliedMigration[],
): Promise<string[]> {
  const migrations = await readMigrations(MIGRATIONS_DIR);
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query(RECORDS);
  const pending = pendingMigrations(migrations, await appliedMigrations(client));
  if (wanted) pendingMigrations(migrations, wanted);
  const names = wanted && new Set(wanted.map(({ name }) => name));
  const chosen = pending.filter(({ name }) => names?.has(name) ?? true);
  for (const migration of chosen) await run(client, migration);
  return chosen.map(({ name }) => name);
}

/** The migrations the database still lacks; empty means it is ready for this version of the program. */
export async function missingMigrations(
  query: (sql: string) => Promise<{ rows: AppliedMigration[] }>,
  dir = MIGRATIONS_DIR,
): Promise<string[]> {
  const { rows } = await query('SELECT name, checksum FROM schema_migrations');
  return pendingMigrations(await readMigrations(dir), rows).map((migration) => migration.name);
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    files.map(async (file) => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1];
      if (!number) {
        throw new SetupFault(
          `migrations/${file} 的文件名应形如 0001-name.sql。 The name must look like 0001-name.sql.`,
        );
      }
      const sql = (await readFile(join(dir, file), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(number), name: file.replace(/\.sql$/, ''), sql, checksum };
    }),
  );
  migrations.forEach((migration, index) => {
    const twin = migrations[index + 1];
    if (twin?.number === migration.number) {
      throw new SetupFault(
        `迁移编号重复：${migration.name} 与 ${twin.name}，请改用不同编号。 Two migrations carry one number; renumber the newer.`,
      );
    }
  });
  return migrations;
}

async function appliedMigrations(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT name, checksum FROM schema_migrations ORDER BY name',
  );
  return rows;
}

function pendingMigrations(migrations: Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new SetupFault(
        `数据库已执行迁移 ${name}，但程序中没有它：请使用同一或更新版本的程序。 The database was migrated by a newer version (${name}); run that version or a later one.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new SetupFault(
        `已执行的迁移 ${name} 被改动：请恢复原文件，另写新的迁移。 Migration ${name} was edited after it was applied; restore it and write a new one.`,
      );
    }
  }
  const done = new Set(applied.map((migration) => migration.name));
  return migrations.filter((migration) => !done.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await run(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function run(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
  } catch (error) {
    const { message, position } = error as { message: string; position?: string };
    const line = position ? migration.sql.slice(0, Number(position)).split('\n').length : null;
    const place = line ? `${migration.name}.sql:${line}` : `${migration.name}.sql`;
    throw new SetupFault(`迁移 ${place} 失败，数据库未改动：${message}。 Migration failed and was undone.`, {
      cause: error,
    });
  }
}
