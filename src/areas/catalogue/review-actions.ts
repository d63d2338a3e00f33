import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { acting, moverOf, now, road, staffOf, subjectOf, tellAuthor, tellReviewers } from './acting.ts';
import { lockItem } from './item-store.ts';
import { type ReviewResult, type ReviewStep, reviewSteps } from './model.ts';
import { groundOf, type Move } from './moves.ts';
import { demandFilesReleased, publishDue, takeDown } from './publishing-actions.ts';
import { afterReview, demandMove, lenderFor } from './rules.ts';
import { demandScanned } from './scanning.ts';
import { findVersion, insertReview, reviewsOf, updateVersion, versionOwingReview } from './version-store.ts';

/**
 * One decision at the step the version has come to. The last one that passes makes it ready, and publishes it at once unless
 * it is scheduled. `revision` is that of the text which the reviewer saw. @throws InvalidForm when it has changed since
 */
export async function reviewItem(
  ctx: Ctx,
  itemId: number,
  given: { step: ReviewStep; result: ReviewResult; opinion: string; revision?: number },
): Promise<void> {
  const move: Move = `review-${given.step}`;
  if (!Object.hasOwn(reviewSteps, given.step)) throw new InvalidForm({ step: '请选择审查步骤。' });
  const published = await acting(ctx, itemId, move, async (ctx, { item, version }) => {
    if (!['passed', 'passed-with-changes', 'refused', 'referred'].includes(given.result))
      throw new InvalidForm({ result: '请选择审查结果。' });
    if (given.revision !== undefined && given.revision !== version.revision)
      throw new InvalidForm({ '': '这份稿件在您打开之后改过，请看过现在的文字再审查。' });
    const opinion = readOpinion(given.opinion, given.result === 'passed');
    const { steps } = await road(ctx, version);
    const next = afterReview(given.step, given.result, steps);
    if (next.concluding) {
      await demandFilesReleased(ctx, version);
      await demandScanned(ctx, version);
    }
    const delegator = lenderFor(move, item, await moverOf(ctx, move), version)?.staffId ?? null;
    await insertReview(ctx.db, ctx.agencyId, item.id, {
      version: version.version,
      step: given.step,
      result: given.result,
      reviewerId: staffOf(ctx),
      reviewerName: ctx.actor.name,
      onBehalfOf: delegator,
      opinion,
      basis: groundOf(move),
      concluding: next.concluding,
      at: now(ctx),
    });
    await updateVersion(ctx.db, ctx.agencyId, version, { state: next.state, step: next.step });
    if (next.state === 'in-review' && next.step !== '' && next.step !== 'secrecy')
      await tellReviewers(ctx, item, version, next.step);
    if (next.state === 'draft') await tellAuthor(ctx, item, version, '被退回');
    const due = version.publishAt === null || new Date(version.publishAt) <= now(ctx);
    return {
      after: { step: given.step, result: given.result, next: next.state },
      ...(given.result !== 'passed' && { reason: opinion }),
      result: next.concluding && due && version.attribute === 'proactive',
    };
  });
  // The job may have been there first.
  if (published) await publishDue({ ...ctx, actor: { kind: 'system', name: '发布' } }, [itemId]);
}

/**
 * What the secrecy administration decided on a version that was referred to it: it may be made public and review goes on
 * where it was referred, or it may not and goes back to its author (登记保密部门的确定).
 */
export async function recordDetermination(
  ctx: Ctx,
  itemId: number,
  given: { open: boolean; body: string; number: string; opinion: string },
): Promise<void> {
  const body = visibleText(given.body).trim();
  const number = visibleText(given.number).trim();
  const problems: Record<string, string> = {};
  if (body.length < 2 || body.length > 100) problems.body = '请写明作出确定的保密行政管理部门，2 至 100 字。';
  if (number.length < 2 || number.length > 100) problems.number = '请写明确定文书的文号，2 至 100 字。';
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  const words = visibleText(given.opinion).trim();
  if (words.length > 1800) throw new InvalidForm({ opinion: '说明最多 1800 字。' });
  await acting(ctx, itemId, 'record-determination', async (ctx, { item, version }) => {
    const reviews = await reviewsOf(ctx.db, ctx.agencyId, itemId);
    const referred = reviews.findLast(
      (review) => review.version === version.version && review.result === 'referred',
    );
    const { steps } = await road(ctx, version);
    const back = steps.find((step) => step === referred?.step) ?? steps[0];
    if (!back) throw new Error('a version needs a step of review');
    const mover = await moverOf(ctx, 'record-determination');
    await insertReview(ctx.db, ctx.agencyId, item.id, {
      version: version.version,
      step: 'secrecy',
      result: given.open ? 'passed' : 'refused',
      reviewerId: staffOf(ctx),
      reviewerName: ctx.actor.name,
      onBehalfOf: lenderFor('record-determination', item, mover, version)?.staffId ?? null,
      opinion: `${body}（${number}）确定${given.open ? '可以公开' : '不得公开'}${words === '' ? '' : `：${words}`}`,
      basis: groundOf('record-determination'),
      concluding: false,
      at: now(ctx),
    });
    await updateVersion(
      ctx.db,
      ctx.agencyId,
      version,
      given.open ? { step: back } : { state: 'draft', step: '', submitted_at: null },
    );
    if (given.open) await tellReviewers(ctx, item, version, back);
    await tellAuthor(ctx, item, version, given.open ? '经保密部门确定可以公开' : '经保密部门确定不得公开');
    return { after: { result: given.open ? 'passed' : 'refused', body, number } };
  });
}

/** The review that an urgent publication still owed. What does not pass is withdrawn in the same breath. */
export async function reviewAfterwards(
  ctx: Ctx,
  itemId: number,
  given: { result: 'passed' | 'refused'; opinion: string },
): Promise<void> {
  const opinion = readOpinion(given.opinion, given.result === 'passed');
  await transact(ctx, async (ctx) => {
    const item = await lockItem(ctx.db, ctx.agencyId, itemId);
    if (!item?.liveVersion) throw new NotFound('没有找到这条信息。');
    // An amendment may have taken its place meanwhile; the review is owed all the same.
    const version =
      (await versionOwingReview(ctx.db, ctx.agencyId, itemId)) ??
      (await findVersion(ctx.db, ctx.agencyId, itemId, item.liveVersion));
    if (!version) throw new NotFound('没有找到这条信息。');
    const mover = await moverOf(ctx, 'review-afterwards');
    demandMove('review-afterwards', item, version, mover);
    await insertReview(ctx.db, ctx.agencyId, item.id, {
      version: version.version,
      step: 'final',
      result: given.result,
      reviewerId: staffOf(ctx),
      reviewerName: ctx.actor.name,
      onBehalfOf: lenderFor('review-afterwards', item, mover, version)?.staffId ?? null,
      opinion,
      basis: groundOf('review-afterwards'),
      concluding: given.result === 'passed',
      at: now(ctx),
    });
    await updateVersion(ctx.db, ctx.agencyId, version, { urgent_reason: '', review_due_on: null });
    await record(ctx, {
      act: 'catalogue.review-afterwards',
      ground: groundOf('review-afterwards'),
      subject: subjectOf(item),
      after: { version: version.version, result: given.result },
      reason: opinion,
    });
    if (given.result === 'refused' && item.state === 'published' && version.version === item.liveVersion)
      await takeDown(ctx, item, `紧急发布后补审不通过：${opinion}`, groundOf('review-afterwards'));
  });
}

function readOpinion(given: string, optional: boolean): string {
  const opinion = visibleText(given).trim();
  if (opinion === '' && optional) return '同意';
  if (opinion.length < 2 || opinion.length > 2000)
    throw new InvalidForm({ opinion: '请写明意见，2 至 2000 字。' });
  return opinion;
}
