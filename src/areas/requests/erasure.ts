import { randomBytes } from 'node:crypto';
import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { discardFile } from '../../core/vault/index.ts';
import { record } from '../../ledger/index.ts';
import { disposeLetters } from '../letters/index.ts';
import { sealNote } from './applicant.ts';
import { type RequestCtx, subjectOf } from './case-actions.ts';
import { correctionPlace } from './check-model.ts';
import { GROUND } from './disposal-actions.ts';
import {
  approvedDisposals,
  countOnList,
  endDisposal,
  lockDisposal,
  lockNextOfList,
  mayStillGo,
  spareForm,
} from './disposal-store.ts';
import {
  allowErasure,
  type Blank,
  eraseFiles,
  eraseForm,
  eraseRequest,
  requestsOfForm,
} from './erasure-store.ts';
import { codePlace, codeValue } from './intake-actions.ts';
import { clearMailOfForm } from './mail-actions.ts';
import { emptyReply, opinionPlace, replyPlace } from './reply-actions.ts';

/** What another room keeps of a case and takes away with it, in the same transaction. */
export type CaseErasure = (ctx: RequestCtx, requestId: number) => Promise<void>;

/**
 * Carries approved lists out, one form in one transaction, so that a run may end anywhere and the next goes on. Returns
 * false when it stopped because `enough` said so.
 */
export async function carryOutDisposals(
  ctx: RequestCtx,
  others: readonly CaseErasure[],
  enough: () => boolean = () => false,
): Promise<boolean> {
  for (const id of await approvedDisposals(ctx.db, ctx.agencyId)) {
    for (let more = true; more; ) {
      if (enough()) return false;
      more = await disposeNext(ctx, id, others);
    }
  }
  return true;
}

/** The next form of a list; false when there is none and the list is done. */
function disposeNext(ctx: RequestCtx, listId: number, others: readonly CaseErasure[]): Promise<boolean> {
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    // Two workers on one list take turns.
    const list = await lockDisposal(db, agencyId, listId);
    if (list?.state !== 'approved') return false;
    const form = await lockNextOfList(db, agencyId, listId);
    if (form === null) {
      await endDisposal(db, agencyId, listId, instantOf(ctx.clock));
      return false;
    }
    const goes = await mayStillGo(db, agencyId, form.id, list.closedUntil);
    if (goes) await erase(ctx, form, { list: listId, by: list.decidedByName ?? '' }, others);
    else await spareForm(db, agencyId, form.id);
    await countOnList(db, agencyId, listId, goes ? 'disposed' : 'spared');
    return true;
  });
}

/**
 * Takes everything away that tells who applied, what he wrote and what was written to him. Numbers, dates, kinds, results
 * and the ledger stay: every figure is afterwards what it was.
 */
async function erase(
  ctx: RequestCtx,
  form: { id: number; number: string },
  approval: { list: number; by: string },
  others: readonly CaseErasure[],
): Promise<void> {
  const { db, agencyId, vault } = ctx;
  const today = ctx.clock.today();
  const now = instantOf(ctx.clock);
  await allowErasure(db);
  const requests = await requestsOfForm(db, agencyId, form.id);
  for (const { id } of requests) {
    await eraseRequest(db, agencyId, id, blankOf(ctx));
    for (const other of others) await other(ctx, id);
  }
  await clearMailOfForm(ctx, form.id);
  for (const sha256 of await eraseFiles(db, agencyId, form.id)) await discardFile(db, sha256, now);
  // A code that nobody was told: the tracking page is closed.
  const code = randomBytes(16).toString('hex');
  await eraseForm(db, agencyId, form.id, {
    codeDigest: vault.digest('query-code', codeValue(agencyId, form.number, code)),
    codeSealed: vault.seal(code, codePlace(agencyId, form.number)),
    on: today.toString(),
  });
  await disposeLetters(ctx, form.id, today);
  for (const request of requests) {
    await record(ctx, {
      act: 'requests.dispose',
      ground: GROUND,
      subject: subjectOf(request),
      after: { list: approval.list, approvedBy: approval.by },
    });
  }
}

function blankOf({ vault, agencyId }: RequestCtx): Blank {
  const blank = (place: string, text = '') => sealNote(vault, agencyId, place, text);
  return {
    correction: (requestId) => blank(correctionPlace(requestId)),
    reply: (requestId) => blank(replyPlace(requestId), JSON.stringify(emptyReply)),
    opinion: (replyId) => blank(opinionPlace(replyId)),
  };
}
