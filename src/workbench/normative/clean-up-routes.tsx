import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  countOpenChanges,
  decideCleanUp,
  draftCleanUpResult,
  dropCleanUp,
  keepTheRestOf,
  listCleanUps,
  listColumns,
  openCleanUp,
  proposeInCleanUp,
  readCleanUp,
  sendCleanUpBack,
  submitCleanUp,
} from '../../areas/catalogue/index.ts';
import { demand } from '../../areas/organisations/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { itemAddress } from '../items/addresses.ts';
import { type ItemCtx, idIn, itemCtx, numberOrNull, postedIn, wordsOf } from '../items/request.ts';
import type { Errors, Given } from '../request.ts';
import { CLEAN_UPS, cleanUpAddress } from './addresses.ts';
import { CleanUpsPage, NewCleanUpPage } from './clean-up-list.tsx';
import { CleanUpPage } from './clean-up-page.tsx';
import { CancelCleanUpPage, ProposalPage } from './clean-up-proposal.tsx';

/** Days that units are given by default. */
const REPLY_DAYS = 30;

/** 文件清理: opening, proposals, decision, result. */
export const cleanUpRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(CLEAN_UPS, async (request, reply) => {
      const { db, agencyId } = itemCtx(app, request);
      const [cleanUps, waiting] = await Promise.all([
        listCleanUps(db, agencyId),
        countOpenChanges(db, agencyId),
      ]);
      return reply.page(<CleanUpsPage cleanUps={cleanUps} waiting={waiting} />);
    });

    const fresh = (ctx: ItemCtx, refused: { given?: Given; kinds?: string[]; errors?: Errors } = {}) => {
      const today = ctx.clock.today();
      return (
        <NewCleanUpPage
          today={today.toString()}
          replyBy={today.add({ days: REPLY_DAYS }).toString()}
          {...refused}
        />
      );
    };

    server.get(`${CLEAN_UPS}/new`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      demand(ctx.actor, 'catalogue.clean-up');
      return reply.page(fresh(ctx));
    });

    server.post(`${CLEAN_UPS}/new`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { given, all } = postedIn(request);
      try {
        const id = await openCleanUp(ctx, {
          name: given('name'),
          kinds: all('kinds'),
          cutoffOn: given('cutoffOn'),
          replyBy: given('replyBy'),
          ground: given('ground'),
        });
        reply.flash('success', '已启动清理，并通知有关部门提出意见。');
        return reply.redirect(cleanUpAddress(id), 303);
      } catch (error) {
        if (error instanceof InvalidForm)
          return reply.page(fresh(ctx, { given, kinds: all('kinds'), errors: error.fields }), 422);
        reply.flash('danger', wordsOf(error).slice(0, 400));
        return reply.redirect(CLEAN_UPS, 303);
      }
    });

    const show = async (
      request: FastifyRequest,
      reply: FastifyReply,
      refused?: { given: Given; errors: Errors },
    ) => {
      const ctx = itemCtx(app, request);
      const read = await readCleanUp(ctx, idIn(request, 'id'));
      const columns = await listColumns(ctx.db, ctx.agencyId);
      const today = ctx.clock.today().toString();
      return reply.page(
        <CleanUpPage {...read} columns={columns} today={today} {...refused} />,
        refused ? 422 : 200,
      );
    };
    server.get(`${CLEAN_UPS}/:id`, (request, reply) => show(request, reply));

    server.get(`${CLEAN_UPS}/:id/cancellation`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      demand(ctx.actor, 'catalogue.clean-up');
      const { cleanUp, moves } = await readCleanUp(ctx, idIn(request, 'id'));
      if (moves.drop !== null) throw new Refusal(moves.drop.code, moves.drop.message);
      return reply.page(<CancelCleanUpPage cleanUp={cleanUp} />);
    });

    const act = (
      path: string,
      does: (ctx: ItemCtx, id: number, given: Given) => Promise<{ says: string; to?: string }>,
      rename: Readonly<Record<string, string>> = {},
    ) =>
      server.post(`${CLEAN_UPS}/:id/${path}`, async (request, reply) => {
        const ctx = itemCtx(app, request);
        const id = idIn(request, 'id');
        const { given } = postedIn(request);
        try {
          const { says, to } = await does(ctx, id, given);
          reply.flash('success', says);
          return reply.redirect(to ?? cleanUpAddress(id), 303);
        } catch (error) {
          if (error instanceof InvalidForm) {
            const errors = Object.fromEntries(
              Object.entries(error.fields).map(([name, words]) => [rename[name] ?? name, words]),
            );
            return show(request, reply, { given, errors });
          }
          reply.flash('danger', wordsOf(error).slice(0, 400));
          return reply.redirect(cleanUpAddress(id), 303);
        }
      });

    act('keeping', async (ctx, id) => {
      const kept = await keepTheRestOf(ctx, id);
      return { says: kept === 0 ? '没有还缺意见的文件。' : `已对 ${kept} 份文件建议保留。` };
    });
    act('submission', async (ctx, id) => {
      await submitCleanUp(ctx, id);
      return { says: '已提请领导决定。' };
    });
    act(
      'return',
      async (ctx, id, given) => {
        await sendCleanUpBack(ctx, id, given('reason'));
        return { says: '已退回补充。' };
      },
      { opinion: 'reason' },
    );
    act('decision', async (ctx, id, given) => {
      await decideCleanUp(ctx, id, { decidedOn: given('decidedOn'), opinion: given('opinion') });
      return { says: '已批准并执行，各文件的公开页面已经更新。' };
    });
    act('cancellation', async (ctx, id) => {
      await dropCleanUp(ctx, id);
      return { says: '已取消这次清理。', to: CLEAN_UPS };
    });
    act('result', async (ctx, id, given) => {
      const itemId = await draftCleanUpResult(ctx, id, { columnId: numberOrNull(given('columnId')) });
      return { says: '已起草清理结果公告，核对后送审。', to: itemAddress(itemId) };
    });

    const proposal = async (
      request: FastifyRequest,
      reply: FastifyReply,
      refused?: { given: Given; errors: Errors },
    ) => {
      const { cleanUp, documents } = await readCleanUp(itemCtx(app, request), idIn(request, 'id'));
      const itemId = idIn(request, 'item');
      const document = documents.find((one) => one.itemId === itemId);
      if (!document) throw new NotFound('这次清理里没有这份文件。');
      const page = <ProposalPage cleanUp={cleanUp} document={document} {...refused} />;
      return reply.page(page, refused ? 422 : 200);
    };
    server.get(`${CLEAN_UPS}/:id/documents/:item`, (request, reply) => proposal(request, reply));
    server.post(`${CLEAN_UPS}/:id/documents/:item`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const id = idIn(request, 'id');
      const { given } = postedIn(request);
      try {
        await proposeInCleanUp(ctx, id, idIn(request, 'item'), {
          proposal: given('proposal'),
          ground: given('ground'),
          replacement: given('replacement'),
        });
        reply.flash('success', '已保存清理意见。');
      } catch (error) {
        if (error instanceof InvalidForm) return proposal(request, reply, { given, errors: error.fields });
        reply.flash('danger', wordsOf(error).slice(0, 400));
      }
      return reply.redirect(cleanUpAddress(id), 303);
    });
  };
