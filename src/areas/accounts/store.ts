import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

export interface Session {
  id: string;
  token: string;
  userId: string;
  address: string | null;
  userAgent: string | null;
  signedInAt: Date;
  seenAt: Date;
}

const sessionColumns = [
  'id',
  'token',
  'user_id as userId',
  'ip_address as address',
  'user_agent as userAgent',
  sql<Date>`signed_in_at`.as('signedInAt'),
  sql<Date>`seen_at`.as('seenAt'),
] as const;

/** Sessions of an account that were recorded, the last used first. */
export async function listSessions(db: Db, userId: string): Promise<Session[]> {
  return db
    .selectFrom('account_sessions')
    .select(sessionColumns)
    .where('user_id', '=', userId)
    .where('signed_in_at', 'is not', null)
    .orderBy('seen_at', 'desc')
    .execute();
}

/** The account a fresh session belongs to, whether recorded or not. */
export async function userOfToken(db: Db, token: string): Promise<string | null> {
  const row = await db
    .selectFrom('account_sessions')
    .select('user_id')
    .where('token', '=', token)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

/** Lets a session open the workbench: who signed in from where, and when. */
export async function admitSession(
  db: Db,
  token: string,
  visit: { address: string; userAgent: string; signedInAt: Date; seenAt: Date },
): Promise<void> {
  await db
    .updateTable('account_sessions')
    .set({
      ip_address: visit.address,
      user_agent: visit.userAgent.slice(0, 300),
      signed_in_at: visit.signedInAt,
      seen_at: visit.seenAt,
    })
    .where('token', '=', token)
    .execute();
}

/** Takes back a session that was opened for somebody who may not have one. */
export async function dropToken(db: Db, token: string): Promise<void> {
  await db.deleteFrom('account_sessions').where('token', '=', token).execute();
}

export async function touchSession(db: Db, id: string, seenAt: Date): Promise<void> {
  await db.updateTable('account_sessions').set({ seen_at: seenAt }).where('id', '=', id).execute();
}

/** Ends sessions of an account: one by id, all but one, or all. Returns how many ended. */
export async function endSessions(
  db: Db,
  userId: string,
  which: { id?: string; except?: string } = {},
): Promise<number> {
  let query = db.deleteFrom('account_sessions').where('user_id', '=', userId);
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  const result = await query.executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Forgets what time has made useless: sessions and challenges past their end, counters without a lock. */
export async function forgetExpired(db: Db, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await db.deleteFrom('account_sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('account_verifications').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('sign_in_attempts')
    .where('first_at', '<', dayAgo)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<', now)]))
    .execute();
}

export interface AccountUser {
  id: string;
  username: string;
  secondFactor: boolean;
}

export async function findUser(db: Db, userId: string): Promise<AccountUser | null> {
  const row = await db
    .selectFrom('account_users')
    .select(['id', 'username', 'two_factor_enabled as secondFactor'])
    .where('id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Makes the account of a username, or returns the one there is. */
export async function ensureUser(
  db: Db,
  user: { username: string; name: string; email: string },
): Promise<string> {
  const row = await db
    .insertInto('account_users')
    .values({ id: randomUUID(), ...user, image: null })
    .onConflict((conflict) => conflict.column('username').doUpdateSet({ name: user.name }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function passwordDigest(db: Db, userId: string): Promise<string | null> {
  const row = await db
    .selectFrom('account_credentials')
    .select('password')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

export async function writePassword(db: Db, userId: string, digest: string, now: Date): Promise<void> {
  await db
    .insertInto('account_credentials')
    .values({
      id: randomUUID(),
      user_id: userId,
      provider_id: 'credential',
      account_id: userId,
      password: digest,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: digest, updated_at: now }),
    )
    .execute();
}

/** The account that a second-factor challenge waits for; `identifier` comes from its cookie. */
export async function userOfChallenge(db: Db, identifier: string): Promise<string | null> {
  const row = await db
    .selectFrom('account_verifications')
    .select('value')
    .where('identifier', '=', identifier)
    .executeTakeFirst();
  return row?.value ?? null;
}

/** A code of the authenticator is good for at most this long, clock drift included. */
const CODE_LIFE_MS = 120_000;
const CODES_KEPT = 4;

const codeDigest = (userId: string, code: string) =>
  createHash('sha256').update(`${userId} ${code}`).digest('hex');

/** Whether a one-time code has not been used in its lifetime. Locks the row until the transaction ends, so that of two at once one is second. */
export async function isCodeUnused(db: Db, userId: string, code: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('account_second_factors')
    .select(['used_code_digest', 'used_code_at'])
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return false;
  const recent = row.used_code_at !== null && row.used_code_at.getTime() >= now.getTime() - CODE_LIFE_MS;
  return !recent || !(row.used_code_digest ?? '').split(' ').includes(codeDigest(userId, code));
}

/** Remembers a code that was accepted, beside the few accepted just before it: none of them is good again. */
export async function markCodeUsed(db: Db, userId: string, code: string, now: Date): Promise<void> {
  const digest = codeDigest(userId, code);
  const since = new Date(now.getTime() - CODE_LIFE_MS);
  await db
    .updateTable('account_second_factors')
    .set({
      used_code_digest: sql<string>`CASE WHEN used_code_at >= ${since}
        THEN right(used_code_digest || ' ' || ${digest}, ${CODES_KEPT * (digest.length + 1) - 1}) ELSE ${digest} END`,
      used_code_at: now,
    })
    .where('user_id', '=', userId)
    .execute();
}

/** The sealed secret that still waits for its first code. */
export async function pendingSecret(db: Db, userId: string): Promise<string | null> {
  const row = await db
    .selectFrom('account_second_factors')
    .select('secret')
    .where('user_id', '=', userId)
    .where('verified', '=', false)
    .executeTakeFirst();
  return row?.secret ?? null;
}

export async function removeSecondFactor(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('account_second_factors').where('user_id', '=', userId).execute();
  await db.updateTable('account_users').set({ two_factor_enabled: false }).where('id', '=', userId).execute();
}

export interface AttemptKey {
  kind: 'username' | 'address';
  key: string;
}

export interface Attempt {
  failures: number;
  lockedUntil: Date | null;
}

/**
 * Counts an attempt before it is made and says how it stands. While locked nothing is counted; after the window, or
 * after a lock has run out, counting starts anew.
 */
export async function countAttempt(
  db: Db,
  { kind, key }: AttemptKey,
  now: Date,
  windowMinutes: number,
): Promise<Attempt> {
  const windowStart = new Date(now.getTime() - windowMinutes * 60_000);
  const over = sql<boolean>`(sign_in_attempts.locked_until <= ${now} OR (sign_in_attempts.locked_until IS NULL AND sign_in_attempts.first_at < ${windowStart}))`;
  const row = await db
    .insertInto('sign_in_attempts')
    .values({ kind, key, failures: 1, first_at: now, locked_until: null })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'key']).doUpdateSet({
        failures: sql`CASE WHEN ${over} THEN 1 WHEN sign_in_attempts.locked_until > ${now} THEN sign_in_attempts.failures
          ELSE sign_in_attempts.failures + 1 END`,
        first_at: sql`CASE WHEN ${over} THEN ${now}::timestamptz ELSE sign_in_attempts.first_at END`,
        locked_until: sql`CASE WHEN ${over} THEN NULL ELSE sign_in_attempts.locked_until END`,
      }),
    )
    .returning(['failures', 'locked_until as lockedUntil'])
    .executeTakeFirstOrThrow();
  return row;
}

/** Whether a counter has reached its limit. */
export async function isSpent(db: Db, { kind, key }: AttemptKey, limit: number): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_attempts')
    .select('failures')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('failures', '>=', limit)
    .executeTakeFirst();
  return row !== undefined;
}

/** Locks a counter; false when someone else just did. */
export async function lockAttempts(
  db: Db,
  { kind, key }: AttemptKey,
  now: Date,
  until: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('sign_in_attempts')
    .set({ locked_until: until })
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', now)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function clearAttempts(db: Db, { kind, key }: AttemptKey): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('kind', '=', kind).where('key', '=', key).execute();
}

/** Takes back the count of an attempt that succeeded, without forgetting the failures before it. */
export async function uncountAttempt(db: Db, { kind, key }: AttemptKey): Promise<void> {
  await db
    .updateTable('sign_in_attempts')
    .set({ failures: sql`greatest(failures - 1, 0)` })
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('locked_until', 'is', null)
    .execute();
}

/** When the lock of a counter ends, or null when there is none now. */
export async function lockedUntil(db: Db, { kind, key }: AttemptKey, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('sign_in_attempts')
    .select('locked_until')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('locked_until', '>', now)
    .executeTakeFirst();
  return row?.locked_until ?? null;
}

/** When the lock of a username ends, or null. */
export const lockOf = (db: Db, username: string, now: Date) =>
  lockedUntil(db, { kind: 'username', key: username }, now);

/** Addresses locked now, the longest first. */
export async function lockedAddresses(db: Db, now: Date): Promise<{ address: string; until: Date }[]> {
  const rows = await db
    .selectFrom('sign_in_attempts')
    .select(['key as address', 'locked_until as until'])
    .where('kind', '=', 'address')
    .where('locked_until', '>', now)
    .orderBy('locked_until', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({ address: row.address, until: row.until as Date }));
}

/** Which of these usernames are locked now. */
export async function lockedUsernames(db: Db, usernames: readonly string[], now: Date): Promise<Set<string>> {
  if (usernames.length === 0) return new Set();
  const rows = await db
    .selectFrom('sign_in_attempts')
    .select('key')
    .where('kind', '=', 'username')
    .where('key', 'in', usernames)
    .where('locked_until', '>', now)
    .execute();
  return new Set(rows.map((row) => row.key));
}
