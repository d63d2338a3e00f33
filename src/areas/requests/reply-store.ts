import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { DeliveryMethod } from '../../law/index.ts';
import type { ReplyState, ReviewKind } from './model.ts';
import './schema.ts';

export async function insertReply(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { kindCode: string; authorId: number | null; contentSealed: string; overrides: boolean },
): Promise<number> {
  const { id } = await db
    .insertInto('request_replies')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      kind_code: given.kindCode,
      state: 'draft',
      author_id: given.authorId,
      hands: given.authorId === null ? [] : [given.authorId],
      content_sealed: given.contentSealed,
      overrides: given.overrides,
      legal_by: null,
      legal_at: null,
      secrecy_by: null,
      secrecy_at: null,
      signed_by: null,
      signed_on: null,
      letter_id: null,
      dispatched_on: null,
      delivery_method: null,
      delivered_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes a draft; who writes joins those who may not review it. */
export async function rewriteReply(
  db: Db,
  agencyId: number,
  id: number,
  given: { kindCode: string; authorId: number | null; contentSealed: string; overrides: boolean },
): Promise<void> {
  await db
    .updateTable('request_replies')
    .set({
      kind_code: given.kindCode,
      content_sealed: given.contentSealed,
      overrides: given.overrides,
      author_id: given.authorId,
      hands: sql`CASE WHEN ${given.authorId}::int IS NULL OR ${given.authorId}::int = ANY (hands) THEN hands
        ELSE hands || ${given.authorId}::int END`,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export interface ReplyChange {
  state?: ReplyState;
  legal_by?: number | null;
  legal_at?: Date | null;
  secrecy_by?: number | null;
  secrecy_at?: Date | null;
  signed_by?: number | null;
  signed_on?: string;
  letter_id?: number;
  dispatched_on?: string;
  delivery_method?: DeliveryMethod;
  delivered_on?: string;
}

export async function updateReply(db: Db, agencyId: number, id: number, change: ReplyChange): Promise<void> {
  await db
    .updateTable('request_replies')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function replyContentSealed(db: Db, agencyId: number, id: number): Promise<string | null> {
  const row = await db
    .selectFrom('request_replies')
    .select('content_sealed as sealed')
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.sealed ?? null;
}

export interface ReviewRow {
  id: number;
  replyId: number;
  kind: ReviewKind;
  result: 'approved' | 'returned';
  opinionSealed: string;
  byName: string;
  at: Date;
}

export async function insertReview(
  db: Db,
  agencyId: number,
  given: Omit<ReviewRow, 'id'> & { byId: number | null },
): Promise<void> {
  await db
    .insertInto('request_reviews')
    .values({
      agency_id: agencyId,
      reply_id: given.replyId,
      kind: given.kind,
      result: given.result,
      opinion_sealed: given.opinionSealed,
      by_id: given.byId,
      by_name: given.byName,
      at: given.at,
    })
    .execute();
}

/** Every review of every reply of the request, oldest first. */
export async function reviewsOf(db: Db, agencyId: number, requestId: number): Promise<ReviewRow[]> {
  return db
    .selectFrom('request_reviews as v')
    .innerJoin('request_replies as r', (join) =>
      join.onRef('r.agency_id', '=', 'v.agency_id').onRef('r.id', '=', 'v.reply_id'),
    )
    .select([
      'v.id',
      'v.reply_id as replyId',
      'v.kind',
      'v.result',
      'v.opinion_sealed as opinionSealed',
      'v.by_name as byName',
      'v.at',
    ])
    .where('r.agency_id', '=', agencyId)
    .where('r.request_id', '=', requestId)
    .orderBy('v.id')
    .execute();
}
