import { expect, test } from 'vitest';
import { freshDatabase } from '../tests/support/database.ts';
import { sealedTables } from './sealed-tables.ts';

const { pool } = await freshDatabase();
const declared = new Set(
  sealedTables.flatMap(({ table, texts, files }) =>
    Object.keys({ ...texts, ...files }).map((column) => `${table}.${column}`),
  ),
);
const { rows: columns } = await pool.query<{ name: string }>(
  `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
);
const known = new Set(columns.map(({ name }) => name));

test('every column that is named for being sealed is declared, so that a change of keys passes none by', () => {
  const sealed = [...known].filter((name) => /\.(.*_)?sealed(_.*)?$/.test(name));
  expect(sealed.length).toBeGreaterThan(10);
  expect(sealed.filter((name) => !declared.has(name))).toEqual([]);
});

test('nothing is declared that is not there', () => {
  const keys = sealedTables.flatMap(({ table, key }) => key.map((column) => `${table}.${column}`));
  expect([...declared, ...keys].filter((name) => !known.has(name))).toEqual([]);
});
