import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  checkOff,
  compareVersions,
  compileReport,
  correctReport,
  crosswalksInWords,
  explainFinding,
  findingKey,
  findVersion,
  openReport,
  publishReport,
  reviewReport,
  saveFoot,
  signReport,
  versionsOf,
} from '../../annual-report/index.ts';
import { isRenderable, renderers } from '../../annual-report/render/index.ts';
import type { App } from '../../app.ts';
import { demand, may, subordinatesOf } from '../../areas/organisations/index.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { actsOf } from '../../ledger/index.ts';
import { DrawerContent } from '../../ui/index.ts';
import { staffCtx } from '../request.ts';
import { CellEvidence } from './cell.tsx';
import { Changes, LaterNotice, LaterNoticePlace } from './changes.tsx';
import { ReportConfirm } from './confirm.tsx';
import { CrosswalkDesk } from './crosswalk.tsx';
import { demandForm, deskFor, mayEdit, reportCtx, yearOf } from './desk-request.ts';
import { Findings } from './findings.tsx';
import { ReportFrame } from './frame.tsx';
import { ReportList } from './list.tsx';
import { Reviews } from './reviews.tsx';
import { ReportTables } from './sheet.tsx';
import { VersionComparison, Versions } from './versions.tsx';
import { cellView, changesOf, laterChangesOf, listedReports, openableYears } from './views.ts';

const reviewForm = z.object({
  kind: z.enum(['content', 'secrecy']),
  result: z.enum(['pass', 'fail'], '请选择审核结果。'),
  comment: z.string().max(2000, '审核意见最多 2000 字。').default(''),
});

export function reportRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const base = (request: FastifyRequest) => `/workbench/reports/${yearOf(request)}`;
    const deskOf = (request: FastifyRequest) => deskFor(app, request);

    const list = async (request: FastifyRequest, errors?: Record<string, string>) => {
      const ctx = reportCtx(app, request);
      demand(ctx.actor, 'reports.read');
      const reports = await listedReports(ctx);
      return (
        <ReportList
          reports={reports}
          openable={openableYears(
            ctx.clock.today().year,
            reports.map(({ year }) => year),
          )}
          mayOpen={may(ctx.actor, 'reports.compile')}
          hasSubordinates={(await subordinatesOf(ctx.db, ctx.agencyId)).length > 0}
          errors={errors}
        />
      );
    };

    server.get('/workbench/reports', async (request, reply) => reply.page(await list(request)));

    server.get('/workbench/reports/crosswalk', async (request, reply) => {
      demand(reportCtx(app, request).actor, 'reports.read');
      return reply.page(<CrosswalkDesk crosswalks={crosswalksInWords()} />);
    });

    server.post('/workbench/reports', async (request, reply) => {
      const form = z
        .object({ year: z.coerce.number().int(), consolidated: z.literal('yes').optional() })
        .safeParse(request.body);
      const ctx = reportCtx(app, request);
      const thisYear = ctx.clock.today().year;
      if (!form.success || !openableYears(thisYear, []).includes(form.data.year)) {
        return reply.page(await list(request, { year: '请选择一个可以编制的报告年度。' }), 422);
      }
      await openReport(ctx, form.data.year, {
        consolidated: form.data.consolidated === 'yes',
      });
      return reply.redirect(`/workbench/reports/${form.data.year}`, 303);
    });

    server.get('/workbench/reports/:year', async (request, reply) => {
      const desk = await deskOf(request);
      return reply.page(
        <ReportFrame desk={desk} view="table">
          <LaterNoticePlace desk={desk} />
          <ReportTables desk={desk} />
        </ReportFrame>,
      );
    });

    // Apart from the page, which need not wait until a year is counted anew.
    server.get('/workbench/reports/:year/later-notice', async (request, reply) => {
      const desk = await deskOf(request);
      const later = await laterChangesOf(reportCtx(app, request), desk);
      return reply.fragment(<LaterNotice desk={desk} later={later} />);
    });

    server.post('/workbench/reports/:year/compile', async (request, reply) => {
      const { number, changed, tookMs } = await compileReport(reportCtx(app, request), yearOf(request));
      reply.flash(
        'success',
        `第 ${number} 次汇编完成，用时 ${tookMs} 毫秒，${number === 1 ? '每个数字都可以点开查看依据' : changed === 0 ? '与上一次一致' : `${changed} 格有变动`}。`,
      );
      return reply.redirect(number > 1 && changed > 0 ? `${base(request)}/changes` : base(request), 303);
    });

    server.get<{ Params: { table: string; row: string; column: string }; Querystring: { after?: string } }>(
      '/workbench/reports/:year/cells/:table/:row/:column',
      async (request, reply) => {
        const desk = await deskOf(request);
        const view = await cellView(
          reportCtx(app, request),
          desk,
          request.params,
          request.query.after ?? null,
        );
        const title = `${view.code} ${view.name}`;
        if (request.headers['hx-request']) {
          return reply.fragment(
            <DrawerContent title={title} href={request.url}>
              <CellEvidence {...view} />
            </DrawerContent>,
          );
        }
        return reply.page(
          <ReportFrame desk={desk} view="table" title={title}>
            <CellEvidence {...view} />
          </ReportFrame>,
        );
      },
    );

    server.get('/workbench/reports/:year/findings', async (request, reply) => {
      const desk = await deskOf(request);
      return reply.page(<Findings desk={desk} mayExplain={mayEdit(app, request, desk)} />);
    });

    server.post('/workbench/reports/:year/explanations', async (request, reply) => {
      const form = demandForm(
        z.object({ finding: z.string().max(500), explanation: z.string().default('') }),
        request.body,
      );
      const desk = await deskOf(request);
      if (!desk.report.findings.some((finding) => findingKey(finding) === form.finding))
        throw new NotFound('这处问题已经不存在，请重新打开“核对”页。');
      try {
        await explainFinding(reportCtx(app, request), yearOf(request), form.finding, form.explanation);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(
          <Findings desk={desk} mayExplain errors={error.fields} failedKey={form.finding} />,
          422,
        );
      }
      reply.flash('success', '说明已保存，将印在统计表下方。');
      return reply.redirect(`${base(request)}/findings`, 303);
    });

    server.post('/workbench/reports/:year/check', async (request, reply) => {
      await checkOff(reportCtx(app, request), yearOf(request));
      reply.flash('success', '已核对通过，等待内容审核和保密审查。');
      return reply.redirect(`${base(request)}/reviews`, 303);
    });

    server.get('/workbench/reports/:year/changes', async (request, reply) => {
      const desk = await deskOf(request);
      const ctx = reportCtx(app, request);
      return reply.page(
        <Changes desk={desk} changes={await changesOf(ctx, desk)} later={await laterChangesOf(ctx, desk)} />,
      );
    });

    server.get('/workbench/reports/:year/reviews', async (request, reply) =>
      reply.page(<Reviews desk={await deskOf(request)} />),
    );

    server.post('/workbench/reports/:year/reviews', async (request, reply) => {
      try {
        const form = demandForm(reviewForm, request.body);
        await reviewReport(reportCtx(app, request), yearOf(request), form);
        reply.flash('success', form.result === 'pass' ? '审核结果已提交。' : '已退回修改。');
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const failedKind = z.object({ kind: z.string() }).safeParse(request.body).data?.kind;
        return reply.page(
          <Reviews desk={await deskOf(request)} errors={error.fields} failedKind={failedKind} />,
          422,
        );
      }
      return reply.redirect(`${base(request)}/reviews`, 303);
    });

    server.post('/workbench/reports/:year/foot', async (request, reply) => {
      const desk = await deskOf(request);
      const labels = desk.report.foot.map(({ label }) => label);
      const body = demandForm(z.record(z.string(), z.string()), request.body);
      const foot = Object.fromEntries(labels.map((label) => [label, (body[label] ?? '').trim()]));
      try {
        await saveFoot(reportCtx(app, request), yearOf(request), foot);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(<Reviews desk={desk} errors={error.fields} />, 422);
      }
      reply.flash('success', '落款已保存。');
      return reply.redirect(`${base(request)}/reviews`, 303);
    });

    for (const step of ['signature', 'publication', 'correction'] as const) {
      server.get(`/workbench/reports/:year/${step}`, async (request, reply) =>
        reply.page(<ReportConfirm desk={await deskOf(request)} step={step} />),
      );
    }

    server.post('/workbench/reports/:year/signature', async (request, reply) => {
      const { version, digest } = await signReport(reportCtx(app, request), yearOf(request));
      reply.flash('success', `第 ${version} 版已签发,SM3 摘要 ${digest.slice(0, 16)}…`);
      return reply.redirect(`${base(request)}/versions`, 303);
    });

    server.post('/workbench/reports/:year/publication', async (request, reply) => {
      await publishReport({ ...reportCtx(app, request), jobs: app.jobs }, yearOf(request));
      reply.flash('success', '报告已发布，公众现在可以查看和下载。');
      return reply.redirect(base(request), 303);
    });

    server.post('/workbench/reports/:year/correction', async (request, reply) => {
      const reason = demandForm(z.object({ reason: z.string().default('') }), request.body).reason;
      try {
        await correctReport(reportCtx(app, request), yearOf(request), reason);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(
          <ReportConfirm
            desk={await deskOf(request)}
            step="correction"
            errors={error.fields}
            reason={reason}
          />,
          422,
        );
      }
      reply.flash('success', '已开始编制更正版。');
      return reply.redirect(base(request), 303);
    });

    server.get('/workbench/reports/:year/versions', async (request, reply) => {
      const desk = await deskOf(request);
      const { db, agencyId } = staffCtx(app, request);
      return reply.page(
        <Versions
          desk={desk}
          versions={await versionsOf(db, agencyId, desk.row.id)}
          acts={await actsOf(db, agencyId, 'report', desk.row.id)}
        />,
      );
    });

    server.get<{ Params: { version: string } }>(
      '/workbench/reports/:year/versions/:version',
      async (request, reply) => {
        const desk = await deskOf(request);
        const { db, agencyId } = staffCtx(app, request);
        const number = Number(request.params.version);
        const [after, before] = await Promise.all(
          [number, number - 1].map((n) => findVersion(db, agencyId, desk.row.id, n)),
        );
        if (!after || !before) throw new NotFound('没有可比较的版本。');
        return reply.page(
          <VersionComparison
            desk={desk}
            version={number}
            reason={after.reason}
            difference={compareVersions(before.snapshot, after.snapshot)}
          />,
        );
      },
    );

    server.get<{ Params: { kind: string } }>(
      '/workbench/reports/:year/preview.:kind',
      async (request, reply) => {
        const { kind } = request.params;
        if (!isRenderable(kind)) throw new NotFound('没有这种文件格式。');
        const { report } = await deskOf(request);
        return reply
          .header(
            'content-disposition',
            `attachment; filename*=UTF-8''${encodeURIComponent(`${report.title}(预览).${kind}`)}`,
          )
          .type(renderers[kind].mime)
          .send(await app.rendering.render(report, kind));
      },
    );
  };
}
