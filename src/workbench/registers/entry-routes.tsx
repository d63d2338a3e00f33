import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addEntry,
  changeEntry,
  type Entry,
  effectsOf,
  findEntry,
  type Given,
  type Register,
  restoreEntry,
  voidEntry,
} from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { actsPage } from '../../ledger/index.ts';
import { EntryPage, RestorePage, VoidPage } from './entry.tsx';
import { EntryFormPage } from './form.tsx';
import { entryOf, postedBy, registerOf, unitsFor } from './request.ts';
import { signedYears, yearsTouched } from './signed.ts';
import { addressOf, nameOf, REGISTERS, typed, yearList } from './words.ts';

const HISTORY = 100;

export const entryRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(`${REGISTERS}/:key/new`, async (request, reply) => {
      const { ctx, register } = registerOf(app, request, 'registers.write');
      return showForm(ctx, reply, register, { given: {}, errors: {}, entry: null });
    });

    server.post(`${REGISTERS}/:key`, async (request, reply) => {
      const { ctx, register } = registerOf(app, request, 'registers.write');
      const given = postedBy(request);
      try {
        const id = await addEntry(ctx, register, given);
        await told(ctx, reply, register, id, '已登记');
        return reply.redirect(addressOf(register, given.then === 'another' ? '/new' : `/${id}`), 303);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return showForm(ctx, reply, register, { given, errors: error.fields, entry: null }, 422);
      }
    });

    server.get(`${REGISTERS}/:key/:id`, async (request, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.read');
      const subject = { subjectKind: `register-${register.key}`, subjectId: String(entry.id) };
      const history = await actsPage(ctx.db, ctx.agencyId, subject, { limit: HISTORY });
      const effects = effectsOf(register, entry.values, ctx.clock.today());
      return reply.page(<EntryPage register={register} entry={entry} effects={effects} history={history} />);
    });

    server.get(`${REGISTERS}/:key/:id/edit`, async (request, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.write');
      if (entry.voidedOn) throw new Refusal('entry-voided', '这条登记已经撤销，恢复后才能修改。');
      return showForm(ctx, reply, register, { given: typed(register, entry), errors: {}, entry });
    });

    server.post(`${REGISTERS}/:key/:id`, async (request, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.write');
      const given = postedBy(request);
      const revision = Number(given.revision);
      try {
        await changeEntry(ctx, register, entry.id, revision, given);
        await told(ctx, reply, register, entry.id, '已保存', entry);
        return reply.redirect(addressOf(register, `/${entry.id}`), 303);
      } catch (error) {
        if (error instanceof InvalidForm) {
          // The revision its editor saw, so that a change by someone else still comes to light on saving.
          const seen = { ...entry, revision };
          return showForm(ctx, reply, register, { given, errors: error.fields, entry: seen }, 422);
        }
        if (!(error instanceof Refusal) || error.code !== 'entry-changed') throw error;
        const latest = (await findEntry(ctx.db, register, ctx.agencyId, entry.id)) ?? entry;
        return showForm(ctx, reply, register, { given, errors: {}, entry: latest, overtaken: true }, 409);
      }
    });

    server.get(`${REGISTERS}/:key/:id/voiding`, async (request, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.write');
      if (entry.voidedOn) throw new Refusal('entry-voided', '这条登记已经撤销。');
      return reply.page(<VoidPage {...(await consequencesOf(ctx, register, entry))} reason="" />);
    });

    server.post(`${REGISTERS}/:key/:id/voiding`, async (request, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.write');
      const { reason = '' } = postedBy(request);
      try {
        await voidEntry(ctx, register, entry.id, reason);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const page = await consequencesOf(ctx, register, entry);
        return reply.page(<VoidPage {...page} reason={reason} error={error.fields.reason} />, 422);
      }
      reply.flash('success', `已撤销“${nameOf(register, entry)}”的登记。`);
      return reply.redirect(addressOf(register, `/${entry.id}`), 303);
    });

    server.get(`${REGISTERS}/:key/:id/restoration`, async (request, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.write');
      if (!entry.voidedOn) throw new Refusal('entry-in-force', '这条登记没有撤销，不需要恢复。');
      return reply.page(<RestorePage {...(await consequencesOf(ctx, register, entry))} />);
    });

    server.post(`${REGISTERS}/:key/:id/restoration`, async (request: FastifyRequest, reply) => {
      const { ctx, register, entry } = await entryOf(app, request, 'registers.write');
      await restoreEntry(ctx, register, entry.id);
      reply.flash('success', `已恢复“${nameOf(register, entry)}”的登记。`);
      return reply.redirect(addressOf(register, `/${entry.id}`), 303);
    });
  };

async function showForm(
  ctx: Ctx,
  reply: FastifyReply,
  register: Register,
  form: { given: Given; errors: Readonly<Record<string, string>>; entry: Entry | null; overtaken?: boolean },
  status = 200,
) {
  const [units, signed] = await Promise.all([unitsFor(ctx), signedYears(ctx)]);
  return reply.page(<EntryFormPage register={register} units={units} signed={signed} {...form} />, status);
}

async function consequencesOf(ctx: Ctx, register: Register, entry: Entry) {
  const effects = effectsOf(register, entry.values, ctx.clock.today());
  return { register, entry, effects, signed: yearsTouched(await signedYears(ctx), effects) };
}

/** Says it is saved, and that a signed report stays as it is when the entry counts, or counted, in its year. */
async function told(
  ctx: Ctx,
  reply: FastifyReply,
  register: Register,
  id: number,
  verb: string,
  before?: Entry,
): Promise<void> {
  const now = await findEntry(ctx.db, register, ctx.agencyId, id);
  const entries = [before, now].filter((entry): entry is Entry => Boolean(entry));
  const effects = entries.flatMap(({ values }) => effectsOf(register, values, ctx.clock.today()));
  const touched = yearsTouched(await signedYears(ctx), effects);
  const name = now ? nameOf(register, now) : '';
  if (touched.length === 0) reply.flash('success', `${verb}“${name}”。`);
  else
    reply.flash(
      'warning',
      `${verb}“${name}”。${yearList(touched)}年度报告已签发，不会随之改变；需要更正的，请在年度报告中发起更正。`,
    );
}
