import { createHash, randomBytes } from 'node:crypto';

/** A key that seals personal data. */
export interface DataKey {
  /** Stands in everything it sealed: one to 32 of a–z, 0–9 and -. */
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

const KEY_BYTES = 32;

export const isKeyId = (id: string | undefined): id is string => /^[a-z0-9-]{1,32}$/.test(id ?? '');

/** What is accepted as a list of keys, in the words of a fault. */
export const DATA_KEYS_ACCEPTED = 'accepted: id:key[,older…], each line as gongkai keys new prints it';

/**
 * Reads `id:base64[,older…]`, the current key first. What is wrong is told without repeating any of it.
 * @throws Error one sentence: which entry, what is wrong
 */
export function parseDataKeys(text: string): DataKey[] {
  const keys = text.split(',').map((entry, index) => parseDataKey(entry.trim(), index + 1));
  keys.forEach(({ id, key }, index) => {
    const before = keys.slice(0, index);
    if (before.some((other) => other.id === id)) throw new Error(`the id ${id} stands twice`);
    if (before.some((other) => other.key.equals(key))) throw new Error(`the key of ${id} stands twice`);
  });
  return keys;
}

function parseDataKey(entry: string, place: number): DataKey {
  const [, id, base64] = /^([^:]*):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
  if (!isKeyId(id) || base64 === undefined) throw new Error(`entry ${place} is not id:base64`);
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`the key of ${id} has ${key.length} bytes instead of 32`);
  // A placeholder typed by hand; 32 random bytes have fewer than 8 different ones once in 10^30 keys.
  if (new Set(key).size < 8) throw new Error(`the key of ${id} is not random`);
  return { id, key };
}

/** A fresh key, as it is written into the settings: `k` and the start of its fingerprint, a colon, base64. */
export function newDataKey(): string {
  const key = randomBytes(KEY_BYTES);
  return `k${fingerprintOf(key).slice(0, 8)}:${key.toString('base64')}`;
}

/** SM3 of the key, its first 16 hexadecimal digits: tells keys apart and nothing of the key. */
export function fingerprintOf(key: Uint8Array): string {
  return createHash('sm3').update(key).digest('hex').slice(0, 16);
}
