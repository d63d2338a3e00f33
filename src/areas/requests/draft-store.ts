import type { Db } from '../../core/db.ts';
import type { RequestFileKind } from './model.ts';
import './portal-schema.ts';
import './schema.ts';

export interface DraftRow {
  sealed: string;
  savedAt: Date;
}

/** What a visitor filled in, while it has not expired. */
export async function findDraft(
  db: Db,
  agencyId: number,
  tokenDigest: string,
  now: Date,
): Promise<DraftRow | null> {
  const row = await draftRow(db, agencyId, tokenDigest, now).executeTakeFirst();
  return row ?? null;
}

/** The same, held until the transaction ends: two windows of one visitor write one after the other. */
export async function lockDraft(
  db: Db,
  agencyId: number,
  tokenDigest: string,
  now: Date,
): Promise<DraftRow | null> {
  const row = await draftRow(db, agencyId, tokenDigest, now).forUpdate().executeTakeFirst();
  return row ?? null;
}

const draftRow = (db: Db, agencyId: number, tokenDigest: string, now: Date) =>
  db
    .selectFrom('request_drafts')
    .select(['sealed', 'saved_at as savedAt'])
    .where('agency_id', '=', agencyId)
    .where('token_digest', '=', tokenDigest)
    .where('expires_at', '>', now);

export async function saveDraft(
  db: Db,
  agencyId: number,
  draft: { tokenDigest: string; sealed: string; savedAt: Date; expiresAt: Date },
): Promise<void> {
  const { sealed, savedAt, expiresAt } = draft;
  const values = { sealed, saved_at: savedAt, expires_at: expiresAt };
  await db
    .insertInto('request_drafts')
    .values({ agency_id: agencyId, token_digest: draft.tokenDigest, ...values })
    .onConflict((conflict) => conflict.columns(['agency_id', 'token_digest']).doUpdateSet(values))
    .execute();
}

export async function deleteDraftRow(db: Db, agencyId: number, tokenDigest: string): Promise<void> {
  await db
    .deleteFrom('request_drafts')
    .where('agency_id', '=', agencyId)
    .where('token_digest', '=', tokenDigest)
    .execute();
}

/** Drafts whose time is over, at most `limit`; held, so that two workers do not meet. */
export async function lockExpired(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ agencyId: number; tokenDigest: string }[]> {
  return db
    .selectFrom('request_drafts')
    .select(['agency_id as agencyId', 'token_digest as tokenDigest'])
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export interface DraftFileRow {
  id: number;
  kind: RequestFileKind;
  sealedDigest: string;
  detailsSealed: string;
}

export async function filesOfDraft(db: Db, agencyId: number, tokenDigest: string): Promise<DraftFileRow[]> {
  return db
    .selectFrom('request_draft_files')
    .select(['id', 'kind', 'sealed_digest as sealedDigest', 'details_sealed as detailsSealed'])
    .where('agency_id', '=', agencyId)
    .where('token_digest', '=', tokenDigest)
    .orderBy('id')
    .execute();
}

export async function insertDraftFile(
  db: Db,
  agencyId: number,
  tokenDigest: string,
  file: Omit<DraftFileRow, 'id'>,
): Promise<void> {
  await db
    .insertInto('request_draft_files')
    .values({
      agency_id: agencyId,
      token_digest: tokenDigest,
      kind: file.kind,
      sealed_digest: file.sealedDigest,
      details_sealed: file.detailsSealed,
    })
    .execute();
}

/** Takes one file, or all, off a draft; returns the addresses of their sealed content. */
export async function deleteDraftFiles(
  db: Db,
  agencyId: number,
  tokenDigest: string,
  id?: number,
): Promise<string[]> {
  let query = db
    .deleteFrom('request_draft_files')
    .where('agency_id', '=', agencyId)
    .where('token_digest', '=', tokenDigest);
  if (id !== undefined) query = query.where('id', '=', id);
  const rows = await query.returning('sealed_digest').execute();
  return rows.map((row) => row.sealed_digest);
}
