import { instantOf } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import type { Db } from '../core/db.ts';
import { type ChainedAct, chain, storable, storableText } from './chain.ts';
import { insertAct, lockHead } from './store.ts';

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
  const { actor } = ctx;
  const entry: ChainedAct = {
    agency: ctx.agencyId,
    seq: head.seq + 1,
    at: instantOf(ctx.clock).toISOString(),
    actorKind: actor.kind,
    actorId: actor.kind === 'staff' ? actor.staffId : null,
    actorName: storableText(actor.name),
    act: act.act,
    ground: storableText(act.ground ?? ''),
    subjectKind: act.subject.kind,
    subjectId: storableText(String(act.subject.id)),
    subjectLabel: storableText(act.subject.label ?? ''),
    before: storable(act.before),
    after: storable(act.after),
    reason: storableText(act.reason ?? ''),
  };
  await insertAct(ctx.db, entry, head.digest, chain(head.digest, entry));
  return entry.seq;
}

/**
 * Waits for the agency's chain and holds it until the transaction ends, before its first act: for what must be taken in one
 * order by all acts of the agency, such as numbers.
 */
export async function holdChain(db: Db, agencyId: number): Promise<void> {
  await lockHead(db, agencyId);
}
