import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import { may } from '../areas/organisations/index.ts';
import { staffCtx } from './request.ts';
import type { Room, Task } from './room.ts';
import { missingIdentifiers } from './site-identifiers.ts';
import { TasksPage } from './tasks-page.tsx';

/** What is mine today, what is late, what waits for my signature; nothing else. */
export const homeRoutes =
  (app: App, rooms: readonly Room[]): FastifyPluginAsync =>
  async (server) => {
    server.get('/workbench', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const lists = await Promise.all(rooms.map((room) => room.tasks?.(ctx) ?? []));
      const tasks: Task[] = lists.flat();
      const page = request.page;
      if (page && may(ctx.actor, 'organisations.write')) {
        const missing = missingIdentifiers(page.agency.site);
        if (missing.length > 0) {
          tasks.push({
            verb: '补充',
            title: '门户页脚的网站标识不全',
            detail: `还缺${missing.join('、')}；补充前门户不显示这些内容`,
            href: `/workbench/agencies/${page.agency.code}`,
            due: null,
          });
        }
      }
      return reply.page(<TasksPage tasks={tasks} />);
    });
  };
