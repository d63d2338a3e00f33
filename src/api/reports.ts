import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findVersion, publishedReports } from '../annual-report/index.ts';
import { renderers, reportJson } from '../annual-report/render/index.ts';
import type { App } from '../app.ts';
import { type Agency, findAgency } from '../areas/organisations/index.ts';
import { NotFound } from '../core/refusal.ts';
import { civilDate, limited, problems } from './shapes.ts';

const agencyCode = z.string().max(40).optional().describe('机关代码；不填为本站所属机关');

const reportList = z.object({
  agency: z.string(),
  agencyName: z.string(),
  reports: z.array(
    z.object({
      year: z.int(),
      format: z.string(),
      version: z.int(),
      publishedOn: civilDate.nullable(),
      digest: z.string().describe('签发内容的 SM3 摘要'),
      href: z.string(),
      files: z.record(z.string(), z.string()),
    }),
  ),
});

/** The published annual reports as data; drafts are never told. */
export const reportRoutes =
  (app: App): FastifyPluginAsyncZod =>
  async (server) => {
    const { db } = app.connection;
    const agencyOf = async (host: string, code: string | undefined): Promise<Agency> => {
      const agency = code ? await findAgency(db, code) : await app.portalAgency(host);
      if (!agency) throw new NotFound(code ? `没有代码为 ${code} 的机关` : '本站尚未设置机关');
      return agency;
    };

    server.get(
      '/api/v1/reports',
      {
        config: limited(120),
        schema: {
          tags: ['reports'],
          summary: '已发布的政府信息公开工作年度报告',
          querystring: z.object({ agency: agencyCode }),
          response: { 200: reportList, ...problems },
        },
      },
      async (request) => {
        const agency = await agencyOf(request.hostname, request.query.agency);
        const published = await publishedReports(db, agency.id);
        return {
          agency: agency.code,
          agencyName: agency.name,
          reports: published.map(({ year, format, version, published_on, digest }) => ({
            year,
            format,
            version,
            publishedOn: published_on,
            digest,
            href: `/api/v1/reports/${year}${request.query.agency ? `?agency=${agency.code}` : ''}`,
            files: Object.fromEntries(
              Object.keys(renderers).map((kind) => [
                kind,
                `/reports/${year}${kind === 'html' ? '' : `.${kind}`}`,
              ]),
            ),
          })),
        };
      },
    );

    server.get(
      '/api/v1/reports/:year',
      {
        config: limited(60),
        schema: {
          tags: ['reports'],
          summary: '某一年的年度报告：统计表、各章文字、校验结果',
          params: z.object({ year: z.string().describe('报告年度，四位数') }),
          querystring: z.object({ agency: agencyCode }),
          response: {
            200: z.record(z.string(), z.unknown()).describe('与 /reports/{year}.json 相同'),
            ...problems,
          },
        },
      },
      async (request) => {
        const agency = await agencyOf(request.hostname, request.query.agency);
        const report = (await publishedReports(db, agency.id)).find(
          ({ year }) => String(year) === request.params.year,
        );
        const version = report && (await findVersion(db, agency.id, report.id, report.version));
        if (!report || !version)
          throw new NotFound(`没有已发布的${request.params.year.slice(0, 10)}年度报告`);
        return {
          ...reportJson({ ...version.snapshot, status: 'published', publishedOn: report.published_on }),
        };
      },
    );
  };
