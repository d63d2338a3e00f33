import { randomBytes } from 'node:crypto';
import { canonicalJson, sm3 } from '../../ledger/index.ts';
import type { LetterKind } from './kinds.ts';
import type { LetterText, Recipient } from './letter-text.ts';

/** An issued letter, whole: what is sealed at issue and never changes. */
export interface LetterContent extends LetterText {
  kind: LetterKind;
  replyCode: string | null;
  number: string;
  code: string;
  recipient: Recipient;
  /** Random, so that nobody can try names against the digest. Stands in the PDF's properties too. */
  salt: string;
}

export interface FrozenContent {
  /** Canonical JSON (RFC 8785). */
  json: string;
  /** SM3 of `json`. */
  digest: string;
}

export function freeze(content: Omit<LetterContent, 'salt'>): FrozenContent {
  const json = canonicalJson({ ...content, salt: randomBytes(16).toString('hex') });
  return { json, digest: sm3(json) };
}

/** @throws Error when the text is not what was issued */
export function thaw(json: string, digest: string, name: string): LetterContent {
  if (sm3(json) !== digest) throw new Error(`${name}: the content does not have the digest of its issue`);
  return JSON.parse(json) as LetterContent;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A verification code: 80 random bits in Crockford's alphabet, which has no letters that look like digits. */
export function newCode(): string {
  let bits = BigInt(`0x${randomBytes(10).toString('hex')}`);
  let code = '';
  for (let place = 0; place < 16; place++) {
    code = ALPHABET[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return code;
}

/** A code as somebody typed or scanned it, in its stored form; null when it can be none. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : null;
}

/** `K7QM-3F9T-…`, as it is printed. */
export const printedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
