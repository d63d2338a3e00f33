import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { LEGAL_TIME_ZONE } from './clock.ts';
import { DatabaseClient } from './database-client.ts';

/**
 * The tables of the whole house. Each room adds its own in `schema.ts` by declaration merging:
 * `declare module '../../core/db.ts' { interface Database { meetings: MeetingTable } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in each room's schema.ts
export interface Database {}

export type Db = Kysely<Database> | Transaction<Database>;

/** Type of BIGINT[], which the driver does not name. */
const INT8_ARRAY: number = 1016;

// DATE stays text (a civil date has no time zone), BIGINT becomes a number (ids and counts stay far below 2^53),
// NUMERIC becomes a number as well (quantities carry at most six decimals).
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(INT8_ARRAY, (value) => value.slice(1, -1).split(',').filter(Boolean).map(Number));
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

// What the driver does for every instant, quicker for the instants in which China is eight hours ahead (all since 1992).
const anyInstant: (value: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) =>
  value[10] === ' ' && value.endsWith('+08') ? new Date(`${value.replace(' ', 'T')}:00`) : anyInstant(value),
);

export interface Connection {
  db: Kysely<Database>;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool on a PostgreSQL connection string (`postgres://…` or `postgres:///name?host=/socket/dir`). */
export function connect(url: string, options: { max?: number } = {}): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    Client: DatabaseClient,
    application_name: 'gongkai',
    // Wherever the database server stands, a day is a day in China.
    options: `-c TimeZone=${LEGAL_TIME_ZONE}`,
  });
  // A dropped idle connection is reopened by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** Runs `work` in one transaction; joins the caller's when there is one already. */
export async function transact<C extends { db: Db }, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  return ctx.db.transaction().execute((trx) => work({ ...ctx, db: trx }));
}

/** Runs `read` on one unchanging view of the database (repeatable read, read only); inside a transaction, on that one. */
export async function inSnapshot<T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db);
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
