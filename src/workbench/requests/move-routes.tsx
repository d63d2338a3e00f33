import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import { type CaseView, type RequestCtx, readCase } from '../../areas/requests/index.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { caseAddress, REQUESTS } from './case-addresses.ts';
import { withSealed } from './case-uploads.ts';
import type { MoveForm } from './move-form.ts';
import { moveForms } from './move-forms.ts';
import { MovePage, type Rejection } from './move-page.tsx';
import { LetterPreview } from './move-preview.tsx';
import {
  caseIdOf,
  type Errors,
  type Given,
  type Posted,
  queryOf,
  requestCtx,
  withPosted,
} from './request.ts';

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
          if (posted.given('then') !== '') return show(reply, ctx, form, await readCase(ctx, id), posted);
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
      const { given, all, files } = posted;
      const version = Number(given('version'));
      const ref = Number.isSafeInteger(version) && version > 0 ? { id, version } : { id };
      try {
        const done = await withSealed(app, ctx, files, form.files ?? {}, (sealed) =>
          form.submit(ctx, ref, { given, all, files: sealed }),
        );
        const { words, to } = typeof done === 'string' ? { words: done, to: caseAddress(id) } : done;
        reply.flash('success', words);
        return reply.redirect(to, 303);
      } catch (error) {
        const again = { given, all, ...('version' in ref && { version: ref.version }) };
        if (error instanceof InvalidForm)
          return show(reply, ctx, form, await readCase(ctx, id), { ...again, errors: error.fields }, 422);
        if (!(error instanceof Refusal) || error.status === 404) throw error;
        const { given: typed, all: several } = again;
        const rejection = rejectionOf(error);
        return show(
          reply,
          ctx,
          form,
          await readCase(ctx, id),
          { given: typed, all: several, rejection },
          error.status,
        );
      }
    };
  };

interface Showing {
  given: Given;
  all(name: string): string[];
  errors?: Errors;
  rejection?: Rejection;
  /** Of the page that was sent; the newest where the person has been told what changed. */
  version?: number;
}

async function show(
  reply: FastifyReply,
  ctx: RequestCtx,
  form: MoveForm,
  view: CaseView,
  { given, all, errors = {}, rejection, version = view.case.version }: Showing,
  status = 200,
): Promise<FastifyReply> {
  const obstacle = view.moves.find(({ move }) => move === form.move)?.obstacle ?? null;
  const open = obstacle === null || rejection !== undefined;
  const question = { ctx, view, given, all, errors };
  return reply.page(
    <MovePage
      form={form}
      question={question}
      obstacle={obstacle}
      rejection={rejection ?? null}
      version={version}
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
