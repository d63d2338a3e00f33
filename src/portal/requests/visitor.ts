import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { newDraftToken, type RequestCtx } from '../../areas/requests/index.ts';
import { NotFound } from '../../core/refusal.ts';

const DRAFT_COOKIE = 'gongkai-request';
const TRACK_COOKIE = 'gongkai-track';
const TRACK_MINUTES = 30;
const DRAFT_SECONDS = 7 * 86_400;
const PATH = '/requests';

const cookie = { path: PATH, httpOnly: true, sameSite: 'lax' } as const;

/** What a visitor does is done for the agency whose portal he is on. @throws NotFound while there is none */
export function visitorCtx(app: App, request: FastifyRequest): RequestCtx {
  const agencyId = request.page?.agency.id ?? 0;
  if (agencyId === 0) throw new NotFound('本站还没有设置受理申请的行政机关。');
  const actor = { kind: 'public', name: '申请人' } as const;
  return { db: app.connection.db, clock: app.clock, vault: app.vault, actor, agencyId };
}

/** The token of this browser's form; null when it has none, or something else under its name. */
export function draftToken(request: FastifyRequest): string | null {
  const token = request.cookies[DRAFT_COOKIE] ?? '';
  return /^[\w-]{43}$/.test(token) ? token : null;
}

/** The same, or a new one that the browser keeps for a week. */
export function ensureDraftToken(request: FastifyRequest, reply: FastifyReply): string {
  const token = draftToken(request) ?? newDraftToken();
  reply.setCookie(DRAFT_COOKIE, token, { ...cookie, maxAge: DRAFT_SECONDS });
  return token;
}

export function dropDraftToken(reply: FastifyReply): void {
  reply.clearCookie(DRAFT_COOKIE, cookie);
}

const trackPlace = (agencyId: number) => `request-track/${agencyId}`;

/** Lets this browser see one form for half an hour from now; called again with every page it opens. */
export function keepTracking(ctx: RequestCtx, reply: FastifyReply, formId: number): void {
  const until = ctx.clock.now().epochMilliseconds + TRACK_MINUTES * 60_000;
  const value = ctx.vault.seal(JSON.stringify({ formId, until }), trackPlace(ctx.agencyId));
  reply.setCookie(TRACK_COOKIE, value, { ...cookie, maxAge: TRACK_MINUTES * 60 });
}

/** The form this browser may see now, or null. */
export function trackedFormId(ctx: RequestCtx, request: FastifyRequest): number | null {
  const value = request.cookies[TRACK_COOKIE];
  if (!value) return null;
  const { formId, until } = opened(ctx, value);
  return until > ctx.clock.now().epochMilliseconds ? formId : null;
}

export function endTracking(reply: FastifyReply): void {
  reply.clearCookie(TRACK_COOKIE, cookie);
}

function opened(ctx: RequestCtx, value: string): { formId: number; until: number } {
  try {
    return JSON.parse(ctx.vault.open(value, trackPlace(ctx.agencyId))) as { formId: number; until: number };
  } catch {
    // Altered, of another agency, or sealed by a key that is gone: as good as none.
    return { formId: 0, until: 0 };
  }
}
