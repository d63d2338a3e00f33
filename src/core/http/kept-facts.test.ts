import { describe, expect, it } from 'vitest';
import { keepFacts } from './kept-facts.ts';

describe('a fact', () => {
  it('is read once for a revision, however many wait for it', async () => {
    const facts = keepFacts();
    let read = 0;
    const load = async () => {
      read += 1;
      await new Promise((done) => setImmediate(done));
      return read;
    };
    expect(await Promise.all(Array.from({ length: 50 }, () => facts.of('1/tree', 3, load)))).toEqual(
      Array.from({ length: 50 }, () => 1),
    );
    expect(await facts.of('1/tree', 4, load)).toBe(2);
    // Who comes late with an older question gets the newer answer.
    expect(await facts.of('1/tree', 3, load)).toBe(2);
    expect(await facts.of('2/tree', 3, load)).toBe(3);
  });

  it('is asked again after a failure', async () => {
    const facts = keepFacts();
    await expect(facts.of('a', 1, () => Promise.reject(new Error('no database')))).rejects.toThrow();
    expect(await facts.of('a', 1, async () => 'here')).toBe('here');
  });

  it('is forgotten when there are too many, the one not asked for longest first', async () => {
    const facts = keepFacts(2);
    for (const name of ['a', 'b', 'a', 'c']) await facts.of(name, 1, async () => name);
    expect(await facts.of('a', 1, async () => 'anew')).toBe('a');
    expect(await facts.of('b', 1, async () => 'anew')).toBe('anew');
  });
});
