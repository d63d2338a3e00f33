import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { composedOnce, prepared } from './prepared.ts';

const { db } = await freshDatabase();

test('a query composed once is asked with the values of each asking, wherever they go', async () => {
  let composed = 0;
  const ask = composedOnce(({ one, other }: { one: number; other: string }) => {
    composed += 1;
    return sql<{
      text: string;
    }>`${prepared}SELECT ${one}::int || ${other}::text || ${one}::int || ${'!'}::text AS text`;
  });
  expect(
    await Promise.all([ask(db, { one: 1, other: '甲' }), ask(db, { one: 2, other: "乙'; --" })]),
  ).toEqual([[{ text: '1甲1!' }], [{ text: "2乙'; --2!" }]]);
  expect(await ask(db, { one: 3, other: '' })).toEqual([{ text: '33!' }]);
  expect(composed).toBe(1);
});
