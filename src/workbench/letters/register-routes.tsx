import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { registerPage, type Series, series, seriesOf, yearsOfLetters } from '../../areas/letters/index.ts';
import { demand } from '../../areas/organisations/index.ts';
import { staffCtx } from '../request.ts';
import { LETTERS } from './addresses.ts';
import { RegisterPage } from './register.tsx';

const PAGE = 50;

export const registerRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Querystring: Record<string, unknown> }>(LETTERS, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'letters.list');
      const { query } = request;
      const thisYear = ctx.clock.today().year;
      const years = [...new Set([thisYear, ...(await yearsOfLetters(ctx.db, ctx.agencyId))])].sort(
        (a, b) => b - a,
      );
      const year = years.find((one) => String(one) === query.year) ?? thisYear;
      const asked = String(query.series ?? '');
      const chosen = Object.hasOwn(series, asked) ? (asked as Series) : undefined;
      const before = /^\d{1,15}$/.test(String(query.before)) ? Number(query.before) : undefined;
      const filter = {
        year,
        ...(chosen ? { series: chosen } : {}),
        ...(before === undefined ? {} : { before }),
      };
      const [found, counts] = await Promise.all([
        registerPage(ctx.db, ctx.agencyId, filter, PAGE + 1),
        seriesOf(ctx.db, ctx.agencyId, year),
      ]);
      return reply.page(
        <RegisterPage
          letters={found.slice(0, PAGE)}
          more={found.length > PAGE}
          counts={counts}
          years={years}
          filter={filter}
        />,
      );
    });
  };
