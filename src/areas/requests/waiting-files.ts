import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { discardFile } from '../../core/vault/index.ts';
import type { RequestCtx } from './case-actions.ts';
import {
  type DraftFile,
  discardDraftFiles,
  draftContext,
  draftFileContext,
  openDraftFile,
} from './draft-actions.ts';
import {
  deleteDraftFiles,
  deleteDraftRow,
  filesOfDraft,
  insertDraftFile,
  lockDraft,
  saveDraft,
} from './draft-store.ts';
import type { NewFile } from './model.ts';

/** Most files that wait with one form. */
const MOST = 10;
const LIFE_MS = 24 * 3_600_000;

/** A page whose form is not taken yet: what names it, and the field its files were chosen in. */
export interface WaitingPlace {
  /** Of the page; with the person at the desk, or with the form a visitor follows, it is nobody else's. */
  key: string;
  field: string;
  /** Most files of the form. */
  most?: number;
}

/**
 * Keeps the files of a form that is not taken yet, sealed, for the one who sends it; after a day they go with the drafts of
 * visitors. The caller asked whether the person may send this form, and takes the sealed bytes away when this fails.
 * A file that waits already, sent a second time, waits once.
 * @throws InvalidForm when there are enough already
 */
export async function keepWaiting(
  ctx: RequestCtx,
  { key, field, most = MOST }: WaitingPlace,
  files: readonly NewFile[],
): Promise<void> {
  if (files.length === 0) return;
  await transact(ctx, async ({ db, agencyId, vault, clock }) => {
    const token = tokenOf(ctx, key);
    const now = clock.now().epochMilliseconds;
    await saveDraft(db, agencyId, {
      tokenDigest: token,
      sealed: vault.seal(JSON.stringify({ stage: 'desk' }), draftContext(agencyId, token)),
      savedAt: new Date(now),
      expiresAt: new Date(now + LIFE_MS),
    });
    const waiting = await waitingFiles({ ...ctx, db }, key);
    const known = (file: NewFile) =>
      waiting.some(({ kind, digest }) => kind === file.kind && digest === file.digest);
    const fresh = files.filter((file) => !known(file));
    for (const { sealedDigest } of files.filter(known)) await discardFile(db, sealedDigest, new Date(now));
    if (waiting.length + fresh.length > most)
      throw new InvalidForm({ [field]: `最多 ${most} 个文件；请去掉不需要的，或者合并以后再上传。` });
    for (const { kind, sealedDigest, ...details } of fresh)
      await insertDraftFile(db, agencyId, token, {
        kind,
        sealedDigest,
        detailsSealed: vault.seal(JSON.stringify(details), draftFileContext(agencyId, token)),
      });
  });
}

/** The files that wait with a form. */
export async function waitingFiles(ctx: RequestCtx, key: string): Promise<DraftFile[]> {
  const { db, agencyId, vault } = ctx;
  const token = tokenOf(ctx, key);
  const rows = await filesOfDraft(db, agencyId, token);
  return rows.map((row) => openDraftFile(vault, agencyId, token, row));
}

/** Takes one of them off the form. */
export async function dropWaiting(ctx: RequestCtx, key: string, id: number): Promise<void> {
  await transact(ctx, (ctx) => discardDraftFiles(ctx, tokenOf(ctx, key), id));
}

/**
 * Hands the waiting files to `take`, in one transaction: taken, they are the request's; refused, they still wait. Of a form
 * that was taken before (`fresh` false) they are discarded. Of two at once the second finds none.
 */
export async function withWaiting<T extends { fresh: boolean }>(
  ctx: RequestCtx,
  key: string,
  take: (ctx: RequestCtx, files: readonly NewFile[]) => Promise<T>,
): Promise<T> {
  return transact(ctx, async (ctx) => {
    const token = tokenOf(ctx, key);
    // A file that another window sends meanwhile waits for the end of this.
    await lockDraft(ctx.db, ctx.agencyId, token, instantOf(ctx.clock));
    const waiting = await waitingFiles(ctx, key);
    const done = await take(
      ctx,
      waiting.map(({ id: _id, ...file }) => file),
    );
    if (done.fresh) await deleteDraftFiles(ctx.db, ctx.agencyId, token);
    else await discardDraftFiles(ctx, token);
    await deleteDraftRow(ctx.db, ctx.agencyId, token);
    return done;
  });
}

/** Keyed, and bound to the person: no visitor's token leads here, nor does a colleague's page. */
function tokenOf({ vault, actor, agencyId }: RequestCtx, key: string): string {
  const who = actor.kind === 'staff' ? actor.staffId : actor.kind;
  return vault.digest('desk-scans', `${agencyId}/${who}/${key}`);
}
