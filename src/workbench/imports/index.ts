import type { App } from '../../app.ts';
import { countWaitingImports, waitingImports } from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, Task } from '../room.ts';
import { IMPORTS, importAddress } from './addresses.ts';
import { importRoutes } from './routes.tsx';

/** 历史数据导入: what was public before this program, loaded from a file. */
export const importsRoom = (app: App): Room => ({
  key: 'imports',
  nav: [
    {
      label: '历史数据导入',
      href: IMPORTS,
      icon: 'database-import',
      group: '主动公开',
      act: 'catalogue.import',
      count: ({ db, agencyId }) => countWaitingImports(db, agencyId),
    },
  ],
  tasks,
  routes: importRoutes(app),
});

const LISTED = 50;
const verbs: Readonly<Record<string, string>> = { checked: '确认', stopped: '继续' };

async function tasks({ db, agencyId, actor }: Ctx): Promise<Task[]> {
  if (!may(actor, 'catalogue.import')) return [];
  const waiting = await waitingImports(db, agencyId, LISTED);
  return waiting.map(({ id, state, fileName }) => ({
    title: fileName,
    href: importAddress(id),
    verb: verbs[state] ?? '处理',
    due: null,
    detail: '历史数据导入',
  }));
}
