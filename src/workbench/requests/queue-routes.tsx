import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { listStaff, listUnits, may } from '../../areas/organisations/index.ts';
import {
  archiveRequest,
  assignRequest,
  countGroups,
  countRequests,
  listRequests,
  orderOf,
  type RequestCtx,
  removeView,
  savedViews,
  saveView,
  scopeOf,
  searchPerson,
  sortOutMove,
  sortsOf,
} from '../../areas/requests/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { type Given, oneOf } from '../request.ts';
import { REQUESTS } from './case-addresses.ts';
import { type BulkAct, BulkPreviewPage, bulkActs } from './queue-bulk.tsx';
import { QueuePage } from './queue-page.tsx';
import { filterOf, orderAsked, queueAddress, readQueueQuery } from './queue-query.ts';
import { numberOf, numberOrNull, queryOf, requestCtx, withPosted } from './request.ts';

/** 申请件: the list, its saved filters, the search for a person, and bulk acts. */
export const queueRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(REQUESTS, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      return reply.page(await queue(ctx, queryOf(request)));
    });

    server.post(`${REQUESTS}/people`, (request, reply) =>
      withPosted(app, request, async ({ given }) => {
        const ctx = requestCtx(app, request, 'requests.reveal');
        try {
          const digests = await searchPerson(ctx, given('person'));
          return reply.redirect(`${REQUESTS}?group=all&person=${digests.join('.')}`, 303);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return reply.page(await queue(ctx, () => '', error.fields, given('person')), 422);
        }
      }),
    );

    server.post(`${REQUESTS}/views`, (request, reply) =>
      withPosted(app, request, async ({ given }) => {
        const ctx = requestCtx(app, request, 'requests.read');
        // Read as an address is, so that nothing is kept that the list would not take.
        const search = new URLSearchParams(given('query'));
        const query = readQueueQuery((name) => search.get(name) ?? '');
        const address = queueAddress({ ...query, q: '', person: '' });
        try {
          await saveView(ctx, { name: given('name'), query: address.split('?')[1] ?? '' });
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return reply.page(await queue(ctx, (name) => search.get(name) ?? '', error.fields), 422);
        }
        reply.flash('success', '已保存为常用筛选。');
        return reply.redirect(address, 303);
      }),
    );

    server.post<{ Params: { view: string } }>(`${REQUESTS}/views/:view/removal`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      await removeView(ctx, numberOf(request.params.view, '没有找到这个筛选。'));
      reply.flash('success', '已删除这个常用筛选。');
      return reply.redirect(REQUESTS, 303);
    });

    server.post(`${REQUESTS}/bulk`, (request, reply) =>
      withPosted(app, request, async ({ given, all }) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const act = oneOf(bulkActs, given('act'));
        const ids = all('request').flatMap((one) => numberOrNull(one) ?? []);
        const back = backOf(given('back'));
        const search = new URLSearchParams(back.split('?')[1] ?? '');
        const wrong =
          act === undefined ? '请选择要办理的事项。' : ids.length === 0 ? '请先勾选要办理的申请。' : '';
        const to = await targetOf(ctx, given);
        const noUnit = act === 'assign' && to.unit === null;
        if (act === undefined || wrong !== '' || noUnit) {
          const errors = wrong !== '' ? { '': wrong } : { '': '请选择分办给哪个部门。' };
          return reply.page(await queue(ctx, (name) => search.get(name) ?? '', errors), 422);
        }
        const sorted = await sortOutMove(ctx, act, ids);
        return reply.page(<BulkPreviewPage act={act} {...sorted} to={to} back={back} />);
      }),
    );

    server.post(`${REQUESTS}/bulk/confirmation`, (request, reply) =>
      withPosted(app, request, async ({ given, all }) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const act = oneOf(bulkActs, given('act'));
        if (act === undefined) throw new NotFound('没有这样的批量办理。');
        const to = await targetOf(ctx, given);
        if (act === 'assign' && to.unit === null) throw new InvalidForm({ '': '请选择分办给哪个部门。' });
        const refs = all('request').map(refOf);
        const { done, refused } = await performAll(ctx, act, refs, to);
        const skipped = refused.length === 0 ? '' : `；${refused.length} 件没有办理：${refused.join('；')}`;
        reply.flash(
          refused.length === 0 ? 'success' : 'warning',
          `已${bulkActs[act]} ${done} 件申请${skipped}`.slice(0, 300),
        );
        return reply.redirect(backOf(given('back')), 303);
      }),
    );
  };

/** Reasons told; the message travels in a cookie. */
const MOST_TOLD = 3;

/** Each in a transaction of its own: one that somebody else moved meanwhile does not hold up the rest. */
async function performAll(
  ctx: RequestCtx,
  act: BulkAct,
  refs: readonly { id: number; version: number }[],
  to: Awaited<ReturnType<typeof targetOf>>,
): Promise<{ done: number; refused: string[] }> {
  let done = 0;
  const refused: string[] = [];
  for (const ref of refs) {
    try {
      if (act === 'archive') await archiveRequest(ctx, ref);
      else if (to.unit) {
        await assignRequest(ctx, ref, [
          { unitId: to.unit.id, handlerId: to.handler?.id ?? null, lead: true },
        ]);
      }
      done += 1;
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof InvalidForm)) throw error;
      if (refused.length < MOST_TOLD) refused.push(error.message);
    }
  }
  return { done, refused };
}

function refOf(text: string): { id: number; version: number } {
  const [id = '', version = ''] = text.split('.');
  return {
    id: numberOf(id, '没有找到这件申请。'),
    version: numberOf(version, '页面内容不完整，请重新预览。'),
  };
}

/** Only addresses of the list itself. */
const backOf = (given: string): string =>
  given === REQUESTS || given.startsWith(`${REQUESTS}?`) ? given : REQUESTS;

async function targetOf(ctx: Ctx, given: Given) {
  const today = ctx.clock.today().toString();
  const units = await listUnits(ctx.db, ctx.agencyId, { openOn: today });
  const unit = units.find(({ id }) => String(id) === given('unit')) ?? null;
  const staff = given('handler') === '' ? [] : await listStaff(ctx.db, ctx.agencyId, { on: today });
  const handler = staff.find(({ id }) => String(id) === given('handler')) ?? null;
  return { unit, handler: handler && { id: handler.id, name: handler.name } };
}

async function queue(
  ctx: RequestCtx,
  given: Given,
  errors: Readonly<Record<string, string>> = {},
  personTyped = '',
) {
  const { db, agencyId, actor } = ctx;
  const today = ctx.clock.today();
  const query = readQueueQuery(given);
  const calendar = await currentCalendar(db, agencyId);
  const filter = filterOf(ctx, query, calendar);
  const asked = orderAsked(query);
  const places = { after: given('after'), before: given('before') };
  const soon = calendar.workingDayAfter(today, 3).toString();
  const titles = filter.search?.by === 'title';
  const [page, counts, total, views, units, staff] = await Promise.all([
    listRequests(ctx, filter, { ...asked, ...places }),
    countGroups(ctx, filter, soon),
    titles ? null : countRequests(ctx, filter),
    savedViews(ctx),
    listUnits(db, agencyId),
    listStaff(db, agencyId, { on: today.toString() }),
  ]);
  const people = staff
    .filter(({ roles }) => roles.some(({ role }) => role === 'case-handler' || role === 'disclosure-officer'))
    .map(({ id, name, unitName }) => ({ id, name, unitName }));
  return (
    <QueuePage
      query={query}
      page={page}
      order={orderOf(filter, asked)}
      sorts={sortsOf(filter)}
      counts={counts}
      total={total}
      views={views}
      units={units}
      people={people}
      may={{
        register: may(actor, 'requests.register'),
        assign: may(actor, 'requests.check'),
        archive: may(actor, 'requests.archive'),
        reveal: may(actor, 'requests.reveal'),
        export: may(actor, 'requests.export'),
        everyUnit: scopeOf(actor) === null,
      }}
      errors={errors}
      personTyped={personTyped}
    />
  );
}
