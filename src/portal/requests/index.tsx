import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  answerFiles,
  openAnswerFile,
  publishedAnswer,
  publishedAnswers,
  similarAnswers,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { NotFound } from '../../core/refusal.ts';
import { alreadyRoutes } from './already-routes.tsx';
import { ANSWERED, AnsweredListPage, AnsweredPage } from './answered-pages.tsx';
import { LandingPage } from './landing-page.tsx';
import { newRoutes } from './new-routes.tsx';
import { receiptRoutes } from './receipt-routes.tsx';
import { trackRoutes } from './track-routes.tsx';
import { visitorCtx } from './visitor.ts';

const PAGE = 20;
const RECENT = 5;
const QUERY_LENGTH = 100;

/** Pages that show what somebody wrote, or what he may do: no cache keeps them. */
const PRIVATE = /^\/requests\/(new|receipt|track)([/.?]|$)/;

/** 依申请公开 for citizens: asking, following, and reading what others were answered. */
export const requestsRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    server.addHook('onSend', async (request, reply) => {
      if (PRIVATE.test(request.url)) reply.header('cache-control', 'no-store');
    });

    server.get('/requests', async (request, reply) => {
      const list = { query: '', after: null, limit: RECENT };
      const answers = await publishedAnswers(db, request.page?.agency.id ?? 0, list);
      return reply.page(<LandingPage answers={answers} />);
    });

    server.get<{ Querystring: Record<string, unknown> }>(ANSWERED, async (request, reply) => {
      const query = textOf(request.query.q).trim().slice(0, QUERY_LENGTH);
      const after = placeOf(textOf(request.query.after));
      const found = await publishedAnswers(db, request.page?.agency.id ?? 0, {
        query,
        after,
        limit: PAGE + 1,
      });
      const answers = found.slice(0, PAGE);
      const last = answers.at(-1);
      const more = found.length > PAGE && last;
      const next = new URLSearchParams({
        ...(query === '' ? {} : { q: query }),
        after: `${last?.publishedOn}.${last?.id}`,
      });
      return reply.page(
        <AnsweredListPage
          query={query}
          answers={answers}
          nextHref={more ? `${ANSWERED}?${next}` : null}
          later={after !== null}
        />,
      );
    });

    server.get<{ Params: { id: string } }>(`${ANSWERED}/:id`, async (request, reply) => {
      const agencyId = request.page?.agency.id ?? 0;
      const id = /^[1-9]\d{0,14}$/.test(request.params.id) ? Number(request.params.id) : 0;
      const answer = await publishedAnswer(db, agencyId, id);
      if (!answer) throw new NotFound('没有找到这条答复，可能已经撤下。');
      const similar = await similarAnswers(db, agencyId, answer.title, RECENT + 1);
      return reply.page(
        <AnsweredPage
          answer={answer}
          files={await answerFiles(visitorCtx(app, request), id)}
          similar={similar.filter((other) => other.id !== id).slice(0, RECENT)}
        />,
      );
    });

    server.get<{ Params: { id: string; file: string } }>(
      `${ANSWERED}/:id/files/:file`,
      async (request, reply) => {
        const { id, file: fileId } = request.params;
        if (!/^[1-9]\d{0,14}$/.test(id) || !/^[1-9]\d{0,14}$/.test(fileId))
          throw new NotFound('没有找到这个文件');
        const ctx = visitorCtx(app, request);
        const file = await openAnswerFile(ctx, app.sealedFiles, Number(id), Number(fileId));
        return asDownload(reply, file.name, file.type).send(file.bytes);
      },
    );

    await server.register(alreadyRoutes(app));
    await server.register(newRoutes(app));
    await server.register(receiptRoutes(app));
    await server.register(trackRoutes(app));
  };

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** Where the next page begins: the last one's day and id. */
function placeOf(text: string): { publishedOn: string; id: number } | null {
  const [, publishedOn, id] = /^(\d{4}-\d{2}-\d{2})\.([1-9]\d{0,14})$/.exec(text) ?? [];
  return publishedOn && id && isDate(publishedOn) ? { publishedOn, id: Number(id) } : null;
}

const isDate = (text: string) =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
