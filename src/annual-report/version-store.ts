import type { Db } from '../core/db.ts';
import './schema.ts';
import type { CompiledReport } from './model.ts';

export type VersionRow = NonNullable<Awaited<ReturnType<typeof findVersion>>>;

export async function insertVersion(
  db: Db,
  version: {
    agencyId: number;
    reportId: number;
    version: number;
    revision: number;
    snapshot: CompiledReport;
    digest: string;
    evidenceDigest: string;
    evidenceRecords: number;
    signedBy: number;
    signedByName: string;
    signedAt: Date;
    reason: string;
  },
): Promise<void> {
  await db
    .insertInto('report_versions')
    .values({
      agency_id: version.agencyId,
      report_id: version.reportId,
      version: version.version,
      revision: version.revision,
      snapshot: JSON.stringify(version.snapshot),
      digest: version.digest,
      evidence_digest: version.evidenceDigest,
      evidence_records: version.evidenceRecords,
      signed_by: version.signedBy,
      signed_by_name: version.signedByName,
      signed_at: version.signedAt,
      reason: version.reason,
    })
    .execute();
}

export async function markPublished(
  db: Db,
  key: { agencyId: number; reportId: number; version: number },
  at: Date,
  on: string,
): Promise<void> {
  await db
    .updateTable('report_versions')
    .set({ published_at: at, published_on: on })
    .where('agency_id', '=', key.agencyId)
    .where('report_id', '=', key.reportId)
    .where('version', '=', key.version)
    .execute();
}

const MOST_VERSIONS = 10_000;

/** A signed version; nothing for a number that no version can have, whatever an address says. */
export async function findVersion(db: Db, agencyId: number, reportId: number, version: number) {
  if (!Number.isInteger(version) || version < 1 || version > MOST_VERSIONS) return undefined;
  return db
    .selectFrom('report_versions')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** Signed versions without their snapshots, newest first. */
export async function versionsOf(db: Db, agencyId: number, reportId: number) {
  return db
    .selectFrom('report_versions')
    .select([
      'version',
      'digest',
      'evidence_digest',
      'evidence_records',
      'signed_by_name',
      'signed_at',
      'reason',
      'published_on',
    ])
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .orderBy('version', 'desc')
    .execute();
}

/** The published version of each year, newest year first; the latest version of a corrected report. */
export async function publishedReports(db: Db, agencyId: number) {
  return db
    .selectFrom('report_versions as v')
    .innerJoin('reports as r', (join) =>
      join.onRef('r.agency_id', '=', 'v.agency_id').onRef('r.id', '=', 'v.report_id'),
    )
    .distinctOn('r.year')
    .select(['r.id', 'r.year', 'r.format', 'v.version', 'v.published_on', 'v.digest', 'v.signed_by_name'])
    .where('v.agency_id', '=', agencyId)
    .where('v.published_at', 'is not', null)
    .orderBy('r.year', 'desc')
    .orderBy('v.version', 'desc')
    .execute();
}

export interface PublishedVersion {
  year: number;
  version: number;
  /** Why it corrects the version before; empty for the first. */
  reason: string;
  publishedAt: Date;
}

/** Every published version, corrected ones too, newest first. */
export async function publishedVersions(
  db: Db,
  agencyId: number,
  limit: number,
): Promise<PublishedVersion[]> {
  const rows = await db
    .selectFrom('report_versions as v')
    .innerJoin('reports as r', (join) =>
      join.onRef('r.agency_id', '=', 'v.agency_id').onRef('r.id', '=', 'v.report_id'),
    )
    .select(['r.year', 'v.version', 'v.reason', 'v.published_at'])
    .where('v.agency_id', '=', agencyId)
    .where('v.published_at', 'is not', null)
    .orderBy('v.published_at', 'desc')
    .orderBy('r.year', 'desc')
    .orderBy('v.version', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ published_at, ...row }) =>
    published_at === null ? [] : [{ ...row, publishedAt: published_at }],
  );
}

export async function insertEvidence(
  db: Db,
  part: {
    agencyId: number;
    reportId: number;
    version: number;
    figure: string;
    part: number;
    records: number;
    body: Buffer;
    digest: string;
  },
): Promise<void> {
  await db
    .insertInto('report_evidence')
    .values({
      agency_id: part.agencyId,
      report_id: part.reportId,
      version: part.version,
      figure: part.figure,
      part: part.part,
      records: part.records,
      body: part.body,
      digest: part.digest,
    })
    .execute();
}

export async function evidencePart(
  db: Db,
  key: { agencyId: number; reportId: number; version: number; figure: string; part: number },
) {
  return db
    .selectFrom('report_evidence')
    .select(['records', 'body'])
    .where('agency_id', '=', key.agencyId)
    .where('report_id', '=', key.reportId)
    .where('version', '=', key.version)
    .where('figure', '=', key.figure)
    .where('part', '=', key.part)
    .executeTakeFirst();
}
