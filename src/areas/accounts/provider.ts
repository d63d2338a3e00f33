import type { IncomingHttpHeaders } from 'node:http';
import { transact } from '../../core/db.ts';
import { findStaffByAccount } from '../organisations/index.ts';
import { type Auth, authOver, OIDC_PROVIDER } from './auth.ts';
import { cookieHeaders, sessionTokenOf } from './cookies.ts';
import type { Visit } from './lock-out.ts';
import {
  admit,
  agenciesOf,
  blockOf,
  recordFailure,
  type SignInBase,
  type SignInStep,
  visitorCtx,
} from './sign-in.ts';
import * as store from './store.ts';

/** Signing in through the identity provider (OIDC), when one is configured. */
export interface Provider {
  label: string;
  /** The provider's page to send the browser to. */
  start(next: string): Promise<{ url: string; cookies: string[] }>;
  /** What the provider sent the browser back with. */
  finish(
    headers: IncomingHttpHeaders,
    query: Record<string, string | undefined>,
    visit: Visit,
  ): Promise<SignInStep & { next: string }>;
}

const ANSWERS: Record<string, string> = {
  signup_disabled: '您的统一身份账号还没有对应的本系统人员，请联系系统管理员。',
  access_denied: '统一身份认证没有同意登录，请重试或改用用户名和密码登录。',
};
const FAILED = '统一身份认证没有完成，请重试；仍不成功时请改用用户名和密码登录。';

export function openProvider(base: SignInBase): Provider | null {
  const { oidc } = base.settings;
  if (!oidc) return null;
  // Made at first use: the provider may be down when the house opens its doors.
  let opened: Auth | null = null;
  const auth = () => {
    opened ??= authOver(base.db, base.settings, { withProvider: true });
    return opened;
  };
  return {
    label: oidc.label,
    async start(next) {
      const answer = await auth().api.signInSocial({
        body: {
          provider: OIDC_PROVIDER,
          callbackURL: next,
          errorCallbackURL: '/workbench/sign-in',
          disableRedirect: true,
        },
        headers: new Headers(),
        asResponse: true,
      });
      const { url } = answer.ok ? ((await answer.json()) as { url?: string }) : { url: undefined };
      return { url: url ?? '/workbench/sign-in?problem=provider', cookies: answer.headers.getSetCookie() };
    },
    async finish(headers, query, visit) {
      const answer = await auth().api.callbackOAuth({
        method: 'GET',
        params: { id: OIDC_PROVIDER },
        query,
        headers: cookieHeaders(headers),
        asResponse: true,
      });
      const location = new URL(answer.headers.get('location') ?? '/', base.settings.publicUrl);
      const token = sessionTokenOf(answer);
      const userId = token && (await store.userOfToken(base.db, token));
      const staff = userId ? await findStaffByAccount(base.db, userId) : null;
      const agencies = await agenciesOf(base.db, staff);
      const refuse = (message: string) => ({
        kind: 'refused' as const,
        message,
        cookies: [],
        next: '/workbench',
      });
      if (!agencies) return refuse(FAILED);
      const error = location.searchParams.get('error') ?? '';
      const ctx = visitorCtx(base, agencies.own, visit);
      return transact(ctx, async (within) => {
        const blocked = staff ? blockOf(staff, agencies.own, base) : null;
        if (!token || !staff || blocked) {
          if (token) await store.dropToken(within.db, token);
          // Answers without a valid state come from anybody and are not worth a line in the ledger.
          if (staff || error === 'signup_disabled')
            await recordFailure(within, staff, blocked ?? '统一身份账号没有对应人员');
          return refuse(ANSWERS[error] ?? FAILED);
        }
        await admit(within, staff, token, visit, oidc.label);
        return {
          kind: 'signed-in' as const,
          cookies: answer.headers.getSetCookie(),
          next: `${location.pathname}${location.search}`,
        };
      });
    },
  };
}
