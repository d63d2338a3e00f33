import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  changedTemplates,
  draftFile,
  editTemplate,
  previewTemplate,
  restoreTemplate,
  templateLabel,
  templateOf,
  versionsOf,
  type Wording,
  wordingOf,
} from '../../areas/letters/index.ts';
import { demand, may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { TEMPLATES, templateAddress } from './addresses.ts';
import { TemplatePage, type TemplatePageProps } from './template.tsx';
import { TemplateListPage } from './template-list.tsx';
import { RestorePage } from './template-restore.tsx';

interface Keyed {
  Params: { key: string };
}

/** 文书模板: the wordings of letters, each editable with live fields, in versions. */
export const templateRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const known = (request: FastifyRequest): { ctx: Ctx; key: string } => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'letters.list');
      const { key } = request.params as Keyed['Params'];
      if (!templateOf(key)) throw new NotFound('没有这个文书模板。');
      return { ctx, key };
    };

    server.get(TEMPLATES, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'letters.list');
      return reply.page(<TemplateListPage changed={await changedTemplates(ctx.db, ctx.agencyId)} />);
    });

    server.get(`${TEMPLATES}/:key`, async (request, reply) => {
      const { ctx, key } = known(request);
      const { version } = request.query as { version?: unknown };
      return reply.page(await page(ctx, key, { wanted: Number(version) || null }));
    });

    server.post(`${TEMPLATES}/:key`, async (request, reply) => {
      const { ctx, key } = known(request);
      const { wording, base, next } = posted(request.body);
      try {
        if (next === 'preview') {
          const preview = await previewTemplate(ctx, key, wording);
          return reply.page(await page(ctx, key, { wording, base, preview }));
        }
        if (next === 'file') {
          const { text, kind } = await previewTemplate(ctx, key, wording);
          const { bytes, name, type } = await draftFile(app, { ...text, kind }, 'pdf');
          return reply
            .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
            .type(type)
            .send(Buffer.from(bytes));
        }
        await editTemplate(ctx, key, wording, base);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(await page(ctx, key, { wording, base, errors: error.fields }), 422);
      }
      reply.flash('success', `“${templateLabel(key)}”的模板已保存，此后的文书使用新的措辞。`);
      return reply.redirect(templateAddress(key), 303);
    });

    server.get(`${TEMPLATES}/:key/default`, async (request, reply) => {
      const { ctx, key } = known(request);
      demand(ctx.actor, 'letters.edit-templates');
      const [newest] = await versionsOf(ctx.db, ctx.agencyId, key);
      return reply.page(<RestorePage templateKey={key} version={newest?.version ?? 0} />);
    });

    server.post(`${TEMPLATES}/:key/default`, async (request, reply) => {
      const { ctx, key } = known(request);
      await restoreTemplate(ctx, key, posted(request.body).base);
      reply.flash('success', `“${templateLabel(key)}”已恢复默认模板。`);
      return reply.redirect(templateAddress(key), 303);
    });
  };

async function page(
  ctx: Ctx,
  key: string,
  shown: {
    wanted?: number | null;
    wording?: Wording;
    base?: number;
    errors?: TemplatePageProps['errors'];
    preview?: TemplatePageProps['preview'];
  },
) {
  const versions = await versionsOf(ctx.db, ctx.agencyId, key);
  const older = shown.wanted ? versions.find(({ version }) => version === shown.wanted) : undefined;
  if (shown.wanted && !older) throw new NotFound('没有这个版本。');
  const newest = versions[0];
  const current = newest ?? { key, version: 0, title: null, body: null };
  return (
    <TemplatePage
      templateKey={key}
      wording={shown.wording ?? wordingOf(older ?? current)}
      base={shown.base ?? current.version}
      shownVersion={older && older !== newest ? older.version : null}
      versions={versions}
      errors={shown.errors}
      preview={shown.preview}
      mayEdit={may(ctx.actor, 'letters.edit-templates')}
    />
  );
}

function posted(body: unknown): { wording: Wording; base: number; next: string } {
  const values = (body ?? {}) as Record<string, unknown>;
  const text = (name: string, longest: number) =>
    typeof values[name] === 'string' ? values[name].slice(0, longest) : '';
  const base = text('base', 12);
  return {
    wording: { title: text('title', 300), body: text('body', 100_000).replace(/\r\n?/g, '\n') },
    base: /^\d{1,9}$/.test(base) ? Number(base) : -1,
    next: text('next', 20),
  };
}
