import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import type { StaffActor } from '../../core/context.ts';
import type { Connection } from '../../core/db.ts';
import { actingOn, findAgencyById, findStaffByAccount } from '../organisations/index.ts';
import { type AuthSettings, authOver } from './auth.ts';
import { cookieHeaders } from './cookies.ts';
import type { Visit } from './lock-out.ts';
import * as own from './own-account.ts';
import { openProvider, type Provider } from './provider.ts';
import { isSessionLive, limitsOf } from './rules.ts';
import * as factor from './second-factor.ts';
import { blockOf, confirmSecondFactor, type SignInBase, type SignInStep, signIn } from './sign-in.ts';
import * as store from './store.ts';

export type { OwnSession } from './own-account.ts';

/** Signing in and out, and one's own account. Opened once per process. */
export interface Accounts {
  /** The person behind a request, with the roles held today; null also while the first password must be changed. */
  authenticate(headers: IncomingHttpHeaders): Promise<StaffActor | null>;
  /** The same with the session, also for those who must change their password first. */
  ownSession(headers: IncomingHttpHeaders): Promise<own.OwnSession | null>;
  signIn(given: { username: string; password: string }, visit: Visit): Promise<SignInStep>;
  confirmSecondFactor(
    headers: IncomingHttpHeaders,
    given: { code: string; recovery: boolean },
    visit: Visit,
  ): Promise<SignInStep>;
  provider: Provider | null;
  changePassword(
    session: own.OwnSession,
    given: { current: string | null; next: string; repeat: string },
    visit: Visit,
  ): Promise<void>;
  signOut(headers: IncomingHttpHeaders): Promise<string[]>;
  listSessions(session: own.OwnSession): Promise<store.Session[]>;
  endOtherSessions(session: own.OwnSession, id: string | null): Promise<number>;
  beginSecondFactor(
    session: own.OwnSession,
    headers: IncomingHttpHeaders,
    password: string,
    visit: Visit,
  ): Promise<void>;
  pendingSecondFactor(session: own.OwnSession): Promise<factor.PendingSecondFactor | null>;
  finishSecondFactor(
    session: own.OwnSession,
    headers: IncomingHttpHeaders,
    code: string,
    visit: Visit,
  ): Promise<{ cookies: string[]; recoveryCodes: string[] }>;
  switchOffSecondFactor(
    session: own.OwnSession,
    headers: IncomingHttpHeaders,
    password: string,
    visit: Visit,
  ): Promise<string[]>;
  renewRecoveryCodes(
    session: own.OwnSession,
    headers: IncomingHttpHeaders,
    password: string,
    visit: Visit,
  ): Promise<string[]>;
}

const SEEN_EVERY_MS = 60_000;

export function openAccounts(options: {
  connection: Connection;
  config: AuthSettings;
  clock: Clock;
}): Accounts {
  const base: SignInBase = { db: options.connection.db, clock: options.clock, settings: options.config };
  const reader = authOver(base.db, base.settings, { checkSchema: true });

  async function ownSession(headers: IncomingHttpHeaders): Promise<own.OwnSession | null> {
    if (!headers.cookie?.includes('gongkai.session_token=')) return null;
    const found = await reader.api.getSession({ headers: cookieHeaders(headers) });
    const { signedInAt, seenAt } = found?.session ?? {};
    if (!found || !signedInAt || !seenAt) return null;
    const staff = await findStaffByAccount(base.db, found.user.id);
    const agency = staff && (await findAgencyById(base.db, staff.agencyId));
    if (!staff || !agency || blockOf(staff, agency, base)) return null;
    const now = base.clock.now().epochMilliseconds;
    const times = { signedInAt: signedInAt.getTime(), seenAt: seenAt.getTime() };
    if (!isSessionLive(times, now, limitsOf(agency.settings))) {
      await store.endSessions(base.db, found.user.id, { id: found.session.id });
      return null;
    }
    if (now - times.seenAt >= SEEN_EVERY_MS)
      await store.touchSession(base.db, found.session.id, new Date(now));
    const { id, token, userId, ipAddress, userAgent } = found.session;
    return {
      session: {
        id,
        token,
        userId,
        address: ipAddress ?? null,
        userAgent: userAgent ?? null,
        signedInAt,
        seenAt,
      },
      staff,
      secondFactor: found.user.twoFactorEnabled ?? false,
      actor: actingOn(staff, base.clock.today().toString()),
    };
  }

  return {
    ownSession,
    async authenticate(headers) {
      const session = await ownSession(headers);
      return session && !session.staff.mustChangePassword ? session.actor : null;
    },
    signIn: (given, visit) => signIn(base, given, visit),
    confirmSecondFactor: (headers, given, visit) => confirmSecondFactor(base, headers, given, visit),
    provider: openProvider(base),
    changePassword: (session, given, visit) => own.changePassword(base, session, given, visit),
    signOut: async (headers) => own.signOut(base, headers, await ownSession(headers)),
    listSessions: ({ session }) => store.listSessions(base.db, session.userId),
    endOtherSessions: (session, id) => own.endOtherSessions(base, session, id),
    beginSecondFactor: (session, headers, password, visit) =>
      factor.beginSecondFactor(base, session, headers, password, visit),
    pendingSecondFactor: (session) => factor.pendingSecondFactor(base, session),
    finishSecondFactor: (session, headers, code, visit) =>
      factor.finishSecondFactor(base, session, headers, code, visit),
    switchOffSecondFactor: (session, headers, password, visit) =>
      factor.switchOffSecondFactor(base, session, headers, password, visit),
    renewRecoveryCodes: (session, headers, password, visit) =>
      factor.renewRecoveryCodes(base, session, headers, password, visit),
  };
}
