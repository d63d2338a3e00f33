import type { App } from '../../app.ts';
import type { Room } from '../room.ts';
import { REDACTIONS } from './addresses.ts';
import { redactionRoutes } from './routes.tsx';

/** 区分处理: files disclosed in part, their original sealed. */
export const redactionsRoom = (app: App): Room => ({
  key: 'redactions',
  nav: [
    { label: '区分处理', href: REDACTIONS, icon: 'marquee', group: '依申请公开', act: 'requests.redact' },
  ],
  routes: redactionRoutes(app),
});
