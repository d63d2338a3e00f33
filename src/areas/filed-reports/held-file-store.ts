import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { FileState, FoundBy } from './model.ts';
import { type StoredReading, storableJson } from './stored-reading.ts';
import './schema.ts';

/**
 * A file as acts on it see it, locked until the transaction ends. Its key stays free: while it is being read, others may
 * refer to it (as the same bytes, as the version that stands) without waiting for the reader, who waits for them.
 */
export interface HeldFile {
  id: number;
  name: string;
  digest: string;
  state: FileState;
  unitId: number | null;
  year: number | null;
  version: number | null;
  foundBy: FoundBy | null;
  agencyInText: string | null;
  yearInText: number | null;
  readingDue: boolean;
  attempts: number;
  batchYear: number | null;
  addedBy: string;
}

const heldRows = (db: Db, agencyId: number) =>
  db
    .selectFrom('filed_files as f')
    .innerJoin('filed_batches as b', (join) =>
      join.onRef('b.agency_id', '=', 'f.agency_id').onRef('b.id', '=', 'f.batch_id'),
    )
    .where('f.agency_id', '=', agencyId)
    .select([
      'f.id',
      'f.name',
      'f.digest',
      'f.state',
      'f.unit_id as unitId',
      'f.year',
      'f.version',
      'f.found_by as foundBy',
      'f.agency_in_text as agencyInText',
      'f.year_in_text as yearInText',
      'f.reading_due as readingDue',
      'f.attempts',
      'b.year as batchYear',
      'b.by_name as addedBy',
    ]);

/** Null when there is no such file, or when it is just being read. */
export async function lockFile(db: Db, agencyId: number, id: number): Promise<HeldFile | null> {
  const row = await heldRows(db, agencyId)
    .where('f.id', '=', id)
    .forNoKeyUpdate('f')
    .skipLocked()
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Counts one more attempt at the first file that is to be read and that nobody is reading; null when there is none. The
 * count is kept before reading begins, so that a file which ends the process is known by it.
 */
export async function beginReading(
  db: Db,
  agencyId: number,
  except: readonly number[],
): Promise<{ id: number; attempts: number } | null> {
  const { rows } = await sql<{ id: number; attempts: number }>`
    UPDATE filed_files SET attempts = attempts + 1 WHERE agency_id = ${agencyId} AND id = (
      SELECT id FROM filed_files WHERE agency_id = ${agencyId} AND reading_due AND id <> ALL(${[...except]}::bigint[])
      ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    ) RETURNING id, attempts`.execute(db);
  return rows[0] ?? null;
}

/** The file to be read, held while it is; null when another process has it or has read it. */
export async function holdForReading(db: Db, agencyId: number, id: number): Promise<HeldFile | null> {
  const row = await heldRows(db, agencyId)
    .where('f.id', '=', id)
    .where('f.reading_due', '=', true)
    .forNoKeyUpdate('f')
    .skipLocked()
    .executeTakeFirst();
  return row ?? null;
}

export interface FileChange {
  state?: FileState;
  unit_id?: number | null;
  year?: number | null;
  version?: number | null;
  found_by?: FoundBy | null;
  fault?: string;
  reading_due?: boolean;
  attempts?: number;
  read_at?: Date;
  took_ms?: number;
}

export async function updateFile(
  db: Db,
  agencyId: number,
  id: number,
  change: FileChange,
  reading?: { report: StoredReading; yearInText: number | null },
): Promise<void> {
  const read = reading && {
    report: storableJson(reading.report),
    kind: reading.report.kind,
    format: reading.report.format,
    agency_in_text: reading.report.agency,
    year_in_text: reading.yearInText,
  };
  await db
    .updateTable('filed_files')
    .set({ ...change, ...read })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/**
 * Marks files to be read anew: one, or every one that was read or could not be. Returns how many. One that is just being
 * read is left to who reads it, as he waits for locks that the caller may hold.
 */
export async function setReadingDue(db: Db, agencyId: number, fileId: number | null): Promise<number> {
  const { numAffectedRows } = await sql`UPDATE filed_files SET reading_due = true, attempts = 0
    WHERE agency_id = ${agencyId} AND id IN (
      SELECT id FROM filed_files
      WHERE agency_id = ${agencyId} AND state IN ('read', 'unfiled', 'unreadable')
        AND ${fileId === null ? sql`true` : sql`id = ${fileId}`}
      FOR NO KEY UPDATE SKIP LOCKED)`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Marks unfiled files to be tried again, as when names became known; one that is just being read will see them. */
export async function retryUnfiled(db: Db, agencyId: number): Promise<void> {
  await sql`UPDATE filed_files SET reading_due = true, attempts = 0
    WHERE agency_id = ${agencyId} AND id IN (
      SELECT id FROM filed_files WHERE agency_id = ${agencyId} AND state = 'unfiled' FOR NO KEY UPDATE SKIP LOCKED)`.execute(
    db,
  );
}

/** Agencies with a file to be read or a report to be checked. */
export async function agenciesWithWork(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM agencies a WHERE EXISTS (SELECT FROM filed_files f WHERE f.agency_id = a.id AND f.reading_due)
      OR EXISTS (SELECT FROM filed_reports r WHERE r.agency_id = a.id AND r.check_due AND r.version > 0)
    ORDER BY id`.execute(db);
  return rows.map(({ id }) => id);
}
