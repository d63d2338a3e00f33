import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { actsOnAll, record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { type RequestCtx, subjectOf } from './case-actions.ts';
import { type CaseView, readCase } from './case-view.ts';
import type { ReviewKind } from './model.ts';

/** One step of a reply on its way to the signature, as it is on record. */
export interface ApprovalStep {
  kind: 'submit' | 'recall' | ReviewKind;
  /** Instant, ISO 8601. */
  at: string;
  by: string;
  /** Of a review; null for the other steps. */
  result: 'approved' | 'returned' | null;
  /** The opinion, or the reason of a return. */
  words: string;
}

export interface Approval {
  view: CaseView;
  /** Oldest first. */
  steps: ApprovalStep[];
}

const MOST_ACTS = 5000;

const stepOf: Readonly<Record<string, ApprovalStep['kind']>> = {
  'requests.submit-reply': 'submit',
  'requests.recall-reply': 'recall',
};

/**
 * What the 审查呈批单 of a case shows: who submitted, reviewed, returned and signed the reply, from the ledger and the reviews.
 * That it was printed is recorded.
 * @throws NotFound, also while no reply was submitted
 */
export async function openApproval(ctx: RequestCtx, id: number): Promise<Approval> {
  demand(ctx.actor, 'requests.read');
  const view = await readCase(ctx, id);
  return transact(ctx, async (ctx) => {
    const acts = await actsOnAll(ctx.db, ctx.agencyId, [{ kind: 'request', id }], MOST_ACTS);
    const steps: ApprovalStep[] = [
      ...acts.toReversed().flatMap(({ act, at, actorName, reason }) => {
        const kind = stepOf[act];
        return kind ? [{ kind, at, by: actorName, result: null, words: reason }] : [];
      }),
      ...view.reviews.map(({ kind, at, byName, result, opinion }) => ({
        kind,
        at,
        by: byName,
        result,
        words: opinion,
      })),
    ];
    if (view.standing.reply === null || !steps.some(({ kind }) => kind === 'submit'))
      throw new NotFound('答复稿还没有送审，没有审查呈批单。');
    await record(ctx, { act: 'requests.print-approval', subject: subjectOf(view.case) });
    return { view, steps: steps.sort((a, b) => a.at.localeCompare(b.at)) };
  });
}
