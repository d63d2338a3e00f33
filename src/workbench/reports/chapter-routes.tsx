import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  mergeSources,
  obstacle,
  type ReportDesk,
  saveChapter,
  tryChapter,
} from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { demand } from '../../areas/organisations/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { ChapterEditor } from './chapter-editor.tsx';
import { ChapterMerge, merged } from './chapter-merge.tsx';
import { ChapterSide, Chapters } from './chapters.tsx';
import { demandForm, deskFor, mayEdit, reportCtx, yearOf } from './desk-request.ts';
import { stateOf } from './frame.tsx';

const text = z.string().transform((value) => value.replaceAll('\r\n', '\n'));
const base = text.default('').transform((value) => value || null);
const chapterForm = z.object({ source: text, fromRevision: z.coerce.number().int().min(0), base });
const mergeForm = z.looseObject({ mine: text, theirRevision: z.coerce.number().int().min(0), base });

type ChapterRoute = { Params: { key: string } };

/** Reading and writing the chapters of a report; saving over somebody else's text leads to a page that keeps both. */
export function chapterRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get('/workbench/reports/:year/chapters', async (request, reply) => {
      const desk = await deskFor(app, request);
      return reply.page(<Chapters desk={desk} mayEdit={mayEdit(app, request, desk)} />);
    });

    server.get<ChapterRoute>('/workbench/reports/:year/chapters/:key', async (request, reply) => {
      const desk = await editableDesk(request);
      const chapter = chapterOf(desk, request.params.key);
      return reply.page(
        <ChapterEditor
          desk={desk}
          chapter={chapter}
          source={chapter.source}
          base={chapter.source}
          fromRevision={revisionOf(desk, chapter.key)}
        />,
      );
    });

    server.post<ChapterRoute>('/workbench/reports/:year/chapters/:key', async (request, reply) => {
      const form = demandForm(chapterForm, request.body);
      const { key } = request.params;
      try {
        await saveChapter(reportCtx(app, request), yearOf(request), { key, ...form });
      } catch (error) {
        if (error instanceof Refusal && error.code === 'chapter-conflict') {
          const desk = await deskFor(app, request);
          return reply.page(
            <ChapterMerge desk={desk} chapter={chapterOf(desk, key)} mine={form.source} base={form.base} />,
            409,
          );
        }
        if (!(error instanceof InvalidForm)) throw error;
        const desk = await deskFor(app, request);
        return reply.page(
          <ChapterEditor desk={desk} chapter={chapterOf(desk, key)} {...form} errors={error.fields} />,
          422,
        );
      }
      reply.flash('success', '本章已保存。');
      return reply.redirect(`/workbench/reports/${yearOf(request)}/chapters/${key}`, 303);
    });

    // One text from two. Nothing is saved: the officer reads it through and saves it himself.
    server.post<ChapterRoute>('/workbench/reports/:year/chapters/:key/merge', async (request, reply) => {
      const desk = await editableDesk(request);
      const chapter = chapterOf(desk, request.params.key);
      const { mine, theirRevision, base, ...choices } = demandForm(mergeForm, request.body);
      const revision = revisionOf(desk, chapter.key);
      const parts = mergeSources(mine, chapter.source, base);
      // Choices made over an older text of the other officer do not fit the parts of the newest.
      const result = merged(parts, revision === theirRevision ? choices : {});
      if ('errors' in result) {
        const chosen = Object.fromEntries(
          Object.entries(choices).map(([name, value]) => [name, String(value)]),
        );
        return reply.page(
          <ChapterMerge
            desk={desk}
            chapter={chapter}
            mine={mine}
            base={base}
            chosen={revision === theirRevision ? chosen : {}}
            errors={result.errors}
          />,
          422,
        );
      }
      return reply.page(
        <ChapterEditor
          desk={desk}
          chapter={chapter}
          source={result.source}
          base={chapter.source}
          fromRevision={revision}
          merged
        />,
      );
    });

    // How a text would read and what contradicts it, for the editor while one types.
    server.post<ChapterRoute>('/workbench/reports/:year/chapters/:key/check', async (request, reply) => {
      const desk = await editableDesk(request);
      const { source } = demandForm(z.object({ source: text.pipe(z.string().max(200_000)) }), request.body);
      const tried = tryChapter(desk, request.params.key, source);
      if (!tried) throw new NotFound('没有这一章。');
      return reply.fragment(<ChapterSide desk={desk} chapter={tried.chapter} findings={tried.findings} />);
    });

    async function editableDesk(request: FastifyRequest): Promise<ReportDesk> {
      const desk = await deskFor(app, request);
      demand(staffCtx(app, request).actor, 'reports.edit');
      const reason = obstacle('edit', stateOf(desk), null);
      if (reason) throw new Refusal('report-edit', reason);
      return desk;
    }
  };
}

function chapterOf(desk: ReportDesk, key: string) {
  const chapter = desk.report.chapters.find((candidate) => candidate.key === key);
  if (!chapter) throw new NotFound('没有这一章。');
  return chapter;
}

const revisionOf = (desk: ReportDesk, key: string): number => desk.chapterRevisions.get(key)?.revision ?? 0;
