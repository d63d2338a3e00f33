import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import { Badge, Button, Empty, Form, TextField } from '../ui/index.ts';
import { staffCtx } from './request.ts';
import type { Room, SearchHit } from './room.ts';
import { WorkbenchPage } from './shell.tsx';

const QUERY_LENGTH = 100;
const HITS_PER_ROOM = 20;

/** One search over all rooms; each answers for what its reader may see. */
export const searchRoutes =
  (app: App, rooms: readonly Room[]): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Querystring: { q?: string | string[] } }>('/workbench/search', async (request, reply) => {
      const query = [request.query.q ?? ''].flat().join(' ').trim().slice(0, QUERY_LENGTH);
      const ctx = staffCtx(app, request);
      const hits =
        query === ''
          ? []
          : (await Promise.all(rooms.map((room) => room.search?.(ctx, query, HITS_PER_ROOM) ?? []))).flat();
      return reply.page(<SearchPage query={query} hits={hits} />);
    });
  };

export function SearchPage({ query, hits }: { query: string; hits: readonly SearchHit[] }) {
  return (
    <WorkbenchPage title={query ? `搜索“${query}”` : '搜索工作台'}>
      <Form action="/workbench/search" method="get" layout="inline" label="在结果页再次搜索">
        <TextField
          name="q"
          id="search-again"
          label="搜索词"
          type="search"
          value={query}
          maxlength={QUERY_LENGTH}
          width={40}
        />
        <Button tone="primary" icon="search">
          搜索
        </Button>
      </Form>
      {query === '' ? (
        <Empty title="输入要找的内容" icon="search">
          可以搜索填报、台账、年度报告、单位和人员。在任何页面按 / 键都能开始搜索。
        </Empty>
      ) : hits.length === 0 ? (
        <Empty title={`没有找到“${query}”`} icon="search">
          请换一个更短的词，或从左侧导航进入相应栏目查找。您没有权限查看的内容不会出现在结果中。
        </Empty>
      ) : (
        <>
          <p class="result-count">共 {hits.length} 条结果</p>
          <ul>
            {hits.map((hit) => (
              <li class="result" key={`${hit.href} ${hit.title}`}>
                <h2>
                  <a href={hit.href}>{hit.title}</a>
                </h2>
                <p class="result-meta">
                  <Badge>{hit.kind}</Badge>
                  <span>{hit.detail}</span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </WorkbenchPage>
  );
}
