import { createReadStream } from 'node:fs';
import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  attachEvidence,
  findFile,
  type Move,
  moveReturn,
  moves,
  readReturn,
  removeEvidence,
} from '../../areas/returns/index.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { evidenceType, withUpload } from '../../core/uploads/index.ts';
import { staffCtx } from '../request.ts';
import { idOf } from './forms.ts';
import { ActPage, actNouns, ShowPage } from './show.tsx';
import { showView } from './views.ts';

type Params = { id: string; file?: string };

/** One return: its page, the acts on it, its evidence files. */
export function returnRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get<{ Params: Params }>('/workbench/returns/:id', async (request, reply) => {
      const view = await showView(app, staffCtx(app, request), idOf(request.params.id));
      return reply.page(<ShowPage {...view} />);
    });

    for (const [name, noun] of Object.entries(actNouns)) {
      const move = name as Exclude<Move, 'fill'>;
      server.get<{ Params: Params }>(`/workbench/returns/:id/${noun}`, async (request, reply) => {
        const item = await readReturn(staffCtx(app, request), idOf(request.params.id));
        return reply.page(<ActPage item={item} move={move} />);
      });
      server.post<{ Params: Params; Body: { reason?: string } | null }>(
        `/workbench/returns/:id/${noun}`,
        async (request, reply) => {
          const ctx = staffCtx(app, request);
          const id = idOf(request.params.id);
          const reason = String(request.body?.reason ?? '');
          try {
            await moveReturn(ctx, id, move, reason);
          } catch (error) {
            if (!(error instanceof InvalidForm)) throw error;
            const item = await readReturn(ctx, id);
            return reply.page(<ActPage item={item} move={move} reason={reason} errors={error.fields} />, 422);
          }
          reply.flash('success', `已${moves[move].label}。`);
          return reply.redirect(`/workbench/returns/${id}`, 303);
        },
      );
    }

    server.post<{ Params: Params }>('/workbench/returns/:id/files', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const id = idOf(request.params.id);
      await readReturn(ctx, id);
      const options = { dir: `${app.config.varDir}/uploads`, maxBytes: app.config.maxUploadBytes };
      try {
        await withUpload(request, options, async ({ files: [file] }) => {
          if (!file) throw new UnreadableFile('empty', '请先选择要上传的文件。');
          const type = await evidenceType(file);
          const { sha256, bytes } = await app.files.put(createReadStream(file.path));
          await attachEvidence(ctx, id, { digest: sha256, name: file.name, type, bytes });
        });
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        const view = await showView(app, ctx, id);
        return reply.page(<ShowPage {...view} fileError={error.message} />, error.status);
      }
      reply.flash('success', '已上传佐证材料。');
      return reply.redirect(`/workbench/returns/${id}#files`, 303);
    });

    server.get<{ Params: Params }>('/workbench/returns/:id/files/:file', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const item = await readReturn(ctx, idOf(request.params.id));
      const file = await findFile(
        ctx.db,
        ctx.agencyId,
        item.id,
        idOf(request.params.file, '没有找到这个附件。'),
      );
      if (!file) throw new NotFound('没有找到这个附件。');
      const { content, bytes } = await app.files.stream(file.digest);
      return reply
        .type(file.type)
        .header('content-length', bytes)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .send(content);
    });

    server.post<{ Params: Params }>('/workbench/returns/:id/files/:file/removal', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const id = idOf(request.params.id);
      await readReturn(ctx, id);
      const file = await removeEvidence(ctx, id, idOf(request.params.file, '没有找到这个附件。'));
      reply.flash('success', `已移除“${file.name}”。`);
      return reply.redirect(`/workbench/returns/${id}#files`, 303);
    });
  };
}
