import swagger from '@fastify/swagger';
import type { FastifyPluginAsync } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { VNode } from 'preact';
import type { App } from '../app.ts';
import { describePage } from '../describe-page.ts';
import { healthRoutes } from './health.ts';
import { lawRoutes } from './law.ts';
import { ledgerRoutes } from './ledger.ts';
import { type OperationGroup, operationsOf } from './operations.ts';
import { reportRoutes } from './reports.ts';
import { searchApiRoutes } from './search.ts';

export { measureRequests } from './metrics.ts';

/** The face for other systems: open data without sign-in, described by OpenAPI, and what machines ask of the process. */
export function apiFace(app: App, readable: (groups: OperationGroup[]) => VNode): FastifyPluginAsync {
  return async (server) => {
    await server.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: '政府信息公开数据接口',
          version: '1',
          description:
            '公开数据，无需登录。日期为 YYYY-MM-DD，金额为两位小数的字符串，null 表示留空而不是 0。',
        },
        servers: [{ url: app.config.publicUrl }],
        tags: [
          { name: 'reports', description: '年度报告' },
          { name: 'search', description: '检索' },
          { name: 'law', description: '期限与收费' },
          { name: 'ledger', description: '公开台账' },
        ],
      },
      transform: jsonSchemaTransform,
    });
    await server.register(healthRoutes(app));
    await server.register(reportRoutes(app));
    await server.register(searchApiRoutes(app));
    await server.register(lawRoutes(app));
    await server.register(ledgerRoutes(app));

    server.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => server.swagger());

    server.get('/api', { schema: { hide: true } }, async (request, reply) => {
      request.page = describePage(app, request, reply, await app.portalAgency(request.hostname));
      return reply.page(readable(operationsOf(server.swagger())));
    });
  };
}
