import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { ROOT } from '../../config.ts';
import { NotFound } from '../../core/refusal.ts';
import { anchorsPage, chains } from '../../ledger/index.ts';
import { LedgerPage } from './page.tsx';

const PAGE = 60;

/** The public ledger: the digest of each day and agency, and the program that checks an exported ledger against it. */
export const ledgerRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;

    server.get('/ledger', async (request, reply) => {
      const { agency, before } = request.query as Record<string, string | undefined>;
      const agencies = (await chains(db)).filter((chain) => chain.seq > 0);
      if (agency && !agencies.some((chain) => chain.code === agency))
        throw new NotFound('没有找到这个机关的台账');
      const found = await anchorsPage(db, {
        ...(agency ? { agency } : {}),
        ...(before && /^\d{1,15}$/.test(before) ? { before: Number(before) } : {}),
        limit: PAGE + 1,
      });
      const anchors = found.slice(0, PAGE);
      return reply.page(
        <LedgerPage
          anchors={anchors}
          agencies={agencies.map(({ code, name }) => ({ code, name }))}
          agency={agency ?? null}
          nextBefore={found.length > PAGE ? (anchors.at(-1)?.line ?? null) : null}
          later={Boolean(before)}
        />,
      );
    });

    server.get('/ledger/verify-ledger.mjs', async (_request, reply) => {
      reply.header('content-disposition', 'attachment; filename="verify-ledger.mjs"');
      return reply
        .type('text/javascript; charset=utf-8')
        .send(await readFile(join(ROOT, 'scripts', 'verify-ledger.mjs'), 'utf8'));
    });
  };
