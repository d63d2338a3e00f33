import { expect, test } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { connect } from '../core/db.ts';
import { inTurn } from './turn-store.ts';

const database = await freshDatabase();

test('of two starts at one moment the second sees what the first has loaded', async () => {
  const other = connect(database.url);
  const loaded: string[] = [];
  const start = (connection: typeof other, name: string) =>
    inTurn(connection, async () => {
      const found = [...loaded];
      await new Promise((done) => setTimeout(done, 30));
      if (found.length === 0) loaded.push(name);
      return found;
    });
  const seen = await Promise.all([start(database, 'first'), start(other, 'second')]);
  expect(loaded).toHaveLength(1);
  expect(seen.map((found) => found.length).sort()).toEqual([0, 1]);
  await expect(inTurn(other, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  expect(await inTurn(database, async () => 'the turn was given back')).toBe('the turn was given back');
  await other.close();
});
