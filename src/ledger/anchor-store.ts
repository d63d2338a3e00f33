import { sql } from 'kysely';
import type { Db } from '../core/db.ts';
import './schema.ts';
import { sm3 } from './chain.ts';

export interface Anchor {
  agency: string;
  /** Civil date in China the line stands for. */
  day: string;
  seq: number;
  digest: string;
  takenAt: string;
  /** SM3 of the line in the anchor file. */
  lineDigest: string;
}

export interface PublishedAnchor extends Anchor {
  agencyName: string;
  /** Acts of the chain since its anchor before. */
  acts: number;
  /** Order of the lines over all agencies; pass the last one of a page to get the next page. */
  line: number;
}

/**
 * Tells this installation's ledger from that of any other database: when its tables were made, which a backup carries
 * along. Lines of another database in the same file then contradict nothing.
 */
export async function ledgerId(db: Db): Promise<string> {
  const { rows } = await sql<{ at: Date | null }>`
    SELECT min(applied_at) AS at FROM schema_migrations WHERE name LIKE '0002-%'
  `.execute(db);
  return sm3(rows[0]?.at?.toISOString() ?? '').slice(0, 16);
}

/** Heads that no anchor holds yet; with `day`, also those that have an anchor but none of that day. */
export async function unanchoredHeads(
  db: Db,
  day: string | null,
): Promise<{ agencyId: number; agency: string; seq: number; digest: string }[]> {
  return db
    .selectFrom('ledger_heads')
    .innerJoin('agencies', 'agencies.id', 'ledger_heads.agency_id')
    .select(['agencies.id as agencyId', 'agencies.code as agency', 'ledger_heads.seq', 'ledger_heads.digest'])
    .where('ledger_heads.seq', '>', 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ledger_anchors')
            .select('ledger_anchors.seq')
            .whereRef('ledger_anchors.agency_id', '=', 'ledger_heads.agency_id')
            .whereRef('ledger_anchors.seq', '=', 'ledger_heads.seq')
            .$if(day !== null, (query) => query.where('ledger_anchors.day', '=', day as string)),
        ),
      ),
    )
    .orderBy('agencies.id')
    .execute();
}

export async function insertAnchor(db: Db, agencyId: number, anchor: Anchor): Promise<void> {
  await db
    .insertInto('ledger_anchors')
    .values({
      agency_id: agencyId,
      day: anchor.day,
      seq: anchor.seq,
      digest: anchor.digest,
      taken_at: new Date(anchor.takenAt),
      line_digest: anchor.lineDigest,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** One writer of the anchor file at a time, over all machines; held until the transaction ends. */
export async function lockAnchors(db: Db): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('gongkai-ledger-anchors'))`.execute(db);
}

export async function lastAnchor(db: Db): Promise<{ lineDigest: string; takenAt: Date } | undefined> {
  return db
    .selectFrom('ledger_anchors')
    .select(['line_digest as lineDigest', 'taken_at as takenAt'])
    .orderBy('line', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Published anchors, newest first, one page at a time. */
export async function anchorsPage(
  db: Db,
  filter: { agency?: string; before?: number; limit: number },
): Promise<PublishedAnchor[]> {
  let query = db
    .selectFrom('ledger_anchors as anchor')
    .innerJoin('agencies', 'agencies.id', 'anchor.agency_id')
    .select((eb) => [
      'agencies.code as agency',
      'agencies.name as agencyName',
      'anchor.day',
      'anchor.seq',
      'anchor.digest',
      'anchor.taken_at',
      'anchor.line_digest as lineDigest',
      'anchor.line',
      eb
        .selectFrom('ledger_anchors as earlier')
        .select('earlier.seq')
        .whereRef('earlier.agency_id', '=', 'anchor.agency_id')
        .whereRef('earlier.line', '<', 'anchor.line')
        .orderBy('earlier.line', 'desc')
        .limit(1)
        .as('earlierSeq'),
    ])
    .orderBy('anchor.line', 'desc')
    .limit(filter.limit);
  if (filter.agency !== undefined) query = query.where('agencies.code', '=', filter.agency);
  if (filter.before !== undefined) query = query.where('anchor.line', '<', filter.before);
  return (await query.execute()).map(({ taken_at, earlierSeq, ...row }) => ({
    ...row,
    takenAt: taken_at.toISOString(),
    acts: row.seq - (earlierSeq ?? 0),
  }));
}

/** Number of the first act that a published anchor contradicts (also when it is gone); null when none is. */
export async function brokenAnchor(db: Db, agencyId: number): Promise<number | null> {
  const row = await db
    .selectFrom('ledger_anchors as anchor')
    .leftJoin('ledger_acts as act', (join) =>
      join.onRef('act.agency_id', '=', 'anchor.agency_id').onRef('act.seq', '=', 'anchor.seq'),
    )
    .select('anchor.seq')
    .where('anchor.agency_id', '=', agencyId)
    .where((eb) => eb.or([eb('act.digest', 'is', null), eb('act.digest', '!=', eb.ref('anchor.digest'))]))
    .orderBy('anchor.seq')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? null;
}
