import { sql } from 'kysely';
import { type Db, transact } from '../db.ts';
import { discardFile } from './file-removals.ts';
import type { SealedFiles } from './sealed-files.ts';
import type { Vault } from './vault.ts';

/** A row as the database gives it. */
export type SealedRow = Readonly<Record<string, unknown>>;

/** Where sealed values lie in one table, and what binds each to its row: all that a change of keys has to know. */
export interface SealedTable {
  table: string;
  /** Columns of the primary key, in its order: numbers, texts or dates without a time. */
  key: readonly string[];
  /** Columns of sealed text: the context each was sealed with. */
  texts?: Readonly<Record<string, (row: SealedRow) => string>>;
  /** Columns that address sealed files: the context each was sealed with. */
  files?: Readonly<Record<string, (row: SealedRow) => string>>;
  /**
   * Columns of keyed digests, worked out anew from what the row's texts say and from the SHA-256 of its files' plain
   * content; what is absent is null.
   */
  digests?(
    texts: Readonly<Record<string, string | null>>,
    vault: Vault,
    files: Readonly<Record<string, string | null>>,
    row: SealedRow,
  ): SealedRow;
  /** Copies of those digests in other tables, in the same transaction. */
  copies?(db: Db, row: SealedRow, digests: SealedRow): Promise<void>;
}

export interface Resealing {
  db: Db;
  vault: Vault;
  sealedFiles: SealedFiles;
  now: Date;
}

export interface Resealed {
  /** Rows that were changed. */
  rows: number;
  /** What could not be opened, a sentence each: its row is as it was, and the old key still needed. */
  problems: string[];
}

/** Rows looked at in one go, which is also one transaction. */
const BATCH = 100;

/**
 * Walks through a table and seals anew what another key than the current one sealed. Each batch is committed for itself;
 * begun again after a crash, it passes over what is done. Rows that are frozen let the change pass while
 * `gongkai.resealing` is `on`.
 */
export async function resealTable(
  ctx: Resealing,
  table: SealedTable,
  onProgress: (rows: number) => void = () => {},
): Promise<Resealed> {
  const result: Resealed = { rows: 0, problems: [] };
  let last: SealedRow | null = null;
  for (let seen = 0; ; ) {
    const rows = await rowsAfter(ctx.db, table, last);
    const stale: SealedRow[] = [];
    for (const row of rows) if (await isStale(ctx, table, row)) stale.push(row);
    if (stale.length > 0) await resealRows(ctx, table, stale, result);
    seen += rows.length;
    onProgress(seen);
    if (rows.length < BATCH) return result;
    last = rows.at(-1) ?? null;
  }
}

export async function countRows(db: Db, { table }: SealedTable): Promise<number> {
  const { rows } = await sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(table)}`.execute(db);
  return rows[0]?.rows ?? 0;
}

const keyOf = ({ key }: SealedTable) => sql.join(key.map((column) => sql.ref(column)));
const valuesOf = ({ key }: SealedTable, row: SealedRow) =>
  sql.join(key.map((column) => sql.val(row[column])));

async function rowsAfter(db: Db, table: SealedTable, last: SealedRow | null): Promise<SealedRow[]> {
  const after = last ? sql`WHERE (${keyOf(table)}) > (${valuesOf(table, last)})` : sql``;
  const { rows } = await sql<SealedRow>`
    SELECT * FROM ${sql.table(table.table)} ${after} ORDER BY ${keyOf(table)} LIMIT ${BATCH}`.execute(db);
  return rows;
}

async function isStale({ vault, sealedFiles }: Resealing, table: SealedTable, row: SealedRow) {
  for (const column of Object.keys(table.texts ?? {})) {
    const sealed = row[column];
    if (typeof sealed === 'string' && !sealed.startsWith(`s1:${vault.currentKey}:`)) return true;
  }
  for (const column of Object.keys(table.files ?? {})) {
    const sha256 = row[column];
    if (typeof sha256 !== 'string') continue;
    const key = await sealedFiles.keyOf(sha256).catch(() => null);
    if (key !== vault.currentKey) return true;
  }
  return false;
}

/** Reads the rows again under lock: somebody may have changed them since, or taken them away. */
async function resealRows(
  ctx: Resealing,
  table: SealedTable,
  stale: readonly SealedRow[],
  result: Resealed,
): Promise<void> {
  const made: string[] = [];
  try {
    await transact(ctx, async (ctx) => {
      await sql`SELECT set_config('gongkai.resealing', 'on', true)`.execute(ctx.db);
      const wanted = sql.join(stale.map((row) => sql`(${valuesOf(table, row)})`));
      const { rows } = await sql<SealedRow>`
        SELECT * FROM ${sql.table(table.table)} WHERE (${keyOf(table)}) IN (${wanted})
        ORDER BY ${keyOf(table)} FOR UPDATE`.execute(ctx.db);
      for (const row of rows) {
        const anew = await sealedAnew(ctx, table, row).catch((error: Error) => error);
        if (anew instanceof Error) {
          result.problems.push(
            `${table.table} ${table.key.map((column) => row[column]).join('/')}: ${anew.message}`,
          );
          continue;
        }
        made.push(...anew.discarded.map(({ by }) => by));
        await write(ctx, table, row, anew);
        result.rows += 1;
      }
    });
  } catch (error) {
    for (const sha256 of made) await ctx.sealedFiles.remove(sha256);
    throw error;
  }
}

interface SealedAnew {
  changes: Record<string, unknown>;
  digests: SealedRow;
  discarded: { sha256: string; by: string }[];
}

/** @throws Error when something of the row does not open or is not there; nothing is kept then */
async function sealedAnew(ctx: Resealing, table: SealedTable, row: SealedRow): Promise<SealedAnew> {
  const { vault, sealedFiles } = ctx;
  const texts: Record<string, string | null> = {};
  const anew: SealedAnew = { changes: {}, digests: {}, discarded: [] };
  for (const [column, contextOf] of Object.entries(table.texts ?? {})) {
    const sealed = row[column];
    const text = typeof sealed === 'string' ? vault.open(sealed, contextOf(row)) : null;
    texts[column] = text;
    if (text !== null) anew.changes[column] = vault.seal(text, contextOf(row));
  }
  try {
    const files: Record<string, string | null> = {};
    for (const [column, contextOf] of Object.entries(table.files ?? {})) {
      const sha256 = row[column];
      files[column] = null;
      if (typeof sha256 !== 'string') continue;
      const file = await sealedFiles.reseal(sha256, contextOf(row));
      files[column] = file.plain.sha256;
      if (file.sha256 === sha256) continue;
      anew.changes[column] = file.sha256;
      anew.discarded.push({ sha256, by: file.sha256 });
    }
    anew.digests = table.digests?.(texts, vault, files, row) ?? {};
    return anew;
  } catch (error) {
    for (const { by } of anew.discarded) await sealedFiles.remove(by);
    throw error;
  }
}

async function write(
  { db, now }: Resealing,
  table: SealedTable,
  row: SealedRow,
  anew: SealedAnew,
): Promise<void> {
  const changes = Object.entries({ ...anew.changes, ...anew.digests });
  await sql`
    UPDATE ${sql.table(table.table)}
    SET ${sql.join(changes.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))}
    WHERE (${keyOf(table)}) = (${valuesOf(table, row)})`.execute(db);
  for (const { sha256 } of anew.discarded) await discardFile(db, sha256, now);
  await table.copies?.(db, row, anew.digests);
}
