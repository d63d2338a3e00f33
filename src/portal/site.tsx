import type { FastifyPluginAsync } from 'fastify';
import { publishedVersions } from '../annual-report/index.ts';
import type { App } from '../app.ts';
import { everything, publicItemsBeside } from '../areas/catalogue/index.ts';
import { displayRoutes } from '../ui/display.ts';
import { AboutPage } from './about.tsx';
import type { PortalFacts } from './facts.ts';
import { FEED, FEED_ENTRIES, feedXml, itemEntries, reportEntries } from './feed.ts';
import { SitemapPage } from './sitemap.tsx';
import { sitemapFileRoutes } from './sitemap-files.ts';

/** Pages about the site itself, and what robots read. */
export const siteRoutes =
  (app: App, facts: PortalFacts): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    const base = app.config.publicUrl.replace(/\/$/, '');

    server.get('/about', (_request, reply) => reply.page(<AboutPage />));
    server.get('/sitemap', async (request, reply) => {
      const [reports, columns, counts] = await Promise.all([
        facts.reports(request),
        facts.tree(request),
        facts.counts(request),
      ]);
      return reply.page(<SitemapPage {...{ reports, columns, counts }} />);
    });
    server.get(FEED, { config: { kept: true } }, async (request, reply) => {
      const { id = 0, name = '', site } = request.page?.agency ?? {};
      const [versions, items] = await Promise.all([
        publishedVersions(db, id, FEED_ENTRIES),
        publicItemsBeside(db, id, everything, { limit: FEED_ENTRIES }),
      ]);
      const entries = [...reportEntries(base, versions), ...itemEntries(base, items)]
        .sort((a, b) => b.published.getTime() - a.published.getTime())
        .slice(0, FEED_ENTRIES);
      const title = `${site?.name ?? name} - 政府信息公开更新`;
      return reply
        .type('application/atom+xml; charset=utf-8')
        .send(feedXml({ base, path: '/', self: FEED, title, agency: name }, entries));
    });
    server.get('/robots.txt', (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send(
          `User-agent: *\nDisallow: /workbench\nDisallow: /display\nDisallow: /search\nDisallow: /requests/new/\nDisallow: /requests/receipt\nDisallow: /requests/track/\nSitemap: ${base}/sitemap.xml\n`,
        ),
    );
    await server.register(sitemapFileRoutes(app, facts));
    await displayRoutes(server);
  };
