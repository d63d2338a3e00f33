import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { demand, findAgencyById } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { databaseFacts } from '../../core/database-facts.ts';
import { transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { anchorsPage, chains, readAnchorFile, record, registerLabels } from '../../ledger/index.ts';
import { staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { missingIdentifiers } from '../site-identifiers.ts';
import { OperationsPage } from './pages.tsx';

registerLabels({
  acts: { 'operations.retry-job': '重试失败的后台任务', 'operations.run-job': '立即运行后台任务' },
  subjects: { job: { label: '后台任务', href: () => OPERATIONS } },
  fields: { retried: '重试次数' },
});

const OPERATIONS = '/workbench/operations';

export const operationsRoom = (app: App): Room => ({
  key: 'operations',
  nav: [{ label: '系统运行', href: OPERATIONS, icon: 'server-cog', group: '管理', act: 'operations.read' }],
  routes: routes(app),
});

const routes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(OPERATIONS, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'operations.read');
      const [jobs, database, anchors, agency] = await Promise.all([
        app.jobs.list(),
        databaseFacts(ctx.db),
        anchorState(app, ctx),
        findAgencyById(ctx.db, ctx.agencyId),
      ]);
      return reply.page(
        <OperationsPage
          jobs={jobs}
          database={database}
          anchors={anchors}
          missing={missingIdentifiers({ ...agency?.site })}
          agencyCode={agency?.code ?? ''}
        />,
      );
    });

    server.post<{ Params: { name: string } }>(`${OPERATIONS}/jobs/:name/retry`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'operations.run');
      const job = await jobNamed(app, request.params.name);
      const retried = await app.jobs.retryFailed(job.name);
      if (retried === 0) throw new Refusal('nothing-failed', `“${job.label}”没有失败的任务，无需重试。`);
      await noteAct(ctx, 'operations.retry-job', job, { retried });
      reply.flash('success', `“${job.label}”的 ${retried} 次失败任务已重新排队。`);
      return reply.redirect(OPERATIONS, 303);
    });

    server.post<{ Params: { name: string } }>(`${OPERATIONS}/jobs/:name/run`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'operations.run');
      const job = await jobNamed(app, request.params.name);
      // Jobs without a schedule are queued by what they serve and need its particulars.
      if (job.schedule === null)
        throw new Refusal('not-scheduled', `“${job.label}”由业务触发，不能单独运行。`);
      await transact(ctx, async (inside) => {
        await app.jobs.enqueue(inside.db, job.name);
        await noteAct(inside, 'operations.run-job', job);
      });
      reply.flash('success', `“${job.label}”已排队，稍后刷新本页查看结果。`);
      return reply.redirect(OPERATIONS, 303);
    });
  };

async function jobNamed(app: App, name: string) {
  const job = (await app.jobs.list()).find((one) => one.name === name);
  if (!job) throw new NotFound('没有这个后台任务');
  return job;
}

async function noteAct(
  ctx: Ctx,
  act: string,
  job: { name: string; label: string },
  after?: object,
): Promise<void> {
  await transact(ctx, (inside) =>
    record(inside, { act, subject: { kind: 'job', id: job.name, label: job.label }, after }),
  );
}

async function anchorState(app: App, ctx: Ctx) {
  const [file, [latest], all] = await Promise.all([
    readAnchorFile(app.config.anchorFile),
    anchorsPage(ctx.db, { limit: 1 }),
    chains(ctx.db),
  ]);
  return {
    path: app.config.anchorFile,
    file,
    latest: latest ?? null,
    acts: all.reduce((sum, { seq }) => sum + seq, 0),
  };
}
