import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  type CatalogueColumn,
  type ColumnNode,
  columnPictures,
  everything,
  findColumnBySlug,
  findColumnPicture,
  listColumns,
  newestWhole,
  openData,
  openDataKinds,
  type PublicFilter,
  pathTo,
  withBelow,
} from '../../areas/catalogue/index.ts';
import { NotFound } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { COUNTED, type PortalFacts } from '../facts.ts';
import { FEED_ENTRIES, feedXml, itemEntries } from '../feed.ts';
import { sendPublicFile } from '../public-file.ts';
import { blocksOf, everyOf, idsOf } from './blocks.ts';
import { ColumnPage, type ListedPage } from './column-page.tsx';
import { CATALOGUE, readPlace, readWanted } from './filter.ts';
import { CataloguePage, GUIDE } from './front-page.tsx';
import { GuidePage } from './guide-page.tsx';
import { TOPICS, TopicPage, TopicsPage } from './topic-page.tsx';

/** Items of a page of a list. */
const PAGE = 20;
const LATEST = 10;
const RULES = 5;
/** Items a topic page shows of the topic itself, and of each column below it. */
const TOPIC_LATEST = 10;
const TOPIC_SECTION = 7;

/** The column with that address now. */
function columnAt(tree: readonly ColumnNode[], slug: string): ColumnNode | null {
  for (const node of tree) {
    const found = node.slug === slug ? node : columnAt(node.below, slug);
    if (found) return found;
  }
  return null;
}

const kept = { config: { kept: true } };

/** `/catalogue`, its columns with their lists, files and feeds, and the guide. */
export const catalogueRoutes =
  (app: App, facts: PortalFacts): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    const base = app.config.publicUrl.replace(/\/$/, '');
    const agencyOf = (request: FastifyRequest) => request.page?.agency.id ?? 0;

    server.get(CATALOGUE, kept, async (request, reply) => {
      const agencyId = agencyOf(request);
      const blocks = blocksOf(await facts.tree(request));
      const newestOf = (columnIds: number[], limit: number) =>
        columnIds.length === 0 ? [] : facts.reader.beside(agencyId, { ...everything, columnIds }, { limit });
      const [counts, [guide = null], rules, latest, reports] = await Promise.all([
        facts.counts(request),
        newestOf(idsOf(blocks.guide), 1),
        newestOf(idsOf(blocks.rules), RULES),
        newestOf(idsOf(blocks.statutory), LATEST),
        facts.reports(request),
      ]);
      return reply.page(<CataloguePage {...{ blocks, counts, guide, rules, latest, reports }} />);
    });

    server.get(GUIDE, kept, async (request, reply) => {
      const agencyId = agencyOf(request);
      const columnIds = idsOf(blocksOf(await facts.tree(request)).guide);
      const filter = { ...everything, columnIds };
      const [guide, items] = await Promise.all([
        newestWhole(db, agencyId, columnIds),
        facts.reader.beside(agencyId, filter, { limit: PAGE }),
      ]);
      return reply.page(<GuidePage guide={guide} others={items.filter(({ id }) => id !== guide?.item.id)} />);
    });

    /** The column at an address; whoever comes by an old one is sent to the new one. */
    const column = async (
      request: FastifyRequest,
      reply: FastifyReply,
      rest: string,
    ): Promise<CatalogueColumn | null> => {
      const { slug } = request.params as { slug: string };
      const found = /^[a-z0-9][a-z0-9-]{0,59}$/.test(slug)
        ? (columnAt(await facts.wholeTree(request), slug) ??
          (await findColumnBySlug(db, agencyOf(request), slug)))
        : null;
      if (!found) throw new NotFound('没有这个栏目。');
      if (found.slug === slug) return found;
      const query = request.url.indexOf('?');
      reply.redirect(`${CATALOGUE}/${found.slug}${rest}${query < 0 ? '' : request.url.slice(query)}`, 301);
      return null;
    };

    const filterOf = async (request: FastifyRequest, found: CatalogueColumn): Promise<PublicFilter> => {
      const tree = await facts.wholeTree(request);
      const node = pathTo(tree, found.id).at(-1);
      return {
        ...readWanted(request.query as Record<string, unknown>),
        columnIds: node ? withBelow(node) : [found.id],
      };
    };

    server.get(`${CATALOGUE}/:slug`, kept, async (request, reply) => {
      const found = await column(request, reply, '');
      if (!found) return reply;
      const agencyId = agencyOf(request);
      const query = request.query as Record<string, unknown>;
      const wanted = readWanted(query);
      const tree = await facts.wholeTree(request);
      const node = pathTo(tree, found.id).at(-1);
      if (!node) throw new NotFound('没有这个栏目。');
      const open = found.closedOn === null ? await facts.tree(request) : tree;
      // The whole list of a topic, and any page or filter of it, is a list like every other.
      if (node.kind === 'topic' && Object.keys(query).length === 0)
        return reply.page(<TopicPage {...(await topic(agencyId, node, pathTo(open, node.id)))} />);
      const filter = { ...wanted, columnIds: withBelow(node) };
      const [counts, facets, page] = await Promise.all([
        facts.counts(request),
        facts.facets(request, filter.columnIds, wanted),
        listedPage(agencyId, filter, query),
      ]);
      return reply.page(
        <ColumnPage {...{ node, tree: open, counts, wanted, facets, page }} most={COUNTED} />,
      );
    });

    const topic = async (agencyId: number, node: ColumnNode, path: readonly ColumnNode[]) => {
      const newest = (columnIds: number[], limit: number) =>
        facts.reader.beside(agencyId, { ...everything, columnIds }, { limit });
      const below = node.below.filter(({ closedOn }) => closedOn === null);
      const [latest, picture, sections] = await Promise.all([
        newest([node.id], TOPIC_LATEST),
        findColumnPicture(db, agencyId, node.id),
        Promise.all(
          below.map(async (column) => ({ column, items: await newest(withBelow(column), TOPIC_SECTION) })),
        ),
      ]);
      return { node, path, latest, picture, sections };
    };

    server.get(TOPICS, kept, async (request, reply) => {
      const nodes = everyOf(await facts.tree(request), 'topic');
      const [counts, pictures] = await Promise.all([
        facts.counts(request),
        columnPictures(db, agencyOf(request)),
      ]);
      const topics = nodes.map((node) => {
        const { count: total, newestOn } = counts.get(node.id) ?? { count: 0, newestOn: '' };
        return { node, total, newestOn, picture: pictures.get(node.id) ?? null };
      });
      return reply.page(<TopicsPage topics={topics} />);
    });

    server.get<{ Params: { column: string; digest: string } }>(
      '/files/columns/:column(^[1-9]\\d{0,14}$)/:digest(^[0-9a-f]{64}$)',
      async (request, reply) => {
        const { column: id, digest } = request.params;
        const picture = await findColumnPicture(db, agencyOf(request), Number(id));
        if (picture?.digest !== digest) throw new NotFound('没有这张图片，或者它已经换掉了。');
        const name = picture.type === 'image/png' ? 'topic.png' : 'topic.jpg';
        return sendPublicFile(app, { request, reply }, { ...picture, name, shown: true });
      },
    );

    const listedPage = async (
      agencyId: number,
      filter: PublicFilter,
      query: Record<string, unknown>,
    ): Promise<ListedPage> => {
      const [olderThan, newerThan] = [readPlace(query.older), readPlace(query.newer)];
      const found = await facts.reader.beside(agencyId, filter, { olderThan, newerThan, limit: PAGE + 1 });
      const more = found.length > PAGE;
      if (!olderThan && newerThan) {
        return { items: more ? found.slice(1) : found, newer: more, older: true };
      }
      return { items: found.slice(0, PAGE), newer: olderThan !== null, older: more };
    };

    server.get(`${CATALOGUE}/:slug/feed.xml`, kept, async (request, reply) => {
      const found = await column(request, reply, '/feed.xml');
      if (!found) return reply;
      const agency = request.page?.agency;
      const filter = { ...everything, columnIds: (await filterOf(request, found)).columnIds };
      const items = await facts.reader.beside(agencyOf(request), filter, { limit: FEED_ENTRIES });
      const path = `${CATALOGUE}/${found.slug}`;
      return reply.type('application/atom+xml; charset=utf-8').send(
        feedXml(
          {
            base,
            path,
            self: `${path}/feed.xml`,
            title: `${agency?.site.name ?? agency?.name ?? ''} - ${found.name}`,
            agency: agency?.name ?? '',
          },
          itemEntries(base, items),
        ),
      );
    });

    const send = async (
      request: FastifyRequest,
      reply: FastifyReply,
      filter: PublicFilter,
      title: string,
    ): Promise<Answer> => {
      const asked = (request.params as { kind: string }).kind;
      const kind = openDataKinds.find((known) => known === asked);
      if (!kind) throw new NotFound('没有这种文件格式。');
      const agencyId = agencyOf(request);
      const columns = await listColumns(db, agencyId);
      const { content, type } = openData({ db, agencyId, columns, base }, filter, { kind, title });
      reply
        .header('cache-control', 'no-cache')
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(`${title}.${kind}`)}`,
        )
        .type(type);
      return reply.send(content);
    };

    server.get(`${CATALOGUE}/items.:kind`, async (request, reply) =>
      send(
        request,
        reply,
        { ...readWanted(request.query as Record<string, unknown>), columnIds: null },
        `${request.page?.agency.shortName ?? ''}政府信息公开目录`,
      ),
    );

    server.get(`${CATALOGUE}/:slug/items.:kind`, async (request, reply) => {
      const { kind } = request.params as { kind: string };
      const found = await column(request, reply, `/items.${kind}`);
      if (!found) return reply;
      return send(request, reply, await filterOf(request, found), found.name);
    });
  };
