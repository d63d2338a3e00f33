import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import {
  cellAt,
  compareVersions,
  crosswalksInWords,
  findReport,
  findVersion,
  frozenEvidence,
  signedReport,
  versionsOf,
} from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { NotFound } from '../../core/refusal.ts';
import { publishedList } from '../published.ts';
import { CrosswalkPage } from './crosswalk-page.tsx';
import { sendReportFile } from './download.ts';
import { FigurePage } from './figure-page.tsx';
import { ReportListPage } from './list-page.tsx';
import { addressOf, ReportPage } from './report-page.tsx';

/** `/reports`, a year's report with its downloads, versions and evidence. Only published versions are seen here. */
export const reportsRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;

    /** The published version asked for, else the newest one. */
    const published = async (request: FastifyRequest, yearText: string, versionText?: string) => {
      const agencyId = request.page?.agency.id ?? 0;
      const year = /^\d{4}$/.test(yearText) ? Number(yearText) : 0;
      const row = await findReport(db, agencyId, year);
      const versions = row
        ? (await versionsOf(db, agencyId, row.id)).filter(({ published_on }) => published_on !== null)
        : [];
      const wanted = versionText === undefined ? versions[0]?.version : Number(versionText);
      const found = versions.some(({ version }) => version === wanted);
      const version = row && found && wanted ? await findVersion(db, agencyId, row.id, wanted) : null;
      if (!row || !version) throw new NotFound(`没有已发布的${yearText}年度报告。`);
      return { agencyId, row, versions, version, report: signedReport(version) };
    };

    server.get('/reports', async (request, reply) => {
      const agencyId = request.page?.agency.id ?? 0;
      return reply.page(<ReportListPage reports={await publishedList(db, agencyId)} />);
    });

    server.get('/reports/crosswalk', async (_, reply) =>
      reply.page(<CrosswalkPage crosswalks={crosswalksInWords()} />),
    );

    server.get<{ Params: { year: string; kind: string } }>(
      '/reports/:year(^\\d{4}).:kind',
      async (request, reply) => {
        const { report } = await published(request, request.params.year);
        return sendReportFile(app.renderedFiles, { request, reply }, report, request.params.kind);
      },
    );

    server.get<{ Params: { year: string } }>('/reports/:year(^\\d{4}$)', async (request, reply) => {
      const { report, versions } = await published(request, request.params.year);
      return reply.page(<ReportPage report={report} versions={versions} latest />);
    });

    server.get<{ Params: { year: string; version: string } }>(
      '/reports/:year(^\\d{4}$)/versions/:version(^\\d{1,4}$)',
      async (request, reply) => {
        const { agencyId, row, report, version, versions } = await published(
          request,
          request.params.year,
          request.params.version,
        );
        // Compared with what the public has seen: a version signed but never published stays unseen.
        const earlier = versions.find((other) => other.version < version.version);
        const before = earlier ? await findVersion(db, agencyId, row.id, earlier.version) : null;
        const difference = before ? compareVersions(before.snapshot, version.snapshot) : null;
        const latest = versions[0]?.version === version.version;
        return reply.page(
          <ReportPage report={report} versions={versions} latest={latest} difference={difference} />,
        );
      },
    );

    server.get<{ Params: { year: string; version: string; kind: string } }>(
      '/reports/:year(^\\d{4}$)/versions/:version(^\\d{1,4}).:kind',
      async (request, reply) => {
        const { report } = await published(request, request.params.year, request.params.version);
        return sendReportFile(app.renderedFiles, { request, reply }, report, request.params.kind);
      },
    );

    // Evidence of the newest version, or of the version named in the address: each shows what was frozen with it.
    for (const address of [
      '/reports/:year(^\\d{4}$)',
      '/reports/:year(^\\d{4}$)/versions/:version(^\\d{1,4}$)',
    ]) {
      server.get<{
        Params: { year: string; version?: string; row: string; column: string };
        Querystring: { after?: string };
      }>(`${address}/figures/:row/:column`, async (request, reply) => {
        const { params } = request;
        const { agencyId, row, report, versions } = await published(request, params.year, params.version);
        const figure = cellAt(report.tables, params);
        if (!figure) throw new NotFound('统计表中没有这一格。');
        const evidence = figure.cell.figure
          ? await frozenEvidence(
              db,
              { agencyId, reportId: row.id, version: report.version, figure: figure.cell.figure },
              request.query.after ?? null,
            )
          : { records: [], next: null };
        const base = addressOf(report, versions[0]?.version === report.version);
        return reply.page(<FigurePage report={report} base={base} figure={figure} evidence={evidence} />);
      });
    }
  };
