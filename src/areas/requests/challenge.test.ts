import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openVault } from '../../core/vault/index.ts';
import { bitsFor, CHALLENGE_HOURS, checkProof, issueChallenge } from './challenge.ts';

const key = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });
const vault = openVault([key('k1', 1)]);
const now = new Date('2026-03-02T01:00:00Z');
const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

function solved(challenge: string, bits: number): string {
  for (let number = 0; ; number++) {
    const hash = createHash('sha256').update(`${challenge}:${number}`).digest();
    if (hash.readUInt32BE(0) >>> (32 - bits) === 0) return String(number);
  }
}

const { text } = issueChallenge(vault, 'draft', now, 8);
const solution = solved(text, 8);
const easier = text.replace(/^1\.8\./, '1.0.');
const fresher = text.replace(/^1\.8\.\d+/, `1.8.${after(20).getTime()}`);

test.each([
  ['solved', text, solution, 'draft', after(1), true],
  ['at the last moment', text, solution, 'draft', new Date(after(CHALLENGE_HOURS).getTime() - 1), true],
  ['too late', text, solution, 'draft', after(CHALLENGE_HOURS), 'expired'],
  ['for another draft', text, solution, 'other', after(1), 'forged'],
  ['with less work asked for', easier, '0', 'draft', after(1), 'forged'],
  ['with a later date', fresher, solution, 'draft', after(1), 'forged'],
  ['unsolved', text, String(Number(solution) + 1_000_003), 'draft', after(1), 'unsolved'],
  ['with a word for a number', text, 'abc', 'draft', after(1), 'unsolved'],
  ['with nothing', '', '', 'draft', after(1), 'forged'],
])('a proof %s', (_name, challenge, number, subject, at, expected) => {
  const proof = checkProof(vault, subject, at, { challenge, solution: number });
  expect(proof.proved ? true : proof.reason).toBe(expected);
});

test('a challenge outlives a change of keys', () => {
  const rotated = openVault([key('k2', 2), key('k1', 1)]);
  expect(checkProof(rotated, 'draft', after(1), { challenge: text, solution }).proved).toBe(true);
});

test.each([
  [0, 18],
  [7, 18],
  [8, 19],
  [39, 22],
  [1000, 22],
])('after %i forms within the hour %i bits are asked for', (sent, bits) => {
  expect(bitsFor(sent)).toBe(bits);
});
