import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from '../app.ts';
import { InvalidForm } from '../core/refusal.ts';
import { anchorsPage } from '../ledger/index.ts';
import { civilDate, limited, problems } from './shapes.ts';

const MAX = 1000;

const anchors = z.object({
  anchors: z.array(
    z.object({
      agency: z.string(),
      agencyName: z.string(),
      day: civilDate,
      seq: z.int().describe('累计操作数，即末条的序号'),
      acts: z.int().describe('自上一次公布以来新增的操作数'),
      digest: z.string().describe('末条的 SM3 摘要'),
      takenAt: z.string(),
      lineDigest: z.string().describe('存证文件中该行的 SM3 摘要'),
    }),
  ),
  next: z.int().nullable().describe('下一页的 before；没有更早的则为 null'),
});

/** The published digests; the answer saved as a file is what the offline verifier reads. */
export const ledgerRoutes =
  (app: App): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/api/v1/ledger/anchors',
      {
        config: limited(60),
        schema: {
          tags: ['ledger'],
          summary: '每日公布的台账摘要，新的在前',
          querystring: z.object({
            agency: z.string().max(40).optional().describe('机关代码'),
            before: z.string().optional().describe('上一页答复中的 next'),
            limit: z.string().optional().describe(`每页条数，默认且最多 ${MAX}`),
          }),
          response: { 200: anchors, ...problems },
        },
      },
      async ({ query }) => {
        const before = whole(query.before, 'before', Number.MAX_SAFE_INTEGER);
        const limit = whole(query.limit, 'limit', MAX) ?? MAX;
        const found = await anchorsPage(app.connection.db, {
          ...(query.agency ? { agency: query.agency } : {}),
          ...(before === undefined ? {} : { before }),
          limit: limit + 1,
        });
        const page = found.slice(0, limit);
        return { anchors: page, next: found.length > limit ? (page.at(-1)?.line ?? null) : null };
      },
    );
  };

function whole(text: string | undefined, field: string, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new InvalidForm({ [field]: `请填写 1 至 ${most} 的整数` });
}
