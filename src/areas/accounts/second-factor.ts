import type { IncomingHttpHeaders } from 'node:http';
import { symmetricDecrypt } from 'better-auth/crypto';
import { instantOf } from '../../core/clock.ts';
import { type Db, transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { authOver } from './auth.ts';
import { cookieHeaders, sessionTokenOf } from './cookies.ts';
import type { Visit } from './lock-out.ts';
import { demandPassword, type OwnSession, ownCtx, ownSubject } from './own-account.ts';
import type { SignInBase } from './sign-in.ts';
import * as store from './store.ts';

/** One-time codes (TOTP, RFC 6238) as a second factor, for those who want one. */

/** A secret waiting to be confirmed by its first code. */
export interface PendingSecondFactor {
  /** For the QR code. */
  uri: string;
  /** The same secret for typing by hand, in groups of four. */
  secret: string;
}

/** Makes a secret that counts only after its first code was confirmed. */
export async function beginSecondFactor(
  base: SignInBase,
  own: OwnSession,
  headers: IncomingHttpHeaders,
  password: string,
  visit: Visit,
): Promise<void> {
  if (own.secondFactor) throw new Refusal('second-factor-on', '动态验证码已经启用。');
  await demandPassword(base, own, password, visit);
  const answer = await authOver(base.db, base.settings).api.enableTwoFactor({
    body: { password, method: 'totp' },
    headers: cookieHeaders(headers),
    asResponse: true,
  });
  if (!answer.ok) throw new Refusal('second-factor', '没有生成密钥，请刷新页面后重试。');
}

/** The secret that waits for its first code, or null. */
export async function pendingSecondFactor(
  base: SignInBase,
  own: OwnSession,
): Promise<PendingSecondFactor | null> {
  const sealed = own.secondFactor ? null : await store.pendingSecret(base.db, own.session.userId);
  if (!sealed) return null;
  const context = await authOver(base.db, base.settings).$context;
  const secret = base32(await symmetricDecrypt({ key: context.secretConfig, data: sealed }));
  const issuer = encodeURIComponent('政府信息公开工作台');
  const label = `${issuer}:${encodeURIComponent(own.staff.username)}`;
  return {
    uri: `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}&digits=6&period=30`,
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
  };
}

/** Confirms the first code, switches the second factor on and returns the recovery codes, to be shown once. */
export async function finishSecondFactor(
  base: SignInBase,
  own: OwnSession,
  headers: IncomingHttpHeaders,
  code: string,
  visit: Visit,
): Promise<{ cookies: string[]; recoveryCodes: string[] }> {
  return transact(ownCtx(base, own), async (within) => {
    const { api } = authOver(within.db, base.settings);
    const plain = code.replace(/\s/g, '');
    const now = instantOf(base.clock);
    const answer = (await store.isCodeUnused(within.db, own.session.userId, plain, now))
      ? await api.verifyTOTP({ body: { code: plain }, headers: cookieHeaders(headers), asResponse: true })
      : null;
    if (!answer?.ok)
      throw new InvalidForm({
        code: '验证码不正确，请输入验证器上最新的6位数字；一直不对时请核对手机时间。',
      });
    await store.markCodeUsed(within.db, own.session.userId, plain, now);
    await carryOver(within.db, own, answer, visit);
    const { backupCodes } = await api.viewBackupCodes({ body: { userId: own.session.userId } });
    await record(within, { act: 'accounts.enable-second-factor', subject: ownSubject(own) });
    return { cookies: answer.headers.getSetCookie(), recoveryCodes: backupCodes };
  });
}

export async function switchOffSecondFactor(
  base: SignInBase,
  own: OwnSession,
  headers: IncomingHttpHeaders,
  password: string,
  visit: Visit,
): Promise<string[]> {
  await demandPassword(base, own, password, visit);
  return transact(ownCtx(base, own), async (within) => {
    const { api } = authOver(within.db, base.settings);
    const answer = await api.disableTwoFactor({
      body: { password },
      headers: cookieHeaders(headers),
      asResponse: true,
    });
    if (!answer.ok) throw new Refusal('second-factor', '没有停用成功，请重新登录后再试。');
    await carryOver(within.db, own, answer, visit);
    await record(within, { act: 'accounts.disable-second-factor', subject: ownSubject(own) });
    return answer.headers.getSetCookie();
  });
}

/** New recovery codes; the old ones stop working. */
export async function renewRecoveryCodes(
  base: SignInBase,
  own: OwnSession,
  headers: IncomingHttpHeaders,
  password: string,
  visit: Visit,
): Promise<string[]> {
  await demandPassword(base, own, password, visit);
  return transact(ownCtx(base, own), async (within) => {
    const { backupCodes } = await authOver(within.db, base.settings).api.generateBackupCodes({
      body: { password },
      headers: cookieHeaders(headers),
    });
    await record(within, { act: 'accounts.renew-recovery-codes', subject: ownSubject(own) });
    return backupCodes;
  });
}

/** better-auth opens a new session when the factor changes; it continues the one it replaces. */
async function carryOver(db: Db, own: OwnSession, answer: Response, visit: Visit): Promise<void> {
  const token = sessionTokenOf(answer);
  if (!token) return;
  const { signedInAt, seenAt } = own.session;
  await store.admitSession(db, token, { ...visit, signedInAt, seenAt });
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base 32 without padding, as authenticator apps want it. */
function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}
