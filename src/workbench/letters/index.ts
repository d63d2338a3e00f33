import type { App } from '../../app.ts';
import type { Room } from '../room.ts';
import { LETTERS } from './addresses.ts';
import { registerRoutes } from './register-routes.tsx';
import { settingsRoutes } from './settings-routes.tsx';
import { templateRoutes } from './template-routes.tsx';

/** 文书: the register of numbers, the wordings, how letters are numbered and closed. */
export const lettersRoom = (app: App): Room => ({
  key: 'letters',
  nav: [{ label: '文书', href: LETTERS, icon: 'certificate', group: '依申请公开', act: 'letters.list' }],
  routes: async (server) => {
    await server.register(registerRoutes(app));
    await server.register(templateRoutes(app));
    await server.register(settingsRoutes(app));
  },
});
