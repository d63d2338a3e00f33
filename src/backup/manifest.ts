import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Stands in the zip comment of every backup before the version of its form and the SHA-256 of its manifest. */
export const FORM = 'gongkai-backup';
export const FORM_VERSION = 1;
export const MANIFEST = 'manifest.json';

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const secretFingerprint = z.object({ salt: z.string(), fingerprint: z.string() });

/** What a backup holds: every part with its length in bytes, unpacked, and its SHA-256. */
export const manifestShape = z.object({
  madeAt: z.iso.datetime(),
  /** Version of the PostgreSQL server it was taken from. */
  server: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: sha256 })),
  tables: z.array(z.object({ name, columns: z.array(name), rows: count, bytes: count, sha256 })),
  /** `last` as text, since a bigint may not fit a JSON number. */
  sequences: z.array(z.object({ name, last: z.string().regex(/^-?\d+$/), called: z.boolean() })),
  files: z.array(z.object({ bytes: count, sha256 })),
  /** Of the secret that signs sessions and encrypts second factors; the secret itself is not in the backup. */
  secret: secretFingerprint,
  /** Of the keys that its sealed data needs; backups older than sealed data have none. */
  dataKeys: z
    .array(z.object({ id: z.string().max(32), fingerprint: z.string().regex(/^[0-9a-f]{16}$/) }))
    .default([]),
});

export type Manifest = z.infer<typeof manifestShape>;
export type TablePart = Manifest['tables'][number];
export type FilePart = Manifest['files'][number];

export const tableEntry = (table: string) => `tables/${table}.copy`;
export const fileEntry = (digest: string) => `files/${digest}`;

/** A fingerprint that tells whether two installations share a secret, and is slow to guess the secret from. */
export function fingerprintOf(secret: string): Manifest['secret'] {
  const salt = randomBytes(16).toString('hex');
  return { salt, fingerprint: derive(secret, salt).toString('hex') };
}

export function sharesSecret(secret: string, { salt, fingerprint }: Manifest['secret']): boolean {
  const own = derive(secret, salt);
  const other = Buffer.from(fingerprint, 'hex');
  return own.length === other.length && timingSafeEqual(own, other);
}

const derive = (secret: string, salt: string) => scryptSync(secret, salt, 32);
