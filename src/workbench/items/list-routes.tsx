import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  type DeskGroup,
  deskCounts,
  deskPage,
  exportDesk,
  listColumns,
  type ReviewResult,
  reviewItem,
  reviewResults,
  reviewSteps,
  sortOutReviews,
} from '../../areas/catalogue/index.ts';
import { listUnits, may } from '../../areas/organisations/index.ts';
import { Refusal } from '../../core/refusal.ts';
import { type Errors, type Given, oneOf } from '../request.ts';
import { ITEMS } from './addresses.ts';
import { BulkReviewPage } from './bulk-page.tsx';
import { ItemListPage, type ListRefusal } from './list-page.tsx';
import { groups, openingGroup, readListQuery } from './list-query.ts';
import { type ItemCtx, itemCtx, numberOrNull, postedIn, queryOf, wordsOf } from './request.ts';

/** Reasons told; the message travels in a cookie. */
const MOST_TOLD = 3;

/** 公开信息: lists, their export, and reviews of several at once. */
export const listRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(ITEMS, async (request, reply) =>
      reply.page(await list(itemCtx(app, request), queryOf(request))),
    );

    server.get(`${ITEMS}/export`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const csv = await exportDesk(ctx, readListQuery(queryOf(request), 'published').filter);
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('公开信息.csv')}`)
        .type('text/csv; charset=utf-8')
        .send(csv);
    });

    server.post(`${ITEMS}/reviews`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { given, all } = postedIn(request);
      const result = oneOf<ReviewResult>(reviewResults, given('result'));
      const ids = all('item').flatMap((one) => numberOrNull(one) ?? []);
      const errors: Errors =
        ids.length === 0
          ? { '': '请先勾选要审查的稿件。' }
          : result !== 'passed' && result !== 'refused'
            ? { '': '请选择审查结果。' }
            : result === 'refused' && given('opinion').trim().length < 2
              ? { opinion: '不通过的，请写明意见，至少 2 个字。' }
              : {};
      if (Object.keys(errors).length > 0 || result === undefined) {
        const refused = { errors, items: new Set(ids), opinion: given('opinion') };
        const asked = queryOf(request);
        const shown: Given = (name) => asked(name) || (name === 'group' ? 'to-review' : '');
        return reply.page(await list(ctx, shown, refused), 422);
      }
      const sorted = await sortOutReviews(ctx, ids, result);
      return reply.page(<BulkReviewPage items={sorted} result={result} opinion={given('opinion')} />);
    });

    server.post(`${ITEMS}/reviews/confirmation`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { given, all } = postedIn(request);
      const result = oneOf<ReviewResult>(reviewResults, given('result')) ?? 'passed';
      const { done, refused } = await reviewAll(ctx, all('item'), result, given('opinion'));
      const skipped =
        refused.length === 0
          ? ''
          : `；${refused.length} 条没有办理：${refused.slice(0, MOST_TOLD).join('；')}`;
      reply.flash(
        refused.length === 0 ? 'success' : 'warning',
        `已审查 ${done} 条，结果“${reviewResults[result]}”${skipped}`.slice(0, 400),
      );
      return reply.redirect(`${ITEMS}?group=to-review`, 303);
    });
  };

/** Each decision in a transaction of its own, recorded on its own item; `id.step.revision` names what was looked at. */
async function reviewAll(
  ctx: ItemCtx,
  refs: readonly string[],
  result: ReviewResult,
  opinion: string,
): Promise<{ done: number; refused: string[] }> {
  let done = 0;
  const refused: string[] = [];
  for (const ref of refs) {
    const [, id, step, revision] = /^([1-9]\d{0,8})\.(first|second|final)\.(\d{1,9})$/.exec(ref) ?? [];
    const named = oneOf(reviewSteps, step ?? '');
    if (id === undefined || named === undefined) continue;
    try {
      await reviewItem(ctx, Number(id), { step: named, result, opinion, revision: Number(revision) });
      done += 1;
    } catch (error) {
      // What holds one back holds back no other.
      refused.push(error instanceof Refusal ? error.message : wordsOf(error));
    }
  }
  return { done, refused };
}

async function list(ctx: ItemCtx, given: Given, refused?: ListRefusal) {
  const { actor, db, agencyId } = ctx;
  const mayWrite = may(actor, 'catalogue.write');
  const shown = Object.keys(groups).filter(
    (group) => group !== 'all' && group !== 'published',
  ) as DeskGroup[];
  const counts = await deskCounts(ctx, shown);
  const query = readListQuery(given, openingGroup({ counts, mayWrite }));
  const [{ rows, next }, columns, units] = await Promise.all([
    deskPage(ctx, query.filter, query.after),
    listColumns(db, agencyId),
    listUnits(db, agencyId),
  ]);
  return (
    <ItemListPage
      query={query}
      rows={rows}
      next={next}
      counts={counts}
      columns={columns}
      units={units}
      mayWrite={mayWrite}
      mayReview
      today={ctx.clock.today().toString()}
      refused={refused}
    />
  );
}
