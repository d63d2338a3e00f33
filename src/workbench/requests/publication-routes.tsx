import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { sheetFile } from '../../areas/letters/index.ts';
import { findAgencyById, may } from '../../areas/organisations/index.ts';
import {
  filesOf,
  printTransfers,
  type RequestCtx,
  readPublication,
  reviewPublication,
  waitingPublications,
  withdrawPublication,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { officeNames } from './case-names.ts';
import { PUBLICATIONS, PublicationPage, PublicationsPage } from './publication-pages.tsx';
import { numberOf, queryOf, requestCtx, withPosted } from './request.ts';
import { transferSheet } from './transfer-sheet.ts';

/** Answers on their way to everybody: reviewed by another person, taken back with a reason. */
export const publicationRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(PUBLICATIONS, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      return showList(reply, ctx);
    });

    server.get(`${PUBLICATIONS}/transfers`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const given = queryOf(request);
      const format = given('format') === 'docx' ? 'docx' : 'pdf';
      try {
        const year = Number(given('year'));
        const transferred = await printTransfers(ctx, year);
        const agency = await findAgencyById(ctx.db, ctx.agencyId);
        const sheet = transferSheet(transferred, {
          agency: agency?.name ?? '',
          year,
          on: ctx.clock.today().toString(),
          by: ctx.actor.name,
          names: await officeNames(ctx),
          publicUrl: app.config.publicUrl.replace(/\/$/, ''),
        });
        const { bytes, type } = await sheetFile(app, sheet, format);
        return asDownload(reply, `主动公开移送明细表 ${year}.${format}`, type).send(Buffer.from(bytes));
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return showList(reply, ctx, { year: given('year'), errors: error.fields });
      }
    });

    server.get(`${PUBLICATIONS}/:publication`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      return show(reply, ctx, publicationOf(request));
    });

    server.post(`${PUBLICATIONS}/:publication/review`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.review-publication');
      const id = publicationOf(request);
      return withPosted(app, request, async ({ given }) => {
        const decision = given('decision');
        try {
          if (decision !== 'approve' && decision !== 'return')
            throw new InvalidForm({ decision: '请选择通过或者退回。' });
          await reviewPublication(ctx, id, { approve: decision === 'approve', reason: given('reason') });
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return show(reply, ctx, id, given, error.fields);
        }
        reply.flash('success', decision === 'approve' ? '已公开。' : '已退回。');
        return reply.redirect(`${PUBLICATIONS}/${id}`, 303);
      });
    });

    server.post(`${PUBLICATIONS}/:publication/withdrawal`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.publish');
      const id = publicationOf(request);
      return withPosted(app, request, async ({ given }) => {
        try {
          await withdrawPublication(ctx, id, given('reason'));
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return show(reply, ctx, id, given, error.fields);
        }
        reply.flash('success', '已撤下。');
        return reply.redirect(`${PUBLICATIONS}/${id}`, 303);
      });
    });
  };

const publicationOf = (request: FastifyRequest) =>
  numberOf((request.params as { publication?: string }).publication, '没有找到这份转主动公开的稿件。');

async function showList(
  reply: FastifyReply,
  ctx: RequestCtx,
  { year, errors = {} }: { year?: string; errors?: Errors } = {},
) {
  const thisYear = ctx.clock.today().year;
  const page = (
    <PublicationsPage
      waiting={await waitingPublications(ctx)}
      thisYear={thisYear}
      year={year ?? String(thisYear)}
      errors={errors}
    />
  );
  return reply.page(page, Object.keys(errors).length > 0 ? 422 : 200);
}

async function show(
  reply: FastifyReply,
  ctx: RequestCtx,
  id: number,
  given: Given = () => '',
  errors: Errors = {},
): Promise<Answer> {
  const publication = await readPublication(ctx, id);
  const files = await filesOf(ctx, publication.requestId);
  const names = await officeNames(ctx);
  const { actor } = ctx;
  const own = actor.kind === 'staff' && actor.staffId === publication.authorId;
  return reply.page(
    <PublicationPage
      publication={publication}
      files={files.filter((file) => publication.fileIds.includes(file.id))}
      author={names.person(publication.authorId)}
      reviewProblem={
        may(actor, 'requests.review-publication')
          ? own
            ? '这份稿件由您提出，须由他人审查。'
            : null
          : undefined
      }
      mayWithdraw={may(actor, 'requests.publish')}
      given={given}
      errors={errors}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
}
