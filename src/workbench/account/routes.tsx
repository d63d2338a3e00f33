import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { toDataURL } from 'qrcode';
import type { App } from '../../app.ts';
import type { OwnSession } from '../../areas/accounts/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { formOf, sendCookies, visitOf } from '../sign-in/visit.ts';
import { AccountPage, EnrolmentPage, PasswordAgainPage, PasswordPage, RecoveryCodesPage } from './pages.tsx';

const HOME = '/workbench/account';

const asks = {
  begin: {
    title: '启用动态验证码',
    lead: '先核对当前密码，下一步用手机验证器扫描二维码。',
    action: `${HOME}/second-factor`,
    label: '下一步',
  },
  remove: {
    title: '停用动态验证码',
    lead: '停用后登录只核对密码，已保存的恢复码全部失效。',
    action: `${HOME}/second-factor/removal`,
    label: '停用动态验证码',
  },
  renew: {
    title: '更换恢复码',
    lead: '更换后旧的恢复码全部失效。',
    action: `${HOME}/recovery-codes`,
    label: '更换恢复码',
  },
} as const;

export function accountRoutes(app: App): FastifyPluginAsync {
  const { accounts } = app;

  async function ownOf(request: FastifyRequest): Promise<OwnSession> {
    const own = await accounts.ownSession(request.headers);
    if (!own) throw new Refusal('sign-in', '请先登录。', { status: 401 });
    return own;
  }

  /** Runs the act; wrong fields show the same page again. */
  async function orAgain(
    act: () => Promise<unknown>,
    again: (errors: Readonly<Record<string, string>>) => Promise<Answer> | Answer,
  ) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof InvalidForm) return again(error.fields);
      throw error;
    }
  }

  const current = (request: FastifyRequest) => formOf(request).current ?? '';

  async function enrolment(
    reply: FastifyReply,
    own: OwnSession,
    errors: Readonly<Record<string, string>> = {},
  ) {
    const pending = await accounts.pendingSecondFactor(own);
    if (!pending) return reply.redirect(HOME, 303);
    const picture = await toDataURL(pending.uri, { errorCorrectionLevel: 'M', margin: 2, width: 440 });
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    return reply.page(<EnrolmentPage picture={picture} secret={pending.secret} errors={errors} />, status);
  }

  return async (server) => {
    server.get(HOME, async (request, reply) => {
      const own = await ownOf(request);
      const agency = await findAgencyById(app.connection.db, own.staff.agencyId);
      const sessions = await accounts.listSessions(own);
      return reply.page(<AccountPage own={own} sessions={sessions} agencyName={agency?.name ?? ''} />);
    });

    server.get(`${HOME}/password`, async (_request, reply) => reply.page(<PasswordPage />));
    server.post(`${HOME}/password`, async (request, reply) => {
      const own = await ownOf(request);
      const { next = '', repeat = '' } = formOf(request);
      return orAgain(
        async () => {
          await accounts.changePassword(own, { current: current(request), next, repeat }, visitOf(request));
          reply.flash('success', '密码已修改，其他设备上的登录已全部结束。');
          return reply.redirect(HOME, 303);
        },
        (errors) => reply.page(<PasswordPage errors={errors} />, 422),
      );
    });

    server.get(`${HOME}/second-factor`, async (_request, reply) =>
      reply.page(<PasswordAgainPage {...asks.begin} />),
    );
    server.post(`${HOME}/second-factor`, async (request, reply) => {
      const own = await ownOf(request);
      return orAgain(
        async () => {
          await accounts.beginSecondFactor(own, request.headers, current(request), visitOf(request));
          return reply.redirect(`${HOME}/second-factor/confirmation`, 303);
        },
        (errors) => reply.page(<PasswordAgainPage {...asks.begin} errors={errors} />, 422),
      );
    });

    server.get(`${HOME}/second-factor/confirmation`, async (request, reply) =>
      enrolment(reply, await ownOf(request)),
    );
    server.post(`${HOME}/second-factor/confirmation`, async (request, reply) => {
      const own = await ownOf(request);
      const { code = '' } = formOf(request);
      return orAgain(
        async () => {
          const { cookies, recoveryCodes } = await accounts.finishSecondFactor(
            own,
            request.headers,
            code,
            visitOf(request),
          );
          sendCookies(reply, cookies);
          return reply.page(<RecoveryCodesPage codes={recoveryCodes} fresh />);
        },
        (errors) => enrolment(reply, own, errors),
      );
    });

    server.get(`${HOME}/second-factor/removal`, async (_request, reply) =>
      reply.page(<PasswordAgainPage {...asks.remove} />),
    );
    server.post(`${HOME}/second-factor/removal`, async (request, reply) => {
      const own = await ownOf(request);
      return orAgain(
        async () => {
          sendCookies(
            reply,
            await accounts.switchOffSecondFactor(own, request.headers, current(request), visitOf(request)),
          );
          reply.flash('success', '动态验证码已停用。');
          return reply.redirect(HOME, 303);
        },
        (errors) => reply.page(<PasswordAgainPage {...asks.remove} errors={errors} />, 422),
      );
    });

    server.get(`${HOME}/recovery-codes`, async (_request, reply) =>
      reply.page(<PasswordAgainPage {...asks.renew} />),
    );
    server.post(`${HOME}/recovery-codes`, async (request, reply) => {
      const own = await ownOf(request);
      if (!own.secondFactor) throw new Refusal('no-second-factor', '尚未启用动态验证码，没有恢复码可换。');
      return orAgain(
        async () => {
          const codes = await accounts.renewRecoveryCodes(
            own,
            request.headers,
            current(request),
            visitOf(request),
          );
          return reply.page(<RecoveryCodesPage codes={codes} fresh={false} />);
        },
        (errors) => reply.page(<PasswordAgainPage {...asks.renew} errors={errors} />, 422),
      );
    });

    server.post(`${HOME}/sessions/others`, async (request, reply) => {
      const ended = await accounts.endOtherSessions(await ownOf(request), null);
      reply.flash('success', ended > 0 ? `已结束其他${ended}个登录。` : '没有其他登录需要结束。');
      return reply.redirect(HOME, 303);
    });
    server.post<{ Params: { id: string } }>(`${HOME}/sessions/:id/end`, async (request, reply) => {
      await accounts.endOtherSessions(await ownOf(request), request.params.id);
      reply.flash('success', '该设备上的登录已结束。');
      return reply.redirect(HOME, 303);
    });
  };
}
