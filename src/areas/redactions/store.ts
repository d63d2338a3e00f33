import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { RegimeCode } from '../../law/index.ts';
import type { Box, PageSize, SourceKind } from './engine/index.ts';
import type { GroundKey } from './grounds.ts';
import type { JobState, RedactionBox, RedactionJob } from './model.ts';
import './schema.ts';

/** A job with what is sealed. */
export interface JobRow extends RedactionJob {
  token: string;
  nameSealed: string;
  workingDigest: string | null;
}

const columns = [
  'id',
  'request_id as requestId',
  'regime',
  'token',
  'name_sealed as nameSealed',
  'kind',
  'working_digest as workingDigest',
  'pages',
  'state',
  'version',
  'step',
  'pages_done as pagesDone',
  'export_by as exportBy',
  'fault',
  'created_by as createdBy',
  'created_by_name as createdByName',
  'created_at as createdAt',
] as const;

export async function insertJob(
  db: Db,
  agencyId: number,
  job: {
    requestId: number | null;
    regime: RegimeCode;
    token: string;
    nameSealed: string;
    kind: SourceKind;
    workingDigest: string | null;
    pages: readonly PageSize[];
    createdBy: number | null;
    createdByName: string;
    createdAt: Date;
  },
): Promise<number> {
  const { id } = await db
    .insertInto('redaction_jobs')
    .values({
      agency_id: agencyId,
      request_id: job.requestId,
      regime: job.regime,
      token: job.token,
      name_sealed: job.nameSealed,
      kind: job.kind,
      working_digest: job.workingDigest,
      pages: JSON.stringify(job.pages),
      state: 'draft',
      created_by: job.createdBy,
      created_by_name: job.createdByName,
      created_at: job.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertOriginals(
  db: Db,
  agencyId: number,
  jobId: number,
  originals: readonly { sealedDigest: string; bytes: number }[],
): Promise<void> {
  await db
    .insertInto('redaction_originals')
    .values(
      originals.map(({ sealedDigest, bytes }, index) => ({
        agency_id: agencyId,
        job_id: jobId,
        position: index + 1,
        sealed_digest: sealedDigest,
        bytes,
      })),
    )
    .execute();
}

export async function findJob(db: Db, agencyId: number, id: number): Promise<JobRow | null> {
  const row = await selectJobs(db, agencyId).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function lockJob(db: Db, agencyId: number, id: number): Promise<JobRow | null> {
  const row = await selectJobs(db, agencyId).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ?? null;
}

export async function lockJobsOfRequest(db: Db, agencyId: number, requestId: number): Promise<JobRow[]> {
  return selectJobs(db, agencyId).where('request_id', '=', requestId).orderBy('id').forUpdate().execute();
}

const selectJobs = (db: Db, agencyId: number) =>
  db.selectFrom('redaction_jobs').select(columns).where('agency_id', '=', agencyId);

/** Who somebody is, for the question which cases are his. */
export interface Person {
  staffId: number;
  unitId: number | null;
}

/** Cases that somebody handles, or that his unit has been given. */
const casesOf = (db: Db, agencyId: number, { staffId, unitId }: Person) =>
  db
    .selectFrom('requests as r')
    .select('r.id')
    .where('r.agency_id', '=', agencyId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('r.handler_id', '=', staffId),
        eb('r.unit_id', '=', unitId),
        exists(
          selectFrom('request_assignments as a')
            .select('a.id')
            .where('a.agency_id', '=', agencyId)
            .whereRef('a.request_id', '=', 'r.id')
            .where('a.unit_id', '=', unitId),
        ),
      ]),
    );

export async function isCaseOf(
  db: Db,
  agencyId: number,
  requestId: number,
  person: Person,
): Promise<boolean> {
  const row = await casesOf(db, agencyId, person).where('r.id', '=', requestId).executeTakeFirst();
  return row !== undefined;
}

/** Newest first; for somebody who sees only his own: those he made, and those of cases that are his or his unit's. */
export async function jobsPage(
  db: Db,
  agencyId: number,
  filter: { requestId?: number; own?: Person },
  page: { before: number | null; limit: number },
): Promise<JobRow[]> {
  let query = selectJobs(db, agencyId)
    .where('state', '<>', 'discarded')
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  if (filter.requestId !== undefined) query = query.where('request_id', '=', filter.requestId);
  const { own } = filter;
  if (own) {
    query = query.where(({ or, eb }) =>
      or([eb('created_by', '=', own.staffId), eb('request_id', 'in', casesOf(db, agencyId, own))]),
    );
  }
  return query.execute();
}

export async function updateJob(
  db: Db,
  agencyId: number,
  id: number,
  change: Partial<{
    state: JobState;
    step: number;
    pagesDone: number;
    exportBy: string | null;
    fault: string;
    discardedAt: Date;
    nameSealed: string;
    workingDigest: null;
  }>,
): Promise<void> {
  await db
    .updateTable('redaction_jobs')
    .set({
      ...(change.state !== undefined && { state: change.state }),
      ...(change.step !== undefined && { step: change.step }),
      ...(change.pagesDone !== undefined && { pages_done: change.pagesDone }),
      ...(change.exportBy !== undefined && { export_by: change.exportBy }),
      ...(change.fault !== undefined && { fault: change.fault }),
      ...(change.discardedAt !== undefined && { discarded_at: change.discardedAt }),
      ...(change.nameSealed !== undefined && { name_sealed: change.nameSealed }),
      ...(change.workingDigest !== undefined && { working_digest: change.workingDigest }),
    })
    .set({ version: sql`version + 1` })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** Progress alone changes no version: nothing anybody decides upon has moved. */
export async function noteProgress(
  db: Db,
  agencyId: number,
  id: number,
  pagesDone: number,
): Promise<boolean> {
  const result = await db
    .updateTable('redaction_jobs')
    .set({ pages_done: pagesDone })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('state', '=', 'exporting')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function originalsOf(
  db: Db,
  agencyId: number,
  jobId: number,
): Promise<{ sealedDigest: string | null; bytes: number }[]> {
  return db
    .selectFrom('redaction_originals')
    .select(['sealed_digest as sealedDigest', 'bytes'])
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .orderBy('position')
    .execute();
}

export async function forgetOriginals(db: Db, agencyId: number, jobId: number): Promise<void> {
  await db
    .updateTable('redaction_originals')
    .set({ sealed_digest: null })
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .execute();
}

export async function boxesOf(db: Db, agencyId: number, jobId: number): Promise<RedactionBox[]> {
  const rows = await db
    .selectFrom('redaction_boxes')
    .select(['id', 'page', 'x', 'y', 'w', 'h', 'ground'])
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .where('removed_in', 'is', null)
    .orderBy('page')
    .orderBy('y')
    .orderBy('x')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, ground: row.ground as GroundKey }));
}

export async function insertBoxes(
  db: Db,
  agencyId: number,
  jobId: number,
  step: number,
  boxes: readonly (Box & { ground: GroundKey })[],
): Promise<void> {
  await db
    .insertInto('redaction_boxes')
    .values(
      boxes.map(({ page, x, y, w, h, ground }) => ({
        agency_id: agencyId,
        job_id: jobId,
        added_in: step,
        page,
        x,
        y,
        w,
        h,
        ground,
      })),
    )
    .execute();
}

export async function endBoxes(
  db: Db,
  agencyId: number,
  jobId: number,
  step: number,
  ids: readonly number[],
): Promise<void> {
  await db
    .updateTable('redaction_boxes')
    .set({ removed_in: step })
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .where('id', 'in', ids)
    .where('removed_in', 'is', null)
    .execute();
}

/** Takes back what a step did to the boxes; returns how many it had added and ended. */
export async function undoStep(
  db: Db,
  agencyId: number,
  jobId: number,
  step: number,
): Promise<{ added: number; removed: number }> {
  const added = await db
    .deleteFrom('redaction_boxes')
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .where('added_in', '=', step)
    .executeTakeFirst();
  const removed = await db
    .updateTable('redaction_boxes')
    .set({ removed_in: null })
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .where('removed_in', '=', step)
    .executeTakeFirst();
  return { added: Number(added.numDeletedRows), removed: Number(removed.numUpdatedRows) };
}
