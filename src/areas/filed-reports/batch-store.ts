import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Batch, FileState, Page } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
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

export async function countFiles(db: Db, agencyId: number, batchId: number): Promise<number> {
  const { files } = await db
    .selectFrom('filed_files')
    .select(({ fn }) => fn.countAll<number>().as('files'))
    .where('agency_id', '=', agencyId)
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
  return files;
}
