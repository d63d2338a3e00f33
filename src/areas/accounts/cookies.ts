import type { IncomingHttpHeaders } from 'node:http';

/** The headers better-auth may read: the cookies and nothing else. */
export function cookieHeaders(headers: IncomingHttpHeaders): Headers {
  return new Headers(headers.cookie ? { cookie: headers.cookie } : {});
}

/** The value of a better-auth cookie in a list of `name=value` texts, without its signature; null when it is absent. */
function signedValue(cookies: readonly string[], name: string): string | null {
  for (const cookie of cookies) {
    const [key, value = ''] = cookie.split(/=(.*)/s);
    if (key?.trim() !== name && key?.trim() !== `__Secure-${name}`) continue;
    const whole = decoded(value.split(';')[0] ?? '');
    const dot = whole.lastIndexOf('.');
    if (dot > 0) return whole.slice(0, dot);
  }
  return null;
}

/** Cookies come from anybody: what cannot be decoded, or cannot be a text of the database, is no value. */
function decoded(value: string): string {
  try {
    const text = decodeURIComponent(value);
    return text.includes('\0') ? '' : text;
  } catch {
    return '';
  }
}

/** The token of the session an answer opens. */
export const sessionTokenOf = (response: Response): string | null =>
  signedValue(response.headers.getSetCookie(), 'gongkai.session_token');

/** The second-factor challenge a visitor carries. */
export const challengeOf = (headers: IncomingHttpHeaders): string | null =>
  signedValue((headers.cookie ?? '').split(/;\s*/), 'gongkai.two_factor');
