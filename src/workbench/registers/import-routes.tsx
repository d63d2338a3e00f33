import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  confirmImport,
  holdImport,
  previewImport,
  type Register,
  readRegisterSheet,
} from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, XLSX } from '../../core/download.ts';
import { formSheetLimits, readSheet, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import { ImportPage, PreviewPage } from './import-pages.tsx';
import { postedBy, registerOf, unitsFor } from './request.ts';
import { templateXlsx } from './sheets.ts';
import { signedYears } from './signed.ts';
import { addressOf, REGISTERS } from './words.ts';

const limits = { ...formSheetLimits, rows: 5000 };

export const importRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(`${REGISTERS}/:key/template.xlsx`, async (request, reply) => {
      const { register } = registerOf(app, request, 'registers.write');
      return asDownload(reply, `${register.label}导入模板.xlsx`, XLSX).send(await templateXlsx(register));
    });

    server.get(`${REGISTERS}/:key/import`, async (request, reply) => {
      const { register } = registerOf(app, request, 'registers.write');
      return reply.page(<ImportPage register={register} />);
    });

    server.post(`${REGISTERS}/:key/import`, async (request, reply) => {
      const { ctx, register } = registerOf(app, request, 'registers.write');
      try {
        return await withUpload(request, uploading(app), async ({ files: [file] }) => {
          if (!file) return reply.page(<ImportPage register={register} error="请选择要导入的文件。" />, 422);
          return preview(ctx, reply, register, file);
        });
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        return reply.page(<ImportPage register={register} error={error.message} />, error.status);
      }
    });

    server.post(`${REGISTERS}/:key/import/confirmation`, async (request: FastifyRequest, reply) => {
      const { ctx, register } = registerOf(app, request, 'registers.write');
      const { waiting = '' } = postedBy(request);
      const id = /^\d{1,15}$/.test(waiting) ? Number(waiting) : 0;
      const { imported, unchanged } = await confirmImport(ctx, register, id);
      const kept = unchanged > 0 ? `，${unchanged} 行已有，没有重复登记` : '';
      reply.flash('success', `已从表格登记 ${imported} 条${kept}。`);
      return reply.redirect(addressOf(register), 303);
    });
  };

const uploading = (app: App) => ({
  dir: `${app.config.varDir}/uploads`,
  maxBytes: Math.min(app.config.maxUploadBytes, limits.fileBytes),
});

async function preview(ctx: Ctx, reply: FastifyReply, register: Register, file: UploadedFile) {
  const { rows, ignored } = readRegisterSheet(
    register,
    await readSheet({ name: file.name, path: file.path }, limits),
  );
  const found = await previewImport(ctx, register, rows);
  const confirmable = found.rejected.length === 0 && found.fresh.length > 0;
  const units = await unitsFor(ctx);
  return reply.page(
    <PreviewPage
      register={register}
      fileName={file.name}
      preview={found}
      ignored={ignored}
      waiting={confirmable ? await holdImport(ctx, register, { name: file.name, rows }) : null}
      signed={await signedYears(ctx)}
      unitNames={new Map(units.map(({ id, name }) => [id, name]))}
      today={ctx.clock.today()}
    />,
    found.rejected.length > 0 ? 422 : 200,
  );
}
