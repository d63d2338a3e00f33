import { fontFiles } from '../../../../annual-report/render/fonts.ts';
import { openPdfium } from '../../../../core/pdfium/index.ts';
import { gateLimits, refused } from '../limits.ts';

export const damagedPdf = () =>
  refused('damaged', 'PDF 已损坏或不完整，无法检查，不能发出。请重新导出后再试。');
export const encryptedPdf = () =>
  refused('encrypted', 'PDF 设有密码或使用限制，无法检查，不能发出。请取消限制、另存后重试。');

export const { withPdf, withPage, drawPage } = openPdfium({
  fonts: fontFiles,
  pages: gateLimits.pages,
  pixels: 4_000_000,
  damaged: damagedPdf,
  encrypted: encryptedPdf,
  tooManyPages: (pages) =>
    refused('too-large', `PDF 有 ${pages} 页，超过 ${gateLimits.pages} 页，无法检查。请拆分后分别发出。`),
});
