import { sql } from 'kysely';
import type { Db } from '../core/db.ts';
import './schema.ts';
import type { Cells } from './compile.ts';
import type { FormatId } from './formats/format.ts';
import type { ReportStatus } from './model.ts';

export type ReportRow = Awaited<ReturnType<typeof findReport>>;

export async function findReport(db: Db, agencyId: number, year: number) {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('year', '=', year)
    .executeTakeFirst();
}

/** The report, locked until the transaction ends, so that two acts on it follow each other. */
export async function lockReport(db: Db, agencyId: number, year: number) {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('year', '=', year)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertReport(
  db: Db,
  report: { agencyId: number; year: number; format: FormatId; consolidated: boolean },
): Promise<number | null> {
  const row = await db
    .insertInto('reports')
    .values({
      agency_id: report.agencyId,
      year: report.year,
      format: report.format,
      consolidated: report.consolidated,
    })
    .onConflict((conflict) => conflict.columns(['agency_id', 'year']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function updateReport(
  db: Db,
  key: { agencyId: number; reportId: number },
  change: {
    status?: ReportStatus;
    version?: number;
    revision?: number;
    correction_reason?: string;
    foot?: string;
    consolidated?: boolean;
  },
): Promise<void> {
  await db
    .updateTable('reports')
    .set(change)
    .where('agency_id', '=', key.agencyId)
    .where('id', '=', key.reportId)
    .execute();
}

export async function listReports(db: Db, agencyId: number) {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('year', 'desc')
    .execute();
}

export async function insertCompile(
  db: Db,
  compile: {
    agencyId: number;
    reportId: number;
    at: Date;
    byStaffId: number | null;
    byName: string;
    ledgerSeq: number;
    cells: Cells;
    digest: string;
    tookMs: number;
  },
): Promise<number> {
  const { number } = await db
    .insertInto('report_compiles')
    .values((eb) => ({
      agency_id: compile.agencyId,
      report_id: compile.reportId,
      number: eb
        .selectFrom('report_compiles')
        .select(sql<number>`coalesce(max(number), 0) + 1`.as('next'))
        .where('agency_id', '=', compile.agencyId)
        .where('report_id', '=', compile.reportId),
      at: compile.at,
      by_staff_id: compile.byStaffId,
      by_name: compile.byName,
      ledger_seq: compile.ledgerSeq,
      cells: JSON.stringify(compile.cells),
      digest: compile.digest,
      took_ms: compile.tookMs,
    }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

/** The newest compiles, newest first. */
export async function lastCompiles(db: Db, agencyId: number, reportId: number, limit: number) {
  return db
    .selectFrom('report_compiles')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

export async function chaptersOf(db: Db, agencyId: number, reportId: number) {
  return db
    .selectFrom('report_chapters')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .execute();
}

/** Writes a chapter; the caller holds the report's lock and has compared revisions. */
export async function putChapter(
  db: Db,
  chapter: {
    agencyId: number;
    reportId: number;
    key: string;
    source: string;
    revision: number;
    by: number | null;
    byName: string;
    at: Date;
  },
): Promise<void> {
  const values = {
    source: chapter.source,
    revision: chapter.revision,
    edited_by: chapter.by,
    edited_by_name: chapter.byName,
    edited_at: chapter.at,
  };
  await db
    .insertInto('report_chapters')
    .values({ agency_id: chapter.agencyId, report_id: chapter.reportId, key: chapter.key, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'report_id', 'key']).doUpdateSet(values))
    .execute();
}

export async function addAuthor(
  db: Db,
  author: { agencyId: number; reportId: number; version: number; staffId: number },
): Promise<void> {
  await db
    .insertInto('report_authors')
    .values({
      agency_id: author.agencyId,
      report_id: author.reportId,
      version: author.version,
      staff_id: author.staffId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Who wrote the version before is an author of the next one too: its text is still theirs. */
export async function carryAuthors(
  db: Db,
  key: { agencyId: number; reportId: number },
  versions: { from: number; to: number },
): Promise<void> {
  await db
    .insertInto('report_authors')
    .columns(['agency_id', 'report_id', 'version', 'staff_id'])
    .expression((eb) =>
      eb
        .selectFrom('report_authors')
        .select(['agency_id', 'report_id', eb.val(versions.to).as('version'), 'staff_id'])
        .where('agency_id', '=', key.agencyId)
        .where('report_id', '=', key.reportId)
        .where('version', '=', versions.from),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function authorsOf(
  db: Db,
  agencyId: number,
  reportId: number,
  version: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('report_authors')
    .select('staff_id')
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .where('version', '=', version)
    .execute();
  return rows.map((row) => row.staff_id);
}

export async function explanationsOf(db: Db, agencyId: number, reportId: number) {
  return db
    .selectFrom('report_explanations')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .execute();
}

export async function saveExplanation(
  db: Db,
  explanation: {
    agencyId: number;
    reportId: number;
    finding: string;
    text: string;
    byName: string;
    at: Date;
  },
): Promise<void> {
  const values = { explanation: explanation.text, by_name: explanation.byName, at: explanation.at };
  await db
    .insertInto('report_explanations')
    .values({
      agency_id: explanation.agencyId,
      report_id: explanation.reportId,
      finding: explanation.finding,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['agency_id', 'report_id', 'finding']).doUpdateSet(values))
    .execute();
}

export async function insertReview(
  db: Db,
  review: {
    agencyId: number;
    reportId: number;
    version: number;
    revision: number;
    kind: 'content' | 'secrecy';
    result: 'pass' | 'fail';
    comment: string;
    reviewerId: number;
    reviewerName: string;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('report_reviews')
    .values({
      agency_id: review.agencyId,
      report_id: review.reportId,
      version: review.version,
      revision: review.revision,
      kind: review.kind,
      result: review.result,
      comment: review.comment,
      reviewer_id: review.reviewerId,
      reviewer_name: review.reviewerName,
      at: review.at,
    })
    .execute();
}

/** Reviews of a version, newest first. */
export async function reviewsOf(db: Db, agencyId: number, reportId: number, version: number) {
  return db
    .selectFrom('report_reviews')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('report_id', '=', reportId)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .execute();
}

/** The last act of the agency's chain, 0 before the first. */
export async function ledgerSeq(db: Db, agencyId: number): Promise<number> {
  const head = await db
    .selectFrom('ledger_heads')
    .select('seq')
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
  return head?.seq ?? 0;
}
