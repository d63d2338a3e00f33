import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import {
  type ColumnNode,
  countsByColumn,
  countsOf,
  type Narrowing,
  openColumns,
  openPublicReader,
  type PublicCounts,
  type PublicReader,
  publicCube,
  wholeTree,
} from '../areas/catalogue/index.ts';
import type { Agency } from '../areas/organisations/index.ts';
import { keepFacts } from '../core/http/kept-facts.ts';
import { readSearchNames, type SearchNames } from './public-search.ts';
import { type PublishedReport, publishedList } from './published.ts';

/** Items are counted to this number and no further. */
export const COUNTED = 10_000;
/** Host names whose agency is remembered. */
const HOSTS = 500;

/** How many items each column holds with all below it, with the day of the newest. */
export type ColumnCounts = ReadonlyMap<number, { count: number; newestOn: string }>;

/**
 * What many public pages are made of, of the agency whose page is asked for. On pages that are kept it is read once for a content
 * revision, so that a page never shows what is older than itself; elsewhere it is read each time.
 */
export interface PortalFacts {
  /** Items and lists, which are never kept here. */
  reader: PublicReader;
  /** The agency whose portal the host name of the request shows. */
  agency(request: FastifyRequest): Promise<Agency | null>;
  /** Columns with those out of use. */
  wholeTree(request: FastifyRequest): Promise<ColumnNode[]>;
  /** Columns in use. */
  tree(request: FastifyRequest): Promise<ColumnNode[]>;
  counts(request: FastifyRequest): Promise<ColumnCounts>;
  /** What the list of these columns holds under the filter, by what it may be narrowed. */
  facets(request: FastifyRequest, columnIds: readonly number[], wanted: Narrowing): Promise<PublicCounts>;
  reports(request: FastifyRequest): Promise<PublishedReport[]>;
  searchNames(request: FastifyRequest): Promise<SearchNames>;
}

export function openPortalFacts(app: App): PortalFacts {
  const { db } = app.connection;
  const facts = keepFacts();
  // Whatever hosts are asked for, they put out nothing but one another.
  const hosts = keepFacts(HOSTS);
  const kept = <T>(
    request: FastifyRequest,
    name: string,
    load: (agencyId: number) => Promise<T>,
  ): Promise<T> => {
    const agencyId = request.page?.agency.id ?? 0;
    const revisions = request.contentRevisions;
    return revisions === null
      ? load(agencyId)
      : facts.of(`${agencyId} ${name}`, revisions.get(agencyId) ?? 0, () => load(agencyId));
  };
  const tree = (request: FastifyRequest) => kept(request, 'tree', (agencyId) => wholeTree(db, agencyId));
  return {
    reader: openPublicReader(db),
    agency: (request) => {
      const { contentRevisions: revisions, hostname } = request;
      const ask = () => app.portalAgency(hostname);
      if (revisions === null || hostname.length > 255) return ask();
      // Whose site a host name shows may change with any agency; every such change raises every revision.
      const raised = [...revisions.values()].reduce((sum, revision) => sum + revision, 0);
      return hosts.of(hostname, raised, ask);
    },
    wholeTree: tree,
    tree: async (request) => openColumns(await tree(request)),
    counts: (request) => kept(request, 'counts', (agencyId) => countsByColumn(db, agencyId)),
    facets: async (request, columnIds, wanted) => {
      const name = `cube ${columnIds.join()}`;
      const cube = () => kept(request, name, (agencyId) => publicCube(db, agencyId, columnIds, COUNTED));
      const { unitId, year, genre, validity } = wanted;
      return kept(request, `${name} ${[unitId, year, validity, genre].join()}`, async () =>
        countsOf(await cube(), wanted),
      );
    },
    reports: (request) => kept(request, 'reports', (agencyId) => publishedList(db, agencyId)),
    searchNames: (request) => kept(request, 'search names', (agencyId) => readSearchNames(db, agencyId)),
  };
}
