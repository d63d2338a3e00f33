import { randomInt } from 'node:crypto';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet). */
const options = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), options);

/** False for a wrong password and for a digest that is none. */
export async function verifyPassword(digest: string | null | undefined, password: string): Promise<boolean> {
  if (!digest?.startsWith('$argon2id$')) return false;
  return verify(digest, password.normalize('NFKC'));
}

// Without 0 O 1 l I, so that it can be read out and typed.
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';

/** A first password: four groups of four, about 93 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
