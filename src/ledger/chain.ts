import { hash } from 'node:crypto';

/** The digest before the first act of every chain. */
export const GENESIS = '0'.repeat(64);

/** One act as it enters the digest: everything the row says, in fixed names. */
export interface ChainedAct {
  agency: number;
  seq: number;
  /** ISO 8601 with milliseconds, UTC. */
  at: string;
  actorKind: string;
  actorId: number | null;
  actorName: string;
  act: string;
  ground: string;
  subjectKind: string;
  subjectId: string;
  subjectLabel: string;
  before: unknown;
  after: unknown;
  reason: string;
}

/** JSON with keys in UTF-16 order and no blanks, so that one value has one text (RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${entries.join(',')}}`;
}

/** SM3 (GB/T 32905) of a text in UTF-8, as 64 hexadecimal digits. */
export function sm3(text: string | Uint8Array): string {
  return hash('sm3', text, 'hex');
}

/** The digest of an act given the digest before it. */
export function chain(previous: string, act: ChainedAct): string {
  return sm3(`${previous}\n${canonicalJson(act)}`);
}

/**
 * A value as PostgreSQL will give it back: dates become text, undefined disappears, and what neither `text` nor `jsonb`
 * can hold (NUL, half a surrogate pair) is dropped or replaced, so that the digest survives the round trip.
 */
export function storable(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return wellFormed(JSON.parse(JSON.stringify(value)));
}

export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [storableText(key), wellFormed(member)]),
  );
}
