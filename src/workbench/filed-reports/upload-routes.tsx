import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  batchFiles,
  batchProgress,
  type Filing,
  fileReports,
  listBatches,
  MOST_FILES,
  standingsOf,
} from '../../areas/filed-reports/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { oneOf, staffCtx } from '../request.ts';
import { BATCHES, batchAddress, UPLOAD } from './addresses.ts';
import { BatchPage, type BatchProps, BatchRegion } from './batch.tsx';
import { pagingOf } from './paging.ts';
import { fieldsOf, idOf } from './request.ts';
import { UploadPage } from './upload.tsx';
import { fileStates } from './words.ts';
import { yearChoice } from './years.ts';

const FILES_SHOWN = 100;
const BATCHES_SHOWN = 8;

export const uploadRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const uploadPage = async (ctx: Ctx, year: string, errors?: Readonly<Record<string, string>>) => {
      const { items } = await listBatches(ctx, { limit: BATCHES_SHOWN });
      return (
        <UploadPage
          years={(await yearChoice(ctx, year)).years}
          year={yearIn(year)}
          maxBytes={app.config.maxUploadBytes}
          mostFiles={MOST_FILES}
          batches={items}
          errors={errors}
        />
      );
    };

    server.get(UPLOAD, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      return reply.page(await uploadPage(ctx, fieldsOf(request.query)('year')));
    });

    server.post(BATCHES, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const oneByOne = request.headers.accept === 'application/json';
      const batch = fieldsOf(request.query)('batch');
      let year = '';
      try {
        const filing = await withUpload(request, uploading(app), async (upload) => {
          year = upload.field('year');
          if (upload.files.length === 0) throw new InvalidForm({ files: '请选择要上传的文件。' });
          return fileReports(ctx, app, {
            year: yearIn(year) ?? null,
            ...(batch && { batchId: idOf(batch, '没有找到这一批文件。') }),
            files: upload.files,
          });
        });
        const page = batchAddress(filing.batchId);
        if (oneByOne) return { batch: filing.batchId, page, message: filingWords(filing) };
        reply.flash(filing.skipped.length > 0 ? 'warning' : 'success', filingWords(filing));
        return reply.redirect(page, 303);
      } catch (error) {
        if (oneByOne || !(error instanceof UnreadableFile || error instanceof InvalidForm)) throw error;
        const errors = error instanceof InvalidForm ? error.fields : { files: error.message };
        const status = error instanceof UnreadableFile ? error.status : 422;
        return reply.page(await uploadPage(ctx, year, errors), status);
      }
    });

    server.get(`${BATCHES}/:batch`, async (request, reply) =>
      reply.page(<BatchPage {...(await batchOf(app, request))} />),
    );

    server.get(`${BATCHES}/:batch/progress`, async (request, reply) =>
      reply.fragment(<BatchRegion {...(await batchOf(app, request))} />),
    );
  };

const uploading = (app: App) => ({
  dir: `${app.config.varDir}/uploads`,
  maxBytes: app.config.maxUploadBytes,
  maxFiles: MOST_FILES,
});

const yearIn = (text: string): number | undefined => (/^20\d\d$/.test(text) ? Number(text) : undefined);

const SKIPPED_NAMED = 5;

function filingWords({ waiting, same, skipped }: Filing): string {
  const parts = [
    waiting > 0 && `收到 ${waiting} 个文件`,
    same > 0 && `${same} 个与已有的文件相同`,
    skipped.length > 0 &&
      `${skipped.length} 个没有接收（${skipped
        .slice(0, SKIPPED_NAMED)
        .map(({ name, why }) => `${name}：${why.replace(/。$/, '')}`)
        .join('；')}${skipped.length > SKIPPED_NAMED ? ' 等' : ''}）`,
  ].filter(Boolean);
  return `${parts.join('，') || '没有收到文件'}。`;
}

async function batchOf(app: App, request: FastifyRequest): Promise<BatchProps> {
  const ctx = staffCtx(app, request, 'filed-reports.read');
  const { batch = '' } = request.params as { batch?: string };
  const id = idOf(batch, '没有找到这一批文件。');
  const field = fieldsOf(request.query);
  const state = oneOf(fileStates, field('state'));
  const paging = pagingOf(batchAddress(id), { state }, field('pages'));
  const [progress, { items, next }] = await Promise.all([
    batchProgress(ctx, id),
    batchFiles(ctx, id, { ...(state && { state }), after: paging.after, limit: FILES_SHOWN }),
  ]);
  const filed = items.flatMap(({ unitId, year }) =>
    unitId === null || year === null ? [] : [{ unitId, year }],
  );
  const cells = await standingsOf(ctx, filed);
  return {
    progress,
    state,
    files: items,
    standings: cells,
    previousHref: paging.previousHref,
    nextHref: paging.nextHref(next),
  };
}
