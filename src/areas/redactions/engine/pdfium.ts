import { fontFiles } from '../../../annual-report/render/fonts.ts';
import { openPdfium } from '../../../core/pdfium/index.ts';
import { damaged, encrypted, redactionLimits, tooManyPages } from './limits.ts';

export type { OpenPage } from '../../../core/pdfium/index.ts';

export const { withPdf, withPage, drawPage } = openPdfium({
  fonts: fontFiles,
  pages: redactionLimits.pages,
  pixels: redactionLimits.pixels,
  damaged,
  encrypted,
  tooManyPages,
});
