import type { CompiledReport } from '../model.ts';
import { renderCsv } from './csv.ts';
import type * as Docx from './docx/index.ts';
import { renderHtml } from './html/index.tsx';
import { renderJson } from './json.ts';
import type * as Pdf from './pdf/index.ts';
import type * as Xlsx from './xlsx/index.ts';

export type { FontOptions } from './fonts.ts';
export { blankText, type Grid, type GridCell, type GridRow, gridOf } from './grid.ts';
export { chartDataUri, ReportBody } from './html/index.tsx';
export { type ReportJson, reportJson } from './json.ts';
export { renderCsv, renderDocx, renderHtml, renderJson, renderPdf, renderXlsx };

// Fonts, typesetter and writers of office files are large: loaded with the first file of their kind.
const renderDocx: typeof Docx.renderDocx = async (...given) =>
  (await import('./docx/index.ts')).renderDocx(...given);
const renderPdf: typeof Pdf.renderPdf = async (...given) =>
  (await import('./pdf/index.ts')).renderPdf(...given);
const renderXlsx: typeof Xlsx.renderXlsx = async (...given) =>
  (await import('./xlsx/index.ts')).renderXlsx(...given);

export interface Renderer {
  render(report: CompiledReport): Promise<Uint8Array>;
  mime: string;
  /** What the reader is offered, e.g. in a list of downloads. */
  label: string;
}

/** Every form the report is published in, by file extension; the same report always gives the same bytes. */
export const renderers = {
  html: { render: renderHtml, mime: 'text/html; charset=utf-8', label: '网页' },
  pdf: { render: renderPdf, mime: 'application/pdf', label: 'PDF 文件' },
  docx: {
    render: renderDocx,
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    label: 'Word 文档',
  },
  xlsx: {
    render: renderXlsx,
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    label: 'Excel 工作簿',
  },
  csv: { render: renderCsv, mime: 'text/csv; charset=utf-8', label: 'CSV 数据' },
  json: { render: renderJson, mime: 'application/json; charset=utf-8', label: 'JSON 数据' },
} satisfies Record<string, Renderer>;

export type RenderKind = keyof typeof renderers;

export function isRenderable(kind: string): kind is RenderKind {
  return Object.hasOwn(renderers, kind);
}
