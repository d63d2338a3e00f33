import { Readable } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { demand, may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import {
  actBySeq,
  actsPage,
  anchorsPage,
  chains,
  exportLedger,
  headSeq,
  requestVerification,
  VERIFY_LEDGER,
  verifications,
} from '../../ledger/index.ts';
import { staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { csvOf, exportRows, recordExport, xlsxOf } from './export.ts';
import { filterHref, readFilter } from './filter.ts';
import { ActDrawer, ActPage, LedgerPage } from './pages.tsx';
import { type ChainStatus, ChainStatusCard } from './status.tsx';

const PAGE = 50;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const ledgerRoom = (app: App): Room => ({
  key: 'ledger',
  nav: [{ label: '操作台账', href: '/workbench/ledger', icon: 'link', group: '监督', act: 'ledger.read' }],
  routes: routes(app),
});

const routes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get('/workbench/ledger', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'ledger.read');
      const reading = readFilter(request.query);
      const before = seqOf(request.query, 'before');
      const after = seqOf(request.query, 'after');
      const found = await actsPage(ctx.db, ctx.agencyId, reading.filter, { before, after, limit: PAGE + 1 });
      const more = found.length > PAGE;
      // Going up, the extra act is the newest one; going down, the oldest.
      const entries = more ? (after === undefined ? found.slice(0, PAGE) : found.slice(1)) : found;
      const newer = after === undefined ? before !== undefined : more;
      const older = after === undefined ? more : true;
      const status = await chainStatus(app, ctx);
      const href = (more: Record<string, number>) => filterHref(reading.given, more);
      return reply.page(
        <LedgerPage
          reading={reading}
          entries={entries}
          total={status.total}
          previousHref={newer && entries[0] ? href({ after: entries[0].seq }) : null}
          nextHref={older && entries.length > 0 ? href({ before: entries.at(-1)?.seq ?? 1 }) : null}
          status={<ChainStatusCard {...status} />}
          mayExport={may(ctx.actor, 'ledger.export')}
        />,
        Object.keys(reading.errors).length > 0 ? 422 : 200,
      );
    });

    server.get<{ Params: { seq: string } }>('/workbench/ledger/acts/:seq', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'ledger.read');
      const { seq } = request.params;
      const entry = /^\d{1,15}$/.test(seq) ? await actBySeq(ctx.db, ctx.agencyId, Number(seq)) : null;
      if (!entry) throw new NotFound(`台账中没有第 ${seq.slice(0, 20)} 条`);
      if (request.headers['hx-request']) return reply.fragment(<ActDrawer entry={entry} />);
      return reply.page(<ActPage entry={entry} last={await headSeq(ctx.db, ctx.agencyId)} />);
    });

    server.get('/workbench/ledger/verification', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'ledger.read');
      if (!request.headers['hx-request']) return reply.redirect('/workbench/ledger', 303);
      return reply.fragment(<ChainStatusCard {...(await chainStatus(app, ctx))} />);
    });

    server.post('/workbench/ledger/verification', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'ledger.read');
      await transact(ctx, async (inside) => {
        const id = await requestVerification(inside);
        await app.jobs.enqueue(inside.db, VERIFY_LEDGER, { agencyId: ctx.agencyId, id });
      });
      reply.flash('success', '已开始校验，结果会显示在本页上方。');
      return reply.redirect('/workbench/ledger', 303);
    });

    server.post('/workbench/ledger/export', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'ledger.export');
      const { format } = (request.body ?? {}) as { format?: string };
      const { filter, errors } = readFilter(request.body);
      if (Object.keys(errors).length > 0) throw new InvalidForm(errors);
      const [chain] = (await chains(ctx.db)).filter((one) => one.agencyId === ctx.agencyId);
      if (!chain) throw new NotFound('没有找到本机关的台账');
      const name = `操作台账-${chain.code}-${ctx.clock.today()}`;
      reply.header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(name)}.${format}`,
      );
      if (format === 'jsonl') {
        await recordExport(ctx, 'jsonl', {}, chain.seq);
        reply.type('application/jsonl; charset=utf-8');
        return reply.send(Readable.from(exportLedger(ctx.db, chain, ctx.clock.now().toString())));
      }
      if (format !== 'csv' && format !== 'xlsx') {
        reply.removeHeader('content-disposition');
        throw new InvalidForm({ format: '请选择导出格式：XLSX、CSV 或 JSON Lines' });
      }
      const rows = await exportRows(ctx, filter).catch((error) => {
        reply.removeHeader('content-disposition');
        throw error;
      });
      await recordExport(ctx, format, filter, rows.length);
      return format === 'csv'
        ? reply.type('text/csv; charset=utf-8').send(csvOf(rows))
        : reply.type(XLSX).send(await xlsxOf(rows));
    });
  };

async function chainStatus(app: App, ctx: Ctx): Promise<ChainStatus> {
  const [latest] = await verifications(ctx.db, app.clock, ctx.agencyId, 1);
  const chain = (await chains(ctx.db)).find((one) => one.agencyId === ctx.agencyId);
  const [anchor] = chain ? await anchorsPage(ctx.db, { agency: chain.code, limit: 1 }) : [];
  return { total: chain?.seq ?? 0, latest: latest ?? null, anchor: anchor ?? null };
}

function seqOf(query: unknown, name: string): number | undefined {
  const value = (query as Record<string, unknown>)[name];
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
