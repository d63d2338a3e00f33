import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { acting, staffIdOf, tell } from './acting.ts';
import { entriesOf } from './entry-store.ts';
import { decide, errataOf, insertErratum } from './erratum-store.ts';
import type { IssueReviewResult } from './model.ts';
import { labelOf } from './print-actions.ts';
import { readOpinion } from './review-actions.ts';
import { correctionObstacle, demandNone } from './rules.ts';

/**
 * Proposes what readers are told was wrong in an issue that is out (更正). The issue stays as it was printed, and nobody sees the
 * notice before another person has passed it. Returns its id. @throws InvalidForm
 */
export async function noteErratum(
  ctx: Ctx,
  issueId: number,
  given: { notice: string; itemId: number | null },
): Promise<number> {
  let id = 0;
  await acting(ctx, issueId, 'correct', async (ctx, issue) => {
    const { db, agencyId } = ctx;
    const { itemId } = given;
    const notice = visibleText(given.notice).trim();
    if (notice.length < 4 || notice.length > 2000)
      throw new InvalidForm({ notice: '请写明哪里有误、应当是什么，4 至 2000 字；读者会看到。' });
    if (itemId !== null && !(await entriesOf(db, agencyId, issueId)).some((entry) => entry.itemId === itemId))
      throw new InvalidForm({ item: '请选择这一期刊登的文件。' });
    const same = (await errataOf(db, agencyId, issueId)).find(
      (one) => one.state !== 'refused' && one.notice === notice && one.itemId === itemId,
    );
    if (same) throw new InvalidForm({ notice: '这条更正已经登记过。' });
    id = await insertErratum(db, agencyId, {
      issueId,
      itemId,
      notice,
      notedOn: ctx.clock.today().toString(),
      authorId: staffIdOf(ctx.actor),
      byName: ctx.actor.name,
      at: instantOf(ctx.clock),
    });
    const label = labelOf(issue);
    await tell(ctx, issueId, ['unit-head', 'leader'], `请审核公报更正：${label}`);
    return { label, after: { items: itemId === null ? [] : [itemId] }, reason: notice };
  });
  return id;
}

/** Decides on a correction that somebody else wrote; passed, readers see it at once. @throws InvalidForm, NotFound, Refusal */
export const reviewErratum = (
  ctx: Ctx,
  issueId: number,
  given: { erratumId: number; result: IssueReviewResult; opinion: string },
): Promise<void> =>
  acting(ctx, issueId, 'judge-correction', async (ctx, issue) => {
    const { result } = given;
    const erratum = (await errataOf(ctx.db, ctx.agencyId, issueId)).find(({ id }) => id === given.erratumId);
    if (!erratum) throw new NotFound('没有找到这条更正。');
    const by = staffIdOf(ctx.actor);
    demandNone(correctionObstacle(erratum, by), 'judge-correction');
    if (by === null) throw new Error('a correction is reviewed by a person');
    const opinion = readOpinion(given);
    await decide(ctx.db, ctx.agencyId, erratum.id, {
      result,
      on: ctx.clock.today().toString(),
      by,
      byName: ctx.actor.name,
      opinion,
      at: instantOf(ctx.clock),
    });
    const label = labelOf(issue);
    const told = result === 'passed' ? '公报更正已审核通过，读者可以看到' : '公报更正未通过审核';
    await tell(ctx, issueId, ['disclosure-officer'], `${told}：${label}`);
    return {
      act: result === 'passed' ? 'gazette.pass-correction' : 'gazette.refuse-correction',
      label,
      after: { result, items: erratum.itemId === null ? [] : [erratum.itemId] },
      ...(opinion !== '' && { reason: opinion }),
    };
  });
