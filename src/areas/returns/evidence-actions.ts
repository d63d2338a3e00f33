import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { moverOf, periodName } from './actions.ts';
import { type EvidenceFile, findFile, insertFile, markRemoved } from './file-store.ts';
import { moved } from './rules.ts';
import { lockReturn, type Return } from './store.ts';

/** Attaches a kept file to a return that the unit still holds. Returns the attachment's id. */
export async function attachEvidence(
  ctx: Ctx,
  returnId: number,
  file: { digest: string; name: string; type: string; bytes: number },
): Promise<number> {
  demand(ctx.actor, 'returns.fill');
  return transact(ctx, async (trx) => {
    const held = await heldByUnit(trx, returnId);
    const id = await insertFile(trx.db, trx.agencyId, {
      ...file,
      returnId,
      addedAt: instantOf(trx.clock),
      addedBy: trx.actor.kind === 'staff' ? trx.actor.staffId : null,
    });
    await recordFile(trx, held, 'attach', {
      after: { file: file.name, bytes: file.bytes, digest: file.digest },
    });
    return id;
  });
}

export async function removeEvidence(ctx: Ctx, returnId: number, fileId: number): Promise<EvidenceFile> {
  demand(ctx.actor, 'returns.fill');
  return transact(ctx, async (trx) => {
    const held = await heldByUnit(trx, returnId);
    const file = await findFile(trx.db, trx.agencyId, returnId, fileId);
    if (!file) throw new NotFound('没有找到这个附件。');
    await markRemoved(trx.db, trx.agencyId, fileId, instantOf(trx.clock));
    await recordFile(trx, held, 'detach', {
      before: { file: file.name, bytes: file.bytes, digest: file.digest },
    });
    return file;
  });
}

async function heldByUnit(ctx: Ctx, returnId: number): Promise<Return> {
  const held = await lockReturn(ctx.db, ctx.agencyId, returnId);
  if (!held) throw new NotFound('没有找到这份填报。');
  moved('fill', held, moverOf(ctx));
  return held;
}

async function recordFile(
  ctx: Ctx,
  held: Return,
  verb: 'attach' | 'detach',
  what: { before?: object; after?: object },
): Promise<void> {
  const label = `${held.unitName}${periodName(held)}`;
  await record(ctx, { act: `returns.${verb}`, subject: { kind: 'return', id: held.id, label }, ...what });
}
