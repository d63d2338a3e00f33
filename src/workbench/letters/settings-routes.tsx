import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { changeLetterSettings, letterSettingsOf, type Series, series } from '../../areas/letters/index.ts';
import { demand, findAgencyById, may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { LETTER_SETTINGS } from './addresses.ts';
import { type LetterSettingsFields, LetterSettingsPage } from './settings.tsx';

export const settingsRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(LETTER_SETTINGS, async (request, reply) => reply.page(await page(staffCtx(app, request))));

    server.post(LETTER_SETTINGS, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'settings.write');
      const given = fieldsOf(request.body);
      try {
        await changeLetterSettings(ctx, {
          prefix: given.prefix,
          words: Object.fromEntries(
            (Object.keys(series) as Series[]).map((key) => [key, given[`word-${key}`]]),
          ) as Record<Series, string>,
          reconsideration: given.reconsideration,
          court: given.court,
          bodiesRequired: given.bodiesRequired === '1',
          dateForm: given.dateForm,
        });
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(await page(ctx, given, error.fields), 422);
      }
      reply.flash('success', '文书设置已保存，此后签发的文书按新设置编号和告知。');
      return reply.redirect(LETTER_SETTINGS, 303);
    });
  };

async function page(ctx: Ctx, given?: LetterSettingsFields, errors?: Readonly<Record<string, string>>) {
  demand(ctx.actor, 'settings.read');
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  if (!agency) throw new NotFound('没有找到这个机构。');
  const settings = letterSettingsOf(agency);
  const words = Object.fromEntries(
    (Object.keys(series) as Series[]).map((key) => [`word-${key}`, settings.words[key]]),
  ) as Record<`word-${Series}`, string>;
  const { prefix, reconsideration, court, dateForm } = settings;
  const bodiesRequired = settings.bodiesRequired ? '1' : '';
  return (
    <LetterSettingsPage
      given={given ?? { prefix, reconsideration, court, bodiesRequired, dateForm, ...words }}
      year={ctx.clock.today().year}
      errors={errors}
      mayWrite={may(ctx.actor, 'settings.write')}
    />
  );
}

function fieldsOf(body: unknown): LetterSettingsFields {
  const values = (body ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].slice(0, 300) : '');
  const words = Object.fromEntries(Object.keys(series).map((key) => [`word-${key}`, text(`word-${key}`)]));
  return {
    prefix: text('prefix'),
    reconsideration: text('reconsideration'),
    court: text('court'),
    bodiesRequired: text('bodiesRequired'),
    dateForm: text('dateForm'),
    ...(words as Record<`word-${Series}`, string>),
  };
}
