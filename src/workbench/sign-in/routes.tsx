import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { DEMONSTRATION_PASSWORD, OIDC_CALLBACK, safeNext } from '../../areas/accounts/index.ts';
import { listAgencies, listStaff, type StaffMember } from '../../areas/organisations/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { CodePage, FirstPasswordPage, SignInPage } from './pages.tsx';
import { formOf, sendCookies, visitOf } from './visit.ts';

const queryOf = (request: FastifyRequest) => request.query as Record<string, string | undefined>;
const nextOf = (request: FastifyRequest) => safeNext(queryOf(request).next);
const withNext = (path: string, next: string) =>
  next === '/workbench' ? path : `${path}?next=${encodeURIComponent(next)}`;

function onePerRole(people: StaffMember[]): StaffMember[] {
  const shown = new Set<string>();
  return people.filter((person) => {
    const key = person.roles
      .map((period) => period.role)
      .sort()
      .join();
    if (!person.demonstration || !person.accountId || shown.has(key)) return false;
    shown.add(key);
    return true;
  });
}

/** Sign-in, second step, first password, provider and sign-out: the only pages of the workbench open to strangers. */
export function signInRoutes(app: App): FastifyPluginAsync {
  const { accounts } = app;

  /** The demonstration offices, that of this portal first, with one person of each set of roles. */
  async function samples(request: FastifyRequest) {
    const portal = await app.portalAgency(request.hostname);
    if (app.config.environment !== 'development' || !portal?.demonstration) return null;
    const today = app.clock.today().toString();
    const others = (await listAgencies(app.connection.db)).filter(
      ({ id, demonstration }) => demonstration && id !== portal.id,
    );
    const offices = await Promise.all(
      [portal, ...others].map(async ({ id, name }) => ({
        name,
        people: onePerRole(await listStaff(app.connection.db, id, { on: today, limit: 60 })),
      })),
    );
    const open = offices.filter(({ people }) => people.length > 0);
    return open.length > 0 ? { offices: open, password: DEMONSTRATION_PASSWORD, today } : null;
  }

  async function signInPage(
    request: FastifyRequest,
    reply: FastifyReply,
    more: { status?: number; problem?: string; username?: string; errors?: Record<string, string> } = {},
  ) {
    const { status = 200, ...shown } = more;
    const provider = accounts.provider?.label ?? null;
    return reply.page(
      <SignInPage next={nextOf(request)} provider={provider} samples={await samples(request)} {...shown} />,
      status,
    );
  }

  /** Where a fresh or present session leads: to the first password, or on. */
  const onward = (reply: FastifyReply, mustChange: boolean, next: string) =>
    reply.redirect(mustChange ? withNext('/workbench/sign-in/password', next) : next, 303);

  return async (server) => {
    server.get('/workbench/sign-in', async (request, reply) => {
      const own = await accounts.ownSession(request.headers);
      if (own) return onward(reply, own.staff.mustChangePassword, nextOf(request));
      const problem =
        queryOf(request).problem === 'provider'
          ? '统一身份认证暂时无法连接，请用用户名和密码登录。'
          : undefined;
      return signInPage(request, reply, { problem });
    });

    server.post('/workbench/sign-in', async (request, reply) => {
      const { username = '', password = '' } = formOf(request);
      const errors: Record<string, string> = {};
      if (!username.trim()) errors.username = '请输入用户名。';
      if (!password) errors.password = '请输入密码。';
      if (Object.keys(errors).length > 0)
        return signInPage(request, reply, { status: 422, username, errors });
      const step = await accounts.signIn({ username, password }, visitOf(request));
      if (step.kind === 'refused')
        return signInPage(request, reply, { status: 422, username, problem: step.message });
      sendCookies(reply, step.cookies);
      const next = nextOf(request);
      if (step.kind === 'second-factor')
        return reply.redirect(withNext('/workbench/sign-in/code', next), 303);
      return reply.redirect(withNext('/workbench/sign-in', next), 303);
    });

    server.get('/workbench/sign-in/code', async (request, reply) =>
      reply.page(<CodePage next={nextOf(request)} recovery={queryOf(request).recovery === '1'} />),
    );

    server.post('/workbench/sign-in/code', async (request, reply) => {
      const recovery = queryOf(request).recovery === '1';
      const next = nextOf(request);
      const { code = '' } = formOf(request);
      const step = await accounts.confirmSecondFactor(request.headers, { code, recovery }, visitOf(request));
      if (step.kind === 'signed-in') {
        sendCookies(reply, step.cookies);
        return reply.redirect(withNext('/workbench/sign-in', next), 303);
      }
      const problem = step.kind === 'refused' ? step.message : undefined;
      return reply.page(<CodePage next={next} recovery={recovery} problem={problem} />, 422);
    });

    server.get('/workbench/sign-in/password', async (request, reply) => {
      const own = await accounts.ownSession(request.headers);
      if (!own?.staff.mustChangePassword)
        return reply.redirect(withNext('/workbench/sign-in', nextOf(request)), 303);
      return reply.page(
        <FirstPasswordPage next={nextOf(request)} name={own.staff.name} username={own.staff.username} />,
      );
    });

    server.post('/workbench/sign-in/password', async (request, reply) => {
      const own = await accounts.ownSession(request.headers);
      if (!own?.staff.mustChangePassword)
        return reply.redirect(withNext('/workbench/sign-in', nextOf(request)), 303);
      const { next = '', repeat = '' } = formOf(request);
      try {
        await accounts.changePassword(own, { current: null, next, repeat }, visitOf(request));
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const { name, username } = own.staff;
        return reply.page(
          <FirstPasswordPage next={nextOf(request)} name={name} username={username} errors={error.fields} />,
          422,
        );
      }
      reply.flash('success', '密码已保存，下次请用新密码登录。');
      return reply.redirect(nextOf(request), 303);
    });

    server.get('/workbench/sign-in/provider', async (request, reply) => {
      if (!accounts.provider) return reply.redirect('/workbench/sign-in', 303);
      const { url, cookies } = await accounts.provider.start(nextOf(request));
      sendCookies(reply, cookies);
      return reply.redirect(url, 303);
    });

    server.get(OIDC_CALLBACK, async (request, reply) => {
      if (!accounts.provider) return reply.redirect('/workbench/sign-in', 303);
      const step = await accounts.provider.finish(request.headers, queryOf(request), visitOf(request));
      if (step.kind !== 'signed-in') {
        return signInPage(request, reply, {
          status: 422,
          problem: step.kind === 'refused' ? step.message : undefined,
        });
      }
      sendCookies(reply, step.cookies);
      return reply.redirect(withNext('/workbench/sign-in', safeNext(step.next)), 303);
    });

    const leave = async (request: FastifyRequest, reply: FastifyReply) => {
      sendCookies(reply, await accounts.signOut(request.headers));
      reply.flash('success', '您已退出登录。');
      return reply.redirect('/workbench/sign-in', 303);
    };
    server.post('/workbench/sign-out', leave);
    server.post('/workbench/sign-in/cancellation', leave);
  };
}
