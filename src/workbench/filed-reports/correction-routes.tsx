import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addMessage,
  changeDueDate,
  closeCorrection,
  dueProposal,
  type FiledReport,
  filedYears,
  listCorrections,
  openCorrection,
  readCorrection,
  readFiledReport,
} from '../../areas/filed-reports/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { oneOf, staffCtx } from '../request.ts';
import { CORRECTIONS, reportAddress, UNITS } from './addresses.ts';
import { CorrectionListPage, correctionFilters } from './correction-list.tsx';
import { CorrectionsPage, type RefusedForm } from './correction-pages.tsx';
import { pagingOf } from './paging.ts';
import { filedOf, powersOf } from './report-routes.tsx';
import { fieldsOf, idOf, unitAndYear } from './request.ts';

const REPORT = `${UNITS}/:unit/:year`;
const CORRECTIONS_SHOWN = 50;

export const correctionRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const page = async (ctx: Ctx, reply: FastifyReply, filed: FiledReport, refused?: RefusedForm) => {
      const powers = powersOf(ctx);
      return reply.page(
        <CorrectionsPage
          filed={filed}
          powers={powers}
          proposal={powers.ask ? await dueProposal(ctx) : null}
          draft={draftOf(filed)}
          refused={refused}
        />,
        refused ? 422 : 200,
      );
    };

    server.get(CORRECTIONS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const field = fieldsOf(request.query);
      const state = oneOf(correctionFilters, field('state')) ?? 'open';
      const year = /^20\d\d$/.test(field('year')) ? Number(field('year')) : undefined;
      const paging = pagingOf(CORRECTIONS, { state, year }, field('pages'));
      const [{ items, next }, years] = await Promise.all([
        listCorrections(
          ctx,
          { state, ...(year && { year }) },
          { after: paging.after, limit: CORRECTIONS_SHOWN },
        ),
        filedYears(ctx),
      ]);
      return reply.page(
        <CorrectionListPage
          state={state}
          year={year}
          years={years}
          corrections={items}
          previousHref={paging.previousHref}
          nextHref={paging.nextHref(next)}
        />,
      );
    });

    server.get(`${REPORT}/corrections`, async (request, reply) => {
      const { ctx, filed } = await filedOf(app, request);
      return page(ctx, reply, filed);
    });

    server.post(`${REPORT}/corrections`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.ask');
      const { unitId, year } = unitAndYear(request);
      const field = fieldsOf(request.body);
      const given = { text: field('text'), dueOn: field('dueOn') };
      try {
        await openCorrection(ctx, {
          unitId,
          year,
          text: given.text,
          ...(given.dueOn && { dueOn: given.dueOn }),
        });
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const filed = await readFiledReport(ctx, unitId, year);
        return page(ctx, reply, filed, { form: 'ask', given, errors: error.fields });
      }
      reply.flash('success', '已要求更正，期限开始计算。');
      return reply.redirect(reportAddress(unitId, year, '/corrections'), 303);
    });

    const act = async (
      request: FastifyRequest,
      reply: FastifyReply,
      form: Exclude<RefusedForm['form'], 'ask'>,
      done: string,
      work: (ctx: Ctx, id: number, given: (name: string) => string) => Promise<void>,
    ) => {
      const ctx = staffCtx(app, request, 'filed-reports.ask');
      const { correction = '' } = request.params as { correction?: string };
      const id = idOf(correction, '没有找到这次更正。');
      const field = fieldsOf(request.body);
      const { unitId, year } = await readCorrection(ctx, id);
      try {
        await work(ctx, id, field);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const names = ['side', 'byName', 'text', 'remark', 'dueOn', 'reason'];
        const given = Object.fromEntries(names.map((name) => [name, field(name)]));
        const filed = await readFiledReport(ctx, unitId, year);
        return page(ctx, reply, filed, { form, given, errors: error.fields });
      }
      reply.flash('success', done);
      return reply.redirect(reportAddress(unitId, year, '/corrections'), 303);
    };

    server.post(`${CORRECTIONS}/:correction/messages`, (request, reply) =>
      act(request, reply, 'message', '已记入往来。', async (ctx, id, field) => {
        const side = oneOf({ office: true, unit: true }, field('side'));
        if (!side) throw new InvalidForm({ side: '请选择记下的是谁的话。' });
        await addMessage(ctx, id, {
          side,
          text: field('text'),
          ...(side === 'unit' && { byName: field('byName'), answers: field('remark') !== '1' }),
        });
      }),
    );

    server.post(`${CORRECTIONS}/:correction/due-date`, (request, reply) =>
      act(request, reply, 'due', '期限已改。', (ctx, id, field) =>
        changeDueDate(ctx, id, { dueOn: field('dueOn'), reason: field('reason') }),
      ),
    );

    server.post(`${CORRECTIONS}/:correction/closing`, (request, reply) =>
      act(request, reply, 'close', '更正已办结。', (ctx, id, field) =>
        closeCorrection(ctx, id, field('reason')),
      ),
    );
  };

/** The findings confirmed, one a line, as the office would write them. */
function draftOf(filed: FiledReport): string {
  const confirmed = filed.findings.filter(({ judged }) => judged?.judgement === 'confirmed');
  if (confirmed.length === 0) return '';
  const lines = confirmed.map(({ finding, judged }, index) => {
    const note = judged?.note ? `（${judged.note}）` : '';
    return `${index + 1}．${finding.message}${note}`;
  });
  return [
    `经核查，你单位${filed.year}年政府信息公开工作年度报告有以下问题，请更正后重新报送：`,
    ...lines,
  ].join('\n');
}
