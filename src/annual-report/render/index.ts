import { renderDocx } from './docx/index.ts';
import { renderPdf } from './pdf/index.ts';
export const renderers = { pdf: { render: renderPdf }, docx: { render: renderDocx } };
