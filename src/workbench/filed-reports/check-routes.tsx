import { createHash } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { examineReport } from '../../annual-report/examination/index.ts';
import type { ReadReport } from '../../annual-report/reading/index.ts';
import type { App } from '../../app.ts';
import type { FiledFinding } from '../../areas/filed-reports/index.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import { staffCtx } from '../request.ts';
import { CHECK } from './addresses.ts';
import { CheckedPage, CheckPage } from './check.tsx';
import { weightOf } from './words.ts';

const ranks = { wrong: 0, uncertain: 1, unassessable: 2, notice: 3 } as const;

export const checkRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { maxUploadBytes: maxBytes } = app.config;

    server.get(CHECK, async (request, reply) => {
      staffCtx(app, request, 'filed-reports.read');
      return reply.page(<CheckPage maxBytes={maxBytes} />);
    });

    server.post(CHECK, async (request, reply) => {
      staffCtx(app, request, 'filed-reports.read');
      let field = 'file';
      try {
        return await withUpload(
          request,
          { dir: `${app.config.varDir}/uploads`, maxBytes, maxFiles: 2 },
          async ({ files }) => {
            const file = files.find((one) => one.field === 'file');
            const earlier = files.find((one) => one.field === 'previous');
            if (!file) {
              const errors = { file: '请选择要检查的报告。' };
              return reply.page(<CheckPage maxBytes={maxBytes} errors={errors} />, 422);
            }
            const started = performance.now();
            const report = await read(app, file);
            field = 'previous';
            const previous = earlier ? await read(app, earlier) : null;
            const findings = inOrder(examineReport({ report, previous }));
            return reply.page(
              <CheckedPage
                fileName={file.name}
                bytes={file.size}
                report={report}
                findings={findings}
                tookMs={Math.round(performance.now() - started)}
                maxBytes={maxBytes}
              />,
            );
          },
        );
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        const view = <CheckPage maxBytes={maxBytes} errors={{ [field]: error.message }} />;
        return reply.page(view, error.status);
      }
    });
  };

const read = (app: App, { name, path }: UploadedFile): Promise<ReadReport> =>
  app.reading.read({ file: { name, path } });

/** Findings nobody has judged, the gravest first, each with a key of its own in this page. */
function inOrder(found: ReturnType<typeof examineReport>): FiledFinding[] {
  return found
    .toSorted((a, b) => ranks[weightOf(a)] - ranks[weightOf(b)])
    .map((finding, position) => ({
      key: createHash('sha256').update(`${position} ${finding.rule}`).digest('hex').slice(0, 32),
      position,
      finding,
      judged: null,
    }));
}
