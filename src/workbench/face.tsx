import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { unreadCount } from '../areas/notifications/index.ts';
import { findAgencyById, may } from '../areas/organisations/index.ts';
import { describePage } from '../describe-page.ts';
import { homeRoutes } from './home.tsx';
import { notificationRoutes } from './notifications.tsx';
import type { Room } from './room.ts';
import { roomsOf } from './rooms.ts';
import { searchRoutes } from './search.tsx';
import { signInRoutes } from './sign-in/index.ts';

const OPEN_PATHS = /^\/workbench\/sign-in(\/|$)/;

/** The staff face: everything below /workbench needs a signed-in member of staff, and every form its token. */
export function workbenchFace(app: App): FastifyPluginAsync {
  const rooms = roomsOf(app);
  return async (server) => {
    server.addHook('onRequest', async (request, reply) => {
      request.staff = await app.accounts.authenticate(request.headers);
      const path = request.url.split('?')[0] ?? '';
      if (!request.staff && !OPEN_PATHS.test(path)) {
        const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
        return reply.redirect(`/workbench/sign-in${next}`, 303);
      }
      await describeDesk(app, rooms, request, reply);
      reply.header('cache-control', 'no-store');
    });
    server.addHook('preValidation', (request, reply, done) => {
      if (request.method === 'GET' || request.method === 'HEAD') return done();
      server.csrfProtection(request, reply, done);
    });
    await server.register(signInRoutes(app));
    await server.register(homeRoutes(app, rooms));
    await server.register(notificationRoutes(app));
    await server.register(searchRoutes(app, rooms));
    for (const room of rooms) await server.register(room.routes);
  };
}

async function describeDesk(
  app: App,
  rooms: readonly Room[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { staff } = request;
  const { db } = app.connection;
  if (!staff) {
    request.page = describePage(app, request, reply, await app.portalAgency(request.hostname));
    return;
  }
  const nav = await Promise.all(
    rooms.flatMap((room) =>
      room.nav
        .filter((item) => may(staff, item.act))
        .map(async ({ count, ...item }) => ({
          key: room.key,
          ...item,
          count: (await count?.({ db, agencyId: staff.agencyId })) || undefined,
        })),
    ),
  );
  const unreadNotifications = await unreadCount(db, staff.agencyId, staff.staffId);
  request.page = describePage(app, request, reply, await findAgencyById(db, staff.agencyId), {
    nav,
    unreadNotifications,
  });
}
