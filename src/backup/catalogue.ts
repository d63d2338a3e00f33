import type pg from 'pg';
import type { Manifest } from './manifest.ts';

export interface TableColumns {
  name: string;
  /** Without generated ones, which the database works out again. */
  columns: string[];
}

/** One text for one value on every server: what COPY writes here, COPY reads there. */
export const PLAIN_TEXT = `SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = 'hex';
  SET LOCAL client_encoding = 'UTF8'`;

/** The tables of schema `public`, by name; those an extension brought along are not ours. */
export async function tablesOf(client: pg.Client): Promise<TableColumns[]> {
  const { rows } = await client.query<TableColumns>(`
    SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.relname ORDER BY c.relname`);
  return rows;
}

/** Where each sequence of our tables stands. Read it after the tables: sequences know no snapshot and only move on. */
export async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.relname::text AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname`);
  const found: Manifest['sequences'] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${quoted(name)}`,
    );
    found.push({ name, last: state[0]!.last, called: state[0]!.called });
  }
  return found;
}

/** Whether the table is there at all, e.g. before the first migration. */
export async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass($1)`, [`public.${name}`]);
  return rows.length > 0;
}

/** The keys that the sealed data of this database needs. */
export async function dataKeysOf(client: pg.Client): Promise<Manifest['dataKeys']> {
  if (!(await hasTable(client, 'data_keys'))) return [];
  const { rows } = await client.query<Manifest['dataKeys'][number]>(
    'SELECT id, fingerprint FROM data_keys WHERE retired_at IS NULL ORDER BY id',
  );
  return rows;
}

export async function hasAgencies(client: pg.Client): Promise<boolean> {
  if (!(await hasTable(client, 'agencies'))) return false;
  return (await client.query('SELECT FROM agencies LIMIT 1')).rows.length > 0;
}

/**
 * Takes foreign keys and triggers off our tables and returns what puts them back exactly as they were. The data went
 * through both when they were written, in an order that a restore table by table cannot follow; the foreign keys are
 * checked as a whole when they return.
 */
export async function liftGuards(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ owner: string; name: string; definition: string }>(`
    SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0
    ORDER BY conrelid::regclass::text, conname`);
  const { rows: triggers } = await client.query<{ owner: string; name: string; enabled: string }>(`
    SELECT tgrelid::regclass::text AS owner, quote_ident(tgname) AS name, tgenabled::text AS enabled
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`);
  for (const { owner, name } of keys) await client.query(`ALTER TABLE ${owner} DROP CONSTRAINT ${name}`);
  for (const { owner, name } of triggers) await client.query(`ALTER TABLE ${owner} DISABLE TRIGGER ${name}`);
  return async () => {
    for (const { owner, name, definition } of keys) {
      await client.query(`ALTER TABLE ${owner} ADD CONSTRAINT ${name} ${definition}`);
    }
    for (const { owner, name, enabled } of triggers) {
      const how = howEnabled[enabled];
      if (how !== undefined) await client.query(`ALTER TABLE ${owner} ${how} TRIGGER ${name}`);
    }
  };
}

/** `pg_trigger.tgenabled`; one that was disabled stays so. */
const howEnabled: Readonly<Record<string, string>> = {
  O: 'ENABLE',
  A: 'ENABLE ALWAYS',
  R: 'ENABLE REPLICA',
};

/** A table or sequence of schema `public`, as SQL. */
export const quoted = (name: string) => `public."${name.replaceAll('"', '""')}"`;

/** A table with its columns, as COPY takes it. */
export const copied = ({ name, columns }: TableColumns) =>
  `${quoted(name)} (${columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ')})`;
