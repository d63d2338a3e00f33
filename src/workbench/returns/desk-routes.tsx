import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { demand, listUnits, may } from '../../areas/organisations/index.ts';
import {
  acceptReturns,
  exportLines,
  moverOf,
  obstacle,
  owedReturns,
  ownUnitOnly,
  previewAcceptance,
  remindUnit,
  returnsDuty,
  returnsTouching,
  reviewQueue,
  statuses,
} from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { type CellValue, writeCsv, writeXlsx } from '../../core/spreadsheet/index.ts';
import { staffCtx } from '../request.ts';
import { idOf, yearOf } from './forms.ts';
import { MatrixPage } from './matrix.tsx';
import { BulkPage, LatePage, ReviewPage } from './review.tsx';
import { calledAsOf } from './views.ts';

type Query = Record<string, unknown>;

const QUEUE_SHOWN = 200;
const EXPORT_LINES = 200_000;

/** Across returns: the year's matrix, the review queue, late units, export. */
export function deskRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get('/workbench/returns', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.read');
      const today = ctx.clock.today();
      const year = yearOf((request.query as Query).year, today);
      const bound = ownUnitOnly(ctx);
      const units = (await listUnits(ctx.db, ctx.agencyId, { openOn: `${year}-01-01` })).filter(
        ({ id }) => bound === null || id === bound,
      );
      const mover = moverOf(ctx);
      return reply.page(
        <MatrixPage
          year={year}
          today={today.toString()}
          units={units}
          returns={
            await returnsTouching(ctx.db, ctx.agencyId, { from: `${year}-01-01`, to: `${year}-12-31` }, bound)
          }
          owed={await owedReturns(ctx, year, bound)}
          mayFill={(unit) => mover.mayFill && (mover.mayReview || mover.unitId === unit.id)}
          mayReview={mover.mayReview}
          waiting={mover.mayReview ? (await reviewQueue(ctx.db, ctx.agencyId, QUEUE_SHOWN)).length : 0}
          ownOnly={bound !== null}
        />,
      );
    });

    server.get('/workbench/returns/review', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.review');
      const items = await reviewQueue(ctx.db, ctx.agencyId, QUEUE_SHOWN);
      const mover = moverOf(ctx);
      const obstacles = new Map(
        items.map((item) => [item.id, obstacle('accept', item, mover)?.message ?? '']),
      );
      return reply.page(<ReviewPage items={items} obstacles={obstacles} />);
    });

    server.post('/workbench/returns/review/preview', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const ids = chosen(request.body);
      if (ids.length === 0) throw new InvalidForm({ '': '请先勾选要通过的填报。' });
      return reply.page(<BulkPage {...(await previewAcceptance(ctx, ids))} />);
    });

    server.post('/workbench/returns/review/acceptances', async (request, reply) => {
      const { accepted, skipped } = await acceptReturns(staffCtx(app, request), chosen(request.body));
      const words = skipped.length > 0 ? `，跳过 ${skipped.length} 份：${skipped[0]?.reason}` : '。';
      reply.flash(skipped.length > 0 ? 'warning' : 'success', `已通过 ${accepted.length} 份填报${words}`);
      return reply.redirect('/workbench/returns/review', 303);
    });

    server.get('/workbench/returns/late', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.read');
      const today = ctx.clock.today();
      const year = yearOf((request.query as Query).year, today);
      const { monthlySince } = await returnsDuty(ctx.db, ctx.agencyId);
      return reply.page(
        <LatePage
          year={year}
          owed={await owedReturns(ctx, year, ownUnitOnly(ctx))}
          mayRemind={may(ctx.actor, 'returns.remind')}
          monthly={monthlySince !== null}
          today={today.toString()}
        />,
      );
    });

    server.post('/workbench/returns/late/reminders', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'returns.remind');
      const { unit, month } = (request.body ?? {}) as Query;
      const year = yearOf(String(month).slice(0, 4), ctx.clock.today());
      const owed = (await owedReturns(ctx, year, idOf(unit, '没有找到这个单位。'))).find(
        (one) => one.month === month,
      );
      if (!owed) throw new Refusal('returns-nothing-owed', '这个单位该月的填报已经报送，不需要催报。');
      const people = await remindUnit(ctx, owed);
      reply.flash('success', `已向${owed.unit.name}的 ${people} 人发出催报。`);
      return reply.redirect(`/workbench/returns/late?year=${year}`, 303);
    });

    server.get('/workbench/returns/export.xlsx', async (request, reply) => {
      const { year, columns, rows } = await exported(staffCtx(app, request), request.query as Query);
      const kinds = columns.map((label) => ({
        label,
        kind: label === '数量' ? ('number' as const) : ('text' as const),
        width: 16,
      }));
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(`数据填报${year}.xlsx`)}`,
        )
        .send(await writeXlsx([{ name: `${year}年填报`, columns: kinds, rows }]));
    });

    server.get('/workbench/returns/export.csv', async (request, reply) => {
      const { year, columns, rows } = await exported(staffCtx(app, request), request.query as Query);
      return reply
        .type('text/csv; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(`数据填报${year}.csv`)}`,
        )
        .send(writeCsv(columns, rows));
    });

    async function exported(
      ctx: Ctx,
      query: Query,
    ): Promise<{ year: number; columns: string[]; rows: CellValue[][] }> {
      demand(ctx.actor, 'returns.read');
      const year = yearOf(query.year, ctx.clock.today());
      const lines = await exportLines(ctx.db, ctx.agencyId, {
        year,
        unitId: ownUnitOnly(ctx),
        limit: EXPORT_LINES,
      });
      const figures = calledAsOf(app.figures, year);
      return {
        year,
        columns: [
          '单位代码',
          '填报单位',
          '起始日期',
          '截止日期',
          '指标代码',
          '指标',
          '单位',
          '数量',
          '备注',
          '状态',
        ],
        rows: lines.map((line) => [
          line.unitCode,
          line.unitName,
          line.from,
          line.to,
          line.figure,
          figures.get(line.figure)?.label ?? line.figure,
          figures.get(line.figure)?.unit ?? '',
          line.quantity === null ? '留空' : Number(line.quantity),
          line.note,
          statuses[line.status].label,
        ]),
      };
    }
  };
}

/** The ids ticked in a list; one comes as text, several as an array. */
function chosen(body: unknown): number[] {
  const { id } = (body ?? {}) as Query;
  const all = Array.isArray(id) ? id : id === undefined ? [] : [id];
  return all.map((one) => idOf(one)).slice(0, QUEUE_SHOWN);
}
