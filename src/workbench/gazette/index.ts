import type { App } from '../../app.ts';
import {
  correctionObstacle,
  issueWords,
  mayMove,
  openIssues,
  waitingErrata,
} from '../../areas/gazette/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, Task } from '../room.ts';
import { actRoutes } from './act-routes.tsx';
import { DESK, issueAddress } from './addresses.ts';
import { composeRoutes } from './compose-routes.tsx';
import { erratumRoutes } from './erratum-routes.tsx';
import { listRoutes } from './list-routes.tsx';

/** 政府公报: issues composed of public items, reviewed, published. */
export const gazetteRoom = (app: App): Room => ({
  key: 'gazette',
  nav: [{ label: '政府公报', href: DESK, icon: 'news', group: '主动公开', act: 'gazette.read' }],
  tasks,
  routes: async (server) => {
    await server.register(listRoutes(app));
    await server.register(composeRoutes(app));
    await server.register(actRoutes(app));
    await server.register(erratumRoutes(app));
  },
});

/** Issues and corrections that wait for this person's review, and issues that may come out. */
async function tasks(ctx: Ctx): Promise<Task[]> {
  const { actor } = ctx;
  if (!may(actor, 'gazette.read') || actor.kind !== 'staff') return [];
  const open = await openIssues(ctx.db, ctx.agencyId);
  const errata = may(actor, 'gazette.review') ? await waitingErrata(ctx.db, ctx.agencyId) : [];
  const corrections = errata.flatMap((erratum): Task[] => {
    const { id, issueId, year, number } = erratum;
    if (year === null || number === null || correctionObstacle(erratum, actor.staffId) !== null) return [];
    const title = `公报更正：${issueWords({ year, number })}`;
    const href = issueAddress(issueId, `/errata/${id}`);
    return [{ title, href, verb: '审核', due: null, detail: '政府公报' }];
  });
  const issues = open.flatMap((issue): Task[] => {
    const task = (verb: string): Task[] => [
      { title: `公报：${issue.name}`, href: issueAddress(issue.id), verb, due: null, detail: '政府公报' },
    ];
    if (mayMove(ctx, 'approve', issue)) return task('审核');
    return mayMove(ctx, 'publish', issue) ? task('出版') : [];
  });
  return [...corrections, ...issues];
}
