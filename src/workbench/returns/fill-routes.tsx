import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { askedFigures } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { demand } from '../../areas/organisations/index.ts';
import {
  EditedMeanwhile,
  isWholeMonth,
  readReturnSheet,
  readUnit,
  saveDraft,
  sheetTemplate,
} from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { readSheet, UnreadableFile, writeXlsx } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { staffCtx } from '../request.ts';
import { FillPage, type FillProps } from './fill.tsx';
import { draftHeadOf, gridInput, gridOf, linesFrom, optionalId, periodOf } from './forms.ts';
import { fillView, yearOfPeriod } from './views.ts';

type Query = Record<string, unknown>;

/** Filling in: the grid, its autosave, the template and the import of a workbook into the grid. */
export function fillRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get('/workbench/returns/fill', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.fill');
      const query = request.query as Query;
      const view = await fillView(app, ctx, optionalId(query.unit), periodOf(query, ctx.clock.today()));
      // One that is under review or settled is read, not filled in; its page says what can be done with it.
      if (view.returnHref && !view.isOpen) return reply.redirect(view.returnHref, 303);
      return reply.page(<FillPage {...view} />);
    });

    server.post('/workbench/returns/fill', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const body = (request.body ?? {}) as Query;
      try {
        const head = draftHeadOf(body);
        const asked = askedFigures(app.figures, yearOfPeriod(head.period));
        const saved = await saveDraft(ctx, asked, { ...head, lines: linesFrom(gridInput(body)) });
        reply.flash('success', '已保存草稿。');
        const href = `/workbench/returns/${saved.id}`;
        return reply.redirect(body.next === 'submission' ? `${href}/submission` : href, 303);
      } catch (error) {
        return showAgain(ctx, body, error, reply);
      }
    });

    /** Autosave: 204, or plain words why the draft was not kept. */
    server.post('/workbench/returns/fill/draft', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const body = (request.body ?? {}) as Query;
      try {
        const head = draftHeadOf(body);
        const asked = askedFigures(app.figures, yearOfPeriod(head.period));
        await saveDraft(ctx, asked, { ...head, lines: linesFrom(gridInput(body)) }, { quiet: true });
        return reply.code(204).send();
      } catch (error) {
        if (error instanceof InvalidForm)
          return reply.code(422).type('text/plain; charset=utf-8').send(error.message);
        if (error instanceof Refusal)
          return reply.code(error.status).type('text/plain; charset=utf-8').send(error.message);
        throw error;
      }
    });

    server.get('/workbench/returns/template.xlsx', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.fill');
      const query = request.query as Query;
      const view = await fillView(app, ctx, optionalId(query.unit), periodOf(query, ctx.clock.today()));
      const month = isWholeMonth(view.period) ? view.period.from.slice(0, 7) : null;
      const template = sheetTemplate(view.form, { unit: view.unit, month }, linesFrom(view.input));
      const name = encodeURIComponent(`${view.unit.name}填报表${month ?? view.period.from}.xlsx`);
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(await writeXlsx([template]));
    });

    server.post('/workbench/returns/import', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.import');
      const query = request.query as Query;
      const view = await fillView(app, ctx, optionalId(query.unit), periodOf(query, ctx.clock.today()));
      try {
        return reply.page(<FillPage {...(await importInto(view, request))} />);
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        return reply.page(<FillPage {...view} errors={{ file: error.message }} />, error.status);
      }
    });

    async function importInto(
      view: FillProps,
      request: Parameters<typeof withUpload>[0],
    ): Promise<FillProps> {
      const options = {
        dir: `${app.config.varDir}/uploads`,
        maxBytes: Math.min(app.config.maxUploadBytes, 10 * 1024 * 1024),
      };
      const unit = await readUnit(staffCtx(app, request), view.unit.id);
      return withUpload(request, options, async ({ files: [file] }) => {
        if (!file) throw new UnreadableFile('empty', '请先选择要导入的文件。');
        const month = isWholeMonth(view.period) ? view.period.from.slice(0, 7) : null;
        const { accepted, rejected } = readReturnSheet(await readSheet(file), view.form, { unit, month });
        const input = new Map([...view.input, ...gridOf(accepted)]);
        return { ...view, input, imported: { name: file.name, accepted, rejected } };
      });
    }

    /** The form again with everything typed kept: faults beside their fields, or what somebody else saved beside ours. */
    async function showAgain(ctx: Ctx, body: Query, error: unknown, reply: FastifyReply) {
      if (!(error instanceof InvalidForm) && !(error instanceof EditedMeanwhile)) throw error;
      const head = draftHeadOf(body);
      const view = await fillView(app, ctx, head.unitId, head.period);
      const input = gridInput(body);
      if (error instanceof EditedMeanwhile) {
        const theirs = new Map(error.lines.map((line) => [line.figure, line]));
        return reply.page(
          <FillPage {...view} input={input} version={error.theirs.version} theirs={theirs} conflict />,
          409,
        );
      }
      return reply.page(
        <FillPage {...view} input={input} version={head.version} desk={head.desk} errors={error.fields} />,
        422,
      );
    }
  };
}
