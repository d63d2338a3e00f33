import type { App } from '../../app.ts';
import type { Room } from '../room.ts';
import { releaseRoutes } from './routes.tsx';

/** 出口检查: reached from the case whose file is to leave. */
export const releasesRoom = (app: App): Room => ({ key: 'releases', nav: [], routes: releaseRoutes(app) });
