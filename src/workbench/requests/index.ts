import type { App } from '../../app.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  countDisposals,
  countMail,
  everything,
  gramsOf,
  listRequests,
  readSearch,
  requestTasks,
} from '../../areas/requests/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { NavItem, Room, SearchHit, Task } from '../room.ts';
import { caseAddress, DISPOSAL, MAIL, REQUESTS } from './case-addresses.ts';
import { deskRoutes } from './case-routes.tsx';
import { disposalRoutes } from './disposal-routes.tsx';
import { dueCalendarRoutes } from './due-calendar-routes.tsx';
import { exportRoutes } from './export.tsx';
import { loadRoutes } from './load-routes.tsx';
import { mailRoutes } from './mail-routes.tsx';
import { recountRoutes } from './queue-recounts.tsx';
import { queueRoutes } from './queue-routes.tsx';
import { dueWords } from './queue-words.ts';

const mailEntry: NavItem = {
  label: '邮件申请',
  href: MAIL,
  icon: 'mail',
  group: '依申请公开',
  act: 'requests.register',
  count: countMail,
};

/** 依申请公开: what people ask for, what is due, and everything done until it is answered. */
export const requestsRoom = (app: App): Room => ({
  key: 'requests',
  nav: [
    { label: '申请件', href: REQUESTS, icon: 'inbox', group: '依申请公开', act: 'requests.read' },
    ...(app.config.imapUrl === null ? [] : [mailEntry]),
    {
      label: '到期处置',
      href: DISPOSAL,
      icon: 'file-shredder',
      group: '依申请公开',
      act: 'requests.read-disposals',
      count: countDisposals,
    },
  ],
  tasks,
  search,
  routes: async (server) => {
    await server.register(queueRoutes(app));
    await server.register(exportRoutes(app));
    await server.register(dueCalendarRoutes(app));
    await server.register(loadRoutes(app));
    await server.register(recountRoutes(app));
    await server.register(mailRoutes(app));
    await server.register(disposalRoutes(app));
    await server.register(deskRoutes(app));
  },
});

async function tasks(ctx: Ctx): Promise<Task[]> {
  const today = ctx.clock.today().toString();
  const found = await requestTasks(ctx);
  const ofCases = found.map(({ verb, request }) => ({
    title: request.title,
    href: caseAddress(request.id),
    verb,
    due: request.dueOn,
    // None has passed on the days off right after the limit.
    ...(request.daysLeft !== null && request.daysLeft !== 0 && { workingDays: request.daysLeft }),
    detail: `申请 ${request.number}${request.dueOn === null ? `，${dueWords(request, today).words}` : ''}`,
  }));
  return [...ofCases, ...(await tasksBesideCases(ctx))];
}

/** Letters nobody looked at, and lists of disposal that wait for approval. */
async function tasksBesideCases(ctx: Ctx): Promise<Task[]> {
  const task = (title: string, href: string, verb: string, detail: string): Task[] => [
    { title, href, verb, due: null, detail },
  ];
  const letters = may(ctx.actor, 'requests.register') ? await countMail(ctx) : 0;
  const lists = may(ctx.actor, 'requests.approve-disposal') ? await countDisposals(ctx) : 0;
  return [
    ...(letters > 0 ? task(`${letters} 封邮件`, MAIL, '辨认', '申请邮箱收到，还没有登记') : []),
    ...(lists > 0 ? task(`${lists} 份处置清单`, `${DISPOSAL}/lists`, '审批', '保管期满，批准后销毁') : []),
  ];
}

async function search(ctx: Ctx, query: string, limit: number): Promise<SearchHit[]> {
  if (!may(ctx.actor, 'requests.read')) return [];
  const found = readSearch(query, ctx.clock.today().year, gramsOf);
  if (found === null) return [];
  const { items } = await listRequests(ctx, { ...everything, search: found }, { limit });
  const today = ctx.clock.today().toString();
  return items.map((request) => ({
    kind: '申请',
    title: request.title,
    detail: `${request.number}，${dueWords(request, today).words}`,
    href: caseAddress(request.id),
  }));
}
