import { type Selectable, sql } from 'kysely';
import type { Database, Db } from '../../core/db.ts';
import './portal-schema.ts';

export type AttemptKind = Selectable<Database['request_attempts']>['kind'];

export interface Attempts {
  attempts: number;
  firstAt: Date;
}

/** Counts one more attempt and says how many there were since the window began; a window that is over begins anew. */
export async function countAttempt(
  db: Db,
  agencyId: number,
  { kind, keyDigest }: { kind: AttemptKind; keyDigest: string },
  now: Date,
  windowMinutes: number,
): Promise<Attempts> {
  const over = sql<boolean>`request_attempts.first_at <= ${new Date(now.getTime() - windowMinutes * 60_000)}`;
  return db
    .insertInto('request_attempts')
    .values({ agency_id: agencyId, kind, key_digest: keyDigest, attempts: 1, first_at: now })
    .onConflict((conflict) =>
      conflict.columns(['agency_id', 'kind', 'key_digest']).doUpdateSet({
        attempts: sql`CASE WHEN ${over} THEN 1 ELSE request_attempts.attempts + 1 END`,
        first_at: sql`CASE WHEN ${over} THEN ${now}::timestamptz ELSE request_attempts.first_at END`,
      }),
    )
    .returning(['attempts', 'first_at as firstAt'])
    .executeTakeFirstOrThrow();
}

/** How many attempts the running window holds; 0 when there is none. */
export async function attemptsWithin(
  db: Db,
  agencyId: number,
  { kind, keyDigest }: { kind: AttemptKind; keyDigest: string },
  since: Date,
): Promise<number> {
  const row = await db
    .selectFrom('request_attempts')
    .select('attempts')
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where('key_digest', '=', keyDigest)
    .where('first_at', '>', since)
    .executeTakeFirst();
  return row?.attempts ?? 0;
}

/** Takes back the count of an attempt that was no offence. */
export async function uncountAttempt(
  db: Db,
  agencyId: number,
  { kind, keyDigest }: { kind: AttemptKind; keyDigest: string },
): Promise<void> {
  await db
    .updateTable('request_attempts')
    .set({ attempts: sql`greatest(attempts - 1, 0)` })
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where('key_digest', '=', keyDigest)
    .execute();
}

/** Remembers a proof of work as used; false when it was used before. */
export async function spendProof(db: Db, agencyId: number, salt: string, expiresAt: Date): Promise<boolean> {
  const row = await db
    .insertInto('request_spent_proofs')
    .values({ agency_id: agencyId, salt, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('salt')
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets counters whose window is long over and proofs that could no longer be used. */
export async function forgetVisits(db: Db, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await db.deleteFrom('request_attempts').where('first_at', '<', dayAgo).execute();
  await db.deleteFrom('request_spent_proofs').where('expires_at', '<', now).execute();
}
