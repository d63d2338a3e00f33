import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  dropImport,
  findImport,
  HISTORY_BYTES,
  type HistoryCtx,
  type HistoryImport,
  listImports,
  type NotePlace,
  notesPage,
  openHistoryFiles,
  receiveHistory,
  reportImport,
  startImport,
  stopImport,
} from '../../areas/catalogue/index.ts';
import { demand } from '../../areas/organisations/index.ts';
import { instantOf } from '../../core/clock.ts';
import { asDownload, CSV, XLSX } from '../../core/download.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { streamCsv, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { staffCtx } from '../request.ts';
import { IMPORTS, importAddress } from './addresses.ts';
import { ImportPage } from './import-page.tsx';
import { ImportsPage } from './list-page.tsx';
import { fieldWords, noteKinds } from './parts.tsx';
import { atWork, ProgressRegion } from './progress.tsx';
import { templateCsv, templateXlsx } from './template.ts';

const LISTED = 30;
const NOTES = 100;
const NOTES_AT_ONCE = 1000;
const PARAM = `${IMPORTS}/:import`;

/** 历史数据导入: bringing files in, confirming, stopping and giving up imports, reports and templates. */
export function importRoutes(app: App): FastifyPluginAsync {
  const files = openHistoryFiles(app.config.varDir);
  const historyCtx = (request: FastifyRequest): HistoryCtx => {
    const ctx = staffCtx(app, request);
    demand(ctx.actor, 'catalogue.import');
    return { ...ctx, jobs: app.jobs, historyFiles: files };
  };

  return async (server) => {
    server.get(IMPORTS, async (request, reply) => reply.page(await listOf(historyCtx(request), request)));

    server.post(IMPORTS, async (request, reply) => {
      const ctx = historyCtx(request);
      const limits = { dir: `${app.config.varDir}/uploads`, maxBytes: HISTORY_BYTES };
      const withProgress = request.headers.accept === 'application/json';
      try {
        return await withUpload(request, limits, async ({ files: [file] }) => {
          if (!file) return reply.page(await listOf(ctx, request, '请选择要导入的文件。'), 422);
          const { id, known } = await receiveHistory(ctx, file);
          if (known) reply.flash('warning', '这个文件已经上传过，下面是它的情况。');
          if (withProgress) return reply.send({ page: importAddress(id) });
          return reply.redirect(importAddress(id), 303);
        });
      } catch (error) {
        if (withProgress || !(error instanceof UnreadableFile)) throw error;
        return reply.page(await listOf(ctx, request, error.message), error.status);
      }
    });

    server.get(`${IMPORTS}/template.xlsx`, async (request, reply) => {
      historyCtx(request);
      return asDownload(reply, '历史信息导入模板.xlsx', XLSX).send(await templateXlsx());
    });

    server.get(`${IMPORTS}/template.csv`, async (request, reply) => {
      historyCtx(request);
      return asDownload(reply, '历史信息导入模板.csv', CSV).send(templateCsv());
    });

    server.get(PARAM, async (request, reply) => {
      return reply.page(await pageOf(historyCtx(request), request));
    });

    server.get(`${PARAM}/progress`, async (request, reply) => {
      const ctx = historyCtx(request);
      const standing = await load(ctx, request);
      if (!atWork(standing)) reply.header('hx-refresh', 'true');
      return reply.fragment(<ProgressRegion standing={standing} now={instantOf(ctx.clock)} />);
    });

    const act = (path: string, perform: (ctx: HistoryCtx, id: number) => Promise<void>, done: string) =>
      server.post(`${PARAM}/${path}`, async (request, reply) => {
        const ctx = historyCtx(request);
        const id = idOf(request);
        try {
          await perform(ctx, id);
        } catch (error) {
          // Somebody, perhaps in another window, was faster: how it stands now tells more than a refusal.
          if (!(error instanceof Refusal) || error.status !== 409) throw error;
          if (!atWork(await load(ctx, request)))
            return reply.page(await pageOf(ctx, request, error.message), 409);
          // A page that fetches itself again has to be at its own address.
          reply.flash('warning', error.message);
          return reply.redirect(importAddress(id), 303);
        }
        reply.flash('success', done);
        return reply.redirect(importAddress(id), 303);
      });
    act('start', startImport, '已开始，可以离开这个页面，导入会继续进行。');
    act('stop', stopImport, '已停止，已导入的保留。');
    act('abandonment', dropImport, '已放弃，文件已从服务器删除。');

    server.get(`${PARAM}/report.csv`, async (request, reply) => {
      const ctx = historyCtx(request);
      const standing = await load(ctx, request);
      const columns = ['行号', '结果', '来源编号', '索引号', '标题', '说明'];
      return csvOf(reply, standing, '逐行报告', streamCsv(columns, reportRows(ctx, standing.id)));
    });

    server.get(`${PARAM}/problems.csv`, async (request, reply) => {
      const ctx = historyCtx(request);
      const standing = await load(ctx, request);
      const columns = ['行号', '情况', '栏目', '问题和改法'];
      return csvOf(reply, standing, '有问题的行', streamCsv(columns, problemRows(ctx, standing.id)));
    });
  };
}

async function listOf(ctx: HistoryCtx, request: FastifyRequest, error?: string) {
  const { before = '' } = request.query as { before?: string };
  const place = /^[1-9]\d{0,14}$/.test(before) ? Number(before) : null;
  const found = await listImports(ctx.db, ctx.agencyId, place, LISTED + 1);
  const last = found.length > LISTED ? found[LISTED - 1] : undefined;
  return (
    <ImportsPage
      imports={found.slice(0, LISTED)}
      nextHref={last ? `${IMPORTS}?before=${last.id}` : null}
      first={place === null}
      error={error}
    />
  );
}

async function pageOf(ctx: HistoryCtx, request: FastifyRequest, refused?: string) {
  const standing = await load(ctx, request);
  const { notes = '' } = request.query as { notes?: string };
  const after = placeIn(notes);
  const found = await notesPage(ctx.db, ctx.agencyId, standing.id, after, NOTES + 1);
  const last = found.length > NOTES ? found[NOTES - 1] : undefined;
  return (
    <ImportPage
      standing={standing}
      refused={refused}
      notes={found.slice(0, NOTES)}
      nextNotesHref={last ? importAddress(standing.id, `?notes=${last.line}-${last.id}`) : null}
      firstNotesHref={after ? importAddress(standing.id) : null}
      now={instantOf(ctx.clock)}
    />
  );
}

function idOf(request: FastifyRequest): number {
  const { import: id = '' } = request.params as { import?: string };
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new NotFound('没有找到这次导入。');
  return Number(id);
}

async function load(ctx: HistoryCtx, request: FastifyRequest): Promise<HistoryImport> {
  const standing = await findImport(ctx.db, ctx.agencyId, idOf(request));
  if (!standing) throw new NotFound('没有找到这次导入。');
  return standing;
}

function placeIn(text: string): NotePlace | null {
  const match = /^(\d{1,9})-(\d{1,15})$/.exec(text);
  return match ? { line: Number(match[1]), id: Number(match[2]) } : null;
}

function csvOf(
  reply: FastifyReply,
  { fileName }: HistoryImport,
  what: string,
  content: ReturnType<typeof streamCsv>,
) {
  const name = `${fileName.replace(/\.[A-Za-z0-9]{1,10}$/, '')} ${what}.csv`;
  return asDownload(reply, name, CSV).send(content);
}

const results = { imported: '已导入', unchanged: '已有，不变', rejected: '不合格' } as const;

async function* reportRows(ctx: HistoryCtx, id: number) {
  for await (const { line, result, sourceId, indexNumber, title, notes } of reportImport(ctx, id)) {
    const told = notes.map(({ field, problem }) =>
      field === '' ? problem : `${fieldWords(field)}：${problem}`,
    );
    yield [line, results[result], sourceId, indexNumber, title, told.join('；')];
  }
}

async function* problemRows({ db, agencyId }: HistoryCtx, id: number) {
  for (let after: NotePlace | null = null; ; ) {
    const notes: Awaited<ReturnType<typeof notesPage>> = await notesPage(
      db,
      agencyId,
      id,
      after,
      NOTES_AT_ONCE,
    );
    for (const { line, kind, field, problem } of notes) yield [line, noteKinds[kind].label, field, problem];
    const last = notes.at(-1);
    if (!last || notes.length < NOTES_AT_ONCE) return;
    after = last;
  }
}
