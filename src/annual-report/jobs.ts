import type { Connection } from '../core/db.ts';
import type { Job } from '../core/jobs.ts';
import { type RenderKind, renderers } from './render/index.ts';
import type { RenderedFiles } from './rendering/index.ts';
import { findVersion } from './version-store.ts';
import { signedReport } from './versions.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  renderedFiles: RenderedFiles;
}

export const RENDER_REPORT_FILES = 'render-report-files';

export const reportJobs: readonly Job<Host, { agencyId?: number; reportId?: number; version?: number }>[] = [
  {
    name: RENDER_REPORT_FILES,
    label: '生成已发布报告的下载文件',
    async run({ connection: { db }, renderedFiles }, { agencyId, reportId, version }) {
      if (agencyId === undefined || reportId === undefined || version === undefined) return;
      const published = await findVersion(db, agencyId, reportId, version);
      if (!published?.published_on) return;
      const report = signedReport(published);
      for (const kind of Object.keys(renderers) as RenderKind[]) await renderedFiles.find(report, kind);
    },
  },
];
