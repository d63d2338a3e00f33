import type { Db } from '../../core/db.ts';
import './schema.ts';

/** Ids of requests whose reply waits for this review and was not written by the reviewer; the first due first. */
export async function waitingForReview(
  db: Db,
  agencyId: number,
  kind: 'legal' | 'secrecy',
  staffId: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('requests as r')
    .innerJoin('request_replies as p', (join) =>
      join.onRef('p.agency_id', '=', 'r.agency_id').onRef('p.request_id', '=', 'r.id'),
    )
    .select('r.id')
    .where('r.agency_id', '=', agencyId)
    .where('r.state', '=', 'reviewing')
    .where('p.state', '=', 'in-review')
    .where(kind === 'legal' ? 'p.legal_at' : 'p.secrecy_at', 'is', null)
    .where((eb) => eb.or([eb('p.author_id', 'is', null), eb('p.author_id', '<>', staffId)]))
    .orderBy('r.due_on')
    .orderBy('r.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Ids of requests whose extension waits for the head's decision; the first due first. */
export async function waitingForExtension(db: Db, agencyId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('request_extensions as e')
    .innerJoin('requests as r', (join) =>
      join.onRef('r.agency_id', '=', 'e.agency_id').onRef('r.id', '=', 'e.request_id'),
    )
    .select('r.id')
    .where('e.agency_id', '=', agencyId)
    .where('e.state', '=', 'proposed')
    .where('r.concluded_on', 'is', null)
    .orderBy('r.due_on')
    .orderBy('r.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
