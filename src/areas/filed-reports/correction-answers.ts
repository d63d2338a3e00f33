import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { insertMessage, lockLivingCorrection, updateCorrection } from './correction-store.ts';
import { movedCorrection } from './rules.ts';

/** A version filed after the correction was asked for answers it; nothing happens when none is open. */
export async function answerCorrection(
  ctx: Ctx,
  filed: { unitId: number; year: number; version: number; fileName: string },
): Promise<void> {
  const { db, agencyId } = ctx;
  const living = await lockLivingCorrection(db, agencyId, filed.unitId, filed.year);
  if (!living || filed.version <= living.version) return;
  await updateCorrection(db, agencyId, living.id, { state: movedCorrection('answer', living.state) });
  await insertMessage(db, agencyId, {
    correctionId: living.id,
    side: 'system',
    byName: ctx.actor.name,
    at: instantOf(ctx.clock),
    text: `收到第 ${filed.version} 版（${filed.fileName}）。`,
    version: filed.version,
  });
}
