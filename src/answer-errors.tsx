import type { FastifyInstance } from 'fastify';
import type { App } from './app.ts';
import { explain } from './core/http/errors.ts';
import { NotFound } from './core/refusal.ts';
import { describePage } from './describe-page.ts';
import { PortalErrorPage } from './portal/error-page.tsx';
import { ErrorPage } from './ui/error-page.tsx';

/** The one place where anything thrown becomes an answer: JSON for systems, a fragment for htmx, else a page. */
export function answerErrors(server: FastifyInstance, app: App): void {
  server.setErrorHandler(async (error, request, reply) => {
    const { status, code, title, message, article, fields, fault } = explain(error);
    if (fault) request.log.error({ err: error, requestId: request.id }, 'request failed');
    const path = request.url.split('?')[0] ?? '';
    const reference = fault ? request.id : code;
    if (path.startsWith('/api/') || request.headers.accept === 'application/json') {
      return reply.code(status).send({ code, message, article, fields, reference });
    }
    const face = path.startsWith('/workbench') ? 'workbench' : 'portal';
    const agency = fault ? null : await app.portalAgency(request.hostname);
    request.page ??= describePage(app, request, reply, agency);
    // Whoever is too many or too fast gets the page that costs least.
    const bare = fault || status === 429 || status === 503 || face === 'workbench';
    const Page = bare ? ErrorPage : PortalErrorPage;
    return reply.page(<Page {...{ status, title, message, article, reference, face }} />, status);
  });
  server.setNotFoundHandler(async (request) => {
    throw new NotFound(`没有“${request.url.split('?')[0]}”这个页面，可能已经移动或地址有误。`);
  });
}
