import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import {
  type DutyPlace,
  type DutyQuery,
  dutiesByUnit,
  dutyOf,
  dutyPage,
  explainDuty,
  exportDuties,
  type KeptBackPlace,
  type KeptBackQuery,
  keptBackPage,
  readKeptBack,
  reassessItem,
  reassessmentsDue,
} from '../../areas/catalogue/index.ts';
import { listStaff, listUnits } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, CSV } from '../../core/download.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { parseDay } from '../../law/index.ts';
import { idIn, itemCtx, numberOrNull, postedIn, queryOf, wordsOf } from '../items/request.ts';
import { type Errors, type Given, oneOf } from '../request.ts';
import { DUTIES, REASSESSMENTS, reassessmentAddress } from './addresses.ts';
import { DutiesPage } from './duties-page.tsx';
import { DutyPage } from './duty-page.tsx';
import { KeptBackPage, ReassessmentPage } from './reassessment-pages.tsx';

/** Years that what was published late can be looked at. */
const YEARS = 10;
const views = { late: 1, soon: 1, running: 1, 'published-late': 1 } as const;

function readDuties(given: Given, thisYear: number): { query: DutyQuery; after: DutyPlace | null } {
  const [on = '', item = '', version = ''] = given('after').split('_');
  const [itemId, number] = [numberOrNull(item), numberOrNull(version)];
  const year = /^(19|20)\d\d$/.test(given('year')) ? Number(given('year')) : thisYear;
  return {
    query: {
      view: oneOf(views, given('view')) ?? 'late',
      unitId: numberOrNull(given('unit')),
      authorId: numberOrNull(given('author')),
      year,
    },
    after:
      parseDay(on) !== null && itemId !== null && number !== null ? { on, itemId, version: number } : null,
  };
}

function readKept(given: Given): { query: KeptBackQuery; after: KeptBackPlace | null } {
  const [dueOn = '', item = ''] = given('after').split('_');
  const itemId = numberOrNull(item);
  return {
    query: { due: given('all') !== '1', unitId: numberOrNull(given('unit')) },
    after: parseDay(dueOn) !== null && itemId !== null ? { dueOn, itemId } : null,
  };
}

/** 公开期限和评估: lists of limits, how one was counted, assessments of what is not public. */
export const dutyRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(DUTIES, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const thisYear = ctx.clock.today().year;
      const { query, after } = readDuties(queryOf(request), thisYear);
      const [page, counts, units, authors, reassessments] = await Promise.all([
        dutyPage(ctx, query, after),
        dutiesByUnit(ctx, query.year),
        listUnits(ctx.db, ctx.agencyId),
        authorsOf(ctx),
        reassessmentsDue(ctx),
      ]);
      const years = Array.from({ length: YEARS }, (_, index) => thisYear - index);
      if (!years.includes(query.year)) years.push(query.year);
      return reply.page(
        <DutiesPage
          {...page}
          {...{ query, counts, units, authors, years, reassessments }}
          first={after === null}
        />,
      );
    });

    server.get(`${DUTIES}/export.csv`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { query } = readDuties(queryOf(request), ctx.clock.today().year);
      return asDownload(reply, '主动公开期限.csv', CSV).send(await exportDuties(ctx, query));
    });

    server.get(`${DUTIES}/:id/versions/:version`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const duty = await dutyOf(ctx, idIn(request, 'id'), idIn(request, 'version'));
      if (!duty) throw new NotFound('这个版本没有公开期限：不属于主动公开，或者还没有填写生成日期。');
      const calendar = await currentCalendar(ctx.db, ctx.agencyId);
      const explained = explainDuty(duty.startOn, calendar.numbers);
      return reply.page(<DutyPage duty={duty} explained={explained} today={ctx.clock.today().toString()} />);
    });

    server.get(REASSESSMENTS, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { query, after } = readKept(queryOf(request));
      const [page, units] = await Promise.all([
        keptBackPage(ctx, query, after),
        listUnits(ctx.db, ctx.agencyId),
      ]);
      const today = ctx.clock.today().toString();
      return reply.page(<KeptBackPage {...page} {...{ query, units, today }} first={after === null} />);
    });

    const show = async (
      request: FastifyRequest,
      reply: FastifyReply,
      refused?: { given: Given; errors: Errors },
    ) => {
      const read = await readKeptBack(itemCtx(app, request), idIn(request, 'id'));
      return reply.page(<ReassessmentPage {...read} {...refused} />, refused ? 422 : 200);
    };
    server.get(`${REASSESSMENTS}/:id`, (request, reply) => show(request, reply));
    server.post(`${REASSESSMENTS}/:id`, async (request, reply) => {
      const id = idIn(request, 'id');
      const { given } = postedIn(request);
      try {
        await reassessItem(itemCtx(app, request), id, {
          result: given('result'),
          reason: given('reason'),
          nextOn: given('nextOn'),
        });
        reply.flash('success', '已记录评估结果。');
      } catch (error) {
        if (error instanceof InvalidForm) return show(request, reply, { given, errors: error.fields });
        reply.flash('danger', wordsOf(error).slice(0, 400));
      }
      return reply.redirect(reassessmentAddress(id), 303);
    });
  };

/** People who write, for the filter. */
async function authorsOf(ctx: Ctx) {
  const writers = ['publisher', 'unit-head', 'disclosure-officer'];
  return (await listStaff(ctx.db, ctx.agencyId, { on: ctx.clock.today().toString() })).filter(({ roles }) =>
    roles.some(({ role }) => writers.includes(role)),
  );
}
