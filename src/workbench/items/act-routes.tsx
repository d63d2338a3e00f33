import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  amendItem,
  demandMove,
  discardDraft,
  draftLacks,
  findingsOf,
  findVersion,
  gatedFiles,
  type Move,
  moverOf,
  obstacle,
  publishItem,
  publishUrgently,
  type ReviewResult,
  type ReviewStep,
  recallItem,
  recordDetermination,
  reviewAfterwards,
  reviewItem,
  reviewResults,
  reviewSteps,
  submitItem,
  withdrawItem,
} from '../../areas/catalogue/index.ts';
import { demand } from '../../areas/organisations/index.ts';
import { heldBack } from '../../areas/reviews/index.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { type Errors, type Given, oneOf } from '../request.ts';
import { type ActName, ActPage } from './act-pages.tsx';
import { ITEMS, itemAddress } from './addresses.ts';
import { editorOf } from './draft-routes.tsx';
import { showItem } from './item-view.tsx';
import { doing, type ItemCtx, idIn, itemCtx, loadItem, postedIn, wordsOf } from './request.ts';
import { VersionPage } from './version-page.tsx';

const ITEM = `${ITEMS}/:id`;

/** What each act does; its words for the page it comes back to. */
const acts: Readonly<Record<ActName, (ctx: ItemCtx, id: number, given: Given) => Promise<string>>> = {
  submission: async (ctx, id) => {
    await submitItem(ctx, id);
    return '已送审，审查人会收到通知。';
  },
  publication: async (ctx, id) => {
    await publishItem(ctx, id);
    return '已发布，公众现在可以看到。';
  },
  urgent: async (ctx, id, given) => {
    await publishUrgently(ctx, id, given('reason'));
    return '已紧急发布，公众现在可以看到；请在期限内补审。';
  },
  withdrawal: async (ctx, id, given) => {
    await withdrawItem(ctx, id, { reason: given('reason'), ground: given('ground') });
    return '已撤下，原地址向公众说明理由和依据。';
  },
  discard: async (ctx, id) => {
    await discardDraft(ctx, id);
    return '已删除草稿。';
  },
};

const moveOf = {
  submission: 'submit',
  publication: 'publish',
  urgent: 'publish-urgently',
  discard: 'discard',
} as const satisfies Readonly<Record<Exclude<ActName, 'withdrawal'>, Move>>;

/** An item's page, its reviews, and every act on it. */
export const actRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(ITEM, async (request, reply) => {
      const ctx = itemCtx(app, request);
      return (await editorOf(app, ctx, request, reply)) ?? showItem(app, request, reply);
    });
    server.get(`${ITEM}/record`, (request, reply) => showItem(app, request, reply));

    for (const act of Object.keys(acts) as ActName[]) {
      server.get(`${ITEM}/${act}`, (request, reply) => showAct(app, request, reply, act));
      server.post(`${ITEM}/${act}`, async (request, reply) => {
        const ctx = itemCtx(app, request);
        const id = idIn(request, 'id');
        const { given } = postedIn(request);
        try {
          reply.flash('success', await acts[act](ctx, id, given));
        } catch (error) {
          if (error instanceof InvalidForm) return showAct(app, request, reply, act, error.fields);
          reply.flash('danger', wordsOf(error).slice(0, 400));
          return reply.redirect(itemAddress(id), 303);
        }
        return reply.redirect(act === 'discard' ? ITEMS : itemAddress(id), 303);
      });
    }

    server.post(`${ITEM}/recall`, (request, reply) => {
      const id = idIn(request, 'id');
      return doing(reply, id, async () => {
        await recallItem(itemCtx(app, request), id);
        return '已撤回，可以继续修改。';
      });
    });

    server.post(`${ITEM}/amendment`, (request, reply) => {
      const id = idIn(request, 'id');
      return doing(reply, id, async () => {
        const version = await amendItem(itemCtx(app, request), id);
        return `已建立第 ${version} 版修改稿，现行版本继续公开。`;
      });
    });

    server.post(`${ITEM}/reviews`, (request, reply) =>
      decide(app, request, reply, async (ctx, id, given) => {
        const step = oneOf<ReviewStep>(reviewSteps, given('step'));
        const result = oneOf<ReviewResult>(reviewResults, given('result'));
        if (!step) throw new NotFound('没有这个审查步骤。');
        if (!result) throw new InvalidForm({ result: '请选择审查结果。' });
        const revision = Number(given('revision')) || 0;
        await reviewItem(ctx, id, { step, result, opinion: given('opinion'), revision });
        const { item, version } = await loadItem(ctx, request);
        const out = result !== 'refused' && item.state === 'published' && version === null;
        return `已记录${reviewSteps[step]}结果：${reviewResults[result]}。${out ? '已发布，公众现在可以看到。' : ''}`;
      }),
    );

    server.post(`${ITEM}/determination`, (request, reply) =>
      decide(app, request, reply, async (ctx, id, given) => {
        const open = given('open');
        if (open !== 'yes' && open !== 'no') throw new InvalidForm({ open: '请选择确定结果。' });
        await recordDetermination(ctx, id, {
          open: open === 'yes',
          body: given('body'),
          number: given('number'),
          opinion: given('opinion'),
        });
        return open === 'yes' ? '已登记，继续审查。' : '已登记，退回作者。';
      }),
    );

    server.post(`${ITEM}/later-review`, (request, reply) =>
      decide(app, request, reply, async (ctx, id, given) => {
        const result = given('later');
        if (result !== 'passed' && result !== 'refused') throw new InvalidForm({ later: '请选择补审结果。' });
        try {
          await reviewAfterwards(ctx, id, { result, opinion: given('laterOpinion') });
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          throw new InvalidForm({ laterOpinion: error.fields.opinion ?? error.message });
        }
        return result === 'passed' ? '已补审通过。' : '补审不通过，已撤下。';
      }),
    );

    server.get(`${ITEM}/versions/:version`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { item } = await loadItem(ctx, request);
      const number = idIn(request, 'version');
      const version = await findVersion(ctx.db, ctx.agencyId, item.id, number);
      if (!version) throw new NotFound('没有找到这个版本。');
      const before = number > 1 ? await findVersion(ctx.db, ctx.agencyId, item.id, number - 1) : null;
      const files = await gatedFiles(ctx, item.id, number);
      return reply.page(<VersionPage item={item} version={version} before={before} files={files} />);
    });
  };

async function decide(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (ctx: ItemCtx, id: number, given: Given) => Promise<string>,
): Promise<Answer> {
  const ctx = itemCtx(app, request);
  const id = idIn(request, 'id');
  const { given } = postedIn(request);
  try {
    reply.flash('success', await act(ctx, id, given));
  } catch (error) {
    if (error instanceof InvalidForm) return showItem(app, request, reply, { given, errors: error.fields });
    reply.flash('danger', wordsOf(error).slice(0, 400));
  }
  return reply.redirect(itemAddress(id), 303);
}

async function showAct(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  act: ActName,
  errors?: Errors,
): Promise<Answer> {
  const ctx = itemCtx(app, request);
  // Nobody writes a reason into a form that would then turn them away.
  if (act === 'withdrawal') demand(ctx.actor, 'catalogue.withdraw');
  const { item, version: open } = await loadItem(ctx, request);
  const version =
    open ?? (item.liveVersion ? await findVersion(ctx.db, ctx.agencyId, item.id, item.liveVersion) : null);
  if (!version) throw new NotFound('这条信息没有正在撰写或审查的稿件。');
  // Somebody was faster, or the browser went back to a page whose act is done.
  const over = (words: string) => {
    reply.flash('warning', words);
    return reply.redirect(itemAddress(item.id), 303);
  };
  if (act === 'withdrawal') {
    if (item.state !== 'published') return over('这条信息现在没有公开，不需要撤下。');
  } else {
    if (!open) return over('这条信息没有正在撰写或审查的稿件。');
    const mover = await moverOf(ctx, moveOf[act]);
    const found = obstacle(moveOf[act], item, version, mover);
    if (found?.code === 'catalogue-wrong-state') return over(found.message);
    demandMove(moveOf[act], item, version, mover);
  }
  const held = act === 'submission' || act === 'urgent' ? heldBack(await findingsOf(ctx, version)) : null;
  const page = (
    <ActPage
      act={act}
      item={item}
      version={version}
      files={await gatedFiles(ctx, item.id, version.version)}
      lacks={await draftLacks(ctx, item, act === 'urgent' ? { ...version, publishAt: null } : version)}
      held={held}
      given={postedIn(request).given}
      {...(errors && { errors })}
    />
  );
  return reply.page(page, errors ? 422 : 200);
}
