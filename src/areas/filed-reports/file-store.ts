import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Batch, FiledFile, FileState, FoundBy, Page, ReportVersion } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import { type StoredReading, storableJson } from './stored-reading.ts';
import './schema.ts';

export async function insertBatch(
  db: Db,
  agencyId: number,
  batch: { year: number | null; byId: number | null; byName: string; at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('filed_batches')
    .values({
      agency_id: agencyId,
      year: batch.year,
      by_id: batch.byId,
      by_name: batch.byName,
      at: batch.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findBatch(
  db: Db,
  agencyId: number,
  id: number,
): Promise<(Batch & { byId: number | null }) | null> {
  const row = await db
    .selectFrom('filed_batches')
    .select(['id', 'year', 'by_id as byId', 'by_name as byName', 'at'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function batchesPage(
  db: Db,
  agencyId: number,
  page: { after: string | null; limit: number },
): Promise<Page<Batch & { files: number }>> {
  const cursor = readCursor(page.after, 1);
  let query = db
    .selectFrom('filed_batches as b')
    .where('b.agency_id', '=', agencyId)
    .select(['b.id', 'b.year', 'b.by_name as byName', 'b.at'])
    .select(
      sql<number>`(SELECT count(*) FROM filed_files f WHERE f.agency_id = b.agency_id AND f.batch_id = b.id)`.as(
        'files',
      ),
    )
    .orderBy('b.id', 'desc')
    .limit(page.limit + 1);
  if (cursor) query = query.where('b.id', '<', cursor[0] as number);
  return pageOf(await query.execute(), page.limit, { item: (row) => row, cursor: ({ id }) => [id] });
}

/** Files of a batch by state, how many of its filed versions wait for their check, and what the checks of the others say. */
export async function countBatch(db: Db, agencyId: number, batchId: number) {
  const { rows: states } = await sql<{ state: FileState; files: number }>`
    SELECT state, count(*) AS files FROM filed_files
    WHERE agency_id = ${agencyId} AND batch_id = ${batchId} GROUP BY state`.execute(db);
  const { rows } = await sql<{ checking: number; clean: number; doubtful: number; wrong: number }>`
    SELECT count(*) FILTER (WHERE r.check_due) AS checking,
      count(*) FILTER (WHERE NOT r.check_due AND r.state = 'clean') AS clean,
      count(*) FILTER (WHERE NOT r.check_due AND r.state = 'doubtful') AS doubtful,
      count(*) FILTER (WHERE NOT r.check_due AND r.state = 'wrong') AS wrong
    FROM filed_files f JOIN filed_reports r
      ON r.agency_id = f.agency_id AND r.unit_id = f.unit_id AND r.year = f.year AND r.file_id = f.id
    WHERE f.agency_id = ${agencyId} AND f.batch_id = ${batchId} AND f.state = 'read'`.execute(db);
  const { checking = 0, ...outcomes } = rows[0] ?? { clean: 0, doubtful: 0, wrong: 0 };
  return { states: new Map(states.map(({ state, files }) => [state, files])), checking, outcomes };
}

/** Files that are not there yet under these bytes, by digest. */
export async function filesByDigest(
  db: Db,
  agencyId: number,
  digests: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('filed_files')
    .select(['digest', 'id'])
    .where('agency_id', '=', agencyId)
    .where(sql<SqlBool>`digest = ANY(${[...digests]}::text[])`)
    .where('state', 'not in', ['same', 'discarded'])
    .execute();
  return new Map(rows.map(({ digest, id }) => [digest, id]));
}

export async function countFiles(db: Db, agencyId: number, batchId: number): Promise<number> {
  const { files } = await db
    .selectFrom('filed_files')
    .select(({ fn }) => fn.countAll<number>().as('files'))
    .where('agency_id', '=', agencyId)
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
  return files;
}

/** Keeps a file that is to be read, or one that equals another; returns its id. */
export async function insertFile(
  db: Db,
  agencyId: number,
  file: {
    batchId: number;
    name: string;
    digest: string;
    bytes: number;
    addedAt: Date;
    sameAs: number | null;
  },
): Promise<number> {
  const { id } = await db
    .insertInto('filed_files')
    .values({
      agency_id: agencyId,
      batch_id: file.batchId,
      name: file.name,
      digest: file.digest,
      bytes: file.bytes,
      added_at: file.addedAt,
      state: file.sameAs === null ? 'waiting' : 'same',
      reading_due: file.sameAs === null,
      same_as: file.sameAs,
      unit_id: null,
      year: null,
      version: null,
      found_by: null,
      kind: null,
      format: null,
      agency_in_text: null,
      year_in_text: null,
      read_at: null,
      took_ms: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const fileRows = (db: Db, agencyId: number) =>
  db
    .selectFrom('filed_files as f')
    .innerJoin('filed_batches as b', (join) =>
      join.onRef('b.agency_id', '=', 'f.agency_id').onRef('b.id', '=', 'f.batch_id'),
    )
    .leftJoin('filed_files as s', (join) =>
      join.onRef('s.agency_id', '=', 'f.agency_id').onRef('s.id', '=', 'f.same_as'),
    )
    // What equals another file is where that one is.
    .leftJoin('reporting_units as u', (join) =>
      join
        .onRef('u.agency_id', '=', 'f.agency_id')
        .on('u.id', '=', sql<number>`coalesce(f.unit_id, s.unit_id)`),
    )
    .where('f.agency_id', '=', agencyId)
    .select([
      'f.id',
      'f.batch_id as batchId',
      'f.name',
      'f.digest',
      'f.bytes',
      'f.added_at as addedAt',
      'b.by_name as addedBy',
      'f.state',
      'f.same_as as sameAs',
      'u.id as unitId',
      'u.name as unitName',
      sql<number | null>`coalesce(f.year, s.year)`.as('year'),
      sql<number | null>`coalesce(f.version, s.version)`.as('version'),
      'f.found_by as foundBy',
      'f.kind',
      'f.format',
      'f.agency_in_text as agencyInText',
      'f.year_in_text as yearInText',
      'f.fault',
      'f.took_ms as tookMs',
      's.name as sameName',
    ]);

type FileRow = FiledFile & { sameName: string | null };

function toFile({ sameName, ...file }: FileRow): FiledFile {
  if (file.state !== 'same') return file;
  const place =
    file.unitName === null || file.year === null
      ? '尚未归档'
      : `${file.unitName} ${file.year} 年度${file.version === null ? '' : `第 ${file.version} 版`}`;
  return { ...file, fault: `与已接收的“${sameName ?? ''}”内容相同（${place}），没有改动。` };
}

export async function filesPage(
  db: Db,
  agencyId: number,
  filter: { batchId?: number; state?: FileState; unitId?: number; year?: number },
  page: { after: string | null; limit: number },
): Promise<Page<FiledFile>> {
  const cursor = readCursor(page.after, 1);
  let query = fileRows(db, agencyId)
    .orderBy('f.id')
    .limit(page.limit + 1);
  if (filter.batchId !== undefined) query = query.where('f.batch_id', '=', filter.batchId);
  if (filter.state !== undefined) query = query.where('f.state', '=', filter.state);
  if (filter.unitId !== undefined) query = query.where('f.unit_id', '=', filter.unitId);
  if (filter.year !== undefined) query = query.where('f.year', '=', filter.year);
  if (cursor) query = query.where('f.id', '>', cursor[0] as number);
  return pageOf(await query.execute(), page.limit, { item: toFile, cursor: ({ id }) => [id] });
}

export async function findFile(db: Db, agencyId: number, id: number): Promise<FiledFile | null> {
  const row = await fileRows(db, agencyId).where('f.id', '=', id).executeTakeFirst();
  return row ? toFile(row) : null;
}

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

export async function nextVersion(db: Db, agencyId: number, unitId: number, year: number): Promise<number> {
  const { last } = await db
    .selectFrom('filed_files')
    .select(sql<number>`coalesce(max(version), 0)`.as('last'))
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  return last + 1;
}

/** Newest first. */
export async function versionsOf(
  db: Db,
  agencyId: number,
  unitId: number,
  year: number,
): Promise<ReportVersion[]> {
  const rows = await db
    .selectFrom('filed_files as f')
    .innerJoin('filed_batches as b', (join) =>
      join.onRef('b.agency_id', '=', 'f.agency_id').onRef('b.id', '=', 'f.batch_id'),
    )
    .where('f.agency_id', '=', agencyId)
    .where('f.unit_id', '=', unitId)
    .where('f.year', '=', year)
    .where('f.version', 'is not', null)
    .select([
      'f.id as fileId',
      sql<number>`f.version`.as('version'),
      'f.name as fileName',
      'f.digest',
      'f.bytes',
      'f.kind',
      'f.format',
      'f.added_at as addedAt',
      'b.by_name as addedBy',
      'f.found_by as foundBy',
    ])
    .orderBy('f.version', 'desc')
    .limit(200)
    .execute();
  return rows;
}

/** What was read of a file; without its prose when only the numbers are wanted. */
export async function readingOf(
  db: Db,
  agencyId: number,
  fileId: number,
  options: { prose: boolean },
): Promise<StoredReading | null> {
  const row = await db
    .selectFrom('filed_files')
    .select(
      options.prose
        ? 'report'
        : sql<StoredReading | null>`report || '{"chapters": [], "unread": []}'::jsonb`.as('report'),
    )
    .where('agency_id', '=', agencyId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  return row?.report ?? null;
}

/** Agencies with a file to be read or a report to be checked. */
export async function agenciesWithWork(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM agencies a WHERE EXISTS (SELECT FROM filed_files f WHERE f.agency_id = a.id AND f.reading_due)
      OR EXISTS (SELECT FROM filed_reports r WHERE r.agency_id = a.id AND r.check_due AND r.version > 0)
    ORDER BY id`.execute(db);
  return rows.map(({ id }) => id);
}
