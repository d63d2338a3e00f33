import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addReportingUnit,
  assignFile,
  discardFile,
  filesApart,
  listReportingUnits,
  readFiledFile,
  type StrangeReport,
  strangeReports,
} from '../../areas/filed-reports/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { APART, reportAddress, withQuery } from './addresses.ts';
import { ApartFilePage, ApartPage, NewUnitsPage } from './apart.tsx';
import { pagingOf } from './paging.ts';
import { fieldsOf, idOf, listed } from './request.ts';
import { allUnits } from './unit-options.ts';
import { yearChoice } from './years.ts';

const FILES_SHOWN = 50;
const PROPOSED_AT_ONCE = 200;

export const apartRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(APART, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const field = fieldsOf(request.query);
      const state = field('state') === 'unreadable' ? 'unreadable' : 'unfiled';
      const paging = pagingOf(APART, { state }, field('pages'));
      const [{ items, next }, { years }, proposals] = await Promise.all([
        filesApart(ctx, state, { after: paging.after, limit: FILES_SHOWN }),
        yearChoice(ctx, ''),
        state === 'unfiled' ? strangeReports(ctx) : [],
      ]);
      return reply.page(
        <ApartPage
          state={state}
          files={items}
          years={years}
          mayFile={may(ctx.actor, 'filed-reports.file')}
          nameable={proposals.length}
          previousHref={paging.previousHref}
          nextHref={paging.nextHref(next)}
        />,
      );
    });

    server.get(`${APART}/new-units`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      return reply.page(<NewUnitsPage proposals={await strangeReports(ctx)} />);
    });

    server.post(`${APART}/new-units`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const wanted = new Set(listed(request.body, 'file', PROPOSED_AT_ONCE));
      const proposals = await strangeReports(ctx);
      const chosen = proposals.filter(({ fileId }) => wanted.has(String(fileId)));
      if (chosen.length === 0) {
        const errors = { '': '请至少勾选一个要建立的单位。' };
        return reply.page(<NewUnitsPage proposals={proposals} errors={errors} />, 422);
      }
      const { units, files, left } = await setUp(ctx, chosen);
      reply.flash(
        left > 0 ? 'warning' : 'success',
        `已建立 ${units} 个单位，归档 ${files} 个文件${left > 0 ? `，${left} 个没有成功，请逐个指定` : ''}。`,
      );
      return reply.redirect(withQuery(APART, { state: 'unfiled' }), 303);
    });

    const setUp = async (ctx: Ctx, chosen: readonly StrangeReport[]) => {
      const made = new Map<string, number>();
      let [files, left] = [0, 0];
      for (const { fileId, agency, year } of chosen) {
        try {
          const firstYear = Math.min(...chosen.filter((one) => one.agency === agency).map((one) => one.year));
          const unitId =
            made.get(agency) ?? (await addReportingUnit(ctx, { name: agency, expectedFrom: firstYear }));
          made.set(agency, unitId);
          await assignFile(ctx, app, fileId, { unitId, year });
          files += 1;
        } catch (error) {
          if (!(error instanceof InvalidForm || error instanceof Refusal)) throw error;
          left += 1;
        }
      }
      return { units: made.size, files, left };
    };

    const filePage = async (
      ctx: Ctx,
      reply: FastifyReply,
      id: number,
      given?: Record<string, string>,
      errors?: Readonly<Record<string, string>>,
    ) => {
      const [file, units, { years }] = await Promise.all([
        readFiledFile(ctx, id),
        allUnits(ctx),
        yearChoice(ctx, ''),
      ]);
      return reply.page(
        <ApartFilePage
          file={file}
          units={units}
          years={years}
          mayFile={may(ctx.actor, 'filed-reports.file')}
          given={given}
          errors={errors}
        />,
        errors ? 422 : 200,
      );
    };

    server.get(`${APART}/:file`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      return filePage(ctx, reply, fileOf(request));
    });

    server.post(`${APART}/:file/assignment`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const id = fileOf(request);
      const field = fieldsOf(request.body);
      const given = {
        unit: field('unit'),
        year: field('year'),
        create: field('create'),
        rememberName: field('rememberName') || '0',
      };
      try {
        if (!/^20\d\d$/.test(given.year)) throw new InvalidForm({ year: '请选择报告年度。' });
        const year = Number(given.year);
        const unitId = field('unitId')
          ? idOf(field('unitId'), '没有找到这个报送单位。')
          : await unitNamed(ctx, given.unit, given.create === '1' ? year : null);
        await assignFile(ctx, app, id, { unitId, year, rememberName: given.rememberName === '1' });
        reply.flash('success', '已归档，稍后自动核查。');
        return reply.redirect(reportAddress(unitId, year), 303);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return filePage(ctx, reply, id, given, error.fields);
      }
    });

    server.post(`${APART}/:file/discarding`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const id = fileOf(request);
      const reason = fieldsOf(request.body)('reason');
      try {
        await discardFile(ctx, id, reason);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return filePage(ctx, reply, id, { reason }, error.fields);
      }
      reply.flash('success', '文件已剔除。');
      return reply.redirect(APART, 303);
    });
  };

const fileOf = (request: FastifyRequest) =>
  idOf((request.params as { file?: string }).file, '没有找到这个文件。');

/** The unit of this name, short or former ones too; made anew from that year on when asked to. */
async function unitNamed(ctx: Ctx, name: string, createFrom: number | null): Promise<number> {
  if (name === '') throw new InvalidForm({ unit: '请填写单位名称。' });
  const { items } = await listReportingUnits(ctx, { search: name }, { limit: 50 });
  const found = items.find((unit) => unit.name === name || unit.aliases.includes(name));
  if (found) return found.id;
  if (createFrom !== null) {
    try {
      return await addReportingUnit(ctx, { name, expectedFrom: createFrom });
    } catch (error) {
      if (!(error instanceof InvalidForm)) throw error;
      throw new InvalidForm({ unit: Object.values(error.fields).join('') });
    }
  }
  const near = items.slice(0, 3).map((unit) => unit.name);
  throw new InvalidForm({
    unit: `名单里没有“${name}”。${near.length > 0 ? `是不是：${near.join('、')}？` : ''}要新建请勾选下面的“新建”。`,
  });
}
