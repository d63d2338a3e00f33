import type { FastifyPluginAsync } from 'fastify';
import { publishedVersions } from '../annual-report/index.ts';
import type { App } from '../app.ts';
import { everything, publicItemsBeside } from '../areas/catalogue/index.ts';
import { issuesAfter } from '../areas/gazette/index.ts';
import { publishedAnswers } from '../areas/requests/index.ts';
import { displayRoutes } from '../ui/display.ts';
import { AboutPage } from './about.tsx';
import type { PortalFacts } from './facts.ts';
import { FEED, FEED_ENTRIES, feedXml, itemEntries, reportEntries } from './feed.ts';
import { SitemapPage, sitemapXml } from './sitemap.tsx';

/** The newest answers; a file of the sitemap protocol holds 50 000 addresses at most. */
const SITEMAP_ANSWERS = 10_000;
const SITEMAP_ITEMS = 35_000;
const SITEMAP_ISSUES = 3_000;

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
    server.get('/sitemap.xml', async (request, reply) => {
      const agencyId = request.page?.agency.id ?? 0;
      const [reports, answers, columns, items, issues] = await Promise.all([
        facts.reports(request),
        publishedAnswers(db, agencyId, { query: '', after: null, limit: SITEMAP_ANSWERS }),
        facts.tree(request),
        publicItemsBeside(db, agencyId, everything, { limit: SITEMAP_ITEMS }),
        issuesAfter(db, agencyId, 0, SITEMAP_ISSUES),
      ]);
      return reply
        .type('application/xml; charset=utf-8')
        .send(sitemapXml(base, { reports, answers, columns, items, issues }));
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
    await displayRoutes(server);
  };
