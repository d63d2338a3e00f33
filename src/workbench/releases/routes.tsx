import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { demand, may, policy, roles } from '../../areas/organisations/index.ts';
import { startRedaction } from '../../areas/redactions/index.ts';
import { letThrough, type ReleaseView, readRelease } from '../../areas/releases/index.ts';
import { type CaseView, filePlace, type RequestCtx, readCase } from '../../areas/requests/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { redactionAddress } from '../redactions/addresses.ts';
import { caseAddress } from '../requests/case-addresses.ts';
import { RELEASES, releaseAddress } from './addresses.ts';
import type { Refused } from './finding-item.tsx';
import { checkOutgoing, cleanOutgoing, fileOfCheck, outgoingFile } from './outgoing-file.ts';
import { ReleasePage } from './page.tsx';
import { checkIdOf, fieldsOf, gateCtx, numberOf } from './request.ts';

const CHECK = `${RELEASES}/:id`;

export const releaseRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.post(RELEASES, async (request, reply) => {
      const ctx = gateCtx(app, request);
      const field = fieldsOf(request);
      const view = await readCase(ctx, numberOf(field('request'), '没有找到这件申请。'));
      const file = outgoingFile(view, numberOf(field('file'), '没有找到这份答复附件。'));
      try {
        const id = await checkOutgoing(app, ctx, view, file);
        return reply.redirect(releaseAddress(id), 303);
      } catch (error) {
        if (!isTold(error)) throw error;
        reply.flash('danger', error.message);
        return reply.redirect(caseAddress(view.case.id), 303);
      }
    });

    server.get(CHECK, (request, reply) => show(app, request, reply, null));

    server.post(`${CHECK}/cleaning`, async (request, reply) => {
      const { ctx, view, of } = await load(app, request);
      const field = fieldsOf(request);
      const file = fileOfCheck(of, view);
      const key = field('key');
      try {
        if (!file) throw new Refusal('releases-no-file', '这份文件已经不在案卷的答复附件里。');
        const check = { id: view.id, version: numberOf(field('version')) };
        await cleanOutgoing(app, ctx, { check, view: of, file }, key === 'all' ? 'all' : [key]);
        reply.flash('success', '已清理并重新检查，案卷里的附件已换成清理后的文件。');
      } catch (error) {
        if (!isTold(error)) throw error;
        reply.flash('danger', error.message);
      }
      return reply.redirect(releaseAddress(view.id), 303);
    });

    server.post(`${CHECK}/redaction`, async (request, reply) => {
      const { ctx, view, of } = await load(app, request);
      demand(ctx.actor, 'requests.redact');
      const file = fileOfCheck(of, view);
      if (!file) throw new NotFound('没有找到这份答复附件。');
      const bytes = await app.sealedFiles.read(file.sealedDigest, filePlace(ctx.agencyId));
      const { sealedFiles, redactor } = app;
      try {
        const id = await startRedaction(
          { ...ctx, sealedFiles, redactor },
          { requestId: of.case.id, files: [{ name: file.name, bytes }] },
        );
        return reply.redirect(redactionAddress(id), 303);
      } catch (error) {
        if (!isTold(error)) throw error;
        reply.flash('danger', error.message);
        return reply.redirect(releaseAddress(view.id), 303);
      }
    });

    server.post(`${CHECK}/exceptions`, async (request, reply) => {
      const { ctx, view } = await load(app, request);
      const field = fieldsOf(request);
      const given = { keys: [field('key')], reason: field('reason') };
      try {
        await letThrough(ctx, { id: view.id, version: numberOf(field('version')) }, given);
        reply.flash('success', '已放行，理由和放行人记录在案。');
      } catch (error) {
        if (error instanceof InvalidForm) {
          const refused = { key: field('key'), reason: field('reason'), errors: error.fields };
          return show(app, request, reply, refused);
        }
        if (!isTold(error)) throw error;
        reply.flash('danger', error.message);
      }
      return reply.redirect(releaseAddress(view.id), 303);
    });
  };

/** What an act answers on the page it came from; who may not act at all gets the page of the error handler. */
const isTold = (error: unknown): error is Refusal =>
  error instanceof Refusal && [409, 413, 422, 503].includes(error.status);

/** The check with its case; who may not see the case does not see its files. @throws NotFound */
async function load(
  app: App,
  request: FastifyRequest,
): Promise<{ ctx: RequestCtx; view: ReleaseView; of: CaseView }> {
  const ctx = gateCtx(app, request);
  const view = await readRelease(ctx, checkIdOf(request));
  // Files of items are judged at the item they belong to.
  if (view.subject.kind !== 'request') throw new NotFound('没有找到这份文件的出口检查。');
  return { ctx, view, of: await readCase(ctx, view.subject.id) };
}

async function show(app: App, request: FastifyRequest, reply: FastifyReply, refused: Refused | null) {
  const { ctx, view, of } = await load(app, request);
  const page = (
    <ReleasePage
      view={view}
      of={of}
      file={fileOfCheck(of, view)}
      mayClean={may(ctx.actor, 'releases.check') && may(ctx.actor, 'requests.handle')}
      mayLetThrough={may(ctx.actor, 'releases.let-through')}
      mayRedact={may(ctx.actor, 'requests.redact')}
      whoElse={policy['releases.let-through'].roles.map((role) => roles[role]).join('、')}
      refused={refused}
    />
  );
  return reply.page(page, refused ? 422 : 200);
}
