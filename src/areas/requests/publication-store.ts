import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { PublicationState } from './model.ts';
import './schema.ts';

/** An answered request as everybody may read it, or as it is proposed to be. */
export interface Publication {
  id: number;
  requestId: number;
  title: string;
  question: string;
  answer: string;
  fileIds: readonly number[];
  state: PublicationState;
  authorId: number | null;
  reviewerId: number | null;
  proposedOn: string;
  publishedOn: string | null;
  reason: string;
}

const columns = [
  'id',
  'request_id as requestId',
  'title',
  'question',
  'answer',
  'file_ids as fileIds',
  'state',
  'author_id as authorId',
  'reviewer_id as reviewerId',
  'proposed_on as proposedOn',
  'published_on as publishedOn',
  'reason',
] as const;

/** The driver reads numbers of an array of bigint as text. */
const withNumbers = <Row extends { fileIds: readonly (number | string)[] }>(row: Row) => ({
  ...row,
  fileIds: row.fileIds.map(Number),
});

export async function insertPublication(
  db: Db,
  agencyId: number,
  given: Pick<
    Publication,
    'requestId' | 'title' | 'question' | 'answer' | 'fileIds' | 'authorId' | 'proposedOn'
  > & {
    grams: string[];
  },
): Promise<number> {
  const { id } = await db
    .insertInto('request_publications')
    .values({
      agency_id: agencyId,
      request_id: given.requestId,
      title: given.title,
      title_grams: given.grams,
      question: given.question,
      answer: given.answer,
      file_ids: [...given.fileIds],
      state: 'proposed',
      author_id: given.authorId,
      reviewer_id: null,
      proposed_on: given.proposedOn,
      published_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findPublication(db: Db, agencyId: number, id: number): Promise<Publication | null> {
  const row = await publicationRow(db, agencyId, id).executeTakeFirst();
  return row ? withNumbers(row) : null;
}

/** The same, held until the transaction ends. */
export async function lockPublication(db: Db, agencyId: number, id: number): Promise<Publication | null> {
  const row = await publicationRow(db, agencyId, id).forUpdate().executeTakeFirst();
  return row ? withNumbers(row) : null;
}

const publicationRow = (db: Db, agencyId: number, id: number) =>
  db
    .selectFrom('request_publications')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id);

export async function updatePublication(
  db: Db,
  agencyId: number,
  id: number,
  change: {
    state: PublicationState;
    reviewer_id?: number | null;
    published_on?: string;
    reason?: string;
  },
): Promise<void> {
  await db
    .updateTable('request_publications')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** Every proposal and publication of a request, the newest first. */
export async function publicationsOfRequest(
  db: Db,
  agencyId: number,
  requestId: number,
): Promise<Publication[]> {
  const rows = await db
    .selectFrom('request_publications')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(withNumbers);
}

/** What waits for its review, the oldest first. */
export async function proposedPublications(db: Db, agencyId: number, limit = 200): Promise<Publication[]> {
  const rows = await db
    .selectFrom('request_publications')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'proposed')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(withNumbers);
}

/** An answer that became public for everybody, with the request it came from. */
export interface Transferred extends Publication {
  number: string;
  concludedOn: string | null;
  unitId: number | null;
}

/** Answers published between two days, both included, whether or not they were withdrawn since; oldest first. */
export async function transferredBetween(
  db: Db,
  agencyId: number,
  period: { from: string; to: string },
  limit = 1000,
): Promise<Transferred[]> {
  const rows = await db
    .selectFrom('request_publications as p')
    .innerJoin('requests as r', (join) =>
      join.onRef('r.agency_id', '=', 'p.agency_id').onRef('r.id', '=', 'p.request_id'),
    )
    .select([
      'p.id',
      'p.request_id as requestId',
      'p.title',
      'p.question',
      'p.answer',
      'p.file_ids as fileIds',
      'p.state',
      'p.author_id as authorId',
      'p.reviewer_id as reviewerId',
      'p.proposed_on as proposedOn',
      'p.published_on as publishedOn',
      'p.reason',
      'r.number',
      'r.concluded_on as concludedOn',
      'r.unit_id as unitId',
    ])
    .where('p.agency_id', '=', agencyId)
    .where('p.published_on', '>=', period.from)
    .where('p.published_on', '<=', period.to)
    .orderBy('p.published_on')
    .orderBy('p.id')
    .limit(limit)
    .execute();
  return rows.map(withNumbers);
}

export interface PublishedAnswer {
  id: number;
  title: string;
  question: string;
  answer: string;
  fileIds: readonly number[];
  publishedOn: string;
  requestId: number;
}

const published = (db: Db, agencyId: number) =>
  db
    .selectFrom('request_publications')
    .select([
      'id',
      'request_id as requestId',
      'title',
      'question',
      'answer',
      'file_ids as fileIds',
      sql<string>`published_on`.as('publishedOn'),
    ])
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'published');

/** Published answers, the newest first, that contain every word; `after` continues below the last one shown. */
export async function listPublished(
  db: Db,
  agencyId: number,
  filter: { words: readonly string[]; after: { publishedOn: string; id: number } | null; limit: number },
): Promise<PublishedAnswer[]> {
  let query = published(db, agencyId);
  for (const word of filter.words) {
    const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([eb('title', 'ilike', like), eb('question', 'ilike', like), eb('answer', 'ilike', like)]),
    );
  }
  const { after } = filter;
  if (after)
    query = query.where(sql<boolean>`(published_on, id) < (${after.publishedOn}::date, ${after.id}::bigint)`);
  const rows = await query
    .orderBy('published_on', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map(withNumbers);
}

export async function findPublished(db: Db, agencyId: number, id: number): Promise<PublishedAnswer | null> {
  const row = await published(db, agencyId).where('id', '=', id).executeTakeFirst();
  return row ? withNumbers(row) : null;
}

/** Published answers whose title shares two-character pieces with these, most shared first. */
export async function similarPublished(
  db: Db,
  agencyId: number,
  grams: readonly string[],
  limit: number,
): Promise<(PublishedAnswer & { shared: number })[]> {
  if (grams.length === 0) return [];
  const wanted = sql<string[]>`${sql.val([...grams])}::text[]`;
  const rows = await published(db, agencyId)
    .select(
      sql<number>`(SELECT count(*)::int FROM unnest(title_grams) gram WHERE gram = ANY(${wanted}))`.as(
        'shared',
      ),
    )
    .where(sql<boolean>`title_grams && ${wanted}`)
    .orderBy('shared', 'desc')
    .orderBy('published_on', 'desc')
    .limit(limit)
    .execute();
  return rows.map(withNumbers);
}
