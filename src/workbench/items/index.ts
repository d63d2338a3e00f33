import type { App } from '../../app.ts';
import { deskPage, reviewSteps, sentBackDrafts, stateWords } from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, SearchHit, Task } from '../room.ts';
import { actRoutes } from './act-routes.tsx';
import { ITEMS, itemAddress } from './addresses.ts';
import { delegationRoutes } from './delegation-page.tsx';
import { draftRoutes } from './draft-routes.tsx';
import { fileRoutes } from './file-routes.tsx';
import { findingRoutes } from './finding-routes.tsx';
import { interpretationRoutes } from './interpretations-page.tsx';
import { readListQuery } from './list-query.ts';
import { listRoutes } from './list-routes.tsx';

/** 公开信息: writing, reviewing and publishing what is put out. */
export const itemsRoom = (app: App): Room => ({
  key: 'items',
  nav: [{ label: '公开信息', href: ITEMS, icon: 'file-text', group: '主动公开', act: 'catalogue.read' }],
  tasks,
  search,
  routes: async (server) => {
    await server.register(listRoutes(app));
    await server.register(draftRoutes(app));
    await server.register(delegationRoutes(app));
    await server.register(interpretationRoutes(app));
    await server.register(fileRoutes(app));
    await server.register(findingRoutes(app));
    await server.register(actRoutes(app));
  },
});

/** Reviews that wait for this person, urgent publications with the day of theirs; and drafts that came back to him. */
async function tasks(ctx: Ctx): Promise<Task[]> {
  if (!may(ctx.actor, 'catalogue.read')) return [];
  const { filter } = readListQuery((name) => (name === 'group' ? 'to-review' : ''), 'to-review');
  const { rows } = await deskPage(ctx, filter, null);
  const back = await sentBackDrafts(ctx);
  const toReview = rows.map((row) => ({
    title: row.title || '未命名的信息',
    href: itemAddress(row.id),
    verb: row.reviewDueOn
      ? '补审'
      : row.step === 'secrecy'
        ? '登记确定'
        : row.step
          ? reviewSteps[row.step]
          : '审查',
    due: row.reviewDueOn,
    detail: `公开信息，${row.unitName}`,
  }));
  const toCorrect = back.map(({ id, title }) => ({
    title: title || '未命名的信息',
    href: itemAddress(id),
    verb: '修改后送审',
    due: null,
    detail: '公开信息，审查退回',
  }));
  return [...toReview, ...toCorrect];
}

async function search(ctx: Ctx, query: string, limit: number): Promise<SearchHit[]> {
  if (!may(ctx.actor, 'catalogue.read') || query.trim() === '') return [];
  const { filter } = readListQuery((name) => (name === 'q' ? query : ''), 'all');
  const { rows } = await deskPage(ctx, filter, null);
  return rows.slice(0, limit).map((row) => ({
    kind: '公开信息',
    title: row.title || '未命名的信息',
    detail: [row.documentNumber, row.unitName, stateWords(row)].filter((word) => word !== '').join('，'),
    href: itemAddress(row.id),
  }));
}
