import type { Selectable } from 'kysely';
import type { Db } from '../core/db.ts';
import type { LedgerActTable } from './schema.ts';
import './schema.ts';
import { type ChainedAct, GENESIS } from './chain.ts';

export interface Head {
  seq: number;
  digest: string;
}

/** An act as read back, with the digests its row claims. */
export interface LedgerEntry extends ChainedAct {
  previousDigest: string;
  digest: string;
}

/** Locks the head of an agency's chain until the transaction ends, creating it before the first act. */
export async function lockHead(db: Db, agencyId: number): Promise<Head> {
  const read = () =>
    db
      .selectFrom('ledger_heads')
      .select(['seq', 'digest'])
      .where('agency_id', '=', agencyId)
      .forUpdate()
      .executeTakeFirst();
  const head = await read();
  if (head) return head;
  await db
    .insertInto('ledger_heads')
    .values({ agency_id: agencyId, seq: 0, digest: GENESIS })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read()) ?? { seq: 0, digest: GENESIS };
}

/** Appends the act; the database moves the head of the chain with it. */
export async function insertAct(db: Db, entry: ChainedAct, previous: string, digest: string): Promise<void> {
  await db
    .insertInto('ledger_acts')
    .values({
      agency_id: entry.agency,
      seq: entry.seq,
      at: new Date(entry.at),
      actor_kind: entry.actorKind as LedgerActTable['actor_kind'],
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      act: entry.act,
      ground: entry.ground,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      subject_label: entry.subjectLabel,
      before: entry.before === null ? null : JSON.stringify(entry.before),
      after: entry.after === null ? null : JSON.stringify(entry.after),
      reason: entry.reason,
      previous_digest: previous,
      digest,
    })
    .execute();
}

/** Number of the newest act of an agency; 0 before the first. */
export async function headSeq(db: Db, agencyId: number): Promise<number> {
  return (await head(db, agencyId))?.seq ?? 0;
}

export async function head(db: Db, agencyId: number): Promise<Head | undefined> {
  return db
    .selectFrom('ledger_heads')
    .select(['seq', 'digest'])
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
}

/** Up to `limit` acts after `seq`, oldest first: one step of a walk along the chain. */
export async function actsAfter(
  db: Db,
  agencyId: number,
  seq: number,
  limit: number,
): Promise<LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger_acts')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

/** Walks the whole chain of an agency, oldest first, in batches read one ahead of their use. */
export async function* walk(db: Db, agencyId: number, batch = 2000): AsyncGenerator<LedgerEntry[]> {
  let next = actsAfter(db, agencyId, Number.MIN_SAFE_INTEGER, batch);
  for (;;) {
    const entries = await next;
    if (entries.length === 0) return;
    const last = entries.at(-1) as LedgerEntry;
    const done = entries.length < batch;
    if (!done) {
      next = actsAfter(db, agencyId, last.seq, batch);
      // Should the consumer stop early, nobody awaits this read any more.
      next.catch(() => {});
    }
    yield entries;
    if (done) return;
  }
}

export async function digestsOf(
  db: Db,
  agencyId: number,
  seqs: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('ledger_acts')
    .select(['seq', 'digest'])
    .where('agency_id', '=', agencyId)
    .where('seq', 'in', seqs)
    .execute();
  return new Map(rows.map(({ seq, digest }) => [seq, digest]));
}

export function entryOf(row: Selectable<LedgerActTable>): LedgerEntry {
  return {
    agency: row.agency_id,
    seq: row.seq,
    at: row.at.toISOString(),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    act: row.act,
    ground: row.ground,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectLabel: row.subject_label,
    before: row.before ?? null,
    after: row.after ?? null,
    reason: row.reason,
    previousDigest: row.previous_digest,
    digest: row.digest,
  };
}

export interface Chain {
  agencyId: number;
  code: string;
  name: string;
  seq: number;
  digest: string;
}

/** Every agency with its head; agencies without a single act have seq 0. */
export async function chains(db: Db, agencyCode?: string): Promise<Chain[]> {
  let query = db
    .selectFrom('agencies')
    .leftJoin('ledger_heads', 'ledger_heads.agency_id', 'agencies.id')
    .select((eb) => [
      'agencies.id as agencyId',
      'agencies.code',
      'agencies.name',
      eb.fn.coalesce('ledger_heads.seq', eb.val(0)).as('seq'),
      eb.fn.coalesce('ledger_heads.digest', eb.val(GENESIS)).as('digest'),
    ])
    .orderBy('agencies.id');
  if (agencyCode !== undefined) query = query.where('agencies.code', '=', agencyCode);
  return query.execute();
}
