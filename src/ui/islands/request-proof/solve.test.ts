import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { solve } from './solve.ts';

/** Prefixes whose last block is short, exactly full, and spills into a second one. */
it.each([1, 20, 52, 53, 54, 55, 63, 64, 107, 119, 200])(
  'a challenge of %i characters is solved',
  (length) => {
    const challenge = 'c'.repeat(length);
    const number = solve(challenge, 10);
    const hash = createHash('sha256').update(`${challenge}:${number}`).digest();
    expect(hash.readUInt16BE(0) >>> 6).toBe(0);
  },
);

it('the first number that fits is found', () => {
  const challenge = '1.8.1764200000000.abc.def';
  const zeros = (number: number) =>
    createHash('sha256').update(`${challenge}:${number}`).digest().readUInt8(0) === 0;
  let first = 0;
  while (!zeros(first)) first += 1;
  expect(solve(challenge, 8)).toBe(String(first));
});
