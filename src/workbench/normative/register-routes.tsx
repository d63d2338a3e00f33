import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  countOpenChanges,
  decideValidity,
  documentOfChange,
  dropValidity,
  endingDocuments,
  normativeDocument,
  openChanges,
  proposeTerm,
  proposeValidity,
  registerFile,
  registerPage,
} from '../../areas/catalogue/index.ts';
import { listUnits } from '../../areas/organisations/index.ts';
import { asDownload, CSV, XLSX } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { type ItemCtx, idIn, itemCtx, postedIn, queryOf, wordsOf } from '../items/request.ts';
import type { Given } from '../request.ts';
import { CHANGES, documentAddress, ENDING, NORMATIVE } from './addresses.ts';
import { DocumentPage, type DocumentProps } from './document-page.tsx';
import { ChangesPage, EndingPage } from './lists-pages.tsx';
import { RegisterPage } from './register-page.tsx';
import { readRegisterQuery } from './register-query.ts';

/** Days ahead that the list of what ends looks. */
const AHEAD = 90;
const MOST_LISTED = 200;

/** 登记簿: lists, one document, and changes of validity. */
export const registerRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(NORMATIVE, async (request, reply) => {
      const { db, agencyId } = itemCtx(app, request);
      const { filter, after } = readRegisterQuery(queryOf(request));
      const [page, units, waiting] = await Promise.all([
        registerPage(db, agencyId, filter, after),
        listUnits(db, agencyId),
        countOpenChanges(db, agencyId),
      ]);
      return reply.page(
        <RegisterPage {...page} filter={filter} first={after === null} units={units} waiting={waiting} />,
      );
    });

    for (const kind of ['csv', 'xlsx'] as const)
      server.get(`${NORMATIVE}/export.${kind}`, async (request, reply) => {
        const { db, agencyId } = itemCtx(app, request);
        const { filter } = readRegisterQuery(queryOf(request));
        const content = await registerFile(db, agencyId, filter, { kind, title: '规范性文件登记簿' });
        const type = kind === 'csv' ? CSV : XLSX;
        return asDownload(reply, `规范性文件登记簿.${kind}`, type).send(content);
      });

    server.get(CHANGES, async (request, reply) => {
      const { db, agencyId } = itemCtx(app, request);
      const [changes, waiting] = await Promise.all([
        openChanges(db, agencyId, MOST_LISTED),
        countOpenChanges(db, agencyId),
      ]);
      return reply.page(<ChangesPage changes={changes} waiting={waiting} />);
    });

    server.get(ENDING, async (request, reply) => {
      const { db, agencyId, clock } = itemCtx(app, request);
      const until = clock.today().add({ days: AHEAD }).toString();
      const [documents, waiting] = await Promise.all([
        endingDocuments(db, agencyId, until, MOST_LISTED),
        countOpenChanges(db, agencyId),
      ]);
      const today = clock.today().toString();
      return reply.page(<EndingPage documents={documents} until={until} today={today} waiting={waiting} />);
    });

    const show = async (
      ctx: ItemCtx,
      reply: FastifyReply,
      id: number,
      refused?: DocumentProps['refused'],
    ) => {
      const read = await normativeDocument(ctx, id);
      const unit = (await listUnits(ctx.db, ctx.agencyId)).find((one) => one.id === read.item.unitId);
      return reply.page(
        <DocumentPage
          {...read}
          unitName={unit?.name ?? ''}
          today={ctx.clock.today().toString()}
          {...(refused && { refused })}
        />,
        refused ? 422 : 200,
      );
    };
    server.get(`${NORMATIVE}/:id`, (request, reply) =>
      show(itemCtx(app, request), reply, idIn(request, 'id')),
    );

    const doing = async (
      request: FastifyRequest,
      reply: FastifyReply,
      id: number,
      form: NonNullable<DocumentProps['refused']>['form'],
      does: (ctx: ItemCtx, given: Given) => Promise<string>,
    ) => {
      const ctx = itemCtx(app, request);
      const { given } = postedIn(request);
      try {
        reply.flash('success', await does(ctx, given));
      } catch (error) {
        if (error instanceof InvalidForm) {
          const { ground, ...others } = error.fields;
          const errors =
            form === 'term' && ground !== undefined ? { ...others, termGround: ground } : error.fields;
          return show(ctx, reply, id, { form, given, errors });
        }
        reply.flash('danger', wordsOf(error).slice(0, 400));
      }
      return reply.redirect(documentAddress(id), 303);
    };

    server.post(`${NORMATIVE}/:id/validity`, (request, reply) => {
      const id = idIn(request, 'id');
      return doing(request, reply, id, 'validity', async (ctx, given) => {
        await proposeValidity(ctx, id, {
          validity: given('validity'),
          fromOn: given('fromOn'),
          ground: given('ground'),
          replacement: given('replacement'),
        });
        return '已提交审核；批准后公开页面更新。';
      });
    });

    server.post(`${NORMATIVE}/:id/term`, (request, reply) => {
      const id = idIn(request, 'id');
      return doing(request, reply, id, 'term', async (ctx, given) => {
        await proposeTerm(ctx, id, { validUntil: given('validUntil'), ground: given('termGround') });
        return '已提交审核。';
      });
    });

    server.post(`${CHANGES}/:id/decision`, async (request, reply) => {
      const { given } = postedIn(request);
      const item = await documentOfChange(itemCtx(app, request), idIn(request, 'id'));
      return doing(request, reply, item, 'decision', async (ctx) => {
        const approved = given('decision') === 'approve';
        if (!approved && given('decision') !== 'refuse')
          throw new InvalidForm({ opinion: '请选择批准或者不同意。' });
        await decideValidity(ctx, idIn(request, 'id'), { approved, opinion: given('opinion') });
        return approved ? '已批准，公开页面已经更新。' : '已记录不同意的意见。';
      });
    });

    server.post(`${CHANGES}/:id/withdrawal`, async (request, reply) => {
      const item = await documentOfChange(itemCtx(app, request), idIn(request, 'id'));
      return doing(request, reply, item, 'decision', async (ctx) => {
        await dropValidity(ctx, idIn(request, 'id'));
        return '已撤回。';
      });
    });
  };
