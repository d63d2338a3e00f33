import type { Db } from '../db.ts';
import { SetupFault } from '../setup-fault.ts';
import type { DataKeyTable } from './schema.ts';
import type { Vault } from './vault.ts';

/** Every key that ever sealed something in this database, oldest first. */
export function knownKeys(db: Db): Promise<DataKeyTable[]> {
  return db.selectFrom('data_keys').selectAll().orderBy('first_used_at').orderBy('id').execute();
}

/**
 * Makes sure that this vault opens what the database holds, and writes down the key it seals with from now on.
 * @throws SetupFault in one sentence when a key is missing, or another one goes by its name
 */
export async function enrolKeys(db: Db, vault: Vault, now: Date): Promise<void> {
  const known = await knownKeys(db);
  const given = new Map(vault.fingerprints().map(({ id, fingerprint }) => [id, fingerprint]));
  for (const { id, fingerprint, retired_at } of known) {
    const own = given.get(id);
    if (own === undefined && retired_at === null) throw missing(id, fingerprint);
    if (own !== undefined && own !== fingerprint) throw anotherKey(id, fingerprint, own);
  }
  const id = vault.currentKey;
  const entry = known.find((key) => key.id === id);
  if (entry && entry.retired_at === null) return;
  const row = { id, fingerprint: given.get(id) as string, first_used_at: now, retired_at: null };
  await db
    .insertInto('data_keys')
    .values(row)
    .onConflict((on) => on.column('id').doUpdateSet({ retired_at: null }))
    .execute();
}

/** Nothing is left under these keys. */
export async function retireKeys(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('data_keys')
    .set({ retired_at: now })
    .where('id', 'in', ids)
    .where('retired_at', 'is', null)
    .execute();
}

const missing = (id: string, fingerprint: string) =>
  new SetupFault(
    `数据库中有用密钥 ${id}（指纹 ${fingerprint}）加密的数据，但 GONGKAI_DATA_KEYS 中没有这个密钥：请把它加回（放在当前密钥之后）再启动。 The database holds data sealed by the key ${id}, which GONGKAI_DATA_KEYS lacks; put it back after the current one.`,
  );

const anotherKey = (id: string, fingerprint: string, own: string) =>
  new SetupFault(
    `GONGKAI_DATA_KEYS 中的密钥 ${id}（指纹 ${own}）不是数据库记下的那一个（指纹 ${fingerprint}）：请改回原来的密钥，新密钥须另起名字。 The key ${id} is not the one that sealed this database's data; put that one back and give a new key another name.`,
  );
