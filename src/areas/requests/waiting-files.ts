import { transact } from '../../core/db.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { demand } from '../organisations/index.ts';
import type { RequestCtx } from './case-actions.ts';
import {
  type DraftFile,
  discardDraftFiles,
  draftContext,
  draftFileContext,
  openDraftFile,
} from './draft-actions.ts';
import { deleteDraftFiles, deleteDraftRow, filesOfDraft, insertDraftFile, saveDraft } from './draft-store.ts';
import type { NewFile } from './model.ts';

/** Most scans that wait with one form. */
const MOST = 10;
const LIFE_MS = 24 * 3_600_000;

/**
 * Keeps scans with a form that is not registered yet, sealed, for the one who sends it; after a day they go with the drafts of
 * visitors. `submissionKey`: of the page. The caller takes the sealed bytes away when this fails.
 * @throws InvalidForm when there are enough already
 */
export async function keepScans(
  ctx: RequestCtx,
  submissionKey: string,
  files: readonly NewFile[],
): Promise<void> {
  demand(ctx.actor, 'requests.register');
  if (files.length === 0) return;
  await transact(ctx, async ({ db, agencyId, vault, clock }) => {
    const token = tokenOf(ctx, submissionKey);
    const now = clock.now().epochMilliseconds;
    await saveDraft(db, agencyId, {
      tokenDigest: token,
      sealed: vault.seal(JSON.stringify({ stage: 'desk' }), draftContext(agencyId, token)),
      savedAt: new Date(now),
      expiresAt: new Date(now + LIFE_MS),
    });
    if ((await filesOfDraft(db, agencyId, token)).length + files.length > MOST)
      throw new InvalidForm({ scan: `一次登记最多 ${MOST} 个扫描件；更多的登记之后再添加。` });
    for (const { kind, sealedDigest, ...details } of files)
      await insertDraftFile(db, agencyId, token, {
        kind,
        sealedDigest,
        detailsSealed: vault.seal(JSON.stringify(details), draftFileContext(agencyId, token)),
      });
  });
}

/** The scans that wait with a form. */
export async function keptScans(ctx: RequestCtx, submissionKey: string): Promise<DraftFile[]> {
  const { db, agencyId, vault } = ctx;
  const token = tokenOf(ctx, submissionKey);
  const rows = await filesOfDraft(db, agencyId, token);
  return rows.map((row) => openDraftFile(vault, agencyId, token, row));
}

/** Takes one of them off the form. */
export async function dropScan(ctx: RequestCtx, submissionKey: string, id: number): Promise<void> {
  demand(ctx.actor, 'requests.register');
  await transact(ctx, (ctx) => discardDraftFiles(ctx, tokenOf(ctx, submissionKey), id));
}

/**
 * Hands the waiting scans to `register`, in one transaction: registered, they are the request's; refused, they still wait. Of
 * a form that was registered before they are discarded.
 */
export async function withKeptScans<T extends { fresh: boolean }>(
  ctx: RequestCtx,
  submissionKey: string,
  register: (ctx: RequestCtx, files: readonly NewFile[]) => Promise<T>,
): Promise<T> {
  return transact(ctx, async (ctx) => {
    const token = tokenOf(ctx, submissionKey);
    const kept = await keptScans(ctx, submissionKey);
    const done = await register(
      ctx,
      kept.map(({ id: _id, ...file }) => file),
    );
    if (done.fresh) await deleteDraftFiles(ctx.db, ctx.agencyId, token);
    else await discardDraftFiles(ctx, token);
    await deleteDraftRow(ctx.db, ctx.agencyId, token);
    return done;
  });
}

/** Keyed, and bound to the person: no visitor's token leads here, nor does a colleague's page. */
function tokenOf({ vault, actor, agencyId }: RequestCtx, submissionKey: string): string {
  const who = actor.kind === 'staff' ? actor.staffId : actor.kind;
  return vault.digest('desk-scans', `${agencyId}/${who}/${submissionKey}`);
}
