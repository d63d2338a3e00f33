import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Sheet } from '../../core/spreadsheet/index.ts';
import type { ImportCheck, ImportState, LineNote } from './import-model.ts';
import './schema.ts';

/** An import as the desk shows it. */
export interface HistoryImport {
  id: number;
  fileName: string;
  /** SHA-256, in hex; null for the program's own data. */
  digest: string | null;
  /** Of an uploaded file; null when it came over the command line. */
  bytes: number | null;
  kind: Sheet['kind'] | null;
  state: ImportState;
  byId: number | null;
  byName: string;
  actingId: number | null;
  startedAt: Date;
  finishedAt: Date | null;
  linesChecked: number;
  found: ImportCheck | null;
  linesDone: number;
  imported: number;
  unchanged: number;
  rejected: number;
  noted: number;
  /** Lines that were left for the end because what they interpret was not there, and up to which line they are done. */
  postponed: number;
  postponedDone: number;
  /** Since when and from which line it runs without a break. */
  goingSince: Date | null;
  goingFrom: number;
  failure: string;
}

/** As lists show it: without what its check found, which may be long. */
export type ListedImport = Omit<HistoryImport, 'found'>;

const listed = [
  'id',
  'file_name as fileName',
  'file_digest as digest',
  'bytes',
  'kind',
  'state',
  'by_id as byId',
  'by_name as byName',
  'acting_id as actingId',
  'started_at as startedAt',
  'finished_at as finishedAt',
  'lines_checked as linesChecked',
  'lines_done as linesDone',
  'imported',
  'unchanged',
  'rejected',
  'noted',
  'postponed',
  'postponed_done as postponedDone',
  'going_since as goingSince',
  'going_from as goingFrom',
  'failure',
] as const;

const imports = (db: Db, agencyId: number) =>
  db
    .selectFrom('item_imports')
    .select([...listed, 'found'])
    .where('agency_id', '=', agencyId);

export async function findImport(db: Db, agencyId: number, id: number): Promise<HistoryImport | null> {
  return (await imports(db, agencyId).where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function lockImport(db: Db, agencyId: number, id: number): Promise<HistoryImport | null> {
  return (await imports(db, agencyId).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
}

/** Whether an import of any agency is not over yet and needs the file with this digest. */
export async function isImportFileWanted(db: Db, digest: string): Promise<boolean> {
  const found = await db
    .selectFrom('item_imports')
    .select('id')
    .where('file_digest', '=', digest)
    .where('bytes', 'is not', null)
    .where('state', 'not in', ['finished', 'dropped'])
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** That of the same file that is not over yet. */
export async function openImportOf(db: Db, agencyId: number, digest: string): Promise<HistoryImport | null> {
  const found = await imports(db, agencyId)
    .where('file_digest', '=', digest)
    .where('state', 'not in', ['finished', 'dropped'])
    .executeTakeFirst();
  return found ?? null;
}

/** The newest first, before the one with this number. */
export async function listImports(
  db: Db,
  agencyId: number,
  before: number | null,
  limit: number,
): Promise<ListedImport[]> {
  let query = db
    .selectFrom('item_imports')
    .select(listed)
    .where('agency_id', '=', agencyId)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('id', '<', before);
  return query.execute();
}

const waiting = (db: Db, agencyId: number) =>
  db
    .selectFrom('item_imports')
    .where('agency_id', '=', agencyId)
    .where('bytes', 'is not', null)
    .where('state', 'in', ['checked', 'stopped', 'failed']);

/** Those that wait for somebody, to be confirmed or to go on; the newest first. */
export async function waitingImports(
  db: Db,
  agencyId: number,
  limit: number,
): Promise<{ id: number; fileName: string; state: ImportState }[]> {
  return waiting(db, agencyId)
    .select(['id', 'file_name as fileName', 'state'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function countWaitingImports(db: Db, agencyId: number): Promise<number> {
  const { count } = await waiting(db, agencyId)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** A number for a file that came in; null when the same file came in at the same moment. */
export async function insertUpload(
  db: Db,
  agencyId: number,
  file: { digest: string; name: string; bytes: number; kind: Sheet['kind'] },
  by: { id: number | null; name: string; at: Date },
): Promise<number | null> {
  const row = await db
    .insertInto('item_imports')
    .values({
      agency_id: agencyId,
      file_digest: file.digest,
      file_name: file.name,
      bytes: file.bytes,
      kind: file.kind,
      state: 'checking',
      by_id: by.id,
      by_name: by.name,
      acting_id: by.id,
      started_at: by.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

type Standing = Partial<{
  state: ImportState;
  acting_id: number | null;
  finished_at: Date;
  failure: string;
  found: string;
  seen_at: null;
  attempts: number;
  bytes: number;
  kind: Sheet['kind'];
}>;

export async function putImport(db: Db, agencyId: number, id: number, to: Standing): Promise<void> {
  await db
    .updateTable('item_imports')
    .set(to)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** The same, as long as it stands where it was thought to; false when it no longer does. */
export async function moveImport(
  db: Db,
  at: { agencyId: number; id: number; from: ImportState },
  to: Standing,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('item_imports')
    .set(to)
    .where('agency_id', '=', at.agencyId)
    .where('id', '=', at.id)
    .where('state', '=', at.from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Work that nobody has in hand. */
export interface DueImport {
  agencyId: number;
  id: number;
  state: 'checking' | 'running';
  attempts: number;
}

/** A worker gives a sign every few seconds; after this long without one it is gone. */
const GONE = sql`interval '30 seconds'`;

/** Takes up the oldest work that nobody has in hand, counting the attempt. */
export async function claimImport(db: Db): Promise<DueImport | null> {
  const { rows } = await sql<DueImport>`
    UPDATE item_imports SET seen_at = now(), attempts = attempts + 1, going_since = now(), going_from = lines_done
    WHERE (agency_id, id) = (
      SELECT agency_id, id FROM item_imports
      WHERE state IN ('checking', 'running') AND bytes IS NOT NULL AND (seen_at IS NULL OR seen_at < now() - ${GONE})
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING agency_id AS "agencyId", id, state, attempts`.execute(db);
  return rows[0] ?? null;
}

/** A sign that somebody has it in hand. */
export async function seeImport(
  db: Db,
  { agencyId, id }: { agencyId: number; id: number },
  linesChecked: number,
): Promise<void> {
  await db
    .updateTable('item_imports')
    .set({ seen_at: sql`now()`, lines_checked: linesChecked })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('state', 'in', ['checking', 'running'])
    .execute();
}

export interface NotePlace {
  line: number;
  id: number;
}

/** What is to be told of lines, in their order, after this one. */
export async function notesPage(
  db: Db,
  agencyId: number,
  importId: number,
  after: NotePlace | null,
  limit: number,
): Promise<(LineNote & NotePlace)[]> {
  let query = db
    .selectFrom('item_import_notes')
    .select(['id', 'line', 'kind', 'field', 'problem'])
    .where('agency_id', '=', agencyId)
    .where('import_id', '=', importId)
    .orderBy('line')
    .orderBy('id')
    .limit(limit);
  if (after) query = query.where(sql<SqlBool>`(line, id) > (${after.line}, ${after.id})`);
  return query.execute();
}

export async function notesOfLines(
  db: Db,
  agencyId: number,
  importId: number,
  lines: { first: number; last: number },
): Promise<LineNote[]> {
  return db
    .selectFrom('item_import_notes')
    .select(['line', 'kind', 'field', 'problem'])
    .where('agency_id', '=', agencyId)
    .where('import_id', '=', importId)
    .where('line', '>=', lines.first)
    .where('line', '<=', lines.last)
    .orderBy('line')
    .orderBy('id')
    .execute();
}

export interface WrittenPart {
  id: number;
  firstLine: number;
  lastLine: number;
  lines: number[];
  items: number[];
  unchanged: number[];
  postponed: number[];
}

/** The next part of an import after this one, in the order they were written. */
export async function nextPart(
  db: Db,
  agencyId: number,
  importId: number,
  after: number,
): Promise<WrittenPart | null> {
  const found = await db
    .selectFrom('item_import_parts')
    .select([
      'id',
      'first_line as firstLine',
      'last_line as lastLine',
      'lines',
      'items',
      'unchanged',
      'postponed',
    ])
    .where('agency_id', '=', agencyId)
    .where('import_id', '=', importId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return found ?? null;
}

export interface ImportedItem {
  id: number;
  sourceId: string | null;
  indexNumber: string;
  title: string;
}

export async function importedItems(
  db: Db,
  agencyId: number,
  ids: readonly number[],
): Promise<ImportedItem[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('items')
    .select(['id', 'source_id as sourceId', 'index_number as indexNumber', 'title'])
    .where('agency_id', '=', agencyId)
    .where(sql<SqlBool>`id = ANY(${[...ids]}::bigint[])`)
    .execute();
}
