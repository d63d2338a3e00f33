import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addEntries,
  deskIssue,
  findCandidates,
  labelOf,
  moveEntry,
  previewIssue,
  putInSection,
  removeEntry,
  renameIssue,
  waitingFor,
} from '../../areas/gazette/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import type { Answer } from '../../ui/index.ts';
import { type Errors, type Given, numberIn, readerOf, staffCtx } from '../request.ts';
import { DESK, issueAddress } from './addresses.ts';
import { ComposePage } from './compose-page.tsx';
import { IssuePage } from './issue-page.tsx';
import { doing } from './request.ts';

const ISSUE = `${DESK}/:id`;
const nothing: Given = () => '';

/** The page of an issue: composing it while it is a draft, what became of it later. */
export async function showIssue(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  tried: { given: Given; errors: Errors } = { given: nothing, errors: {} },
): Promise<Answer> {
  const ctx = staffCtx(app, request, 'gazette.read');
  const id = numberIn(request, 'id');
  const desk = await deskIssue(ctx, id);
  const status = Object.keys(tried.errors).length > 0 ? 422 : 200;
  if (!desk.moves.includes('compose')) return reply.page(<IssuePage desk={desk} {...tried} />, status);
  const query = visibleLine(readerOf(request.query).given('q')).slice(0, 100);
  const [waiting, found] = await Promise.all([
    waitingFor(ctx, id),
    query === '' ? null : findCandidates(ctx, id, query),
  ]);
  const waits = new Set(waiting.map(({ itemId }) => itemId));
  return reply.page(
    <ComposePage
      desk={desk}
      waiting={waiting}
      query={query}
      found={found?.filter(({ itemId }) => !waits.has(itemId)) ?? null}
      {...tried}
    />,
    status,
  );
}

/** Composing: what goes in, in which section and order; and how it would look. */
export const composeRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(ISSUE, (request, reply) => showIssue(app, request, reply));

    server.post(`${ISSUE}/name`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const { given } = readerOf(request.body);
      const id = numberIn(request, 'id');
      return trying(app, request, reply, given, async () => {
        await renameIssue(ctx, id, { name: given('name') });
        reply.flash('success', '已改名。');
        return issueAddress(id);
      });
    });

    server.post(`${ISSUE}/entries`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const id = numberIn(request, 'id');
      const { given, all } = readerOf(request.body);
      const itemIds = all('items')
        .filter((item) => /^[1-9]\d{0,14}$/.test(item))
        .map(Number);
      return doing(
        reply,
        id,
        async () => {
          const added = await addEntries(ctx, id, { itemIds, section: given('section') });
          return `已编入“${given('section')}”${added}篇。`;
        },
        issueAddress(id, given('q') === '' ? '' : `?${new URLSearchParams({ q: given('q') })}`),
      );
    });

    server.post(`${ISSUE}/entries/:item`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const [id, itemId] = [numberIn(request, 'id'), numberIn(request, 'item')];
      const { given } = readerOf(request.body);
      const act = given('act');
      const back = act === 'remove' ? issueAddress(id) : issueAddress(id, `#entry-${itemId}`);
      return doing(
        reply,
        id,
        async () => {
          if (act === 'up' || act === 'down') await moveEntry(ctx, id, itemId, act);
          else if (act === 'remove') await removeEntry(ctx, id, itemId);
          else await putInSection(ctx, id, { itemId, section: given('section') });
          return act === 'remove' ? '已移出这一期。' : null;
        },
        back,
      );
    });

    server.get(`${ISSUE}/preview.pdf`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.read');
      const id = numberIn(request, 'id');
      const { issue } = await deskIssue(ctx, id);
      const { files, gazettePrinting } = app;
      const pdf = await previewIssue({ ...ctx, files, gazettePrinting }, id);
      return reply
        .type('application/pdf')
        .header('x-content-type-options', 'nosniff')
        .header(
          'content-disposition',
          `inline; filename*=UTF-8''${encodeURIComponent(`${labelOf(issue)}.pdf`)}`,
        )
        .send(Buffer.from(pdf));
    });
  };

/** Does it and goes where it says; what is wrong in the form is told beside its fields. */
export async function trying(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  given: Given,
  act: () => Promise<string>,
): Promise<Answer> {
  try {
    return reply.redirect(await act(), 303);
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    return showIssue(app, request, reply, { given, errors: error.fields });
  }
}
