import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { acting, staffIdOf, tell, touch } from './acting.ts';
import { arrange } from './compose-actions.ts';
import { chooseVersions, entriesOf, holdItems } from './entry-store.ts';
import { insertIssueReview, updateIssue } from './issue-store.ts';
import type { Issue, IssueReviewResult } from './model.ts';
import { unready } from './rules.ts';

/** Hands an issue over for review, with the versions that are live now. @throws Refusal `gazette-unready` */
export const submitIssue = (ctx: Ctx, id: number): Promise<void> =>
  acting(ctx, id, 'submit', async (ctx, issue) => {
    await holdItems(ctx.db, ctx.agencyId, id);
    const entries = await arrange(ctx, id);
    const why = unready(entries, 'submit');
    if (why !== null) throw new Refusal('gazette-unready', why);
    await chooseVersions(ctx.db, ctx.agencyId, id, 'live');
    await touch(ctx, issue, {
      state: 'in-review',
      round: issue.round + 1,
      submitted_at: instantOf(ctx.clock),
    });
    await tell(ctx, id, ['unit-head', 'leader'], `请审核公报：${issue.name}`);
    return { after: { entries: entries.length } };
  });

/** Takes an issue back to compose it further. */
export const recallIssue = (ctx: Ctx, id: number): Promise<void> =>
  acting(ctx, id, 'recall', async (ctx, issue) => {
    await reopen(ctx, issue);
    return { before: { state: issue.state }, after: { state: 'draft' } };
  });

/** Takes an issue that is not out off the desk; its number was never given. */
export const discardIssue = (ctx: Ctx, id: number): Promise<void> =>
  acting(ctx, id, 'discard', async (ctx, issue) => {
    await updateIssue(ctx.db, ctx.agencyId, id, { state: 'discarded', changed_at: instantOf(ctx.clock) });
    return { before: { state: issue.state }, after: { state: 'discarded' } };
  });

/**
 * Decides on an issue. Who passes it has seen the versions that will be printed.
 * @throws InvalidForm when it is sent back without saying why
 */
export const reviewIssue = (
  ctx: Ctx,
  id: number,
  given: { result: IssueReviewResult; opinion: string },
): Promise<void> =>
  acting(ctx, id, given.result === 'passed' ? 'approve' : 'send-back', async (ctx, issue) => {
    const { result } = given;
    const opinion = readOpinion(given);
    const reviewerId = staffIdOf(ctx.actor);
    if (reviewerId === null) throw new Error('an issue is reviewed by a person');
    if (result === 'passed') {
      await holdItems(ctx.db, ctx.agencyId, id);
      const why = unready(await entriesOf(ctx.db, ctx.agencyId, id), 'publish');
      if (why !== null) throw new Refusal('gazette-unready', why);
    }
    await insertIssueReview(ctx.db, ctx.agencyId, {
      issueId: id,
      round: issue.round,
      result,
      reviewerId,
      reviewerName: ctx.actor.name,
      opinion,
      at: instantOf(ctx.clock),
    });
    if (result === 'passed') {
      await updateIssue(ctx.db, ctx.agencyId, id, { state: 'approved', changed_at: instantOf(ctx.clock) });
      await tell(ctx, id, ['disclosure-officer'], `公报已审核通过，可以出版：${issue.name}`);
    } else {
      await reopen(ctx, issue);
      await tell(ctx, id, ['disclosure-officer'], `公报被退回修改：${issue.name}`);
    }
    return { after: { result }, ...(opinion !== '' && { reason: opinion }) };
  });

async function reopen(ctx: Ctx, issue: Issue): Promise<void> {
  await updateIssue(ctx.db, ctx.agencyId, issue.id, { state: 'draft', changed_at: instantOf(ctx.clock) });
  await chooseVersions(ctx.db, ctx.agencyId, issue.id, null);
}

/** What a reviewer says; whoever sends something back says why. @throws InvalidForm */
export function readOpinion(given: { result: IssueReviewResult; opinion: string }): string {
  const opinion = visibleText(given.opinion).trim();
  if (opinion.length > 1000) throw new InvalidForm({ opinion: '审核意见最多 1000 字。' });
  if (given.result === 'refused' && opinion.length < 2)
    throw new InvalidForm({ opinion: '没有通过的，请写明要修改什么。' });
  return opinion;
}
