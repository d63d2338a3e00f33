import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  dismissMail,
  filePlace,
  listMail,
  type MailState,
  mailStates,
  openMail,
  openMailFile,
  type RequestCtx,
  restoreMail,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { type Errors, type Given, oneOf } from '../request.ts';
import { MAIL, mailAddress } from './case-addresses.ts';
import { LetterPage, MailPage } from './mail-pages.tsx';
import { numberOf, queryOf, requestCtx, withPosted } from './request.ts';

/** Letters of the office's mailbox: looked at, registered as requests or put aside. */
export const mailRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(MAIL, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const given = queryOf(request);
      const state: MailState = oneOf(mailStates, given('state')) ?? 'new';
      const behind = given('behind');
      const page = await listMail(ctx, state, behind === '' ? {} : { behind });
      return reply.page(
        <MailPage state={state} {...page} first={behind === ''} connected={app.config.imapUrl !== null} />,
      );
    });

    server.get(`${MAIL}/:mail`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      return show(reply, ctx, mailOf(request));
    });

    server.get(`${MAIL}/:mail/files/:file`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const { file } = request.params as { file?: string };
      const found = await openMailFile(ctx, mailOf(request), numberOf(file, '没有找到这个附件。'));
      const content = await app.sealedFiles.read(found.sealedDigest, filePlace(ctx.agencyId));
      return asDownload(reply, found.name, found.type).send(content);
    });

    server.post(`${MAIL}/:mail/dismissal`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const id = mailOf(request);
      return withPosted(app, request, async ({ given }) => {
        try {
          await dismissMail(ctx, id, { reason: given('reason'), note: given('note') });
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return show(reply, ctx, id, given, error.fields);
        }
        reply.flash('success', '已认定不是申请，30 日内可以在“不是申请”中恢复。');
        return reply.redirect(MAIL, 303);
      });
    });

    server.post(`${MAIL}/:mail/restoration`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const id = mailOf(request);
      await restoreMail(ctx, id);
      reply.flash('success', '已恢复为待辨认。');
      return reply.redirect(mailAddress(id), 303);
    });
  };

const mailOf = (request: FastifyRequest) =>
  numberOf((request.params as { mail?: string }).mail, '没有找到这封邮件。');

async function show(
  reply: FastifyReply,
  ctx: RequestCtx,
  id: number,
  given: Given = () => '',
  errors: Errors = {},
): Promise<Answer> {
  const letter = await openMail(ctx, id);
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return reply.page(<LetterPage letter={letter} given={given} errors={errors} />, status);
}
