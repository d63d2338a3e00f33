import iconv from 'iconv-lite';
import type { SetReport } from '../model.ts';
import { divPage } from './html-divs.ts';
import { headerPage } from './html-headers.ts';
import { nestedPage } from './html-nested.ts';
import { semanticPage } from './html-semantic.ts';
import { wordPage } from './html-word.ts';

const pages: Readonly<Record<string, (report: SetReport) => string>> = {
  'html-semantic': semanticPage,
  'html-word-paste': wordPage,
  'html-nested-tables': nestedPage,
  'html-divs': divPage,
  'html-headers': headerPage,
};

/** The page as one of five site systems writes it; the oldest of them still in GB18030. */
export function writeHtml(report: SetReport): Uint8Array {
  const page = pages[report.layout]!(report);
  return report.layout === 'html-nested-tables'
    ? new Uint8Array(iconv.encode(page, 'gb18030'))
    : new TextEncoder().encode(page);
}
