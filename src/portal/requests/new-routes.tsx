import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addDraftFile,
  type DraftStep,
  deleteDraft,
  draftChallenge,
  emptyAnswers,
  findVisit,
  firstOpenStep,
  MAX_DRAFT_FILES,
  MAX_UPLOAD_BYTES,
  problemsOfDraft,
  type RequestCtx,
  removeDraftFile,
  SLOW_SECONDS,
  saveAnswers,
  sendDraft,
  stepProblems,
  type Visit,
} from '../../areas/requests/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type Upload, withUpload } from '../../core/uploads/index.ts';
import { firstPublic } from '../public-search.ts';
import {
  DeletionPage,
  FilesPage,
  isStep,
  PublicStepPage,
  QuestionPage,
  StartPage,
  stepAfter,
} from './draft-pages.tsx';
import { ReviewPage } from './review-page.tsx';
import { NEW, stepHref } from './step-page.tsx';
import { draftToken, dropDraftToken, ensureDraftToken, visitorCtx } from './visitor.ts';

const HITS = 6;
const RECEIPT = '/requests/receipt';

type Body = Readonly<Record<string, unknown>>;
type DraftVisit = Extract<Visit, { stage: 'draft' }>;

/** The public form: one question a page, saved with every step, complete without script. */
export const newRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const visitOf = async (ctx: RequestCtx, request: FastifyRequest) => {
      const token = draftToken(request);
      return token === null ? null : findVisit(ctx, token);
    };

    server.get(NEW, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const visit = await visitOf(ctx, request);
      const open = visit?.stage === 'draft' ? firstOpenStep(await problemsOfDraft(ctx, visit.draft)) : 'what';
      return reply.page(<StartPage visit={visit} open={open} />);
    });

    server.get(`${NEW}/deletion`, async (request, reply) => {
      const visit = await visitOf(visitorCtx(app, request), request);
      if (visit?.stage !== 'draft') return reply.redirect(NEW, 303);
      return reply.page(<DeletionPage title={visit.draft.answers.title} />);
    });

    server.post(`${NEW}/deletion`, async (request, reply) => {
      await forget(visitorCtx(app, request), request, reply, 'draft');
      reply.flash('success', '草稿和上传的文件已经删除。');
      return reply.redirect('/requests', 303);
    });

    server.post(`${NEW}/found`, async (request, reply) => {
      await forget(visitorCtx(app, request), request, reply, 'draft');
      reply.flash('success', '太好了，不用申请了。您填写的内容已经删除。');
      return reply.redirect('/requests', 303);
    });

    server.post(`${NEW}/another`, async (request, reply) => {
      await forget(visitorCtx(app, request), request, reply, 'sent');
      return reply.redirect(stepHref('what'), 303);
    });

    server.get<{ Params: { step: string } }>(`${NEW}/:step`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const step = stepOf(request.params.step);
      const visit = await visitOf(ctx, request);
      if (visit?.stage === 'sent') return reply.redirect(RECEIPT, 303);
      const answers = visit?.draft.answers ?? emptyAnswers;
      if (step !== 'what' && visit === null) return reply.redirect(NEW, 303);
      if (step === 'identity' && answers.kind === '') return reply.redirect(stepHref('who'), 303);
      if (step === 'review' && visit) return review(ctx, request, reply, visit);
      if (step === 'public') {
        const hits = await firstPublic(ctx.db, ctx.agencyId, answers.title.trim());
        const savedAt = visit?.savedAt ?? null;
        return reply.page(
          <PublicStepPage title={answers.title} hits={hits.slice(0, HITS)} savedAt={savedAt} />,
        );
      }
      if (step === 'files' && visit)
        return reply.page(
          <FilesPage files={visit.files} savedAt={visit.savedAt} maxBytes={fileLimit(app)} />,
        );
      return reply.page(
        <QuestionPage
          step={step}
          answers={answers}
          savedAt={visit?.savedAt ?? null}
          fromReview={fromReview(request)}
        />,
      );
    });

    server.post<{ Params: { step: string }; Body: Body }>(`${NEW}/:step`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const step = stepOf(request.params.step);
      if (step === 'files') return uploaded(ctx, request, reply);
      if (step === 'review') return send(ctx, request, reply);
      const visit = await saved(ctx, request, reply, step);
      if (visit.stage === 'sent') return reply.redirect(RECEIPT, 303);
      const errors = stepProblems(step, await problemsOfDraft(ctx, visit.draft));
      if (Object.keys(errors).length > 0) {
        const { answers } = visit.draft;
        const page = (
          <QuestionPage
            step={step}
            answers={answers}
            errors={errors}
            savedAt={visit.savedAt}
            fromReview={fromReview(request)}
          />
        );
        return reply.page(page, 422);
      }
      return reply.redirect(stepHref(fromReview(request) ? 'review' : stepAfter(step)), 303);
    });

    /** Autosave: 204. */
    server.post<{ Params: { step: string }; Body: Body }>(`${NEW}/:step/draft`, async (request, reply) => {
      await saved(visitorCtx(app, request), request, reply, stepOf(request.params.step));
      return reply.code(204).send();
    });

    /** Errors at once: what is wrong with the fields of this page, as JSON. Nothing is kept. */
    server.post<{ Params: { step: string }; Body: Body }>(`${NEW}/:step/check`, async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const step = stepOf(request.params.step);
      const visit = await visitOf(ctx, request);
      const answers = visit?.stage === 'draft' ? visit.draft.answers : emptyAnswers;
      const problems = await problemsOfDraft(
        ctx,
        { answers, submissionKey: '' },
        { step, given: body(request) },
      );
      return reply.send(stepProblems(step, problems));
    });

    server.post<{ Params: { file: string } }>(`${NEW}/files/:file/removal`, async (request, reply) => {
      const token = draftToken(request);
      const id = Number(request.params.file);
      if (token !== null && Number.isSafeInteger(id))
        await removeDraftFile(visitorCtx(app, request), token, id);
      return reply.redirect(stepHref('files'), 303);
    });

    async function saved(
      ctx: RequestCtx,
      request: FastifyRequest,
      reply: FastifyReply,
      step: DraftStep,
    ): Promise<Visit> {
      const token = ensureDraftToken(request, reply);
      await saveAnswers(ctx, token, step, body(request));
      const visit = await findVisit(ctx, token);
      if (!visit) throw new NotFound('没有找到您填写的申请，请重新填写。');
      return visit;
    }

    async function review(
      ctx: RequestCtx,
      request: FastifyRequest,
      reply: FastifyReply,
      visit: DraftVisit,
      refusal?: Refusal,
    ) {
      const open = firstOpenStep(await problemsOfDraft(ctx, visit.draft));
      if (open !== 'review') {
        reply.flash('warning', '还有没填完的内容，填好后再提交。');
        return reply.redirect(`${stepHref(open)}?from=review`, 303);
      }
      const challenge = await draftChallenge(ctx, draftToken(request) ?? '', request.ip);
      const page = (
        <ReviewPage
          draft={visit.draft}
          files={visit.files}
          savedAt={visit.savedAt}
          challenge={challenge}
          slowSeconds={SLOW_SECONDS}
          {...(refusal && { refusal: refusal.message })}
        />
      );
      return reply.page(page, refusal?.status ?? 200);
    }

    async function send(ctx: RequestCtx, request: FastifyRequest, reply: FastifyReply) {
      const token = draftToken(request);
      const visit = token === null ? null : await findVisit(ctx, token);
      if (token === null || visit === null) {
        reply.flash('warning', '没有找到您填写的申请，可能已超过 7 天或已被删除，请重新填写。');
        return reply.redirect(NEW, 303);
      }
      if (visit.stage === 'sent') return reply.redirect(RECEIPT, 303);
      const { challenge, solution } = body(request);
      try {
        await sendDraft(ctx, token, {
          address: request.ip,
          challenge: typeof challenge === 'string' ? challenge.slice(0, 300) : '',
          solution: typeof solution === 'string' ? solution.slice(0, 20) : '',
        });
      } catch (error) {
        if (error instanceof InvalidForm || (error instanceof Refusal && !(error instanceof NotFound)))
          return review(ctx, request, reply, visit, error instanceof Refusal ? error : undefined);
        throw error;
      }
      return reply.redirect(RECEIPT, 303);
    }

    async function uploaded(ctx: RequestCtx, request: FastifyRequest, reply: FastifyReply) {
      const options = {
        dir: `${app.config.varDir}/uploads`,
        maxBytes: fileLimit(app),
        maxFiles: MAX_DRAFT_FILES,
      };
      const token = draftToken(request);
      const visit = token === null ? null : await findVisit(ctx, token);
      if (token === null || visit === null) return reply.redirect(NEW, 303);
      if (visit.stage === 'sent') return reply.redirect(RECEIPT, 303);
      let next = 'files';
      try {
        await withUpload(request, options, async (upload) => {
          next = upload.field('next');
          await keepUploaded(ctx, request, token, upload);
        });
      } catch (error) {
        const message =
          error instanceof InvalidForm ? (error.fields.file ?? error.message) : messageOf(error);
        const now = await findVisit(ctx, token);
        const files = now?.stage === 'draft' ? now.files : [];
        const page = (
          <FilesPage
            files={files}
            errors={{ file: message }}
            savedAt={visit.savedAt}
            maxBytes={fileLimit(app)}
          />
        );
        return reply.page(page, error instanceof Refusal ? error.status : 422);
      }
      return reply.redirect(stepHref(next === 'review' ? 'review' : 'files'), 303);
    }

    async function keepUploaded(ctx: RequestCtx, request: FastifyRequest, token: string, upload: Upload) {
      const kind = upload.field('kind') === 'identity' ? 'identity' : 'attachment';
      for (const file of upload.files) {
        const type = await checkAttachment(app.scanner, { name: file.name, path: file.path });
        const content = await readFile(file.path);
        const checked = { kind, name: file.name, type, content } as const;
        await addDraftFile(ctx, app.sealedFiles, token, checked, request.ip);
      }
    }
  };

function stepOf(name: string): DraftStep {
  if (!isStep(name)) throw new NotFound('没有找到这个页面');
  return name;
}

const body = (request: FastifyRequest): Body => (request.body ?? {}) as Body;

const fromReview = (request: FastifyRequest) => (request.query as Body).from === 'review';

const fileLimit = (app: App) => Math.min(MAX_UPLOAD_BYTES, app.config.maxUploadBytes);

/** What the person is told; faults go on to the one error handler. */
function messageOf(error: unknown): string {
  if (error instanceof UnreadableFile || error instanceof Refusal) return error.message;
  throw error;
}

async function forget(
  ctx: RequestCtx,
  request: FastifyRequest,
  reply: FastifyReply,
  stage: Visit['stage'],
): Promise<void> {
  const token = draftToken(request);
  const visit = token === null ? null : await findVisit(ctx, token);
  if (token === null || (visit !== null && visit.stage !== stage)) return;
  await deleteDraft(ctx, token);
  dropDraftToken(reply);
}
