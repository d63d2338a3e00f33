import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Issue, IssueReview, IssueReviewResult, IssueState, PublishedIssue } from './model.ts';
import './schema.ts';

const columns = [
  'id',
  'name',
  'state',
  'round',
  'year',
  'number',
  'total',
  'issued_on as issuedOn',
  'published_at as publishedAt',
  'title',
  'host',
  'editor',
  'digest',
  'pdf_digest as pdfDigest',
  'pdf_bytes as pdfBytes',
  'author_id as authorId',
  'hands',
  'created_at as createdAt',
  'changed_at as changedAt',
  'submitted_at as submittedAt',
] as const;

const issues = (db: Db, agencyId: number) =>
  db.selectFrom('gazette_issues').select(columns).where('agency_id', '=', agencyId);

const published = (db: Db, agencyId: number) =>
  issues(db, agencyId).where('state', '=', 'published').$castTo<PublishedIssue>();

export async function findIssue(db: Db, agencyId: number, id: number): Promise<Issue | null> {
  return (await issues(db, agencyId).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Held until the transaction ends: whoever acts second waits here. */
export async function lockIssue(db: Db, agencyId: number, id: number): Promise<Issue | null> {
  return (await issues(db, agencyId).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
}

/** Issues that are composed, reviewed or ready, the newest first. */
export async function openIssues(db: Db, agencyId: number): Promise<Issue[]> {
  return issues(db, agencyId)
    .where('state', 'in', ['draft', 'in-review', 'approved'])
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

export async function issuesOfYear(db: Db, agencyId: number, year: number): Promise<PublishedIssue[]> {
  return published(db, agencyId).where('year', '=', year).orderBy('number', 'desc').execute();
}

export async function issueByNumber(
  db: Db,
  agencyId: number,
  { year, number }: { year: number; number: number },
): Promise<PublishedIssue | null> {
  const row = await published(db, agencyId)
    .where('year', '=', year)
    .where('number', '=', number)
    .executeTakeFirst();
  return row ?? null;
}

/** Issues that are out, in the order they came, behind a total number. */
export async function issuesAfter(
  db: Db,
  agencyId: number,
  total: number,
  limit: number,
): Promise<PublishedIssue[]> {
  return published(db, agencyId).where('total', '>', total).orderBy('total').limit(limit).execute();
}

/** The issues before and after one. */
export async function issuesBeside(
  db: Db,
  agencyId: number,
  total: number,
): Promise<{ before: PublishedIssue | null; after: PublishedIssue | null }> {
  const rows = await published(db, agencyId)
    .where('total', 'in', [total - 1, total + 1])
    .execute();
  return {
    before: rows.find((row) => row.total < total) ?? null,
    after: rows.find((row) => row.total > total) ?? null,
  };
}

/** Years with issues, the newest first. */
export async function yearsOfIssues(db: Db, agencyId: number): Promise<{ year: number; count: number }[]> {
  const { rows } = await sql<{ year: number; count: number }>`SELECT year, count(*) AS count
    FROM gazette_issues WHERE agency_id = ${agencyId} AND state = 'published' GROUP BY year ORDER BY year DESC`.execute(
    db,
  );
  return rows;
}

/** The numbers given last, as `nextNumbers` asks for them. */
export async function lastNumbers(
  db: Db,
  agencyId: number,
  year: number,
): Promise<{ total: number; ofYear: number | null; issuedOn: string } | null> {
  const { rows } = await sql<{ total: number | null; ofYear: number | null; issuedOn: string }>`
    SELECT max(total) AS total, max(number) FILTER (WHERE year = ${year}) AS "ofYear", max(issued_on) AS "issuedOn"
    FROM gazette_issues WHERE agency_id = ${agencyId} AND total IS NOT NULL`.execute(db);
  const [row] = rows;
  return row && row.total !== null ? { ...row, total: row.total } : null;
}

export async function insertIssue(
  db: Db,
  agencyId: number,
  given: { name: string; authorId: number | null; at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('gazette_issues')
    .values({
      agency_id: agencyId,
      name: given.name,
      state: 'draft',
      year: null,
      number: null,
      total: null,
      issued_on: null,
      published_at: null,
      pdf_digest: null,
      pdf_bytes: null,
      author_id: given.authorId,
      hands: given.authorId === null ? [] : [given.authorId],
      created_at: given.at,
      changed_at: given.at,
      submitted_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface IssueChange {
  name?: string;
  state?: IssueState;
  round?: number;
  hands?: number[];
  year?: number;
  number?: number;
  total?: number;
  issued_on?: string;
  published_at?: Date;
  title?: string;
  host?: string;
  editor?: string;
  digest?: string;
  pdf_digest?: string;
  pdf_bytes?: number;
  changed_at?: Date;
  submitted_at?: Date | null;
}

export async function updateIssue(db: Db, agencyId: number, id: number, change: IssueChange): Promise<void> {
  await db
    .updateTable('gazette_issues')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function insertIssueReview(
  db: Db,
  agencyId: number,
  review: {
    issueId: number;
    round: number;
    result: IssueReviewResult;
    reviewerId: number;
    reviewerName: string;
    opinion: string;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('gazette_reviews')
    .values({
      agency_id: agencyId,
      issue_id: review.issueId,
      round: review.round,
      result: review.result,
      reviewer_id: review.reviewerId,
      reviewer_name: review.reviewerName,
      opinion: review.opinion,
      at: review.at,
    })
    .execute();
}

/** Decisions on an issue, oldest first. */
export async function reviewsOfIssue(db: Db, agencyId: number, issueId: number): Promise<IssueReview[]> {
  return db
    .selectFrom('gazette_reviews')
    .select(['id', 'round', 'result', 'reviewer_name as reviewerName', 'opinion', 'at'])
    .where('agency_id', '=', agencyId)
    .where('issue_id', '=', issueId)
    .orderBy('id')
    .execute();
}
