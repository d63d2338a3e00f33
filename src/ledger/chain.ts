import { createHash } from 'node:crypto';

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

/** JSON with keys in code-point order and no blanks, so that one value has one text (as RFC 8785 for our values). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${entries.join(',')}}`;
}

/** SM3 (GB/T 32905) of a text, as 64 hexadecimal digits. */
export function sm3(text: string | Uint8Array): string {
  return createHash('sm3').update(text).digest('hex');
}

/** The digest of an act given the digest before it. */
export function chain(previous: string, act: ChainedAct): string {
  return sm3(`${previous}\n${canonicalJson(act)}`);
}
