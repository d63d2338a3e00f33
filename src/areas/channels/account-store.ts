import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ChannelAccount, ChannelKind } from './model.ts';
import './schema.ts';

const accounts = (db: Db, agencyId: number) =>
  db
    .selectFrom('channel_accounts as a')
    .leftJoin('units as u', (join) =>
      join.onRef('u.agency_id', '=', 'a.agency_id').onRef('u.id', '=', 'a.unit_id'),
    )
    .select([
      'a.id',
      'a.kind',
      'a.name',
      'a.platform_id as platformId',
      'a.address',
      'a.unit_id as unitId',
      'u.name as unitName',
      'a.main',
      'a.opened_on as openedOn',
      'a.closed_on as closedOn',
      'a.alarmed_on as alarmedOn',
      sql<boolean>`EXISTS (SELECT FROM channel_connections c
        WHERE c.agency_id = a.agency_id AND c.account_id = a.id)`.as('connected'),
      sql<string | null>`(SELECT p.posted_on FROM channel_posts p
        WHERE p.agency_id = a.agency_id AND p.account_id = a.id AND p.posted_on IS NOT NULL
        ORDER BY p.posted_on DESC, p.id DESC LIMIT 1)`.as('lastPostOn'),
    ])
    .where('a.agency_id', '=', agencyId);

/** Every account: open ones first, by channel and name. */
export async function listAccounts(db: Db, agencyId: number): Promise<ChannelAccount[]> {
  return accounts(db, agencyId)
    .orderBy(sql`a.closed_on IS NOT NULL`)
    .orderBy(sql`array_position(ARRAY['website', 'gazette', 'wechat', 'weibo', 'other'], a.kind)`)
    .orderBy('a.name')
    .execute();
}

export async function findAccount(db: Db, agencyId: number, id: number): Promise<ChannelAccount | null> {
  return (await accounts(db, agencyId).where('a.id', '=', id).executeTakeFirst()) ?? null;
}

export async function lockAccount(db: Db, agencyId: number, id: number): Promise<ChannelAccount | null> {
  return (await accounts(db, agencyId).where('a.id', '=', id).forNoKeyUpdate('a').executeTakeFirst()) ?? null;
}

/** Whether another account of the channel has the name, open or closed. */
export async function accountNamed(
  db: Db,
  agencyId: number,
  kind: ChannelKind,
  name: string,
): Promise<number | null> {
  const row = await db
    .selectFrom('channel_accounts')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface AccountValues {
  kind: ChannelKind;
  name: string;
  platform_id: string;
  address: string;
  unit_id: number | null;
  main: boolean;
  opened_on: string;
}

/** One account of a channel is the main one: the newest to claim it. */
export async function resignMain(db: Db, agencyId: number, kind: ChannelKind): Promise<void> {
  await db
    .updateTable('channel_accounts')
    .set({ main: false })
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where('main', '=', true)
    .execute();
}

export async function insertAccount(db: Db, agencyId: number, values: AccountValues): Promise<number> {
  const { id } = await db
    .insertInto('channel_accounts')
    .values({ agency_id: agencyId, closed_on: null, alarmed_on: null, ...values })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateAccount(
  db: Db,
  agencyId: number,
  id: number,
  change: Partial<Omit<AccountValues, 'kind'>> & { closed_on?: string | null; alarmed_on?: string | null },
): Promise<void> {
  await db
    .updateTable('channel_accounts')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}
