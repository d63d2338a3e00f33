import type { FastifyPluginAsync } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../../app.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { listStaff, listUnits } from '../../areas/organisations/index.ts';
import {
  dueMonth,
  makeFeed,
  ownFeed,
  type RequestCtx,
  revokeFeed,
  scopeOf,
} from '../../areas/requests/index.ts';
import type { Given } from '../request.ts';
import { DueCalendarPage, FeedPage } from './due-calendar.tsx';
import { DUE_CALENDAR } from './queue-frame.tsx';
import { numberOrNull, queryOf, requestCtx, withPosted } from './request.ts';

/** 到期日历: what is due day by day, and the person's own feed for a calendar program. */
export const dueCalendarRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(DUE_CALENDAR, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      return reply.page(await calendarPage(ctx, queryOf(request)));
    });

    server.post(`${DUE_CALENDAR}/feed`, (request, reply) =>
      withPosted(app, request, async ({ given }) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const token = await makeFeed(ctx, given('scope') === 'all' ? 'all' : 'mine');
        const base = app.config.publicUrl.replace(/\/$/, '');
        // Shown this once: only its digest is kept.
        return reply.page(<FeedPage address={`${base}/calendar/requests/${token}.ics`} />);
      }),
    );

    server.post(`${DUE_CALENDAR}/feed/removal`, async (request, reply) => {
      await revokeFeed(requestCtx(app, request, 'requests.read'));
      reply.flash('success', '已撤销订阅地址，用它订阅的日历不再更新。');
      return reply.redirect(DUE_CALENDAR, 303);
    });
  };

async function calendarPage(ctx: RequestCtx, given: Given) {
  const { db, agencyId, actor } = ctx;
  const today = ctx.clock.today();
  const month = monthOf(given('month')) ?? today.toPlainYearMonth();
  const own = actor.kind === 'staff' ? actor.staffId : null;
  const handler = given('handler');
  const handlerId = handler === 'me' ? own : numberOrNull(handler);
  const unitId = numberOrNull(given('unit'));
  const [days, calendar, units, staff, feed] = await Promise.all([
    dueMonth(ctx, month, { unitId, handlerId }),
    currentCalendar(db, agencyId),
    listUnits(db, agencyId),
    listStaff(db, agencyId, { on: today.toString() }),
    ownFeed(ctx),
  ]);
  return (
    <DueCalendarPage
      month={month}
      days={days}
      calendar={calendar}
      query={{ handler: handlerId === null ? '' : handler, unit: unitId === null ? '' : given('unit') }}
      units={units}
      people={staff
        .filter(({ roles }) =>
          roles.some(({ role }) => role === 'case-handler' || role === 'disclosure-officer'),
        )
        .map(({ id, name, unitName }) => ({ id, name, unitName }))}
      everyUnit={scopeOf(actor) === null}
      feed={feed}
    />
  );
}

/** Within the years a calendar can be drawn for. */
function monthOf(text: string): Temporal.PlainYearMonth | null {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainYearMonth.from(text) : null;
}
