import { z } from 'zod';
import { isCommon } from './common-passwords.ts';

/** Pure rules of accounts: nothing here waits or writes. Times are epoch milliseconds. */

const whole = (from: number, to: number, standard: number) =>
  z.number().int().min(from).max(to).catch(standard);

/** Limits an agency may set under `settings.signIn`; what is missing or out of range takes the standard value. */
const signInLimits = z.object({
  accountFailures: whole(3, 20, 5),
  addressFailures: whole(10, 1000, 50),
  windowMinutes: whole(1, 1440, 15),
  lockMinutes: whole(1, 1440, 15),
  idleMinutes: whole(5, 720, 60),
  absoluteHours: whole(1, 72, 12),
});

export type SignInLimits = z.infer<typeof signInLimits>;

/** The sign-in limits in an agency's settings. */
export function limitsOf(settings: Readonly<Record<string, unknown>>): SignInLimits {
  return signInLimits.parse(
    typeof settings.signIn === 'object' && settings.signIn !== null ? settings.signIn : {},
  );
}

export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

/** Why a password is not good enough, in words that say what to do; null when it is. */
export function passwordProblem(password: string, owner: { username: string; name: string }): string | null {
  if ([...password].length < PASSWORD_LENGTH.min) return `密码至少${PASSWORD_LENGTH.min}个字符，请再长一些。`;
  if (password.length > PASSWORD_LENGTH.max) return `密码不能超过${PASSWORD_LENGTH.max}个字符。`;
  const lower = password.toLowerCase();
  if (lower.includes(owner.username.toLowerCase())) return '密码不能包含用户名，请换一个。';
  if (owner.name.length >= 2 && password.includes(owner.name)) return '密码不能包含姓名，请换一个。';
  if (isRepeated(lower) || isSequence(lower)) return '密码只是重复或连续的字符，很容易被猜到，请换一个。';
  if (isCommon(password)) return '这是常见密码，很容易被猜到，请换一个。';
  return null;
}

/** `aaaaaaaaaa`, `abcabcabcabc`: one piece of at most four characters over and over. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some(
    (size) =>
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length),
  );
}

/** `abcdefghijkl`, `9876543210`: each character next to the one before. */
function isSequence(text: string): boolean {
  const steps = new Set(
    [...text].slice(1).map((character, index) => character.charCodeAt(0) - text.charCodeAt(index)),
  );
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

/** Whether a session still opens the workbench: neither idle nor old beyond the limits. */
export function isSessionLive(
  session: { signedInAt: number; seenAt: number },
  now: number,
  limits: SignInLimits,
): boolean {
  return (
    now - session.seenAt <= limits.idleMinutes * 60_000 &&
    now - session.signedInAt <= limits.absoluteHours * 3_600_000
  );
}

/** What an attempt counter says before the password is looked at. */
export function mayTry(
  attempt: { failures: number; lockedUntil: number | null },
  limit: number,
  now: number,
): boolean {
  return (attempt.lockedUntil === null || attempt.lockedUntil <= now) && attempt.failures <= limit;
}

const HOME = '/workbench';

/** Where to go after sign-in: a page of the workbench, never another site and never the sign-in page again. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith(HOME) || /[\\\p{Cc}]/u.test(next)) return HOME;
  const target = new URL(next, 'http://inside.invalid');
  if (target.host !== 'inside.invalid') return HOME;
  if (target.pathname !== HOME && !target.pathname.startsWith(`${HOME}/`)) return HOME;
  if (/^\/workbench\/sign-(in|out)(\/|$)/.test(target.pathname)) return HOME;
  return `${target.pathname}${target.search}`;
}

/** `Mozilla/5.0 (Windows NT 10.0…) … Chrome/126…` → `Windows 上的 Chrome`. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return '未知设备';
  const system =
    [
      ['HarmonyOS', '鸿蒙'],
      ['Android', 'Android'],
      ['iPhone', 'iPhone'],
      ['iPad', 'iPad'],
      ['Windows', 'Windows'],
      ['Mac OS', 'macOS'],
      ['Linux', 'Linux'],
    ].find(([mark]) => userAgent.includes(mark as string))?.[1] ?? '未知系统';
  const browser =
    [
      ['Edg/', 'Edge'],
      ['QQBrowser', 'QQ浏览器'],
      ['360', '360浏览器'],
      ['Firefox/', 'Firefox'],
      ['Chrome/', 'Chrome'],
      ['Safari/', 'Safari'],
    ].find(([mark]) => userAgent.includes(mark as string))?.[1] ?? '浏览器';
  return `${system}上的${browser}`;
}

/** Password of the accounts that come with the demonstration data; production refuses those accounts altogether. */
export const DEMONSTRATION_PASSWORD = 'gongkai-shili-2018';
