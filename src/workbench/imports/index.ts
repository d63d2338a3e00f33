import type { App } from '../../app.ts';
import { listImports, waitingImports } from '../../areas/catalogue/index.ts';
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
      count: ({ db, agencyId }) => waitingImports(db, agencyId),
    },
  ],
  tasks,
  routes: importRoutes(app),
});

const LOOKED_AT = 50;
const verbs = { checked: '确认', stopped: '继续', failed: '处理' } as const;

async function tasks({ db, agencyId, actor }: Ctx): Promise<Task[]> {
  if (!may(actor, 'catalogue.import')) return [];
  const imports = await listImports(db, agencyId, null, LOOKED_AT);
  return imports.flatMap(({ id, state, fileName, bytes }) =>
    bytes === null || !(state === 'checked' || state === 'stopped' || state === 'failed')
      ? []
      : [
          {
            title: fileName,
            href: importAddress(id),
            verb: verbs[state],
            due: null,
            detail: '历史数据导入',
          },
        ],
  );
}
