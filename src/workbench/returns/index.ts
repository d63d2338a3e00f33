import type { App } from '../../app.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  listReturns,
  monthPeriod,
  owedReturns,
  ownUnitOnly,
  periodName,
  reviewQueue,
  statuses,
  unfinishedReturns,
} from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, SearchHit, Task } from '../room.ts';
import { deskRoutes } from './desk-routes.tsx';
import { fillRoutes } from './fill-routes.tsx';
import { returnRoutes } from './return-routes.tsx';

/** 数据填报: units fill in, the disclosure officer reviews, accepted figures reach the report. */
export function returnsRoom(app: App): Room {
  return {
    key: 'returns',
    nav: [
      {
        label: '数据填报',
        href: '/workbench/returns',
        icon: 'table',
        group: '填报与台账',
        act: 'returns.read',
      },
    ],
    tasks,
    search,
    routes: async (server) => {
      await server.register(fillRoutes(app));
      await server.register(deskRoutes(app));
      await server.register(returnRoutes(app));
    },
  };
}

const TASKS_SHOWN = 50;

async function tasks(ctx: Ctx): Promise<Task[]> {
  return [...(await fillTasks(ctx)), ...(await reviewTasks(ctx))].sort((a, b) =>
    (a.due ?? '9').localeCompare(b.due ?? '9'),
  );
}

async function fillTasks(ctx: Ctx): Promise<Task[]> {
  const { actor } = ctx;
  if (actor.kind !== 'staff' || actor.unitId === null || !may(actor, 'returns.fill')) return [];
  const { year } = ctx.clock.today();
  const owed = [
    ...(await owedReturns(ctx, year - 1, actor.unitId)),
    ...(await owedReturns(ctx, year, actor.unitId)),
  ].slice(0, TASKS_SHOWN);
  const months = owed.map(({ unit, month, due, begun }) => ({
    title: `${unit.name} ${periodName(monthPeriod(month))}填报`,
    href:
      begun?.status === 'returned'
        ? `/workbench/returns/${begun.id}`
        : `/workbench/returns/fill?unit=${unit.id}&month=${month}`,
    verb: begun?.status === 'returned' ? '修改' : '填报',
    due,
    detail:
      begun?.status === 'returned'
        ? `退回理由：${begun.reason}`
        : begun
          ? '已有草稿，还没有报送'
          : '还没有填写',
  }));
  const listed = new Set(owed.flatMap(({ begun }) => (begun ? [begun.id] : [])));
  const others = (await unfinishedReturns(ctx)).filter(({ id }) => !listed.has(id));
  return [
    ...months,
    ...others.map((item) => ({
      title: `${item.unitName} ${periodName(item)}填报`,
      href: `/workbench/returns/${item.id}`,
      verb: item.status === 'returned' ? '修改' : '填报',
      due: null,
      detail: item.status === 'returned' ? `退回理由：${item.reason}` : '草稿还没有报送',
    })),
  ];
}

async function reviewTasks(ctx: Ctx): Promise<Task[]> {
  const { actor } = ctx;
  if (actor.kind !== 'staff' || !may(actor, 'returns.review')) return [];
  const waiting = await reviewQueue(ctx.db, ctx.agencyId, TASKS_SHOWN);
  return waiting
    .filter(({ hands }) => !hands.includes(actor.staffId))
    .map((item) => ({
      title: `${item.unitName} ${periodName(item)}填报`,
      href: `/workbench/returns/${item.id}`,
      verb: '审核',
      due: null,
      detail: `${item.submittedBy ?? '单位'}报送，${item.lineCount} 项指标`,
    }));
}

async function search(ctx: Ctx, query: string, limit: number): Promise<SearchHit[]> {
  if (!may(ctx.actor, 'returns.read')) return [];
  const year = /(20\d\d)/.exec(query)?.[1];
  const text = query.replace(/20\d\d年?|填报/g, '').trim();
  const bound = ownUnitOnly(ctx);
  const found = await listReturns(ctx.db, ctx.agencyId, {
    ...(text === '' ? {} : { text }),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(bound === null ? {} : { unitId: bound }),
    limit,
  });
  return found.map((item) => ({
    kind: '数据填报',
    title: `${item.unitName} ${periodName(item)}填报`,
    detail: `${statuses[item.status].label},${item.lineCount} 项指标`,
    href: `/workbench/returns/${item.id}`,
  }));
}
