import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import { calendarFeed } from '../areas/requests/index.ts';

/** `/calendar/requests/{secret}.ics`: due dates for the calendar program of a member of staff, who cannot sign in there. */
export const dueFeedRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Params: { file: string } }>('/calendar/requests/:file', async (request, reply) => {
      const token = /^([\w-]{1,64})\.ics$/.exec(request.params.file)?.[1] ?? '';
      const { connection, clock, config } = app;
      const text = await calendarFeed({ db: connection.db, clock, publicUrl: config.publicUrl }, token);
      return reply
        .header('cache-control', 'private, no-store')
        .header('x-robots-tag', 'noindex')
        .header('content-disposition', 'inline; filename="requests.ics"')
        .type('text/calendar; charset=utf-8')
        .send(text);
    });
  };
