import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  decideDisposal,
  holdForms,
  listDisposals,
  listDueForms,
  listHeldForms,
  proposeDisposal,
  type RequestCtx,
  readDisposal,
  releaseHold,
  withdrawDisposal,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { DISPOSAL, disposalAddress } from './case-addresses.ts';
import { DisposalListPage } from './disposal-list.tsx';
import { DisposalsPage, DueFormsPage, HeldFormsPage } from './disposal-pages.tsx';
import { numberOf, numberOrNull, queryOf, requestCtx, withPosted } from './request.ts';

/** 到期处置: personal data whose time is over, proposed by one person, approved by another, taken away by a job. */
export const disposalRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(DISPOSAL, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read-disposals');
      return showDue(reply, ctx, queryOf(request)('behind'));
    });

    server.get(`${DISPOSAL}/holds`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read-disposals');
      const behind = queryOf(request)('behind');
      const page = await listHeldForms(ctx, behind === '' ? {} : { behind });
      return reply.page(
        <HeldFormsPage {...page} first={behind === ''} mayDispose={may(ctx.actor, 'requests.dispose')} />,
      );
    });

    server.get(`${DISPOSAL}/lists`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read-disposals');
      const before = numberOrNull(queryOf(request)('before'));
      const page = await listDisposals(ctx, before === null ? {} : { before });
      return reply.page(<DisposalsPage {...page} first={before === null} />);
    });

    server.post(`${DISPOSAL}/lists`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.dispose');
      return withPosted(app, request, async ({ given, all }) => {
        try {
          const chosen = given('scope') === 'all' ? 'all' : { chosen: numbersOf(all('forms')) };
          const id = await proposeDisposal(ctx, chosen);
          reply.flash('success', '清单已提出，等待领导批准。');
          return reply.redirect(disposalAddress(id), 303);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return showDue(reply, ctx, given('behind'), given, error.fields);
        }
      });
    });

    server.post(`${DISPOSAL}/holds`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.dispose');
      return withPosted(app, request, async ({ given, all }) => {
        try {
          const held = await holdForms(ctx, numbersOf(all('forms')), given('reason'));
          reply.flash('success', `已暂缓 ${held} 份申请表。`);
          return reply.redirect(DISPOSAL, 303);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return showDue(reply, ctx, given('behind'), given, error.fields, numbersOf(all('forms')));
        }
      });
    });

    server.post(`${DISPOSAL}/holds/:form/release`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.dispose');
      const { form } = request.params as { form?: string };
      await releaseHold(ctx, numberOf(form, '没有找到这份申请表。'));
      reply.flash('success', '已取消暂缓。');
      return reply.redirect(`${DISPOSAL}/holds`, 303);
    });

    server.get(`${DISPOSAL}/:list`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read-disposals');
      return showList(reply, ctx, listOf(request), queryOf(request)('behind'));
    });

    server.post(`${DISPOSAL}/:list/decision`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.approve-disposal');
      const id = listOf(request);
      return withPosted(app, request, async ({ given }) => {
        const decision = given('decision');
        try {
          if (decision !== 'approve' && decision !== 'refuse')
            throw new InvalidForm({ decision: '请选择批准或者不批准。' });
          const approve = decision === 'approve';
          await decideDisposal({ ...ctx, jobs: app.jobs }, id, { approve, reason: given('reason') });
          reply.flash('success', approve ? '已批准，正在销毁。' : '已退回，清单上的申请表没有变动。');
          return reply.redirect(disposalAddress(id), 303);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return showList(reply, ctx, id, '', given, error.fields);
        }
      });
    });

    server.post(`${DISPOSAL}/:list/withdrawal`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.dispose');
      const id = listOf(request);
      await withdrawDisposal(ctx, id);
      reply.flash('success', '清单已撤回。');
      return reply.redirect(DISPOSAL, 303);
    });
  };

const numbersOf = (values: readonly string[]) =>
  values.flatMap((value) => {
    const number = numberOrNull(value);
    return number === null ? [] : [number];
  });

const listOf = (request: FastifyRequest) =>
  numberOf((request.params as { list?: string }).list, '没有找到这份处置清单。');

async function showDue(
  reply: FastifyReply,
  ctx: RequestCtx,
  behind: string,
  given: Given = () => '',
  errors: Errors = {},
  chosen: readonly number[] = [],
): Promise<Answer> {
  const page = await listDueForms(ctx, behind === '' ? {} : { behind });
  return reply.page(
    <DueFormsPage
      {...page}
      behind={behind}
      mayDispose={may(ctx.actor, 'requests.dispose')}
      given={given}
      errors={errors}
      chosen={chosen}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
}

async function showList(
  reply: FastifyReply,
  ctx: RequestCtx,
  id: number,
  behind: string,
  given: Given = () => '',
  errors: Errors = {},
): Promise<Answer> {
  const page = await readDisposal(ctx, id, behind === '' ? {} : { behind });
  const { actor } = ctx;
  const own = actor.kind === 'staff' && actor.staffId === page.disposal.proposedBy;
  return reply.page(
    <DisposalListPage
      {...page}
      first={behind === ''}
      approval={may(actor, 'requests.approve-disposal') ? (own ? 'own' : 'open') : 'none'}
      mayWithdraw={may(actor, 'requests.dispose')}
      given={given}
      errors={errors}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
}
