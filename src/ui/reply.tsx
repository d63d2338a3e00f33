import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Actor } from '../core/context.ts';
import { type PageContext, showing } from './page-context.ts';

export type StaffActor = Extract<Actor, { kind: 'staff' }>;
export type Tone = 'success' | 'warning' | 'danger';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by a face's hook before any handler runs. */
    page: PageContext | null;
    /** The signed-in member of staff, or null. */
    staff: StaffActor | null;
  }
  interface FastifyReply {
    /** Answers with a whole document; to be returned by the handler. */
    page(content: VNode, status?: number): Promise<string>;
    /** Answers with a piece of a page, for htmx; to be returned by the handler. */
    fragment(content: VNode, status?: number): Promise<string>;
    /** Keeps a message for the next page this visitor sees. */
    flash(tone: Tone, text: string): FastifyReply;
  }
}

/** What a handler returns: the text that is to be sent, or the reply when something was sent already. */
export type Answer = string | FastifyReply;

/** Holds the message for the next page. */
export const FLASH_COOKIE = 'gongkai-flash';

/**
 * Decorates the server with `reply.page`, `reply.fragment` and `reply.flash`. Pages are returned as text and not sent at once: a handler
 * that returns a reply is waited for with listeners on its connection, which costs more than the smallest pages.
 */
export function decoratePages(server: FastifyInstance): void {
  server.decorateRequest('page', null);
  server.decorateRequest('staff', null);
  server.decorateReply('page', async function (this: FastifyReply, content: VNode, status = 200) {
    this.code(status).type('text/html; charset=utf-8');
    return `<!doctype html>${render(this.request, content)}`;
  });
  server.decorateReply('fragment', async function (this: FastifyReply, content: VNode, status = 200) {
    this.code(status).type('text/html; charset=utf-8');
    return render(this.request, content);
  });
  server.decorateReply('flash', function (this: FastifyReply, tone: Tone, text: string) {
    this.setCookie(FLASH_COOKIE, JSON.stringify([tone, text]), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      signed: true,
    });
    return this;
  });
}

/** Takes the message a previous answer left, and forgets it. */
export function takeFlash(request: FastifyRequest, reply: FastifyReply): PageContext['flash'] {
  const cookie = request.cookies[FLASH_COOKIE];
  if (!cookie) return null;
  reply.clearCookie(FLASH_COOKIE, { path: '/' });
  const { valid, value } = request.unsignCookie(cookie);
  if (!valid || !value) return null;
  const [tone, text] = JSON.parse(value) as [Tone, string];
  return { tone, text };
}

function render(request: FastifyRequest, content: VNode): string {
  return showing(request.page, () => renderToString(content));
}
