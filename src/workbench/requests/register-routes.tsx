import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { sheetFile } from '../../areas/letters/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  type LikelyRepeat,
  likelyRepeats,
  type MailLetter,
  type NewFile,
  openMail,
  type Receipt,
  type RequestCtx,
  readCase,
  registerForm,
  registerFromMail,
  reprintCode,
  waitingFiles,
  withWaiting,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import type { Errors, Given } from '../request.ts';
import { mailAddress, NEW_REQUEST, REQUESTS, receiptAddress } from './case-addresses.ts';
import { printedReceipt } from './case-prints.ts';
import { keepPosted } from './case-uploads.ts';
import { DayResult, workOutDay } from './register-day.tsx';
import {
  applicantOf,
  emptyForm,
  formInput,
  formOfLetter,
  overLetter,
  withSubmission,
} from './register-form.ts';
import { RegisterPage } from './register-page.tsx';
import { keepCode, keptCode, ReceiptPage } from './register-receipt.tsx';
import { RepeatsResult } from './register-repeats.tsx';
import { caseIdOf, numberOf, queryOf, requestCtx, withPosted } from './request.ts';

/** Requests in paper, by word of mouth, fax and mail: registered, receipt given, form printed and signed. */
export const registerRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(NEW_REQUEST, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const letter = await letterOf(ctx, queryOf(request));
      if (letter && letter.state !== 'new') return reply.redirect(mailAddress(letter.id), 303);
      const given = letter ? formOfLetter(letter) : emptyForm(ctx.clock.today().toString());
      return reply.page(await registerPage(ctx, given, {}, { letter }));
    });

    server.get(`${NEW_REQUEST}/day`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      return reply.fragment(<DayResult day={await workOutDay(ctx, queryOf(request))} />);
    });

    server.post(`${NEW_REQUEST}/repeats`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      return withPosted(app, request, async ({ given, all }) =>
        reply.fragment(<RepeatsResult repeats={await repeatsOf(ctx, given)} seen={all('repeatSeen')} />),
      );
    });

    server.post(NEW_REQUEST, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      return withPosted(app, request, async ({ given: typed, all, files }) => {
        const given = withSubmission(typed);
        const key = given('submissionKey');
        const again = async (errors: Errors, repeats: readonly LikelyRepeat[] = []) => {
          const letter = await letterOf(ctx, given);
          if (letter && letter.state !== 'new') return reply.redirect(mailAddress(letter.id), 303);
          const shown = letter ? overLetter(given, letter) : given;
          return reply.page(await registerPage(ctx, shown, errors, { repeats, letter }), 422);
        };
        try {
          await keepPosted(app, ctx, key, { files, drop: all('drop') }, SCAN_FIELDS);
          const seen = new Set(all('repeatSeen'));
          const repeats = await repeatsOf(ctx, given);
          if (repeats.some(({ id }) => !seen.has(String(id)))) return again({}, repeats);
          const receipt = await withWaiting(ctx, key, (inside, kept) => register(inside, given, kept));
          keepCode(reply, ctx, receipt);
          return reply.redirect(receiptAddress(receipt.requestId), 303);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return again(error.fields);
        }
      });
    });

    server.get(`${REQUESTS}/:id/receipt`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const view = await readCase(ctx, caseIdOf(request));
      const code = keptCode(request, ctx, view.case.formId);
      return reply.page(
        <ReceiptPage view={view} code={code} mayRegister={may(ctx.actor, 'requests.register')} />,
      );
    });

    server.get(`${REQUESTS}/:id/receipt/print.pdf`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const view = await readCase(ctx, caseIdOf(request));
      const code = keptCode(request, ctx, view.case.formId);
      if (code === null) return reply.redirect(receiptAddress(view.case.id), 303);
      const sheet = await printedReceipt(ctx, view, code, app.config.publicUrl);
      const { bytes, name, type } = await sheetFile(app, sheet);
      return asDownload(reply, name, type).send(Buffer.from(bytes));
    });

    server.post(`${REQUESTS}/:id/receipt`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.register');
      const { case: found } = await readCase(ctx, caseIdOf(request));
      const { code } = await reprintCode(ctx, found.formId);
      keepCode(reply, ctx, { formId: found.formId, requestId: found.id, code });
      return reply.redirect(receiptAddress(found.id), 303);
    });
  };

const SCAN_FIELDS = { scan: 'scan', identity: 'identity' } as const;

async function registerPage(
  ctx: RequestCtx,
  given: Given,
  errors: Errors,
  more: { repeats?: readonly LikelyRepeat[]; letter?: MailLetter | null } = {},
) {
  const { repeats = [], letter = null } = more;
  return (
    <RegisterPage
      given={given}
      errors={errors}
      day={await workOutDay(ctx, given)}
      repeats={repeats}
      kept={await waitingFiles(ctx, given('submissionKey'))}
      today={ctx.clock.today().toString()}
      letter={letter}
    />
  );
}

/** The letter a form names; null where it names none. @throws NotFound */
async function letterOf(ctx: RequestCtx, given: Given): Promise<MailLetter | null> {
  return given('mail') === '' ? null : openMail(ctx, numberOf(given('mail'), '没有找到这封邮件。'));
}

function register(ctx: RequestCtx, given: Given, files: readonly NewFile[]): Promise<Receipt> {
  const input = formInput(given, files);
  if (given('mail') === '') return registerForm(ctx, input);
  return registerFromMail(ctx, numberOf(given('mail'), '没有找到这封邮件。'), input);
}

/** Share of the titles that must agree before anybody is asked. */
const ALIKE = 0.3;

async function repeatsOf(ctx: RequestCtx, given: Given) {
  if (given('title').length < 2) return [];
  const found = await likelyRepeats(ctx, {
    applicant: applicantOf(given),
    title: given('title').slice(0, 200),
    // The same page sent again repeats nothing.
    exceptSubmission: given('submissionKey'),
  });
  return found.filter(({ likeness }) => likeness >= ALIKE);
}
