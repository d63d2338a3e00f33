import type { Db } from '../../core/db.ts';
import './schema.ts';

export interface SealedConnection {
  settings: string;
  token: string | null;
  tokenUntil: Date | null;
  connectedAt: Date;
}

export async function findConnection(
  db: Db,
  agencyId: number,
  accountId: number,
): Promise<SealedConnection | null> {
  const row = await db
    .selectFrom('channel_connections')
    .select(['settings', 'token', 'token_until as tokenUntil', 'connected_at as connectedAt'])
    .where('agency_id', '=', agencyId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps new settings; a token that was given for the old ones is forgotten. */
export async function keepConnection(
  db: Db,
  agencyId: number,
  accountId: number,
  given: { settings: string; at: Date },
): Promise<void> {
  const fresh = { settings: given.settings, token: null, token_until: null, connected_at: given.at };
  await db
    .insertInto('channel_connections')
    .values({ agency_id: agencyId, account_id: accountId, ...fresh })
    .onConflict((conflict) => conflict.columns(['agency_id', 'account_id']).doUpdateSet(fresh))
    .execute();
}

export async function updateConnection(
  db: Db,
  agencyId: number,
  accountId: number,
  change: { settings: string } | { token: string; token_until: Date },
): Promise<void> {
  await db
    .updateTable('channel_connections')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('account_id', '=', accountId)
    .execute();
}

export async function removeConnection(db: Db, agencyId: number, accountId: number): Promise<void> {
  await db
    .deleteFrom('channel_connections')
    .where('agency_id', '=', agencyId)
    .where('account_id', '=', accountId)
    .execute();
}
