import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { deskIssue, noteErratum, reviewErratum } from '../../areas/gazette/index.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { type Errors, type Given, numberIn, readerOf, staffCtx } from '../request.ts';
import { DESK, issueAddress } from './addresses.ts';
import { trying } from './compose-routes.tsx';
import { ErratumPage } from './erratum-page.tsx';
import { wordsOf } from './request.ts';

const ISSUE = `${DESK}/:id`;

/** Corrections of an issue that is out: proposed by one person, decided by another. */
export const erratumRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.post(`${ISSUE}/errata`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const id = numberIn(request, 'id');
      const { given } = readerOf(request.body);
      return trying(app, request, reply, given, async () => {
        const item = given('item');
        if (item !== '' && !/^[1-9]\d{0,14}$/.test(item))
          throw new InvalidForm({ item: '请选择这一期刊登的文件。' });
        await noteErratum(ctx, id, { notice: given('notice'), itemId: item === '' ? null : Number(item) });
        reply.flash('success', '已登记更正，审核人会收到通知；审核通过后公众才能看到。');
        return issueAddress(id);
      });
    });

    const page = async (request: FastifyRequest, given: Given, errors: Errors) => {
      const ctx = staffCtx(app, request, 'gazette.review');
      const desk = await deskIssue(ctx, numberIn(request, 'id'));
      const erratum = desk.errata.find(({ id }) => id === numberIn(request, 'erratum'));
      if (!erratum) throw new NotFound('没有找到这条更正。');
      return <ErratumPage desk={desk} erratum={erratum} given={given} errors={errors} />;
    };

    server.get(`${ISSUE}/errata/:erratum`, async (request, reply) =>
      reply.page(await page(request, () => '', {})),
    );

    server.post(`${ISSUE}/errata/:erratum`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.review');
      const [id, erratumId] = [numberIn(request, 'id'), numberIn(request, 'erratum')];
      const { given } = readerOf(request.body);
      try {
        const result = given('result');
        if (result !== 'passed' && result !== 'refused')
          throw new InvalidForm({ result: '请选择审核结果。' });
        await reviewErratum(ctx, id, { erratumId, result, opinion: given('opinion') });
        reply.flash('success', result === 'passed' ? '已审核通过，公众现在可以看到。' : '这条更正没有通过。');
      } catch (error) {
        if (error instanceof InvalidForm) return reply.page(await page(request, given, error.fields), 422);
        reply.flash('danger', wordsOf(error));
      }
      return reply.redirect(issueAddress(id), 303);
    });
  };
