import type { App } from '../../app.ts';
import {
  filedYears,
  filesApart,
  listCorrections,
  listReportingUnits,
  yearSummaries,
} from '../../areas/filed-reports/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, SearchHit, Task } from '../room.ts';
import { APART, ROOM, reportAddress, withQuery } from './addresses.ts';
import { apartRoutes } from './apart-routes.tsx';
import { checkRoutes } from './check-routes.tsx';
import { correctionRoutes } from './correction-routes.tsx';
import { findingRoutes } from './finding-routes.tsx';
import { overviewRoutes } from './overview-routes.tsx';
import { reportRoutes } from './report-routes.tsx';
import { unitRoutes } from './unit-routes.tsx';
import { uploadRoutes } from './upload-routes.tsx';
import { unitKinds } from './words.ts';
import { yearChoice } from './years.ts';

/** 年报核查: the annual reports of the bodies below, gathered, read and checked; who is missing, what is wrong, until when. */
export const filedReportsRoom = (app: App): Room => ({
  key: 'filed-reports',
  nav: [{ label: '年报核查', href: ROOM, icon: 'file-search', group: '监督', act: 'filed-reports.read' }],
  tasks,
  search,
  routes: async (server) => {
    await server.register(overviewRoutes(app));
    await server.register(uploadRoutes(app));
    await server.register(apartRoutes(app));
    await server.register(findingRoutes(app));
    await server.register(checkRoutes(app));
    await server.register(correctionRoutes(app));
    await server.register(reportRoutes(app));
    await server.register(unitRoutes(app));
  },
});

const TASKS_SHOWN = 20;

/** Corrections past their date or answered, and files that nobody could file by themselves. */
async function tasks(ctx: Ctx): Promise<Task[]> {
  if (!may(ctx.actor, 'filed-reports.ask')) return [];
  const [overdue, answered, unfiled, wrong] = await Promise.all([
    listCorrections(ctx, { state: 'overdue' }, { limit: TASKS_SHOWN }),
    listCorrections(ctx, { state: 'answered' }, { limit: TASKS_SHOWN }),
    filesApart(ctx, 'unfiled', { limit: 1 }),
    wrongReports(ctx),
  ]);
  const late = new Set(overdue.items.map(({ id }) => id));
  return [
    ...overdue.items.map((one) => ({
      title: `${one.unitName} ${one.year}年度报告的更正`,
      href: reportAddress(one.unitId, one.year, '/corrections'),
      verb: one.state === 'answered' ? '复核' : '催办',
      due: one.dueOn,
      detail: one.state === 'answered' ? '单位已答复，已过期限' : '单位没有在期限内更正',
    })),
    ...answered.items
      .filter(({ id }) => !late.has(id))
      .map((one) => ({
        title: `${one.unitName} ${one.year}年度报告的更正`,
        href: reportAddress(one.unitId, one.year, '/corrections'),
        verb: '复核',
        due: one.dueOn,
        detail: '单位已答复或重新报送',
      })),
    ...(unfiled.items.length > 0
      ? [
          {
            title: '有年报文件不知道归到哪个单位',
            href: withQuery(APART, { state: 'unfiled' }),
            verb: '归档',
            due: null,
            detail: '等待指定单位和年度',
          },
        ]
      : []),
    ...wrong,
  ];
}

/** Of the newest year: reports with problems, as long as not all of them are being corrected. */
async function wrongReports(ctx: Ctx): Promise<Task[]> {
  const [year] = await filedYears(ctx);
  if (year === undefined) return [];
  const [summary] = await yearSummaries(ctx, [year]);
  if (!summary || summary.wrong <= summary.corrections) return [];
  const asked = summary.corrections > 0 ? `，已要求更正 ${summary.corrections} 份` : '，还没有要求更正';
  return [
    {
      title: `${year}年度有 ${summary.wrong} 份报告有误`,
      href: withQuery(ROOM, { year, state: 'wrong' }),
      verb: '核查',
      due: null,
      detail: `另有存疑 ${summary.doubtful} 份${asked}`,
    },
  ];
}

async function search(ctx: Ctx, query: string, limit: number): Promise<SearchHit[]> {
  if (!may(ctx.actor, 'filed-reports.read')) return [];
  const asked = /(20\d\d)/.exec(query)?.[1] ?? '';
  const text = query.replace(/20\d\d年?(度)?|年报|报告/g, '').trim();
  if (text === '') return [];
  const [{ items }, { year }] = await Promise.all([
    listReportingUnits(ctx, { search: text }, { limit }),
    yearChoice(ctx, asked),
  ]);
  return items.map((unit) => ({
    kind: '报送单位',
    title: `${unit.name} ${year}年度报告`,
    detail: unitKinds[unit.kind],
    href: reportAddress(unit.id, year),
  }));
}
