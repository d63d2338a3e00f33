import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  listBatches,
  listReportingUnits,
  matrix,
  readAgain,
  recheckYear,
  yearSummaries,
} from '../../areas/filed-reports/index.ts';
import { may } from '../../areas/organisations/index.ts';
import { oneOf, staffCtx } from '../request.ts';
import { ROOM, withQuery } from './addresses.ts';
import { OverviewPage } from './overview.tsx';
import { pagingOf } from './paging.ts';
import { fieldsOf } from './request.ts';
import { standings, unitKinds } from './words.ts';
import { FIRST_YEAR, yearChoice } from './years.ts';

const UNITS_SHOWN = 50;
const states = { ...standings, filed: true, overdue: true };

export const overviewRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(ROOM, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const field = fieldsOf(request.query);
      const { year, years } = await yearChoice(ctx, field('year'));
      const query = {
        year,
        text: field('text').slice(0, 60),
        kind: oneOf(unitKinds, field('kind')),
        state: oneOf(states, field('state')),
      };
      const shownYears = [year, year - 1, year - 2].filter((one) => one >= FIRST_YEAR);
      const paging = pagingOf(ROOM, { ...query }, field('pages'));
      const [{ items, next }, [summary], units, batches] = await Promise.all([
        matrix(
          ctx,
          shownYears,
          {
            ...(query.text && { search: query.text }),
            ...(query.kind && { kind: query.kind }),
            ...(query.state && { state: query.state, stateYear: year }),
          },
          { after: paging.after, limit: UNITS_SHOWN },
        ),
        yearSummaries(ctx, [year]),
        listReportingUnits(ctx, {}, { limit: 1 }),
        listBatches(ctx, { limit: 1 }),
      ]);
      if (!summary) throw new Error(`no summary of ${year}`);
      return reply.page(
        <OverviewPage
          query={query}
          years={years}
          shownYears={shownYears}
          summary={summary}
          rows={items}
          previousHref={paging.previousHref}
          nextHref={paging.nextHref(next)}
          mayFile={may(ctx.actor, 'filed-reports.file')}
          untouched={units.items.length === 0 && batches.items.length === 0}
        />,
      );
    });

    server.post(`${ROOM}/checks`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const { year } = await yearChoice(ctx, fieldsOf(request.body)('year'));
      const reports = await recheckYear(ctx, app, year);
      reply.flash('success', `${year}年度 ${reports} 份报告已排队重新核查，稍后刷新查看。`);
      return reply.redirect(withQuery(ROOM, { year }), 303);
    });

    server.post(`${ROOM}/readings`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const files = await readAgain(ctx, app, null);
      reply.flash('success', `${files} 个文件已排队重新读取，稍后刷新查看。`);
      return reply.redirect(ROOM, 303);
    });
  };
