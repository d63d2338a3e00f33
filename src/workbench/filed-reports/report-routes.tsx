import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  childReports,
  compareWithLastYear,
  type FiledReport,
  filedReportActs,
  judgeFinding,
  readAgain,
  readFiledFile,
  readFiledReport,
  recheckReport,
} from '../../areas/filed-reports/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { oneOf, staffCtx } from '../request.ts';
import { ROOM, reportAddress, UNITS } from './addresses.ts';
import { ChildrenPage } from './children.tsx';
import type { RefusedJudgement } from './finding-rail.tsx';
import { LastYearPage } from './last-year.tsx';
import { ReportPage } from './report.tsx';
import type { Powers } from './report-frame.tsx';
import { fieldsOf, idOf, unitAndYear } from './request.ts';
import { VersionsPage } from './versions.tsx';
import { judgements } from './words.ts';

const REPORT = `${UNITS}/:unit/:year`;

export const powersOf = (ctx: Ctx): Powers => ({
  file: may(ctx.actor, 'filed-reports.file'),
  judge: may(ctx.actor, 'filed-reports.judge'),
  ask: may(ctx.actor, 'filed-reports.ask'),
});

/** The report an address names, with who asks for it. */
export async function filedOf(
  app: App,
  request: FastifyRequest,
): Promise<{ ctx: Ctx; filed: FiledReport; powers: Powers }> {
  const ctx = staffCtx(app, request, 'filed-reports.read');
  const { unitId, year } = unitAndYear(request);
  const version = fieldsOf(request.query)('version');
  const filed = await readFiledReport(
    ctx,
    unitId,
    year,
    ...(version === '' ? [] : [idOf(version, '没有这一版。')]),
  );
  return { ctx, filed, powers: powersOf(ctx) };
}

export const reportRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const page = async (
      request: FastifyRequest,
      reply: FastifyReply,
      opened: string | null,
      refused?: RefusedJudgement,
    ) => {
      const { ctx, filed, powers } = await filedOf(app, request);
      const tookMs = filed.shown ? (await readFiledFile(ctx, filed.shown.fileId)).tookMs : null;
      const view = (
        <ReportPage filed={filed} powers={powers} opened={opened} tookMs={tookMs} refused={refused} />
      );
      return reply.page(view, refused ? 422 : 200);
    };

    server.get(REPORT, async (request, reply) => {
      const finding = fieldsOf(request.query)('finding');
      return page(request, reply, /^[0-9a-f]{32}$/.test(finding) ? finding : null);
    });

    server.get(`${REPORT}/last-year`, async (request, reply) => {
      const { ctx, filed, powers } = await filedOf(app, request);
      const texts = await compareWithLastYear(ctx, filed.unit.id, filed.year);
      return reply.page(<LastYearPage filed={filed} powers={powers} texts={texts} />);
    });

    server.get(`${REPORT}/children`, async (request, reply) => {
      const { ctx, filed, powers } = await filedOf(app, request);
      const below = await childReports(ctx, filed.unit.id, filed.year);
      return reply.page(<ChildrenPage filed={filed} powers={powers} below={below} />);
    });

    server.get(`${REPORT}/versions`, async (request, reply) => {
      const { ctx, filed, powers } = await filedOf(app, request);
      const acts = await filedReportActs(ctx, filed.unit.id, filed.year);
      return reply.page(<VersionsPage filed={filed} powers={powers} acts={acts} />);
    });

    server.post(`${REPORT}/judgements`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.judge');
      const { unitId, year } = unitAndYear(request);
      const field = fieldsOf(request.body);
      const [key, note] = [field('finding'), field('note')];
      const withdrawn = field('withdraw') !== '';
      const judgement = oneOf(judgements, field('judgement'));
      try {
        if (!withdrawn && !judgement) throw new InvalidForm({ judgement: '请选择属实、不成立或已说明。' });
        await judgeFinding(ctx, { unitId, year, key }, { judgement: withdrawn ? null : judgement!, note });
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return page(request, reply, key, {
          key,
          judgement: field('judgement'),
          note,
          errors: error.fields,
        });
      }
      reply.flash('success', withdrawn ? '认定已撤回。' : `已认定为“${judgements[judgement!].label}”。`);
      return reply.redirect(`${reportAddress(unitId, year)}?finding=${key}#finding-${key}`, 303);
    });

    server.post(`${REPORT}/check`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const { unitId, year } = unitAndYear(request);
      await recheckReport(ctx, unitId, year);
      reply.flash('success', '已重新核查。');
      return reply.redirect(reportAddress(unitId, year), 303);
    });

    server.post(`${REPORT}/reading`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const { unitId, year } = unitAndYear(request);
      const { shown } = await readFiledReport(ctx, unitId, year);
      if (!shown) throw new NotFound('没有可以重新读取的版本。');
      await readAgain(ctx, app, shown.fileId);
      reply.flash('success', '已排队重新读取，稍后刷新查看。');
      return reply.redirect(reportAddress(unitId, year), 303);
    });

    server.get(`${ROOM}/files/:file/content`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const { file = '' } = request.params as { file?: string };
      const found = await readFiledFile(ctx, idOf(file, '没有找到这个文件。'));
      const { content } = await app.files.stream(found.digest);
      // A published page may hold scripts: it is always saved, never shown under this site's address.
      return asDownload(reply, found.name, 'application/octet-stream').send(content);
    });
  };
