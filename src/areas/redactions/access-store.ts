import type { Db } from '../../core/db.ts';
import type { RedactionExport, RedactionOpening } from './model.ts';
import './schema.ts';

export async function insertOpening(
  db: Db,
  agencyId: number,
  opening: { jobId: number; staffId: number; staffName: string; openedAt: Date },
): Promise<void> {
  await db
    .insertInto('redaction_openings')
    .values({
      agency_id: agencyId,
      job_id: opening.jobId,
      staff_id: opening.staffId,
      staff_name: opening.staffName,
      opened_at: opening.openedAt,
    })
    .execute();
}

export async function hasOpened(
  db: Db,
  agencyId: number,
  opening: { jobId: number; staffId: number; since: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('redaction_openings')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', opening.jobId)
    .where('staff_id', '=', opening.staffId)
    .where('opened_at', '>=', opening.since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The newest first. */
export async function openingsOf(
  db: Db,
  agencyId: number,
  jobId: number,
  limit: number,
): Promise<RedactionOpening[]> {
  return db
    .selectFrom('redaction_openings')
    .select(['staff_name as staffName', 'opened_at as openedAt'])
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export interface ExportRow extends RedactionExport {
  jobId: number;
  sealedDigest: string | null;
}

const exportColumns = [
  'id',
  'job_id as jobId',
  'sealed_digest as sealedDigest',
  'sm3',
  'bytes',
  'boxes',
  'made_by as madeBy',
  'made_at as madeAt',
  'request_file_id as requestFileId',
] as const;

export async function insertExport(
  db: Db,
  agencyId: number,
  made: Omit<ExportRow, 'id' | 'requestFileId'>,
): Promise<void> {
  await db
    .insertInto('redaction_exports')
    .values({
      agency_id: agencyId,
      job_id: made.jobId,
      sealed_digest: made.sealedDigest,
      sm3: made.sm3,
      bytes: made.bytes,
      boxes: made.boxes,
      made_by: made.madeBy,
      made_at: made.madeAt,
    })
    .execute();
}

/** The newest first. */
export async function exportsOf(db: Db, agencyId: number, jobId: number): Promise<ExportRow[]> {
  return db
    .selectFrom('redaction_exports')
    .select(exportColumns)
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .orderBy('id', 'desc')
    .execute();
}

export async function findExport(
  db: Db,
  agencyId: number,
  jobId: number,
  id: number,
): Promise<ExportRow | null> {
  const row = await db
    .selectFrom('redaction_exports')
    .select(exportColumns)
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function noteRequestFile(
  db: Db,
  agencyId: number,
  exportId: number,
  fileId: number,
): Promise<void> {
  await db
    .updateTable('redaction_exports')
    .set({ request_file_id: fileId })
    .where('agency_id', '=', agencyId)
    .where('id', '=', exportId)
    .execute();
}

export async function forgetExports(db: Db, agencyId: number, jobId: number): Promise<void> {
  await db
    .updateTable('redaction_exports')
    .set({ sealed_digest: null })
    .where('agency_id', '=', agencyId)
    .where('job_id', '=', jobId)
    .execute();
}

/** Exports no longer name the files of the case that were made of them. */
export async function forgetHandOvers(db: Db, agencyId: number, jobIds: readonly number[]): Promise<void> {
  if (jobIds.length === 0) return;
  await db
    .updateTable('redaction_exports')
    .set({ request_file_id: null })
    .where('agency_id', '=', agencyId)
    .where('job_id', 'in', [...jobIds])
    .execute();
}
