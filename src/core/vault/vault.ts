import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createHmac,
  type DecipherGCM,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { type DataKey, fingerprintOf, isKeyId } from './data-key.ts';

/**
 * Seals personal data with AES-256-GCM under a key from the settings and finds equal values by keyed digests. A fresh
 * 96-bit nonce is drawn for every value; the id of the key stands in what it sealed.
 *
 * `context` says where a value belongs (`applicant/3/17`: names and ids, never data). It is bound to the value, so that
 * what is copied to another row or column does not open there.
 */
export interface Vault {
  /** `s1:<key id>:<base64url>`; the length tells the plain text's only to the next 32 bytes. */
  seal(plain: string, context: string): string;
  /** @throws Error, without any of the text, when it was altered, belongs elsewhere, or its key is not in the settings */
  open(sealed: string, context: string): string;
  sealBytes(plain: Uint8Array, context: string): Uint8Array;
  /** @throws Error as `open` does */
  openBytes(sealed: Uint8Array, context: string): Buffer;
  /** Seals content as it passes; the same form as `sealBytes`. */
  sealStream(plain: AsyncIterable<Uint8Array>, context: string): AsyncGenerator<Buffer>;
  /**
   * HMAC-SHA256 under a key derived from the current one, 64 hexadecimal digits: equal values of one `kind` have equal
   * digests, and without the key no value can be tried. The caller brings values to one form first.
   */
  digest(kind: string, value: string): string;
  /** The digest under every known key, the current first: for look-ups while keys rotate. */
  digests(kind: string, value: string): string[];
  /** Id of the key that seals. */
  readonly currentKey: string;
  /** Id of the key that sealed a text or the content that begins with these bytes. @throws Error when it is neither */
  keyOf(sealed: string | Uint8Array): string;
  /** Id and fingerprint of each key, the current first; never the key. */
  fingerprints(): { id: string; fingerprint: string }[];
}

interface OpenKey {
  id: string;
  fingerprint: string;
  sealing: Buffer;
  digesting: Buffer;
}

const TEXT = 's1';
const CONTENT = Buffer.from('GKS1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK = 32;

/** How many bytes of sealed content name its key, at most. */
export const HEAD_BYTES = CONTENT.length + 1 + 32;

/** Opens a vault with the keys of the settings, the current first; there must be one. */
export function openVault(keys: readonly DataKey[]): Vault {
  const opened = new Map(keys.map((key) => [key.id, openKey(key)]));
  const current = opened.get(keys[0]?.id ?? '');
  if (!current) throw new Error('a vault needs a key');
  const keyNamed = (id: string, context: string) => {
    const key = opened.get(id);
    if (!key) throw new Error(`${context}: sealed by the key ${id}, which is not in the settings`);
    return key;
  };

  return {
    currentKey: current.id,
    seal(plain, context) {
      if (!plain.isWellFormed()) throw new Error(`${context}: the text is not well-formed Unicode`);
      const { cipher, nonce } = sealing(current, TEXT, context);
      const sealed = [nonce, cipher.update(padded(plain)), cipher.final(), cipher.getAuthTag()];
      return `${TEXT}:${current.id}:${Buffer.concat(sealed).toString('base64url')}`;
    },
    open(sealed, context) {
      const { id, body } = readText(sealed, context);
      return unpadded(unseal(keyNamed(id, context), TEXT, context, body)).toString('utf8');
    },
    sealBytes(plain, context) {
      const { cipher, head } = sealingContent(current, context);
      return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    openBytes(sealed, context) {
      const { id, body } = readContent(sealed, context);
      return unseal(keyNamed(id, context), 'bytes', context, body);
    },
    async *sealStream(plain, context) {
      const { cipher, head } = sealingContent(current, context);
      yield head;
      for await (const chunk of plain) yield cipher.update(chunk);
      yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
    },
    digest: (kind, value) => digestUnder(current, kind, value),
    digests: (kind, value) => [...opened.values()].map((key) => digestUnder(key, kind, value)),
    keyOf: (sealed) => (typeof sealed === 'string' ? readText(sealed, '') : readContent(sealed, '')).id,
    fingerprints: () => [...opened.values()].map(({ id, fingerprint }) => ({ id, fingerprint })),
  };
}

function openKey({ id, key }: DataKey): OpenKey {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `gongkai ${use} 1`, 32));
  return { id, fingerprint: fingerprintOf(key), sealing: derived('seal'), digesting: derived('digest') };
}

function sealing(key: OpenKey, form: string, context: string): { cipher: CipherGCM; nonce: Buffer } {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.sealing, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound(key, form, context));
  return { cipher, nonce };
}

function sealingContent(key: OpenKey, context: string): { cipher: CipherGCM; head: Buffer } {
  const { cipher, nonce } = sealing(key, 'bytes', context);
  const id = Buffer.from(key.id);
  return { cipher, head: Buffer.concat([CONTENT, Buffer.from([id.length]), id, nonce]) };
}

/** No id holds a colon, so that no two places read the same. */
const bound = (key: OpenKey, form: string, context: string) => Buffer.from(`${form}:${key.id}:${context}`);

function unseal(key: OpenKey, form: string, context: string, body: Buffer): Buffer {
  const nonce = body.subarray(0, NONCE_BYTES);
  const decipher: DecipherGCM = createDecipheriv('aes-256-gcm', key.sealing, nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bound(key, form, context));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  const plain = decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    throw broken(context);
  }
}

function readText(sealed: string, context: string): { id: string; body: Buffer } {
  const [form, id, encoded, ...more] = sealed.split(':');
  if (form !== TEXT || !isKeyId(id) || encoded === undefined || more.length > 0) throw broken(context);
  const body = Buffer.from(encoded, 'base64url');
  // One value, one text: what decodes to the same bytes but is written otherwise was altered.
  if (body.toString('base64url') !== encoded) throw broken(context);
  return { id, body: whole(body, context) };
}

function readContent(sealed: Uint8Array, context: string): { id: string; body: Buffer } {
  const content = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (!content.subarray(0, CONTENT.length).equals(CONTENT)) throw broken(context);
  const start = CONTENT.length + 1;
  const end = start + (content[CONTENT.length] ?? 0);
  const id = content.toString('latin1', start, end);
  if (!isKeyId(id)) throw broken(context);
  return { id, body: whole(content.subarray(end), context) };
}

function whole(body: Buffer, context: string): Buffer {
  if (body.length < NONCE_BYTES + TAG_BYTES) throw broken(context);
  return body;
}

const broken = (context: string) =>
  new Error(`${context}: what was sealed here was altered, or belongs elsewhere`);

/** ISO/IEC 7816-4: one bit, then zeros to a whole block. */
function padded(plain: string): Buffer {
  const bytes = Buffer.from(plain, 'utf8');
  const filled = Buffer.alloc(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK);
  bytes.copy(filled);
  filled[bytes.length] = 0x80;
  return filled;
}

const unpadded = (filled: Buffer) => filled.subarray(0, filled.lastIndexOf(0x80));

/** No kind holds a zero, so that no two kinds and values read the same. */
function digestUnder(key: OpenKey, kind: string, value: string): string {
  if (!/^[\w./-]+$/.test(kind)) throw new Error('a kind of digest is named by letters, digits and ._/-');
  return createHmac('sha256', key.digesting).update(`${kind}\0${value}`, 'utf8').digest('hex');
}
