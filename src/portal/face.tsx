import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import { describePage } from '../describe-page.ts';
import { catalogueRoutes } from './catalogue/index.tsx';
import { dueFeedRoutes } from './due-feed.ts';
import { openPortalFacts } from './facts.ts';
import { gazetteRoutes } from './gazette/index.tsx';
import { homeRoutes } from './home.tsx';
import { itemRoutes } from './items/index.tsx';
import { ledgerRoutes } from './ledger/index.tsx';
import { letterRoutes } from './letters/index.tsx';
import { normativeRoutes } from './normative/index.tsx';
import { reportsRoutes } from './reports/index.tsx';
import { requestsRoutes } from './requests/index.tsx';
import { searchRoutes } from './search.tsx';
import { siteRoutes } from './site.tsx';

/** The public face: no account, no script needed, cacheable. */
export function portalFace(app: App): FastifyPluginAsync {
  return async (server) => {
    const facts = openPortalFacts(app);
    server.addHook('onRequest', async (request, reply) => {
      request.page = describePage(app, request, reply, await facts.agency(request));
    });
    server.addHook('preValidation', (request, reply, done) => {
      if (request.method === 'GET' || request.method === 'HEAD') return done();
      server.csrfProtection(request, reply, done);
    });
    await server.register(homeRoutes(app, facts));
    await server.register(catalogueRoutes(app, facts));
    await server.register(itemRoutes(app, facts));
    await server.register(gazetteRoutes(app));
    await server.register(normativeRoutes(app));
    await server.register(reportsRoutes(app));
    await server.register(requestsRoutes(app));
    await server.register(dueFeedRoutes(app));
    await server.register(ledgerRoutes(app));
    await server.register(letterRoutes(app));
    await server.register(searchRoutes(app, facts));
    await server.register(siteRoutes(app, facts));
  };
}
