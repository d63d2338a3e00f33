import { betterAuth } from 'better-auth';
import { genericOAuth, twoFactor, username } from 'better-auth/plugins';
import type { Db } from '../../core/db.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { PASSWORD_LENGTH } from './rules.ts';

export interface AuthSettings {
  environment: 'development' | 'production' | 'test';
  /** Address the public uses, without a trailing slash. */
  publicUrl: string;
  secret: string;
  oidc: { issuer: string; clientId: string; clientSecret: string; label: string } | null;
}

export const OIDC_PROVIDER = 'oidc';
export const OIDC_CALLBACK = '/workbench/sign-in/oidc/callback';
const SESSION_DAYS = 7;
const dates = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** The address better-auth wants for each user; `.invalid` never resolves (RFC 2606). */
export const emailOf = (name: string) => `${name.toLowerCase()}@staff.invalid`;

/**
 * better-auth over a database handle. It costs about a millisecond, so an action makes one over its transaction and the
 * session, the counters and the ledger line are written together or not at all.
 * The identity provider is asked for its description when the instance is made, so only one instance knows it.
 */
export function authOver(
  db: Db,
  settings: AuthSettings,
  options: { withProvider?: boolean; checkSchema?: boolean } = {},
) {
  return betterAuth({
    appName: '政府信息公开工作台',
    baseURL: settings.publicUrl,
    basePath: '/workbench/sign-in/auth',
    secret: settings.secret,
    database: { db, type: 'postgres', transaction: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    user: { modelName: 'account_users', fields: { emailVerified: 'email_verified', ...dates } },
    session: {
      modelName: 'account_sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...dates,
      },
      additionalFields: {
        signedInAt: { type: 'date', required: false, input: false, fieldName: 'signed_in_at' },
        seenAt: { type: 'date', required: false, input: false, fieldName: 'seen_at' },
      },
      // The outer bound of the cookie; idle and absolute limits are ours (`rules.ts`).
      expiresIn: SESSION_DAYS * 86_400,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'account_credentials',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...dates,
      },
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: [OIDC_PROVIDER], requireLocalEmailVerified: false },
    },
    verification: { modelName: 'account_verifications', fields: { expiresAt: 'expires_at', ...dates } },
    advanced: {
      // Compared once per process by the instance that reads; a transaction cannot look at the catalogue.
      database: { validateSchema: options.checkSchema ?? false },
      cookiePrefix: 'gongkai',
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameValidator: (name) => /^[a-z][a-z0-9._-]{1,39}$/i.test(name),
      }),
      twoFactor({
        issuer: '政府信息公开工作台',
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'account_second_factors',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      genericOAuth({
        config: options.withProvider && settings.oidc ? [provider(settings, settings.oidc)] : [],
      }),
    ],
  });
}

/** The provider names people by `preferred_username`; it must equal the username here. Nobody is signed up by it. */
function provider(settings: AuthSettings, oidc: NonNullable<AuthSettings['oidc']>) {
  return {
    providerId: OIDC_PROVIDER,
    discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    redirectURI: `${settings.publicUrl}${OIDC_CALLBACK}`,
    scopes: ['openid', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: true,
    mapProfileToUser: (profile: Record<string, unknown>) => ({
      email: emailOf(String(profile.preferred_username ?? profile.sub ?? '')),
    }),
  };
}

export type Auth = ReturnType<typeof authOver>;
