import type { FastifyInstance, FastifyRequest } from 'fastify';

/** How a visitor wants to read; kept in a cookie, no account needed. */
export interface Display {
  /** 长者版: larger type and targets, fewer things on the page. */
  large: boolean;
  contrast: boolean;
}

const COOKIE = 'gongkai-display';
const YEAR_IN_SECONDS = 31_536_000;

export function displayOf({ cookies }: Pick<FastifyRequest, 'cookies'>): Display {
  const words = (cookies[COOKIE] ?? '').split('.');
  return { large: words.includes('large'), contrast: words.includes('contrast') };
}

/** Address that changes one wish and comes back; a plain link, so that pages need no form token and stay cacheable. */
export function displayHref(wish: Partial<Display>, back: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wish)) query.set(name, value ? '1' : '0');
  query.set('back', back);
  return `/display?${query}`;
}

/** `GET /display?large=0|1&contrast=0|1&back=/…`: remembers the wish and returns to the page. */
export async function displayRoutes(server: FastifyInstance): Promise<void> {
  server.get<{ Querystring: Record<string, unknown> }>('/display', async (request, reply) => {
    const wish = request.query;
    const now = displayOf(request);
    const next: Display = {
      large: wish.large === undefined ? now.large : wish.large === '1',
      contrast: wish.contrast === undefined ? now.contrast : wish.contrast === '1',
    };
    const words = [next.large && 'large', next.contrast && 'contrast'].filter(Boolean).join('.');
    reply.header('cache-control', 'no-store');
    reply.setCookie(COOKIE, words, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: YEAR_IN_SECONDS });
    return reply.redirect(localPath(wish.back), 303);
  });
}

/** An address of this site, so that the form cannot be used to send people elsewhere. */
export function localPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/';
  const base = 'http://site.invalid';
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  // `/.//host` becomes `//host` once its dots are resolved, which browsers read as another site.
  return url && url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
