import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import { Empty, FilterLinks, formatDate, Pager } from '../ui/index.ts';
import { findPublic } from './public-search.ts';
import type { PublicHit } from './search-documents.ts';
import { SearchForm } from './search-form.tsx';
import { PortalPage } from './shell.tsx';

const QUERY_LENGTH = 100;
const PAGE = 20;
const DESCRIPTION = '在本站已发布的年度报告、统计指标、已公开的申请答复和网站页面中查找。';

export const searchRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Querystring: Record<string, string | string[] | undefined> }>(
      '/search',
      async (request, reply) => {
        const query = [request.query.q ?? ''].flat().join(' ').trim().slice(0, QUERY_LENGTH);
        const kind = [request.query.kind ?? ''].flat()[0] ?? '';
        const shown = Math.min(Math.max(Number(request.query.shown) || PAGE, PAGE), 1000);
        const agencyId = request.page?.agency.id ?? 0;
        const hits = await findPublic(app.connection.db, agencyId, query);
        return reply.page(<SearchPage query={query} kind={kind} hits={hits} shown={shown} />);
      },
    );
  };

export function SearchPage(props: { query: string; kind: string; hits: PublicHit[]; shown: number }) {
  const { query, kind, hits, shown } = props;
  const counts = Map.groupBy(hits, (hit) => hit.kind);
  const chosen = counts.has(kind as PublicHit['kind']) ? hits.filter((hit) => hit.kind === kind) : hits;
  const address = (more: Record<string, string>) => `/search?${new URLSearchParams({ q: query, ...more })}`;
  return (
    <PortalPage
      title={query ? `搜索“${query}”` : '站内搜索'}
      heading={false}
      ownSearch
      labels={{
        column: { name: '站内搜索', description: DESCRIPTION, keywords: '搜索,查找', type: '站内搜索' },
      }}
    >
      <h1 class="visually-hidden">{query ? `“${query}”的搜索结果` : '站内搜索'}</h1>
      <div class="search-page">
        <SearchForm query={query} large />
      </div>
      {query === '' ? (
        <p class="result-count">{DESCRIPTION}</p>
      ) : hits.length === 0 ? (
        <div class="search-page">
          <Empty title={`没有找到“${query}”`} icon="search">
            请换一个更短或更常用的词，例如只写“解读”“申请”。也可以从网站地图查看全部栏目。
          </Empty>
        </div>
      ) : (
        <div class="split split-left search-results">
          <FilterLinks
            title="类别"
            items={[
              { label: '全部', href: address({}), current: chosen === hits, count: hits.length },
              ...[...counts].map(([label, members]) => ({
                label,
                href: address({ kind: label }),
                current: chosen !== hits && label === kind,
                count: members.length,
              })),
            ]}
          />
          <div>
            <p class="result-count">
              找到 {chosen.length} 条结果{chosen.length > shown && `，先列出最相关的 ${shown} 条`}
            </p>
            <ol>
              {chosen.slice(0, shown).map((hit) => (
                <Result key={hit.href + hit.title} hit={hit} />
              ))}
            </ol>
            <Pager
              nextHref={
                chosen.length > shown
                  ? address({ ...(chosen === hits ? {} : { kind }), shown: String(shown + PAGE) })
                  : null
              }
            />
          </div>
        </div>
      )}
    </PortalPage>
  );
}

function Result({ hit }: { hit: PublicHit }) {
  return (
    <li class="result">
      <h2>
        <a href={hit.href}>{hit.title}</a>
      </h2>
      <p class="result-text">
        {hit.excerpt.map((part, index) => (part.marked ? <mark key={index}>{part.text}</mark> : part.text))}
      </p>
      <p class="result-meta">
        <span>{hit.kind}</span>
        {hit.date && <time dateTime={hit.date}>{formatDate(hit.date)}发布</time>}
      </p>
    </li>
  );
}
