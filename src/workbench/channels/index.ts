import type { App } from '../../app.ts';
import { waitingPosts } from '../../areas/channels/index.ts';
import type { Room } from '../room.ts';
import { accountRoutes } from './account-routes.tsx';
import { CHANNELS } from './addresses.ts';
import { postRoutes } from './post-routes.tsx';

/** 发布渠道: accounts, posts, and what is still to go out. */
export const channelsRoom = (app: App): Room => ({
  key: 'channels',
  nav: [
    {
      label: '发布渠道',
      href: CHANNELS,
      icon: 'broadcast',
      group: '主动公开',
      act: 'channels.read',
      count: ({ db, agencyId }) => waitingPosts(db, agencyId),
    },
  ],
  routes: async (server) => {
    await server.register(postRoutes(app));
    await server.register(accountRoutes(app));
  },
});
