import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../../app.ts';
import { deliverLetter, dispatchLetter, type LetterEntry, letterFile } from '../../areas/letters/index.ts';
import { type CaseView, openLetter, type RequestCtx, readCase } from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { parseDay } from '../../law/index.ts';
import { type Given, oneOf } from '../request.ts';
import { caseAddress, REQUESTS } from './case-addresses.ts';
import { LetterDeliveryPage, LetterDispatchPage } from './case-letter-forms.tsx';
import { hasOwnMove } from './case-letters.tsx';
import { orAskWhy } from './case-reason-routes.tsx';
import { dispatchMethods } from './case-words.ts';
import { caseIdOf, numberOf, requestCtx, withPosted } from './request.ts';

const LETTER = `${REQUESTS}/:id/letters/:letter`;
const NO_LETTER = '没有找到这份文书。';

/** Letters of a case as files, and when they went out and arrived. */
export const letterRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    for (const format of ['pdf', 'docx'] as const) {
      server.get(`${LETTER}.${format}`, async (request, reply) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const { view, letter } = await letterOfCase(ctx, request);
        const { id } = view.case;
        return orAskWhy(reply, id, `letters/${letter.id}.${format}`, async () => {
          await openLetter(ctx, id, letter.id);
          const { bytes, name, type } = await letterFile(ctx, app, letter.id, format);
          return asDownload(reply, name, type).send(Buffer.from(bytes));
        });
      });
    }

    for (const act of ['dispatch', 'delivery'] as const) {
      const Page = act === 'dispatch' ? LetterDispatchPage : LetterDeliveryPage;

      server.get(`${LETTER}/${act}`, async (request, reply) => {
        const ctx = requestCtx(app, request, 'requests.dispatch');
        const { view, letter } = await plainLetter(ctx, request);
        return reply.page(<Page view={view} letter={letter} given={() => ''} errors={{}} />);
      });

      server.post(`${LETTER}/${act}`, async (request, reply: FastifyReply) => {
        const ctx = requestCtx(app, request, 'requests.dispatch');
        const { view, letter } = await plainLetter(ctx, request);
        return withPosted(app, request, async ({ given }) => {
          try {
            await (act === 'dispatch' ? send : arrive)(ctx, letter.id, given);
          } catch (error) {
            if (!(error instanceof InvalidForm)) throw error;
            return reply.page(<Page view={view} letter={letter} given={given} errors={error.fields} />, 422);
          }
          reply.flash('success', act === 'dispatch' ? '已登记发出。' : '已登记送达。');
          return reply.redirect(`${caseAddress(view.case.id)}#letters`, 303);
        });
      });
    }
  };

async function send(ctx: RequestCtx, letterId: number, given: Given): Promise<void> {
  const method = oneOf(dispatchMethods, given('method'));
  if (!method) throw new InvalidForm({ method: '请选择怎样送达。' });
  const trackingNumber = given('trackingNumber');
  await dispatchLetter(ctx, letterId, {
    method,
    on: dayOf(given('on')),
    ...(trackingNumber !== '' && { trackingNumber }),
  });
}

async function arrive(ctx: RequestCtx, letterId: number, given: Given): Promise<void> {
  await deliverLetter(ctx, letterId, { on: dayOf(given('on')), by: given('by') });
}

function dayOf(text: string): Temporal.PlainDate {
  if (parseDay(text) === null) throw new InvalidForm({ on: '请填写日历上有的日期，写成 2026-01-31。' });
  return Temporal.PlainDate.from(text);
}

/** A letter of this very case: one of another is not found here, whoever may read that other case. */
async function letterOfCase(
  ctx: RequestCtx,
  request: FastifyRequest,
): Promise<{ view: CaseView; letter: LetterEntry }> {
  const view = await readCase(ctx, caseIdOf(request));
  const wanted = numberOf((request.params as { letter?: string }).letter, NO_LETTER);
  const letter = view.letters.find(({ id }) => id === wanted);
  if (!letter) throw new NotFound(NO_LETTER);
  return { view, letter };
}

/** The same, of a kind that no move of the case sends. */
async function plainLetter(ctx: RequestCtx, request: FastifyRequest) {
  const found = await letterOfCase(ctx, request);
  if (hasOwnMove(found.letter)) throw new NotFound(NO_LETTER);
  return found;
}
