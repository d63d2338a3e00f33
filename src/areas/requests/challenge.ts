import { createHash, randomBytes } from 'node:crypto';
import type { Vault } from '../../core/vault/index.ts';

/**
 * Proof of work instead of a picture puzzle: the visitor's browser looks for a number whose SHA-256 with the challenge
 * begins with `bits` zero bits. The challenge is signed and bound to one draft; nothing is kept until it is solved.
 */
export interface Challenge {
  /** `1.<bits>.<issued, ms>.<salt>.<signature>`; what is hashed before `:` and the number. */
  text: string;
  bits: number;
}

export const CHALLENGE_HOURS = 24;
/** About a quarter of a million hashes: half a second on a desk, some seconds on an old telephone. */
const BITS = 18;
const MOST_BITS = 22;
const KIND = 'request-challenge';

/** One bit more for every eight forms that came from the same address within the hour. */
export function bitsFor(sentWithinHour: number): number {
  return Math.min(BITS + Math.floor(sentWithinHour / 8), MOST_BITS);
}

export function issueChallenge(
  vault: Pick<Vault, 'digest'>,
  subject: string,
  now: Date,
  bits: number,
): Challenge {
  const head = `1.${bits}.${now.getTime()}.${randomBytes(16).toString('base64url')}`;
  return { text: `${head}.${vault.digest(KIND, `${head} ${subject}`)}`, bits };
}

/** What a solution proves: the salt to be spent, and until when it must be remembered; or why it proves nothing. */
export type Proof =
  | { proved: true; salt: string; expiresAt: Date }
  | { proved: false; reason: 'forged' | 'expired' | 'unsolved' };

export function checkProof(
  vault: Pick<Vault, 'digests'>,
  subject: string,
  now: Date,
  given: { challenge: string; solution: string },
): Proof {
  const parts = /^(1\.(\d{1,2})\.(\d{13})\.([\w-]{22}))\.([0-9a-f]{64})$/.exec(given.challenge);
  if (!parts) return { proved: false, reason: 'forged' };
  const [, head = '', bits, issued, salt = '', signature = ''] = parts;
  if (!vault.digests(KIND, `${head} ${subject}`).includes(signature))
    return { proved: false, reason: 'forged' };
  const expiresAt = new Date(Number(issued) + CHALLENGE_HOURS * 3_600_000);
  if (now >= expiresAt) return { proved: false, reason: 'expired' };
  if (!/^\d{1,15}$/.test(given.solution)) return { proved: false, reason: 'unsolved' };
  const hash = createHash('sha256').update(`${given.challenge}:${given.solution}`).digest();
  return zeroBits(hash) >= Number(bits)
    ? { proved: true, salt, expiresAt }
    : { proved: false, reason: 'unsolved' };
}

function zeroBits(hash: Uint8Array): number {
  const first = hash.findIndex((byte) => byte !== 0);
  return first < 0 ? hash.length * 8 : first * 8 + Math.clz32(hash[first] as number) - 24;
}
