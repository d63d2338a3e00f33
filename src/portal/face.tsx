import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.tsx';
import { pageAgency } from '../page-agency.ts';
import { displayOf } from '../ui/display.ts';
import { takeFlash } from '../ui/reply.tsx';
import { homeRoutes } from './home.tsx';
import { ledgerRoutes } from './ledger/index.tsx';
import { reportsRoutes } from './reports/index.tsx';
import { searchRoutes } from './search.tsx';
import { siteRoutes } from './site.tsx';

/** The public face: no account, no script needed, cacheable. */
export function portalFace(app: App): FastifyPluginAsync {
  return async (server) => {
    server.addHook('onRequest', async (request, reply) => describePage(app, request, reply));
    server.addHook('preValidation', (request, reply, done) => {
      if (request.method === 'GET' || request.method === 'HEAD') return done();
      server.csrfProtection(request, reply, done);
    });
    await server.register(homeRoutes(app));
    await server.register(reportsRoutes(app));
    await server.register(ledgerRoutes(app));
    await server.register(searchRoutes(app));
    await server.register(siteRoutes(app));
  };
}

async function describePage(app: App, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.page = {
    path: request.url,
    get csrf() {
      return reply.generateCsrf();
    },
    actor: null,
    agency: pageAgency(await app.portalAgency(request.hostname)),
    today: app.clock.today().toString(),
    flash: takeFlash(request, reply),
    display: displayOf(request),
    assets: app.assets.version,
    nav: [],
    unreadNotifications: 0,
  };
}
