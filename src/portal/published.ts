import { type CompiledReport, findVersion, publishedReports, signedReport } from '../annual-report/index.ts';
import type { Db } from '../core/db.ts';

export interface PublishedReport {
  year: number;
  version: number;
  publishedOn: string;
  digest: string;
}

/** A signed version never changes, so what was read once is kept, for at most this many reports of all agencies. */
const KEPT = 60;
const snapshots = new Map<string, CompiledReport>();

/** The published reports of the agency, newest year first. */
export async function publishedList(db: Db, agencyId: number): Promise<PublishedReport[]> {
  const rows = await publishedReports(db, agencyId);
  return rows.map((row) => ({
    year: row.year,
    version: row.version,
    publishedOn: row.published_on ?? '',
    digest: row.digest,
  }));
}

/** The newest published report whole, or null before the first one. */
export async function latestPublished(db: Db, agencyId: number): Promise<CompiledReport | null> {
  const [latest] = await publishedReports(db, agencyId);
  return latest ? snapshot(db, agencyId, latest) : null;
}

async function snapshot(
  db: Db,
  agencyId: number,
  row: { id: number; version: number; digest: string; published_on: string | null },
): Promise<CompiledReport | null> {
  const key = `${agencyId}/${row.id}/${row.version}/${row.digest}`;
  const known = snapshots.get(key);
  if (known) return known;
  const version = await findVersion(db, agencyId, row.id, row.version);
  if (!version) return null;
  const report = signedReport(version);
  const oldest = snapshots.size >= KEPT ? snapshots.keys().next().value : undefined;
  if (oldest !== undefined) snapshots.delete(oldest);
  snapshots.set(key, report);
  return report;
}
