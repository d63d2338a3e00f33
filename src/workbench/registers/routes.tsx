import type { FastifyPluginAsync } from 'fastify';
import { formatForYear } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { demand } from '../../areas/organisations/index.ts';
import {
  countingsOf,
  entriesPage,
  entriesTotal,
  type Register,
  registers,
  yearsOf,
} from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, CSV, XLSX } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { type ReadQuery, readQuery } from './filter.ts';
import { ListPage } from './list.tsx';
import { OverviewPage, type RegisterSummary } from './overview.tsx';
import { registerOf, unitsFor } from './request.ts';
import { allEntries, entriesCsv, entriesXlsx } from './sheets.ts';
import { signedYears } from './signed.ts';
import { REGISTERS } from './words.ts';

const PAGE = 50;
const YEAR_TABS = 8;

export const listRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(REGISTERS, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'registers.read');
      const thisYear = ctx.clock.today().year;
      const known = await Promise.all(
        Object.values(registers)
          .filter(({ endField }) => !endField)
          .map((register) => yearsOf(ctx.db, register, ctx.agencyId)),
      );
      const years = [...new Set([thisYear, thisYear - 1, ...known.flat()])]
        .filter((year) => year <= thisYear)
        .sort((a, b) => b - a)
        .slice(0, YEAR_TABS);
      const { year: wanted = '' } = request.query as { year?: string };
      const year = years.find((one) => String(one) === wanted) ?? thisYear;
      const summaries = await Promise.all(
        Object.values(registers).map((register) => summarise(app, ctx, register, year)),
      );
      const signed = (await signedYears(ctx)).includes(year);
      return reply.page(
        <OverviewPage year={year} years={years} thisYear={thisYear} signed={signed} summaries={summaries} />,
      );
    });

    server.get(`${REGISTERS}/:key`, async (request, reply) => {
      const { ctx, register } = registerOf(app, request, 'registers.read');
      const units = await unitsFor(ctx);
      const query = readQuery(register, request.query, units);
      const [page, total, years] = await Promise.all([
        entriesPage(ctx.db, register, ctx.agencyId, query.filter, query.place, PAGE),
        entriesTotal(ctx.db, register, ctx.agencyId, query.filter),
        yearsOf(ctx.db, register, ctx.agencyId),
      ]);
      const offered = [...new Set([...years, ...(query.filter.year ? [query.filter.year] : [])])].sort(
        (a, b) => b - a,
      );
      return reply.page(
        <ListPage register={register} query={query} {...page} total={total} years={offered} units={units} />,
        Object.keys(query.errors).length > 0 ? 422 : 200,
      );
    });

    server.get(`${REGISTERS}/:key/export.xlsx`, async (request, reply) => {
      const { ctx, register, query } = await exported(app, request);
      const entries = await allEntries(ctx, register, query.filter);
      const content = await entriesXlsx(register, entries, query.filter.voided === true);
      return asDownload(reply, `${fileName(register, query)}.xlsx`, XLSX).send(content);
    });

    server.get(`${REGISTERS}/:key/export.csv`, async (request, reply) => {
      const { ctx, register, query } = await exported(app, request);
      const entries = await allEntries(ctx, register, query.filter);
      const content = entriesCsv(register, entries, query.filter.voided === true);
      return asDownload(reply, `${fileName(register, query)}.csv`, CSV).send(content);
    });
  };

/** A filter that cannot be understood must not quietly export everything. */
async function exported(app: App, request: Parameters<typeof registerOf>[1]) {
  const { ctx, register } = registerOf(app, request, 'registers.read');
  const query = readQuery(register, request.query, await unitsFor(ctx));
  if (Object.keys(query.errors).length > 0) throw new InvalidForm(query.errors);
  return { ctx, register, query };
}

function fileName(register: Register, { filter }: ReadQuery): string {
  const when = filter.on ? `-${filter.on}在册` : filter.year ? `-${filter.year}年` : '';
  return `${register.label}${when}${filter.voided ? '-已撤销' : ''}`;
}

async function summarise(app: App, ctx: Ctx, register: Register, year: number): Promise<RegisterSummary> {
  const scope = { agencyId: ctx.agencyId, from: `${year}-01-01`, to: `${year}-12-31` };
  const figures = countingsOf(register.key).map(async ({ code, label, unit, kinds = [] }) => {
    const counted = await app.figures.get(code)?.count?.(ctx.db, scope);
    return { code, label, unit, kinds, row: rowOf(year, code), value: counted?.quantity ?? null };
  });
  const [inYear, ever] = await Promise.all([
    entriesTotal(ctx.db, register, ctx.agencyId, register.endField ? { on: scope.to } : { year }),
    entriesTotal(ctx.db, register, ctx.agencyId, {}),
  ]);
  return { register, inYear: inYear.entries, ever: ever.entries, figures: await Promise.all(figures) };
}

/** The code of the row that carries the figure in that year's report. */
function rowOf(year: number, figure: string): string | null {
  const rows = (formatForYear(year)?.tables ?? []).flatMap(({ sections }) =>
    sections.flatMap((section) => section.rows),
  );
  return rows.find((row) => Object.values(row.figures ?? {}).includes(figure))?.code ?? null;
}
