import { readFileSync } from 'node:fs';
import { renderToString } from 'preact-render-to-string';
import type { CompiledReport } from '../../model.ts';
import {
  chapterHeading,
  chineseDate,
  demonstrationMark,
  demonstrationNote,
  documentDate,
  periodLine,
  plain,
  standing,
  titleLines,
} from '../words.ts';
import { chapterId, ReportBody } from './report-body.tsx';

export { chartDataUri, ReportBody, type ReportBodyProps } from './report-body.tsx';
export { StatisticsTable, type StatisticsTableProps } from './statistics-table.tsx';

/** Style of `ReportBody` and `StatisticsTable`, for the portal's style sheet; colours follow `--report-*` variables. */
export const reportCss = readFileSync(new URL('report.css', import.meta.url), 'utf8');
const documentCss = readFileSync(new URL('document.css', import.meta.url), 'utf8');

/** The report as one file that needs nothing else: readable offline, on a phone and in print. */
export async function renderHtml(report: CompiledReport): Promise<Uint8Array> {
  const page = renderToString(<ReportDocument report={report} />);
  return new TextEncoder().encode(`<!doctype html>\n${page}\n`);
}

function ReportDocument({ report }: { report: CompiledReport }) {
  const listed = report.chapters.filter((chapter) => chapterHeading(chapter) !== '');
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="author" content={plain(report.agency.name)} />
        <meta name="ArticleTitle" content={plain(report.title)} />
        <title>{plain(report.title)}</title>
        <style dangerouslySetInnerHTML={{ __html: `${reportCss}\n${documentCss}` }} />
      </head>
      <body>
        <header class="report-head">
          {report.agency.demonstration && <p class="report-mark">{demonstrationMark}</p>}
          {!report.signed && <p class="report-mark report-mark-draft">草稿</p>}
          <h1>
            {titleLines(report).map((line) => (
              <span key={line}>{plain(line)}</span>
            ))}
          </h1>
          <p>{periodLine(report)}</p>
          <p>
            {plain(report.agency.name)} {chineseDate(documentDate(report))}
          </p>
        </header>
        <nav class="report-contents" aria-label="目录">
          <h2>目录</h2>
          <ol>
            {listed.map((chapter) => (
              <li key={chapter.key}>
                <a href={`#${chapterId(chapter)}`}>{plain(chapterHeading(chapter))}</a>
              </li>
            ))}
          </ol>
        </nav>
        <main>
          <ReportBody report={report} />
        </main>
        <footer class="report-standing">
          {standing(report).map((line) => (
            <p key={line}>{plain(line)}</p>
          ))}
          {report.agency.demonstration && <p>{demonstrationNote}</p>}
        </footer>
      </body>
    </html>
  );
}
