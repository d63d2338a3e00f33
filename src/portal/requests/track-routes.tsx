import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import { letterFile, sheetFile } from '../../areas/letters/index.ts';
import {
  type CaseFile,
  type DraftFile,
  dropFromHandIn,
  giveFeedback,
  type HandedIn,
  type HandInPlace,
  handIn,
  keepForHandIn,
  keptForHandIn,
  MAX_DRAFT_FILES,
  MAX_UPLOAD_BYTES,
  openReplyFile,
  openTracking,
  type RequestCtx,
  replyFiles,
  trackedForm,
  withdrawByApplicant,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type Upload, withUpload } from '../../core/uploads/index.ts';
import type { WrongForm } from './hand-in.tsx';
import { handInReceiptSheet } from './hand-in-receipt.ts';
import { FORM, TRACK } from './track-addresses.ts';
import { TrackedPage, TrackPage, WithdrawalPage } from './track-pages.tsx';
import { endTracking, keepTracking, trackedFormId, visitorCtx } from './visitor.ts';

type Body = Readonly<Record<string, unknown>>;
interface CaseParams {
  Params: { id: string };
}

/** Following a form by number and code: for half an hour this browser sees that form and nothing else. */
export const trackRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Querystring: Record<string, unknown> }>(TRACK, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const number = typeof request.query.number === 'string' ? request.query.number.slice(0, 20) : '';
      return reply.page(<TrackPage number={number} open={trackedFormId(ctx, request) !== null} />);
    });

    server.post<{ Body: Body }>(TRACK, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const number = textOf(request.body, 'number', 40);
      try {
        const formId = await openTracking(
          ctx,
          { number, code: textOf(request.body, 'code', 40) },
          request.ip,
        );
        keepTracking(ctx, reply, formId);
        return reply.redirect(FORM, 303);
      } catch (error) {
        if (error instanceof InvalidForm)
          return reply.page(<TrackPage number={number} errors={error.fields} open={false} />, 422);
        if (error instanceof Refusal)
          return reply.page(<TrackPage number={number} refusal={error.message} open={false} />, error.status);
        throw error;
      }
    });

    server.get(FORM, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const formId = trackedFormId(ctx, request);
      if (formId === null) return expired(reply);
      return tracked(ctx, reply, formId);
    });

    server.get<{ Params: { file: string } }>(`${TRACK}/letters/:file`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const formId = trackedFormId(ctx, request);
      const [, id, kind] = /^(\d{1,15})\.(pdf|docx)$/.exec(request.params.file) ?? [];
      if (formId === null || id === undefined) throw new NotFound('没有找到这份文书');
      const { cases } = await trackedForm(ctx, formId);
      const letter = cases.flatMap(({ letters }) => letters).find((one) => one.id === Number(id));
      if (!letter) throw new NotFound('没有找到这份文书');
      const { bytes, name, type } = await letterFile(ctx, app, letter.id, kind === 'docx' ? 'docx' : 'pdf');
      return asDownload(reply, name, type).send(Buffer.from(bytes));
    });

    server.get<{ Params: { id: string; file: string } }>(
      `${TRACK}/cases/:id/files/:file`,
      async (request, reply) => {
        const ctx = visitorCtx(app, request);
        const formId = trackedFormId(ctx, request);
        if (formId === null) throw new NotFound('没有找到这个文件');
        const place = { formId, requestId: idOf(request.params.id) };
        const file = await openReplyFile(ctx, app.sealedFiles, place, idOf(request.params.file));
        return asDownload(reply, file.name, file.type).send(file.bytes);
      },
    );

    for (const what of handedIn) {
      server.post<CaseParams>(`${TRACK}/cases/:id/${what}`, async (request, reply) => {
        const ctx = visitorCtx(app, request);
        const formId = trackedFormId(ctx, request);
        if (formId === null) return expired(reply);
        const requestId = idOf(request.params.id);
        const place = { formId, requestId, what };
        let text = '';
        try {
          const options = {
            dir: `${app.config.varDir}/uploads`,
            maxBytes: Math.min(MAX_UPLOAD_BYTES, app.config.maxUploadBytes),
            maxFiles: MAX_DRAFT_FILES,
          };
          await withUpload(request, options, async (upload) => {
            text = upload.field('text');
            await keepFiles(ctx, place, upload);
            await handIn(ctx, place, text);
          });
        } catch (error) {
          const wrong = { requestId, what, text };
          if (error instanceof UnreadableFile)
            return tracked(ctx, reply, formId, { ...wrong, errors: { file: error.message } });
          if (error instanceof InvalidForm)
            return tracked(ctx, reply, formId, { ...wrong, errors: error.fields });
          if (error instanceof Refusal && error.status !== 404)
            return tracked(ctx, reply, formId, { ...wrong, errors: { '': error.message } });
          throw error;
        }
        reply.flash('success', taken[what]);
        return reply.redirect(FORM, 303);
      });
    }

    server.get<{ Params: { id: string; key: string } }>(
      `${TRACK}/cases/:id/received/:key.pdf`,
      async (request, reply) => {
        const ctx = visitorCtx(app, request);
        const formId = trackedFormId(ctx, request);
        if (formId === null) throw new NotFound('没有找到这份回执');
        const found = await caseOf(ctx, formId, idOf(request.params.id));
        const item = found.received.find(({ key }) => key === request.params.key);
        if (!item) throw new NotFound('没有找到这份回执');
        const sheet = handInReceiptSheet(request.page?.agency.name ?? '', found, item);
        const { bytes, name, type } = await sheetFile(app, sheet);
        return asDownload(reply, name, type).send(Buffer.from(bytes));
      },
    );

    server.get<CaseParams>(`${TRACK}/cases/:id/withdrawal`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const formId = trackedFormId(ctx, request);
      if (formId === null) return expired(reply);
      const found = await caseOf(ctx, formId, idOf(request.params.id));
      if (!found.mayWithdraw) {
        reply.flash('warning', '这件申请现在不能撤回：已经办结，或者答复即将发出。');
        return reply.redirect(FORM, 303);
      }
      return reply.page(<WithdrawalPage tracked={found} />);
    });

    server.post<CaseParams>(`${TRACK}/cases/:id/withdrawal`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const formId = trackedFormId(ctx, request);
      if (formId === null) return expired(reply);
      await withdrawByApplicant(ctx, { formId, requestId: idOf(request.params.id) });
      reply.flash('success', '申请已经撤回。');
      return reply.redirect(FORM, 303);
    });

    server.post<CaseParams & { Body: Body }>(`${TRACK}/cases/:id/feedback`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const formId = trackedFormId(ctx, request);
      if (formId === null) return expired(reply);
      const requestId = idOf(request.params.id);
      await caseOf(ctx, formId, requestId);
      const answered = textOf(request.body, 'answered', 10);
      const comment = textOf(request.body, 'comment', 2000);
      try {
        if (answered !== 'yes' && answered !== 'no')
          throw new InvalidForm({ answered: '请选择答复是不是您要的。' });
        await giveFeedback(ctx, requestId, { answered: answered === 'yes', comment });
      } catch (error) {
        if (error instanceof InvalidForm)
          return tracked(ctx, reply, formId, {
            requestId,
            what: 'feedback',
            text: comment,
            answered,
            errors: error.fields,
          });
        throw error;
      }
      reply.flash('success', '谢谢您的评价。');
      return reply.redirect(FORM, 303);
    });

    server.post(`${TRACK}/end`, (_request, reply) => {
      endTracking(reply);
      reply.flash('success', '已经退出查询。');
      return reply.redirect(TRACK, 303);
    });

    /** What may be kept is kept before anything else is judged. @throws InvalidForm at the files that may not */
    async function keepFiles(ctx: RequestCtx, place: HandInPlace, upload: Upload): Promise<void> {
      for (const id of upload.fields('drop').slice(0, MOST_DROPPED))
        if (/^[1-9]\d{0,14}$/.test(id)) await dropFromHandIn(ctx, place, Number(id));
      const wrong: Record<string, string> = {};
      for (const { name, path } of upload.files) {
        try {
          const type = await checkAttachment(app.scanner, { name, path });
          await keepForHandIn(ctx, app.sealedFiles, place, { name, type, content: await readFile(path) });
        } catch (error) {
          if (error instanceof UnreadableFile) wrong.file = error.message;
          else if (error instanceof InvalidForm) Object.assign(wrong, error.fields);
          else throw error;
        }
      }
      if (Object.keys(wrong).length > 0) throw new InvalidForm(wrong);
    }

    async function tracked(
      ctx: RequestCtx,
      reply: FastifyReply,
      formId: number,
      wrong?: WrongForm & { errors: Readonly<Record<string, string>> },
    ) {
      const form = await trackedForm(ctx, formId);
      const files = new Map<number, CaseFile[]>();
      const kept = new Map<string, DraftFile[]>();
      for (const { case: one, awaited } of form.cases) {
        files.set(one.id, await replyFiles(ctx, one.id));
        for (const what of awaited)
          kept.set(`${what}/${one.id}`, await keptForHandIn(ctx, { formId, requestId: one.id, what }));
      }
      keepTracking(ctx, reply, formId);
      const page = (
        <TrackedPage
          tracked={form}
          files={files}
          kept={(requestId, what) => kept.get(`${what}/${requestId}`) ?? []}
          {...(wrong && { errors: wrong.errors, wrong })}
        />
      );
      return reply.page(page, wrong ? 422 : 200);
    }
  };

const MOST_DROPPED = 20;

/** What is said once each came in. */
const taken: Readonly<Record<HandedIn, string>> = {
  correction: '已收到您的补正，答复期限从今天起重新计算。',
  reasons: '已收到您说明的理由，我们会认定是否合理；答复期限继续计算。',
  rectification: '已收到您的更正要求，审核后书面答复您。',
};
const handedIn = Object.keys(taken) as HandedIn[];

function expired(reply: FastifyReply) {
  reply.flash('warning', '请先输入申请编号和查询码；查询后 30 分钟没有操作的，需要重新输入。');
  return reply.redirect(TRACK, 303);
}

async function caseOf(ctx: RequestCtx, formId: number, requestId: number) {
  const { cases } = await trackedForm(ctx, formId);
  const found = cases.find((one) => one.case.id === requestId);
  if (!found) throw new NotFound('没有找到这件申请');
  return found;
}

function idOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new NotFound('没有找到这件申请');
  return Number(text);
}

function textOf(body: Body | undefined, name: string, most: number): string {
  const value = body?.[name];
  return typeof value === 'string' ? value.slice(0, most) : '';
}
