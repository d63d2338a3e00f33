import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import { REASON_ASKED, readCase, revealApplicant } from '../../areas/requests/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { caseAddress, REQUESTS, reasonAddress } from './case-addresses.ts';
import { ReasonGivenPage, ReasonPage } from './case-reason.tsx';
import { caseIdOf, queryOf, requestCtx, withPosted } from './request.ts';

/** Asks why the applicant's name is looked at, records it, and leads on to the file. */
export const reasonRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const address = `${REQUESTS}/:id/applicant-reason`;

    server.get(address, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.reveal');
      const view = await readCase(ctx, caseIdOf(request));
      const what = wanted(view.case.id, queryOf(request)('for'));
      return reply.page(<ReasonPage view={view} what={what} given="" errors={{}} />);
    });

    server.post(address, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.reveal');
      const view = await readCase(ctx, caseIdOf(request));
      return withPosted(app, request, async ({ given }) => {
        const what = wanted(view.case.id, given('for'));
        try {
          await revealApplicant(ctx, view.case.id, given('reason'));
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return reply.page(
            <ReasonPage view={view} what={what} given={given('reason')} errors={error.fields} />,
            422,
          );
        }
        return reply.page(<ReasonGivenPage view={view} what={what} />);
      });
    });
  };

/** Sends what bears the applicant's name, or leads to the page that asks why. `what`: its address below the case. */
export async function orAskWhy(
  reply: FastifyReply,
  id: number,
  what: string,
  send: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== REASON_ASKED) throw error;
    return reply.redirect(reasonAddress(id, what) ?? caseAddress(id), 303);
  }
}

/** Only what lies below the case itself. @throws NotFound */
function wanted(id: number, what: string): string {
  if (reasonAddress(id, what) === null) throw new NotFound('没有找到这份文件。');
  return what;
}
