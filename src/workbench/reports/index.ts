import {
  findReport,
  listReports,
  type Move,
  moves,
  obstacle,
  statusLabels,
} from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { registerLabels } from '../../ledger/index.ts';
import type { Room, Task } from '../room.ts';
import { chapterRoutes } from './chapter-routes.tsx';
import { reportRoutes } from './routes.tsx';

registerLabels({
  acts: {
    'reports.open': '开始编制年度报告',
    'reports.compile': '汇编年度报告数据',
    'reports.edit': '修改年度报告文字',
    'reports.explain': '说明勾稽差异',
    'reports.check': '核对通过',
    'reports.review-content': '内容审核',
    'reports.review-secrecy': '保密审查',
    'reports.sign': '签发年度报告',
    'reports.publish': '发布年度报告',
    'reports.correct': '开始更正年度报告',
  },
  subjects: { report: { label: '年度报告' } },
});

/** Which step each status waits for. */
const waiting: Partial<Record<string, Move[]>> = {
  draft: ['check'],
  checked: ['review-content', 'review-secrecy'],
  reviewed: ['sign'],
  signed: ['publish'],
};

export function reportsRoom(app: App): Room {
  return {
    key: 'reports',
    nav: [
      {
        label: '年度报告',
        href: '/workbench/reports',
        icon: 'report',
        group: '年度报告',
        act: 'reports.read',
      },
      {
        label: '格式对照',
        href: '/workbench/reports/crosswalk',
        icon: 'arrows-diff',
        group: '年度报告',
        act: 'reports.read',
      },
    ],
    tasks: reportTasks,
    search: async (ctx, query, limit) => {
      if (!may(ctx.actor, 'reports.read')) return [];
      const year = Number(/\b(20\d\d)\b/.exec(query)?.[1]);
      const found = year ? await findReport(ctx.db, ctx.agencyId, year) : undefined;
      const rows = found
        ? [found]
        : '年度报告'.includes(query) || query.includes('年报')
          ? await listReports(ctx.db, ctx.agencyId)
          : [];
      return rows.slice(0, limit).map((row) => ({
        kind: '年度报告',
        title: `${row.year}年度报告`,
        detail: statusLabels[row.status],
        href: `/workbench/reports/${row.year}`,
      }));
    },
    routes: async (server) => {
      await server.register(reportRoutes(app));
      await server.register(chapterRoutes(app));
    },
  };
}

/** What the report asks of this person now. */
async function reportTasks(ctx: Ctx): Promise<Task[]> {
  const reports = (await listReports(ctx.db, ctx.agencyId)).filter(({ status }) => status !== 'published');
  return reports.flatMap((report) =>
    (waiting[report.status] ?? [])
      .filter((move) => may(ctx.actor, moves[move].act))
      .filter(
        (move) =>
          obstacle(
            move,
            { status: report.status, compiled: true, unexplainedErrors: 0, sentBack: false, authors: [] },
            null,
          ) === null,
      )
      .map((move) => ({
        title: `${report.year}年度报告`,
        href: `/workbench/reports/${report.year}`,
        verb: moves[move].label,
        due: `${report.year + 1}-01-31`,
        detail: statusLabels[report.status],
      })),
  );
}
