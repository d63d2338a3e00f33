import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import {
  type Facet,
  type Filters,
  keepMiss,
  missesWritten,
  QUERY_LENGTH,
  suggestTitles,
} from '../core/search-index/index.ts';
import { searchKinds } from '../find-for-systems.ts';
import type { PortalFacts } from './facts.ts';
import { findPublic, LAST_PAGE, type PublicQuery } from './public-search.ts';
import { SearchPage } from './search-page.tsx';

type Query = Record<string, string | string[] | undefined>;

const facets: readonly Facet[] = ['kind', 'column', 'unit', 'year', 'genre', 'validity'];
const numeric: ReadonlySet<Facet> = new Set<Facet>(['column', 'unit', 'year']);

export const searchRoutes =
  (app: App, facts: PortalFacts): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    server.addHook('onClose', () => missesWritten(db));
    server.get<{ Querystring: Query }>(
      '/search',
      { config: { ofKeptFacts: true } },
      async (request, reply) => {
        const agencyId = request.page?.agency.id ?? 0;
        const ask = queryOf(request.query);
        const found = await findPublic(db, agencyId, ask, await facts.searchNames(request));
        const first = ask.page === 1 && Object.keys(ask.filters).length === 0;
        // What was found only in part was looked for in vain. Insisting on every word looks for the same once more.
        if ((found.total === 0 || found.loose) && first && !ask.everyWord)
          keepMiss(db, agencyId, ask.query, app.clock.today().toString()).catch((err) =>
            request.log.warn({ err }, 'a search in vain was not kept'),
          );
        return reply.page(<SearchPage ask={ask} found={found} />);
      },
    );

    // For the field while it is filled in; the form works without.
    server.get<{ Querystring: Query }>(
      '/search/suggestions',
      { config: { rateLimit: { max: 240, timeWindow: '1 minute' } } },
      async (request, reply) => {
        const titles = await suggestTitles(db, request.page?.agency.id ?? 0, textOf(request.query.q));
        return reply.header('cache-control', 'private, max-age=60').send(titles);
      },
    );
  };

const textOf = (value: string | string[] | undefined): string =>
  [value ?? ''].flat().join(' ').trim().slice(0, QUERY_LENGTH);

/** Reads an address; what is not a filter is as if it were not there. */
function queryOf(query: Query): PublicQuery {
  const filters: Partial<Record<Facet, string>> = {};
  for (const facet of facets) {
    const value = [query[facet] ?? ''].flat()[0]?.slice(0, 60) ?? '';
    if (value === '' || (numeric.has(facet) && !/^\d{1,9}$/.test(value))) continue;
    if (facet === 'kind' && !Object.hasOwn(searchKinds, value)) continue;
    filters[facet] = value;
  }
  const page = Math.trunc(Number([query.page ?? ''].flat()[0]));
  return {
    query: textOf(query.q),
    filters: filters satisfies Filters,
    sort: query.sort === 'date' ? 'date' : 'relevance',
    page: page >= 1 && page <= LAST_PAGE ? page : 1,
    everyWord: query.words === 'all',
  };
}
