import type { App } from '../../app.ts';
import type { Room } from '../room.ts';
import { accountRoutes } from './routes.tsx';

/** One's own account; reached from the menu at the top right, so it has no entry in the navigation. */
export function accountRoom(app: App): Room {
  return { key: 'account', nav: [], routes: accountRoutes(app) };
}
