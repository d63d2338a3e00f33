import type { Db } from '../../core/db.ts';
import type { VersionContent } from './model.ts';
import './schema.ts';

/** What stays much the same from one item of an author to his next in the same column. */
export type Habits = Pick<
  VersionContent,
  'columnId' | 'genre' | 'subject' | 'issuingBody' | 'source' | 'channels'
>;

/**
 * How this person filled in his last item of that column, of any column without `columnId`; null when there is none. What
 * was given up does not count, nor what names neither genre nor subject.
 */
export async function habitsOf(
  db: Db,
  agencyId: number,
  staffId: number,
  columnId?: number,
): Promise<Habits | null> {
  const row = await db
    .selectFrom('item_versions')
    .select([
      'column_id as columnId',
      'genre',
      'subject',
      'issuing_body as issuingBody',
      'source',
      'channels',
    ])
    .where('agency_id', '=', agencyId)
    .where('author_id', '=', staffId)
    .where('state', '<>', 'discarded')
    .where('genre', '<>', '')
    .where('subject', '<>', '')
    .$if(columnId === undefined, (query) => query.where('column_id', 'is not', null))
    .$if(columnId !== undefined, (query) => query.where('column_id', '=', columnId ?? 0))
    .orderBy('item_id', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
