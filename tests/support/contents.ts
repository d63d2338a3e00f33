import type pg from 'pg';

/** Every table of the program with its rows as text, and every guard. */
export async function contents(on: pg.Pool) {
  const { rows: tables } = await on.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows: found } = await on.query<{ digest: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '')) AS digest FROM ${name} t`,
    );
    rows[name] = found[0]!.digest;
  }
  const { rows: keys } = await on.query(
    `SELECT conrelid::regclass::text AS owner, conname, pg_get_constraintdef(oid) AS definition, convalidated
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  const { rows: triggers } = await on.query(
    `SELECT tgrelid::regclass::text AS owner, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2`,
  );
  const { rows: sequences } = await on.query(
    `SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  );
  return { rows, keys, triggers, sequences };
}
