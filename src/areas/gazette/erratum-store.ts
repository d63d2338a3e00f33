import type { Db } from '../../core/db.ts';
import type { Erratum, IssueReviewResult } from './model.ts';
import './schema.ts';

const columns = [
  'e.id',
  'e.issue_id as issueId',
  'e.item_id as itemId',
  'e.notice',
  'e.state',
  'e.noted_on as notedOn',
  'e.author_id as authorId',
  'e.by_name as byName',
  'e.decided_name as decidedName',
  'e.opinion',
] as const;

const errata = (db: Db, agencyId: number) =>
  db.selectFrom('gazette_errata as e').select(columns).where('e.agency_id', '=', agencyId);

export async function insertErratum(
  db: Db,
  agencyId: number,
  given: Pick<Erratum, 'issueId' | 'itemId' | 'notice' | 'notedOn' | 'authorId' | 'byName'> & { at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('gazette_errata')
    .values({
      agency_id: agencyId,
      issue_id: given.issueId,
      item_id: given.itemId,
      notice: given.notice,
      noted_on: given.notedOn,
      author_id: given.authorId,
      by_name: given.byName,
      at: given.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Every erratum of an issue, oldest first; readers see only those that are `published`. */
export async function errataOf(db: Db, agencyId: number, issueId: number): Promise<Erratum[]> {
  return errata(db, agencyId).where('e.issue_id', '=', issueId).orderBy('e.id').execute();
}

/** Errata that wait for their review, oldest first, with the title of their issue. */
export async function waitingErrata(
  db: Db,
  agencyId: number,
): Promise<(Erratum & { year: number | null; number: number | null })[]> {
  return errata(db, agencyId)
    .innerJoin('gazette_issues as g', (join) =>
      join.onRef('g.agency_id', '=', 'e.agency_id').onRef('g.id', '=', 'e.issue_id'),
    )
    .select(['g.year', 'g.number'])
    .where('e.state', '=', 'proposed')
    .orderBy('e.id')
    .limit(200)
    .execute();
}

export async function decide(
  db: Db,
  agencyId: number,
  id: number,
  decision: { result: IssueReviewResult; on: string; by: number; byName: string; opinion: string; at: Date },
): Promise<void> {
  await db
    .updateTable('gazette_errata')
    .set({
      state: decision.result === 'passed' ? 'published' : 'refused',
      noted_on: decision.on,
      decided_by: decision.by,
      decided_name: decision.byName,
      decided_at: decision.at,
      opinion: decision.opinion,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}
