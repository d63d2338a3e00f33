import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../../app.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { sheetFile } from '../../areas/letters/index.ts';
import { findAgencyById, may } from '../../areas/organisations/index.ts';
import {
  type Applicant,
  addFiles,
  type CaseView,
  demandToAdd,
  dropWaiting,
  filePlace,
  namedFilesOf,
  openFile,
  type RequestCtx,
  readCase,
  revealApplicant,
  takeOffFile,
  waitingFiles,
  withWaiting,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { lawSettingsOf, timelinessOf } from '../../law/index.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { caseAddress, REQUESTS } from './case-addresses.ts';
import { bundleRoutes } from './case-bundle.ts';
import { addedKinds, type FilesAdded } from './case-files.tsx';
import { letterRoutes } from './case-letter-routes.tsx';
import { officeNames } from './case-names.ts';
import { CasePage } from './case-page.tsx';
import { printedForm } from './case-prints.ts';
import { orAskWhy, reasonRoutes } from './case-reason-routes.tsx';
import { gateStates } from './case-release.tsx';
import { keepPosted, newPageKey, pageKeyOf } from './case-uploads.ts';
import { moveRoutes } from './move-routes.tsx';
import { publicationRoutes } from './publication-routes.tsx';
import { registerRoutes } from './register-routes.tsx';
import { caseIdOf, numberOf, requestCtx, withPosted } from './request.ts';

/** The desk of one request: registration, the case, its moves, its files and letters. */
export const deskRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    await server.register(registerRoutes(app));
    await server.register(publicationRoutes(app));
    await server.register(moveRoutes(app));
    await server.register(caseFileRoutes(app));
    await server.register(letterRoutes(app));
    await server.register(bundleRoutes(app));
    await server.register(reasonRoutes(app));

    server.get(`${REQUESTS}/:id`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      return showCase(reply, ctx, caseIdOf(request));
    });

    server.post(`${REQUESTS}/:id/applicant`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.reveal');
      const id = caseIdOf(request);
      // Whoever may not see the case may not see who asked either.
      await readCase(ctx, id);
      return withPosted(app, request, async ({ given }) => {
        try {
          const revealed = await revealApplicant(ctx, id, given('reason'));
          return showCase(reply, ctx, id, { revealed });
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return showCase(reply, ctx, id, { revealErrors: error.fields }, 422);
        }
      });
    });
  };

const caseFileRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.post(`${REQUESTS}/:id/files`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const id = caseIdOf(request);
      const { files: present } = await readCase(ctx, id);
      const withProgress = request.headers.accept === 'application/json';
      const back = `${caseAddress(id)}#files`;
      return withPosted(app, request, async ({ given, all, files }) => {
        const pageKey = pageKeyOf(given);
        const key = addedKey(id, pageKey);
        try {
          const kind = addedKinds.find((one) => one === given('kind'));
          if (!kind) throw new InvalidForm({ kind: '请选择是什么文件。' });
          demandToAdd(ctx.actor, [kind]);
          await keepPosted(app, ctx, key, { files, drop: all('drop') }, { file: kind });
          // Sent again because no answer came, the first may have added what it brought.
          for (const one of await waitingFiles(ctx, key))
            if (present.some(({ kind, digest }) => kind === one.kind && digest === one.digest))
              await dropWaiting(ctx, key, one.id);
          const { added } = await withWaiting(ctx, key, async (inside, waiting) => {
            // Sent twice at once, the first has added what both brought.
            if (waiting.length === 0 && files.length === 0)
              throw new InvalidForm({ file: '请选择要添加的文件。' });
            if (waiting.length > 0) await addFiles(inside, id, waiting);
            return { fresh: true, added: waiting.length || files.length };
          });
          reply.flash('success', `已添加 ${added} 个文件。`);
        } catch (error) {
          if (withProgress || !(error instanceof InvalidForm)) throw error;
          const adding = {
            pageKey,
            kind: given('kind'),
            kept: await waitingFiles(ctx, key),
            errors: error.fields,
          };
          return showCase(reply, ctx, id, { adding }, 422);
        }
        return withProgress ? reply.send({ page: back }) : reply.redirect(back, 303);
      });
    });

    server.get(`${REQUESTS}/:id/files/:file`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const id = caseIdOf(request);
      await readCase(ctx, id);
      const fileId = fileOf(request);
      return orAskWhy(reply, id, `files/${fileId}`, async () => {
        const { name, type, sealedDigest } = await openFile(ctx, id, fileId);
        return asDownload(reply, name, type).send(
          await app.sealedFiles.read(sealedDigest, filePlace(ctx.agencyId)),
        );
      });
    });

    server.post(`${REQUESTS}/:id/files/:file/removal`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.handle');
      const id = caseIdOf(request);
      await readCase(ctx, id);
      await takeOffFile(ctx, id, fileOf(request));
      reply.flash('success', '文件已移除，移除的记录保留。');
      return reply.redirect(`${caseAddress(id)}#files`, 303);
    });

    server.get(`${REQUESTS}/:id/application-form.pdf`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.reveal');
      const view = await readCase(ctx, caseIdOf(request));
      const { bytes, name, type } = await sheetFile(app, await printedForm(ctx, view));
      return asDownload(reply, name, type).send(Buffer.from(bytes));
    });
  };

const addedKey = (id: number, pageKey: string) => `files/${id}/${pageKey}`;

const fileOf = (request: FastifyRequest) =>
  numberOf((request.params as { file?: string }).file, '没有找到这个文件。');

async function showCase(
  reply: FastifyReply,
  ctx: RequestCtx,
  id: number,
  more: { revealed?: Applicant; revealErrors?: Errors; adding?: FilesAdded } = {},
  status = 200,
): Promise<Answer> {
  const read = await readCase(ctx, id);
  const view = more.revealed ? { ...read, files: await namedFilesOf(ctx, id) } : read;
  const names = await officeNames(ctx);
  const can = (act: Parameters<typeof may>[1]) => may(ctx.actor, act);
  return reply.page(
    <CasePage
      view={view}
      names={names}
      gate={await gateStates(ctx, view)}
      {...(await timeOf(ctx, view))}
      revealed={more.revealed ?? null}
      may={{
        reveal: can('requests.reveal'),
        add: view.disposal === null && (can('requests.handle') || can('requests.register')),
        remove: can('requests.handle'),
        redact: can('requests.redact'),
        dispatch: can('requests.dispatch'),
      }}
      {...(more.revealErrors && { revealErrors: more.revealErrors })}
      adding={more.adding ?? { pageKey: newPageKey(), kind: 'scan', kept: [], errors: {} }}
    />,
    status,
  );
}

/** How many working days are left, or whether the reply went out in time. */
async function timeOf(ctx: RequestCtx, { case: request, standing }: CaseView) {
  if (request.dueOn === null) return { left: null, timeliness: null };
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const due = Temporal.PlainDate.from(request.dueOn);
  const today = ctx.clock.today();
  if (request.concludedOn === null)
    return { left: calendar.workingDaysBetween(today, due), timeliness: null };
  const { reply } = standing;
  if (reply?.dispatchedOn == null || reply.method === null) return { left: null, timeliness: null };
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
  const delivery = {
    method: reply.method,
    issuedOn: day(reply.signedOn),
    dispatchedOn: day(reply.dispatchedOn),
    deliveredOn: day(reply.deliveredOn),
  };
  const timeliness = timelinessOf(due, delivery, today, calendar, lawSettingsOf(agency?.settings ?? {}));
  return { left: null, timeliness: timeliness.decidedBy === null ? null : timeliness };
}
