import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import {
  type CaseRef,
  type CaseView,
  type RequestCtx,
  readCase,
  waitingFiles,
  withWaiting,
} from '../../areas/requests/index.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { caseAddress, REQUESTS } from './case-addresses.ts';
import { keepPosted, newPageKey, pageKeyOf } from './case-uploads.ts';
import type { MoveForm } from './move-form.ts';
import { moveForms } from './move-forms.ts';
import { MovePage, type Rejection } from './move-page.tsx';
import { LetterPreview } from './move-preview.tsx';
import { caseIdOf, type Posted, queryOf, requestCtx, withPosted } from './request.ts';

/** One address for every move: its page, its letter while it is written, its act. */
export const moveRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    for (const form of moveForms) {
      const address = `${REQUESTS}/:id/${form.path}`;

      server.get(address, async (request, reply) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const view = await readCase(ctx, caseIdOf(request));
        return show(reply, ctx, form, view, { given: queryOf(request), all: () => [] });
      });

      server.post(address, async (request, reply) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const id = caseIdOf(request);
        return withPosted(app, request, async (posted) => {
          return act(reply, ctx, form, id, posted);
        });
      });

      const { preview } = form;
      if (!preview) continue;
      server.post(`${address}/preview`, async (request, reply) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const view = await readCase(ctx, caseIdOf(request));
        return withPosted(app, request, async ({ given, all }) =>
          reply.fragment(<LetterPreview letter={await preview({ ctx, view, given, all, errors: {} })} />),
        );
      });
    }

    const act = async (reply: FastifyReply, ctx: RequestCtx, form: MoveForm, id: number, posted: Posted) => {
      const { given, all } = posted;
      const version = Number(given('version'));
      const ref = Number.isSafeInteger(version) && version > 0 ? { id, version } : { id };
      const pageKey = pageKeyOf(given);
      const again = { given, all, pageKey };
      try {
        if (form.files) await keepChosen(ctx, form, id, pageKey, posted);
        if (given('then') !== '') return await show(reply, ctx, form, await readCase(ctx, id), again);
        const done = await submitted(ctx, ref, form, pageKey, posted);
        const { words, to } = typeof done === 'string' ? { words: done, to: caseAddress(id) } : done;
        reply.flash('success', words);
        return reply.redirect(to, 303);
      } catch (error) {
        if (error instanceof InvalidForm) {
          const seen = { ...again, errors: error.fields, ...('version' in ref && { version: ref.version }) };
          return show(reply, ctx, form, await readCase(ctx, id), seen, 422);
        }
        if (!(error instanceof Refusal) || error.status === 404) throw error;
        const rejected = { ...again, rejection: rejectionOf(error) };
        return show(reply, ctx, form, await readCase(ctx, id), rejected, error.status);
      }
    };

    /** Files wait only for whoever may do the move now. @throws InvalidForm */
    const keepChosen = async (
      ctx: RequestCtx,
      form: MoveForm,
      id: number,
      pageKey: string,
      { files, all }: Posted,
    ) => {
      const { moves } = await readCase(ctx, id);
      if (moves.find(({ move }) => move === form.move)?.obstacle !== null) return;
      await keepPosted(
        app,
        ctx,
        waitingKey(form, id, pageKey),
        { files, drop: all('drop') },
        form.files ?? {},
      );
    };
  };

const waitingKey = ({ path }: MoveForm, id: number, pageKey: string) => `${path}/${id}/${pageKey}`;

async function submitted(
  ctx: RequestCtx,
  ref: CaseRef,
  form: MoveForm,
  pageKey: string,
  { given, all }: Posted,
) {
  if (!form.files) return form.submit(ctx, ref, { given, all, files: [] });
  const { done } = await withWaiting(ctx, waitingKey(form, ref.id, pageKey), async (inside, files) => ({
    fresh: true,
    done: await form.submit(inside, ref, { given, all, files }),
  }));
  return done;
}

interface Showing {
  given: Given;
  all(name: string): string[];
  errors?: Errors;
  rejection?: Rejection;
  /** Of the page that was sent; a page that is opened gets a new one. */
  pageKey?: string;
  /** Of the page that was sent; the newest where the person has been told what changed. */
  version?: number;
}

async function show(
  reply: FastifyReply,
  ctx: RequestCtx,
  form: MoveForm,
  view: CaseView,
  { given, all, errors = {}, rejection, pageKey, version = view.case.version }: Showing,
  status = 200,
): Promise<Answer> {
  const obstacle = view.moves.find(({ move }) => move === form.move)?.obstacle ?? null;
  const open = obstacle === null || rejection !== undefined;
  const question = { ctx, view, given, all, errors };
  const key = pageKey ?? newPageKey();
  const files = form.files && pageKey ? await waitingFiles(ctx, waitingKey(form, view.case.id, key)) : [];
  return reply.page(
    <MovePage
      form={form}
      question={question}
      obstacle={obstacle}
      rejection={rejection ?? null}
      version={version}
      waiting={{ key, files }}
      fields={open ? await form.fields?.(question) : null}
      beside={open ? await form.beside?.(question) : null}
      letter={open ? ((await form.preview?.(question)) ?? null) : null}
    />,
    status,
  );
}

function rejectionOf({ code, message, article }: Refusal): Rejection {
  const overtaken = code === 'requests-changed-meanwhile';
  return {
    title: overtaken ? '别人刚刚办理过这件申请，您的内容没有提交' : '没有办理',
    message: overtaken ? `${message}您填写的内容还在下面，核对之后可以再次提交。` : message,
    article,
  };
}
