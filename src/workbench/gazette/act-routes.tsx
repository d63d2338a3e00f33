import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  deskIssue,
  discardIssue,
  printAgain,
  publishIssue,
  recallIssue,
  reviewIssue,
  submitIssue,
} from '../../areas/gazette/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { numberIn, readerOf, staffCtx } from '../request.ts';
import { type ActName, ActPage, actMoves } from './act-page.tsx';
import { DESK, issueAddress } from './addresses.ts';
import { trying } from './compose-routes.tsx';
import { doing, wordsOf } from './request.ts';

const ISSUE = `${DESK}/:id`;

/** Handing over, deciding, publishing. */
export const actRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const acts: Readonly<Record<ActName, (ctx: Ctx, id: number) => Promise<string>>> = {
      submission: async (ctx, id) => {
        await submitIssue(ctx, id);
        return '已送审，审核人会收到通知。';
      },
      publication: async (ctx, id) => {
        await publishIssue({ ...ctx, jobs: app.jobs }, id);
        return '已出版，公众现在可以看到；PDF 正在排印，一般不到一分钟。';
      },
      discard: async (ctx, id) => {
        await discardIssue(ctx, id);
        return '已作废，编入的文件可以编入别的期。';
      },
    };

    for (const act of Object.keys(acts) as ActName[]) {
      server.get(`${ISSUE}/${act}`, async (request, reply) => {
        const ctx = staffCtx(app, request, 'gazette.read');
        const desk = await deskIssue(ctx, numberIn(request, 'id'));
        const can = desk.moves.includes(actMoves[act]);
        const message = can
          ? '这一期还没有编入任何文件。'
          : '这一期公报现在不能这样办理，可能他人刚刚办理过。';
        if (!can && !may(ctx.actor, act === 'publication' ? 'gazette.publish' : 'gazette.compose'))
          throw new Refusal('gazette-wrong-state', message);
        if (!can || (act === 'submission' && desk.entries.length === 0)) {
          reply.flash('warning', message);
          return reply.redirect(issueAddress(desk.issue.id), 303);
        }
        return reply.page(<ActPage act={act} desk={desk} />);
      });
      server.post(`${ISSUE}/${act}`, async (request, reply) => {
        const ctx = staffCtx(app, request, 'gazette.read');
        const id = numberIn(request, 'id');
        let to = act === 'discard' ? DESK : issueAddress(id);
        try {
          reply.flash('success', await acts[act](ctx, id));
        } catch (error) {
          reply.flash('danger', wordsOf(error));
          to = issueAddress(id);
        }
        return reply.redirect(to, 303);
      });
    }

    server.post(`${ISSUE}/recall`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const id = numberIn(request, 'id');
      return doing(reply, id, async () => {
        await recallIssue(ctx, id);
        return '已撤回，可以继续编辑。';
      });
    });

    server.post(`${ISSUE}/printing`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.publish');
      const id = numberIn(request, 'id');
      return doing(reply, id, async () => {
        await printAgain({ ...ctx, jobs: app.jobs }, id);
        return '已重新交付排印，一般不到一分钟。';
      });
    });

    server.post(`${ISSUE}/reviews`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.review');
      const id = numberIn(request, 'id');
      const { given } = readerOf(request.body);
      return trying(app, request, reply, given, async () => {
        const result = given('result');
        if (result !== 'passed' && result !== 'refused')
          throw new InvalidForm({ result: '请选择审核结果。' });
        try {
          await reviewIssue(ctx, id, { result, opinion: given('opinion') });
          reply.flash('success', result === 'passed' ? '已审核通过，可以出版。' : '已退回修改。');
        } catch (error) {
          if (error instanceof InvalidForm) throw error;
          reply.flash('danger', wordsOf(error));
        }
        return issueAddress(id);
      });
    });
  };
