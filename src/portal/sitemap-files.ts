import { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { type ColumnNode, itemAddresses, itemHref, itemSpans } from '../areas/catalogue/index.ts';
import { issueHref, issuesAfter } from '../areas/gazette/index.ts';
import { publishedAnswers } from '../areas/requests/index.ts';
import type { PortalFacts } from './facts.ts';
import { portalNavigation, requestPages, sitePages } from './navigation.ts';

/** The newest answers and all issues there can be stand beside the pages of the site; together far below what a file may hold. */
const MOST_ANSWERS = 10_000;
const MOST_ISSUES = 3_000;
/** Addresses read at once; nothing else is held. */
const AT_ONCE = 1_000;
const XML = 'application/xml; charset=utf-8';
const PROTOCOL = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

interface Address {
  href: string;
  /** ISO date of the latest change; empty where nobody notes it. */
  lastOn: string;
}

/**
 * The files of the sitemap protocol (sitemaps.org). `/sitemap.xml` names every public address, or, when they are more than a file
 * takes, the parts that do: the pages of the site, and items by spans of their ids, so that an item stays in its part for ever.
 * Parts stand beside it: a file may name only what lies below its own folder.
 */
export const sitemapFileRoutes =
  (app: App, facts: PortalFacts): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    const base = app.config.publicUrl.replace(/\/$/, '');
    const agencyOf = (request: FastifyRequest) => request.page?.agency.id ?? 0;

    async function pagesOf(request: FastifyRequest): Promise<Address[]> {
      const agencyId = agencyOf(request);
      const [reports, columns, answers, issues] = await Promise.all([
        facts.reports(request),
        facts.tree(request),
        publishedAnswers(db, agencyId, { query: '', after: null, limit: MOST_ANSWERS }),
        issuesAfter(db, agencyId, 0, MOST_ISSUES),
      ]);
      return [
        ...[...portalNavigation, ...requestPages, ...sitePages].map(({ href }) => ({ href, lastOn: '' })),
        ...everyColumn(columns).map(({ slug }) => ({ href: `/catalogue/${slug}`, lastOn: '' })),
        ...reports.map(({ year, publishedOn }) => ({ href: `/reports/${year}`, lastOn: publishedOn ?? '' })),
        ...answers.map(({ id, publishedOn }) => ({ href: `/requests/answered/${id}`, lastOn: publishedOn })),
        ...issues.map((issue) => ({ href: issueHref(issue), lastOn: issue.issuedOn })),
      ];
    }

    async function* itemsOf(agencyId: number, from: number, upTo: number): AsyncGenerator<Address> {
      for (let after = from; ; ) {
        const page = await itemAddresses(db, agencyId, { after, upTo, limit: AT_ONCE });
        for (const { indexNumber, lastOn } of page) yield { href: itemHref(indexNumber), lastOn };
        const last = page.at(-1);
        if (page.length < AT_ONCE || !last) return;
        after = last.id;
      }
    }

    server.get('/sitemap.xml', { config: { kept: true } }, async (request, reply) => {
      const agencyId = agencyOf(request);
      const most = app.config.sitemapAddresses;
      const [pages, spans] = await Promise.all([pagesOf(request), itemSpans(db, agencyId, most)]);
      const items = spans.reduce((sum, { count }) => sum + count, 0);
      reply.type(XML);
      if (pages.length + items <= most)
        return reply.send(urlset(base, pages, itemsOf(agencyId, 0, Number.MAX_SAFE_INTEGER)));
      const [lastOn = ''] = pages.map((page) => page.lastOn).sort((a, b) => b.localeCompare(a));
      const parts = [
        { href: '/sitemap-pages.xml', lastOn },
        ...spans.map((one) => ({ href: `/sitemap-items-${one.span}.xml`, lastOn: one.lastOn })),
      ];
      return reply.send(`${head('sitemapindex')}${linesOf('sitemap', base, parts)}</sitemapindex>\n`);
    });

    server.get('/sitemap-pages.xml', { config: { kept: true } }, async (request, reply) =>
      reply.type(XML).send(`${head('urlset')}${linesOf('url', base, await pagesOf(request))}</urlset>\n`),
    );

    server.get<{ Params: { span: string } }>(
      '/sitemap-items-:span(^\\d{1,9}).xml',
      async (request, reply) => {
        const most = app.config.sitemapAddresses;
        const from = Number(request.params.span) * most;
        return reply.type(XML).send(urlset(base, [], itemsOf(agencyOf(request), from, from + most)));
      },
    );
  };

function everyColumn(nodes: readonly ColumnNode[]): ColumnNode[] {
  return nodes.flatMap((node) => [node, ...everyColumn(node.below)]);
}

const head = (element: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<${element} ${PROTOCOL}>\n`;

function linesOf(element: 'url' | 'sitemap', base: string, addresses: readonly Address[]): string {
  return addresses
    .map(({ href, lastOn }) => {
      const last = lastOn === '' ? '' : `<lastmod>${lastOn}</lastmod>`;
      return `<${element}><loc>${escaped(base + href)}</loc>${last}</${element}>\n`;
    })
    .join('');
}

/** Addresses as a file, written as they are read. */
function urlset(base: string, first: readonly Address[], more: AsyncIterable<Address>): Readable {
  async function* text() {
    yield head('urlset') + linesOf('url', base, first);
    let held: Address[] = [];
    for await (const address of more) {
      held.push(address);
      if (held.length < AT_ONCE) continue;
      yield linesOf('url', base, held);
      held = [];
    }
    yield `${linesOf('url', base, held)}</urlset>\n`;
  }
  return Readable.from(text());
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
