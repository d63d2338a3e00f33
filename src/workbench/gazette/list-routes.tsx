import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  beginIssue,
  changeGazetteSettings,
  type GazetteSettingsForm,
  gazetteDesk,
  hasIssues,
  settingsOfGazette,
} from '../../areas/gazette/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { type Errors, readerOf, staffCtx } from '../request.ts';
import { DESK, issueAddress, NEW, SETTINGS } from './addresses.ts';
import { GazettePage } from './list-page.tsx';
import { NewIssuePage } from './new-page.tsx';
import { SettingsPage } from './settings-page.tsx';

/** The list, a new issue, and how the gazette is named and numbered. */
export const listRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(DESK, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.read');
      const asked = readerOf(request.query).given('year');
      const desk = await gazetteDesk(ctx, /^\d{4}$/.test(asked) ? Number(asked) : null);
      return reply.page(<GazettePage desk={desk} />);
    });

    server.get(NEW, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const { year, month } = ctx.clock.today();
      return reply.page(<NewIssuePage name={`${year}年${month}月`} errors={{}} />);
    });

    server.post(NEW, async (request, reply) => {
      const ctx = staffCtx(app, request, 'gazette.compose');
      const name = readerOf(request.body).given('name');
      try {
        return reply.redirect(issueAddress(await beginIssue(ctx, { name })), 303);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(<NewIssuePage name={name} errors={error.fields} />, 422);
      }
    });

    server.get(SETTINGS, async (request, reply) =>
      reply.page(await settingsPage(staffCtx(app, request, 'gazette.read'), null, {})),
    );

    server.post(SETTINGS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'settings.write');
      const { given } = readerOf(request.body);
      const form: GazetteSettingsForm = {
        title: given('title'),
        host: given('host'),
        editor: given('editor'),
        sections: given('sections'),
        firstYear: given('firstYear'),
        firstNumber: given('firstNumber'),
        firstTotal: given('firstTotal'),
      };
      try {
        await changeGazetteSettings(ctx, form);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(await settingsPage(ctx, form, error.fields), 422);
      }
      reply.flash('success', '公报规则已保存，对今后出版的各期生效。');
      return reply.redirect(SETTINGS, 303);
    });
  };

async function settingsPage(ctx: Ctx, form: GazetteSettingsForm | null, errors: Errors) {
  const [settings, begun] = await Promise.all([settingsOfGazette(ctx), hasIssues(ctx)]);
  const { title, host, editor, sections, first } = settings;
  const kept: GazetteSettingsForm = {
    title,
    host,
    editor,
    sections: sections.join('\n'),
    firstYear: String(Math.max(first.year, 1949) === 1949 ? ctx.clock.today().year : first.year),
    firstNumber: String(first.number),
    firstTotal: String(first.total),
  };
  const mayWrite = may(ctx.actor, 'settings.write');
  return <SettingsPage form={form ?? kept} errors={errors} begun={begun} mayWrite={mayWrite} />;
}
