import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { GAZETTE, issuesOfYear, issueTitle, readIssue, yearsOfIssues } from '../../areas/gazette/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { sendPublicFile } from '../public-file.ts';
import { IssuePage } from './issue-page.tsx';
import { IssueListPage } from './list-page.tsx';

const kept = { config: { kept: true } };
const ISSUE = `${GAZETTE}/:year(^\\d{4}$)/:number(^[1-9]\\d{0,3}$)`;

/** `/gazette`, its years, its issues and their files. */
export const gazetteRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    const base = app.config.publicUrl.replace(/\/$/, '');
    const agencyOf = (request: FastifyRequest) => request.page?.agency.id ?? 0;

    server.get(GAZETTE, kept, async (request, reply) => {
      const agencyId = agencyOf(request);
      const years = await yearsOfIssues(db, agencyId);
      const { year: asked } = request.query as { year?: unknown };
      const year = years.find((one) => String(one.year) === asked)?.year ?? years[0]?.year ?? null;
      const issues = year === null ? [] : await issuesOfYear(db, agencyId, year);
      return reply.page(<IssueListPage years={years} year={year} issues={issues} />);
    });

    const find = async (request: FastifyRequest) => {
      const { year, number } = request.params as { year: string; number: string };
      const at = { year: Number(year), number: Number(number) };
      const view = await readIssue(db, agencyOf(request), at);
      if (!view) throw new NotFound('没有这一期公报，可能地址有误。');
      return view;
    };

    server.get(ISSUE, kept, async (request, reply) => {
      const view = await find(request);
      return reply.page(<IssuePage view={view} base={base} agency={request.page?.agency.name ?? ''} />);
    });

    server.get(`${ISSUE}.pdf`, async (request, reply) => {
      const { issue } = await find(request);
      const { pdfDigest, pdfBytes } = issue;
      if (pdfDigest === null || pdfBytes === null)
        throw new NotFound('这一期的 PDF 尚未排印好，请过些时候再来。');
      return sendPublicFile(
        app,
        { request, reply },
        {
          digest: pdfDigest,
          bytes: pdfBytes,
          type: 'application/pdf',
          name: `${issueTitle(issue)}.pdf`,
          shown: true,
        },
      );
    });
  };
