import type { Db } from '../core/db.ts';
import { actLabel } from './labels.ts';
import { entryOf, type LedgerEntry } from './store.ts';

/** An act as a history shows it; fits the timeline part of the pages. */
export interface TimelineAct {
  seq: number;
  /** ISO 8601 instant. */
  at: string;
  title: string;
  by: string;
  detail: string;
}

/** The acts on one record, newest first. */
export async function actsOf(
  db: Db,
  agencyId: number,
  subjectKind: string,
  subjectId: string | number,
  limit = 200,
): Promise<TimelineAct[]> {
  const rows = await db
    .selectFrom('ledger_acts')
    .select(['seq', 'at', 'act', 'actor_name', 'reason', 'ground'])
    .where('agency_id', '=', agencyId)
    .where('subject_kind', '=', subjectKind)
    .where('subject_id', '=', String(subjectId))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    title: actLabel(row.act),
    by: row.actor_name,
    detail: [row.reason, row.ground].filter(Boolean).join(' · '),
  }));
}

/** The acts on any of several records, newest first. */
export async function actsOnAll(
  db: Db,
  agencyId: number,
  subjects: readonly { kind: string; id: string | number }[],
  limit: number,
): Promise<LedgerEntry[]> {
  if (subjects.length === 0) return [];
  const rows = await db
    .selectFrom('ledger_acts')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where((eb) =>
      eb.or(
        subjects.map(({ kind, id }) =>
          eb.and([eb('subject_kind', '=', kind), eb('subject_id', '=', String(id))]),
        ),
      ),
    )
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

/** Why and when one person last did an act on a record since an instant; null when he did not. */
export async function lastActBy(
  db: Db,
  agencyId: number,
  of: { actorId: number; act: string; subjectKind: string; subjectId: string | number },
  since: Date,
): Promise<{ at: Date; reason: string } | null> {
  const row = await db
    .selectFrom('ledger_acts')
    .select(['at', 'reason'])
    .where('agency_id', '=', agencyId)
    .where('subject_kind', '=', of.subjectKind)
    .where('subject_id', '=', String(of.subjectId))
    .where('act', '=', of.act)
    .where('actor_kind', '=', 'staff')
    .where('actor_id', '=', of.actorId)
    .where('at', '>=', since)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Acts after `fromSeq` up to and including `toSeq` on subjects of these kinds, oldest first. */
export async function actsBetween(
  db: Db,
  agencyId: number,
  fromSeq: number,
  toSeq: number,
  subjectKinds: readonly string[],
  limit = 200,
): Promise<LedgerEntry[]> {
  if (subjectKinds.length === 0) return [];
  const rows = await db
    .selectFrom('ledger_acts')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('seq', '>', fromSeq)
    .where('seq', '<=', toSeq)
    .where('subject_kind', 'in', subjectKinds)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

export interface LedgerFilter {
  actor?: string;
  act?: string;
  subjectKind?: string;
  subjectId?: string;
  /** Civil dates in China, inclusive. */
  from?: string;
  to?: string;
  /** Looked for in the subject's label, the reason and the ground. */
  text?: string;
}

/** One page of acts, newest first; `before` is the number of the last act of the page above. */
export async function actsPage(
  db: Db,
  agencyId: number,
  filter: LedgerFilter,
  page: { before?: number; after?: number; limit: number },
): Promise<LedgerEntry[]> {
  let query = db.selectFrom('ledger_acts').selectAll().where('agency_id', '=', agencyId).limit(page.limit);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  if (page.after !== undefined) query = query.where('seq', '>', page.after);
  query = query.orderBy('seq', page.after === undefined ? 'desc' : 'asc');
  if (filter.actor) query = query.where('actor_name', '=', filter.actor);
  if (filter.act) query = query.where('act', '=', filter.act);
  if (filter.subjectKind) query = query.where('subject_kind', '=', filter.subjectKind);
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.from) query = query.where('at', '>=', startOfDay(filter.from));
  if (filter.to) query = query.where('at', '<', new Date(startOfDay(filter.to).getTime() + 86_400_000));
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([
        eb('subject_label', 'like', pattern),
        eb('reason', 'like', pattern),
        eb('ground', 'like', pattern),
        eb('subject_id', '=', filter.text as string),
      ]),
    );
  }
  const rows = await query.execute();
  return (page.after === undefined ? rows : rows.reverse()).map(entryOf);
}

export async function actBySeq(db: Db, agencyId: number, seq: number): Promise<LedgerEntry | null> {
  const row = await db
    .selectFrom('ledger_acts')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row ? entryOf(row) : null;
}

/** Midnight in China, which keeps one offset all year. */
function startOfDay(date: string): Date {
  return new Date(`${date}T00:00:00+08:00`);
}
