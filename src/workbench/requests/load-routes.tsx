import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { listStaff, listUnits } from '../../areas/organisations/index.ts';
import { requestLoad } from '../../areas/requests/index.ts';
import { LoadPage } from './load.tsx';
import { LOAD } from './queue-frame.tsx';
import { numberOrNull, queryOf, requestCtx } from './request.ts';

/** 办理负荷: who has how much due when. */
export const loadRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(LOAD, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const asked = numberOrNull(queryOf(request)('unit'));
      const on = ctx.clock.today().toString();
      const units = await listUnits(ctx.db, ctx.agencyId);
      const unit = units.find(({ id }) => id === asked) ?? null;
      const [{ monday, rows }, staff] = await Promise.all([
        requestLoad(ctx, { unitId: unit?.id ?? null }),
        listStaff(ctx.db, ctx.agencyId, { on, state: 'all' }),
      ]);
      const people = new Map(staff.map(({ id, name }) => [id, name]));
      return reply.page(<LoadPage monday={monday} rows={rows} unit={unit} units={units} people={people} />);
    });
  };
