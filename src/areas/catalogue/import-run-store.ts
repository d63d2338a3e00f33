import { sql } from 'kysely';
import type { Actor } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import type { ImportState, LineNote } from './import-model.ts';
import './schema.ts';

/** How far an import has come. */
export interface ImportRun {
  id: number;
  state: ImportState;
  linesDone: number;
  imported: number;
  unchanged: number;
  rejected: number;
  noted: number;
  /** Lines that wait for the second reading, and up to which line that has come. */
  postponed: number;
  postponedDone: number;
}

/** What became of the lines of one transaction. */
export interface ImportPart {
  firstLine: number;
  lastLine: number;
  lines: readonly number[];
  items: readonly number[];
  unchanged: readonly number[];
  postponed: readonly number[];
}

/** Opens the import of a file, or finds the one that was interrupted or waits to be confirmed. Without a digest always a new one. */
export async function openRun(
  db: Db,
  agencyId: number,
  file: { digest: string | null; name: string },
  by: { actor: Actor; at: Date },
): Promise<ImportRun> {
  const { actor, at } = by;
  const inserted = await db
    .insertInto('item_imports')
    .values({
      agency_id: agencyId,
      file_digest: file.digest,
      file_name: file.name,
      by_id: actor.kind === 'staff' ? actor.staffId : null,
      by_name: actor.name,
      started_at: at,
      going_since: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return run(db, agencyId).where('id', '=', inserted.id).executeTakeFirstOrThrow();
  return db
    .updateTable('item_imports')
    .set({ file_name: file.name, state: 'running', failure: '' })
    .where('agency_id', '=', agencyId)
    .where('file_digest', '=', file.digest)
    .where('state', 'not in', ['finished', 'dropped'])
    .returning(runColumns)
    .executeTakeFirstOrThrow();
}

/** As it stands; nobody moves it on before the transaction ends. */
export async function lockRun(db: Db, agencyId: number, id: number): Promise<ImportRun> {
  return run(db, agencyId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

const runColumns = [
  'id',
  'state',
  'lines_done as linesDone',
  'imported',
  'unchanged',
  'rejected',
  'noted',
  'postponed',
  'postponed_done as postponedDone',
] as const;

const run = (db: Db, agencyId: number) =>
  db.selectFrom('item_imports').select(runColumns).where('agency_id', '=', agencyId);

export async function moveRun(db: Db, agencyId: number, to: Omit<ImportRun, 'state'>): Promise<void> {
  await db
    .updateTable('item_imports')
    .set({
      lines_done: to.linesDone,
      imported: to.imported,
      unchanged: to.unchanged,
      rejected: to.rejected,
      noted: to.noted,
      postponed: to.postponed,
      postponed_done: to.postponedDone,
      attempts: 0,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', to.id)
    .execute();
}

/** The number of the part. */
export async function insertPart(
  db: Db,
  agencyId: number,
  importId: number,
  part: ImportPart,
): Promise<number> {
  const { id } = await db
    .insertInto('item_import_parts')
    .values({
      agency_id: agencyId,
      import_id: importId,
      first_line: part.firstLine,
      last_line: part.lastLine,
      lines: [...part.lines],
      items: [...part.items],
      unchanged: [...part.unchanged],
      postponed: [...part.postponed],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertNotes(
  db: Db,
  agencyId: number,
  importId: number,
  notes: readonly LineNote[],
): Promise<void> {
  if (notes.length === 0) return;
  await sql`INSERT INTO item_import_notes (agency_id, import_id, line, kind, field, problem)
    SELECT ${agencyId}, ${importId}, * FROM unnest(${notes.map(({ line }) => line)}::int[],
      ${notes.map(({ kind }) => kind)}::text[], ${notes.map(({ field }) => field)}::text[],
      ${notes.map(({ problem }) => problem)}::text[])`.execute(db);
}

/** The lines that wait for the second reading. */
export async function postponedLines(db: Db, agencyId: number, importId: number): Promise<Set<number>> {
  const { rows } = await sql<{ line: number }>`
    SELECT unnest(postponed) AS line FROM item_import_parts
    WHERE agency_id = ${agencyId} AND import_id = ${importId} AND postponed <> '{}'`.execute(db);
  return new Set(rows.map(({ line }) => line));
}
