import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from '../app.ts';
import { InvalidForm } from '../core/refusal.ts';
import { QUERY_LENGTH } from '../core/search-index/index.ts';
import { findForSystems, searchKinds } from '../find-for-systems.ts';
import { REQUIRED } from './operations.ts';
import { civilDate, limited, problems } from './shapes.ts';

const MOST = 100;

const searchAnswer = z.object({
  total: z.int().describe('找到的条数，最多数到 1000；很常见的词只数较新的内容，实际更多'),
  partial: z.int().describe('其中只含部分词语的条数，排在最后；含全部词语的结果很少时才有'),
  tookMs: z.number(),
  hits: z.array(
    z.object({
      id: z.string(),
      sourceId: z.string().nullable(),
      kind: z.string(),
      title: z.string(),
      publishedOn: civilDate.nullable(),
      score: z.number(),
      snippet: z.string().describe('纯文本'),
      missing: z.array(z.string()).describe('检索词中缺少的词语；含全部词语的为空'),
    }),
  ),
});

/** What the public search finds, as data. */
export const searchApiRoutes =
  (app: App): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/api/v1/search',
      {
        config: limited(300),
        schema: {
          tags: ['search'],
          summary: '检索全部公开内容',
          querystring: z.object({
            q: z
              .string()
              .optional()
              .meta({ description: '检索词；引号内为整体，减号表示排除', [REQUIRED]: true }),
            limit: z.string().optional().describe(`最多几条，1 至 ${MOST}，默认 10`),
            kind: z
              .string()
              .optional()
              .describe(`类别：${Object.keys(searchKinds).join('、')}`),
            sort: z.string().optional().describe('relevance（默认）或 date'),
          }),
          response: { 200: searchAnswer, ...problems },
        },
      },
      async ({ query, hostname }) => {
        const { q, kind, sort } = query;
        const faults: Record<string, string> = {};
        const limit = /^\d{1,3}$/.test(query.limit ?? '10') ? Number(query.limit ?? 10) : 0;
        if (q === undefined || q.trim() === '') faults.q = '请写明要找什么';
        else if (q.length > QUERY_LENGTH) faults.q = `最多 ${QUERY_LENGTH} 个字`;
        if (limit < 1 || limit > MOST) faults.limit = `请填写 1 至 ${MOST} 的整数`;
        if (kind !== undefined && !Object.hasOwn(searchKinds, kind))
          faults.kind = `没有这一类；可用 ${Object.keys(searchKinds).join('、')}`;
        if (sort !== undefined && sort !== 'relevance' && sort !== 'date')
          faults.sort = '请填写 relevance 或 date';
        if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
        const agency = await app.portalAgency(hostname);
        return findForSystems(app.connection.db, agency?.id ?? 0, {
          query: q ?? '',
          limit,
          ...(kind === undefined ? {} : { kind }),
          sort: sort === 'date' ? 'date' : 'relevance',
        });
      },
    );
  };
