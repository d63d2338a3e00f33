import { expect, test } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';

const { pool } = await freshDatabase();

test.each([
  '2018-12-31T16:00:00.000Z',
  '2018-02-28T23:59:59.999Z',
  '2026-11-28T04:05:06.007Z',
  '2000-02-29T00:00:00.120Z',
  // Summer time, local mean time, and years that have more or fewer than four digits.
  '1988-07-01T00:00:00.000Z',
  '1899-12-31T23:00:00.000Z',
  '0044-03-15T00:00:00.000Z',
  '-000043-03-15T00:00:00.000Z',
  '+012018-01-01T00:00:00.000Z',
])('the instant %s comes back from the database as it went', async (at) => {
  const { rows } = await pool.query('SELECT to_timestamp($1::numeric / 1000) AS at', [Date.parse(at)]);
  expect(rows[0].at.toISOString()).toBe(at);
});

test('microseconds are cut off, and what is not an instant of the calendar stays what it was', async () => {
  const { rows } = await pool.query(
    `SELECT '2018-01-02 03:04:05.678999+08'::timestamptz AS at, 'infinity'::timestamptz AS ever, NULL::timestamptz AS never`,
  );
  expect(rows[0].at.toISOString()).toBe('2018-01-01T19:04:05.678Z');
  expect([rows[0].ever, rows[0].never]).toEqual([Number.POSITIVE_INFINITY, null]);
});
