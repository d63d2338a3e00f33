import type { FastifyPluginAsync } from 'fastify';
import { publishedVersions } from '../annual-report/index.ts';
import type { App } from '../app.ts';
import { publishedAnswers } from '../areas/requests/index.ts';
import { displayRoutes } from '../ui/display.ts';
import { AboutPage } from './about.tsx';
import { FEED, FEED_ENTRIES, feedXml } from './feed.ts';
import { publishedList } from './published.ts';
import { SitemapPage, sitemapXml } from './sitemap.tsx';

/** The newest answers; a file of the sitemap protocol holds 50 000 addresses at most. */
const SITEMAP_ANSWERS = 10_000;

/** Pages about the site itself, and what robots read. */
export const siteRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    const base = app.config.publicUrl.replace(/\/$/, '');

    server.get('/about', (_request, reply) => reply.page(<AboutPage />));
    server.get('/sitemap', async (request, reply) =>
      reply.page(<SitemapPage reports={await publishedList(db, request.page?.agency.id ?? 0)} />),
    );
    server.get('/sitemap.xml', async (request, reply) => {
      const agencyId = request.page?.agency.id ?? 0;
      const [reports, answers] = await Promise.all([
        publishedList(db, agencyId),
        publishedAnswers(db, agencyId, { query: '', after: null, limit: SITEMAP_ANSWERS }),
      ]);
      return reply.type('application/xml; charset=utf-8').send(sitemapXml(base, reports, answers));
    });
    server.get(FEED, async (request, reply) => {
      const { id = 0, name = '', site } = request.page?.agency ?? {};
      const versions = await publishedVersions(db, id, FEED_ENTRIES);
      return reply
        .type('application/atom+xml; charset=utf-8')
        .header('cache-control', 'public, max-age=600')
        .send(feedXml({ base, name: site?.name ?? name, agency: name }, versions));
    });
    server.get('/robots.txt', (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send(
          `User-agent: *\nDisallow: /workbench\nDisallow: /display\nDisallow: /search\nDisallow: /requests/new/\nDisallow: /requests/receipt\nDisallow: /requests/track/\nSitemap: ${base}/sitemap.xml\n`,
        ),
    );
    await displayRoutes(server);
  };
