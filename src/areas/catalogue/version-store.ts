import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ItemReview, ReviewStep, Version, VersionContent, VersionState } from './model.ts';
import './schema.ts';

const versionColumns = [
  'item_id as itemId',
  'version',
  'state',
  'step',
  'revision',
  'title',
  'abstract',
  'body',
  'plain',
  'column_id as columnId',
  'further_columns as furtherColumns',
  'genre',
  'subject',
  'document_number as documentNumber',
  'issuing_body as issuingBody',
  'source',
  'keywords',
  'formed_on as formedOn',
  'normative',
  'attribute',
  'attribute_reason as attributeReason',
  'next_review_on as nextReviewOn',
  'channels',
  'publish_at',
  'urgent_reason as urgentReason',
  'review_due_on as reviewDueOn',
  'amendment',
  'interpretation_plan as interpretationPlan',
  'interprets',
  'let_stand as letStand',
  'author_id as authorId',
  'hands',
  'created_at as createdAt',
  'saved_at as savedAt',
  'submitted_at as submittedAt',
  'published_at as publishedAt',
  'digest',
] as const;

const versions = (db: Db, agencyId: number, itemId: number) =>
  db
    .selectFrom('item_versions')
    .select(versionColumns)
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', itemId);

type Row = Omit<Version, 'publishAt'> & { publish_at: Date | null };
const versionOf = ({ publish_at, ...row }: Row): Version => ({
  ...row,
  publishAt: publish_at?.toISOString() ?? null,
});

export async function findVersion(
  db: Db,
  agencyId: number,
  itemId: number,
  version: number,
): Promise<Version | null> {
  const row = await versions(db, agencyId, itemId).where('version', '=', version).executeTakeFirst();
  return row ? versionOf(row) : null;
}

/** The version that is written or reviewed now; at most one. */
export async function openVersion(db: Db, agencyId: number, itemId: number): Promise<Version | null> {
  const row = await versions(db, agencyId, itemId)
    .where('state', 'in', ['draft', 'in-review', 'approved'])
    .executeTakeFirst();
  return row ? versionOf(row) : null;
}

/** The version that was put out urgently and still owes its review. */
export async function versionOwingReview(db: Db, agencyId: number, itemId: number): Promise<Version | null> {
  const row = await versions(db, agencyId, itemId)
    .where('review_due_on', 'is not', null)
    .orderBy('version')
    .limit(1)
    .executeTakeFirst();
  return row ? versionOf(row) : null;
}

/** Every version without bodies, the newest first. */
export async function listVersions(
  db: Db,
  agencyId: number,
  itemId: number,
): Promise<
  Pick<Version, 'version' | 'state' | 'title' | 'amendment' | 'publishedAt' | 'savedAt' | 'digest'>[]
> {
  return db
    .selectFrom('item_versions')
    .select([
      'version',
      'state',
      'title',
      'amendment',
      'published_at as publishedAt',
      'saved_at as savedAt',
      'digest',
    ])
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', itemId)
    .orderBy('version', 'desc')
    .execute();
}

export async function insertVersion(
  db: Db,
  agencyId: number,
  given: {
    itemId: number;
    version: number;
    content: VersionContent & { plain: string };
    authorId: number | null;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('item_versions')
    .values({
      agency_id: agencyId,
      item_id: given.itemId,
      version: given.version,
      state: 'draft',
      ...contentValues(given.content),
      review_due_on: null,
      author_id: given.authorId,
      hands: given.authorId === null ? [] : [given.authorId],
      created_at: given.at,
      saved_at: given.at,
      submitted_at: null,
      published_at: null,
    })
    .execute();
}

function contentValues(content: VersionContent & { plain: string }) {
  return {
    title: content.title,
    abstract: content.abstract,
    body: content.body,
    plain: content.plain,
    column_id: content.columnId,
    further_columns: [...content.furtherColumns],
    genre: content.genre,
    subject: content.subject,
    document_number: content.documentNumber,
    issuing_body: content.issuingBody,
    source: content.source,
    keywords: [...content.keywords],
    formed_on: content.formedOn,
    normative: content.normative,
    attribute: content.attribute,
    attribute_reason: content.attributeReason,
    next_review_on: content.nextReviewOn,
    channels: [...content.channels],
    publish_at: content.publishAt === null ? null : new Date(content.publishAt),
    amendment: content.amendment,
    interpretation_plan: content.interpretationPlan,
    interprets: [...content.interprets],
  };
}

/** Writes the content of a draft; who writes joins those who may not review it. Returns the new revision. */
export async function writeContent(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  content: VersionContent & { plain: string },
  by: { staffId: number | null; at: Date },
): Promise<number> {
  const { revision } = await db
    .updateTable('item_versions')
    .set({
      ...contentValues(content),
      author_id: by.staffId,
      hands: sql`CASE WHEN ${by.staffId}::int IS NULL OR ${by.staffId}::int = ANY (hands) THEN hands
        ELSE hands || ${by.staffId}::int END`,
      saved_at: by.at,
      revision: sql`revision + 1`,
    })
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}

export interface VersionChange {
  state?: VersionState;
  step?: ReviewStep | 'secrecy' | '';
  submitted_at?: Date | null;
  published_at?: Date;
  digest?: string;
  urgent_reason?: string;
  review_due_on?: string | null;
  publish_at?: Date | null;
  /** JSON of the reasons. */
  let_stand?: string;
}

export async function updateVersion(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  change: VersionChange,
): Promise<void> {
  await db
    .updateTable('item_versions')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .execute();
}

export async function insertReview(
  db: Db,
  agencyId: number,
  itemId: number,
  review: Omit<ItemReview, 'id'>,
): Promise<void> {
  await db
    .insertInto('item_reviews')
    .values({
      agency_id: agencyId,
      item_id: itemId,
      version: review.version,
      step: review.step,
      result: review.result,
      reviewer_id: review.reviewerId,
      reviewer_name: review.reviewerName,
      on_behalf_of: review.onBehalfOf,
      opinion: review.opinion,
      basis: review.basis,
      concluding: review.concluding,
      at: review.at,
    })
    .execute();
}

/** Reviews of every version of the item, oldest first. */
export async function reviewsOf(db: Db, agencyId: number, itemId: number): Promise<ItemReview[]> {
  return db
    .selectFrom('item_reviews')
    .select([
      'id',
      'version',
      'step',
      'result',
      'reviewer_id as reviewerId',
      'reviewer_name as reviewerName',
      'on_behalf_of as onBehalfOf',
      'opinion',
      'basis',
      'concluding',
      'at',
    ])
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', itemId)
    .orderBy('id')
    .execute();
}

/** Copies the files of one version to the next. */
export async function copyFiles(
  db: Db,
  agencyId: number,
  itemId: number,
  from: number,
  to: number,
): Promise<void> {
  await sql`INSERT INTO item_files (agency_id, item_id, version, position, kind, name, digest, type, bytes, plain, released)
    SELECT agency_id, item_id, ${to}, position, kind, name, digest, type, bytes, plain, released FROM item_files
    WHERE agency_id = ${agencyId} AND item_id = ${itemId} AND version = ${from} ORDER BY position, id`.execute(
    db,
  );
}

/** Who changed files of a draft joins those who may not review it. */
export async function joinHands(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  staffId: number,
): Promise<void> {
  await db
    .updateTable('item_versions')
    .set({
      hands: sql`CASE WHEN ${staffId}::int = ANY (hands) THEN hands ELSE hands || ${staffId}::int END`,
    })
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .execute();
}

/** Puts one picture in the place of another wherever the body shows it. */
export async function replacePicture(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  digests: { from: string; to: string },
): Promise<void> {
  await db
    .updateTable('item_versions')
    .set({
      body: sql`replace(body, ${`/files/items/${key.itemId}/${digests.from}`}, ${`/files/items/${key.itemId}/${digests.to}`})`,
      revision: sql`revision + 1`,
    })
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .execute();
}

/**
 * Approved versions whose hour has come, of every agency, the earliest first; also those for which no hour was set, which a
 * process that died left between their last review and their publication.
 */
export async function dueVersions(db: Db, now: Date): Promise<{ agencyId: number; itemId: number }[]> {
  return db
    .selectFrom('item_versions')
    .select(['agency_id as agencyId', 'item_id as itemId'])
    .where('state', '=', 'approved')
    .where('attribute', '=', 'proactive')
    .where(({ eb, or }) => or([eb('publish_at', '<=', now), eb('publish_at', 'is', null)]))
    .orderBy('publish_at')
    .limit(1000)
    .execute();
}

/** Versions that were put out urgently and are to be reviewed by that day. */
export async function owedReviews(
  db: Db,
  agencyId: number,
  until: string,
): Promise<{ itemId: number; title: string; dueOn: string }[]> {
  const rows = await db
    .selectFrom('item_versions')
    .select(['item_id as itemId', 'title', 'review_due_on as dueOn'])
    .where('agency_id', '=', agencyId)
    .where('review_due_on', '<=', until)
    .orderBy('review_due_on')
    .limit(500)
    .execute();
  return rows.map(({ dueOn, ...row }) => ({ ...row, dueOn: dueOn ?? until }));
}
