import type { Ctx } from '../core/context.ts';
import { type ChainedAct, chain } from './chain.ts';
import { advanceHead, lockHead } from './store.ts';

/** What an action tells the ledger; actor, time and agency come from the context. */
export interface Act {
  /** `<area>.<verb>`, e.g. `returns.submit`. */
  act: string;
  /** Article or rule the act rests on, e.g. `《政府信息公开条例》第四十九条`. */
  ground?: string;
  subject: { kind: string; id: string | number; label?: string };
  before?: unknown;
  after?: unknown;
  reason?: string;
}

/**
 * Appends one act to the agency's chain and returns its sequence number. Call it inside the transaction of the change
 * itself (`transact`), so that neither happens without the other. Acts of one agency queue behind each other here:
 * record last, keep the transaction short.
 */
export async function record(ctx: Ctx, act: Act): Promise<number> {
  if (!ctx.db.isTransaction) throw new Error(`the act ${act.act} must be recorded inside its transaction`);
  const head = await lockHead(ctx.db, ctx.agencyId);
  const seq = head.seq + 1;
  const at = new Date(ctx.clock.now().epochMilliseconds);
  const { actor } = ctx;
  // Through JSON and back: dates become text and undefined disappears, as they will in the jsonb column.
  const plain = (value: unknown) =>
    value === undefined || value === null ? null : JSON.parse(JSON.stringify(value));
  const entry: ChainedAct = {
    agency: ctx.agencyId,
    seq,
    at: at.toISOString(),
    actorKind: actor.kind,
    actorId: actor.kind === 'staff' ? actor.staffId : null,
    actorName: actor.name,
    act: act.act,
    ground: act.ground ?? '',
    subjectKind: act.subject.kind,
    subjectId: String(act.subject.id),
    subjectLabel: act.subject.label ?? '',
    before: plain(act.before),
    after: plain(act.after),
    reason: act.reason ?? '',
  };
  const digest = chain(head.digest, entry);
  await ctx.db
    .insertInto('ledger_acts')
    .values({
      agency_id: entry.agency,
      seq,
      at,
      actor_kind: actor.kind,
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      act: entry.act,
      ground: entry.ground,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      subject_label: entry.subjectLabel,
      before: entry.before === null ? null : JSON.stringify(entry.before),
      after: entry.after === null ? null : JSON.stringify(entry.after),
      reason: entry.reason,
      previous_digest: head.digest,
      digest,
    })
    .execute();
  await advanceHead(ctx.db, ctx.agencyId, seq, digest);
  return seq;
}
