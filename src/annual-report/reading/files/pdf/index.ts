import type { SheetFile } from '../../../../core/spreadsheet/source.ts';
import type { ReportDocument } from '../../document.ts';
import { type Budget, Full } from '../limits.ts';
import { tidyLine } from '../lines.ts';
import { dropFurniture } from './furniture.ts';
import { damagedPdf, openPdf } from './open.ts';
import { type PageContent, readPdfPage } from './page.ts';
import { addPages } from './paragraphs.ts';

/**
 * Text and tables of a PDF. Tables come from the rules that are drawn around their cells, or from pieces of text that
 * stand in columns. Pages without text are told.
 * @throws UnreadableFile when it has a password or cannot be opened
 */
export async function readPdf(file: SheetFile, document: ReportDocument, budget: Budget): Promise<void> {
  const pdf = await openPdf(file);
  try {
    if (!(pdf.numPages > 0)) throw damagedPdf();
    document.title = tidyLine(await titleOf(pdf));
    const pages = await readPages(pdf, document, budget);
    noteTextless(document, pages, pdf.numPages);
    dropFurniture(pages);
    addPages(document.blocks, pages, budget);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

type Pdf = Awaited<ReturnType<typeof openPdf>>;

async function readPages(pdf: Pdf, document: ReportDocument, budget: Budget): Promise<PageContent[]> {
  const pages: PageContent[] = [];
  const last = Math.min(pdf.numPages, budget.limits.pages);
  let faulty = 0;
  for (let number = 1; number <= last; number++) {
    try {
      budget.time();
      const page = await pdf.getPage(number);
      pages.push(await readPdfPage(page, budget));
      page.cleanup();
    } catch (error) {
      if (error instanceof Full) {
        document.unread.push({ reason: error.message, place: { page: number } });
        return pages;
      }
      faulty += 1;
      // A file whose pages all fail is damaged; ten thousand notes would tell no more.
      if (faulty > 20) throw damagedPdf();
      document.unread.push({ reason: `第 ${number} 页已损坏，没有读取`, place: { page: number } });
    }
  }
  if (pages.length === 0) throw damagedPdf();
  if (pdf.numPages > last) {
    document.unread.push({
      reason: `PDF 有 ${pdf.numPages} 页，只读取了前 ${last} 页`,
      place: { page: last + 1 },
    });
  }
  return pages;
}

function noteTextless(document: ReportDocument, pages: readonly PageContent[], total: number): void {
  if (pages.length > 0 && pages.every(({ hasText }) => !hasText)) {
    const pictures = pages.some(({ hasPicture }) => hasPicture);
    document.unread.push({
      reason: pictures
        ? `PDF 的 ${total} 页都没有文字，只有图片（扫描件），没有读取。请上传带文字的 PDF 或 Word 文档`
        : `PDF 的 ${total} 页都没有文字，没有可读取的内容`,
      place: null,
    });
    return;
  }
  for (const { number, hasText, hasPicture } of pages) {
    if (!hasText && hasPicture) {
      document.unread.push({
        reason: `第 ${number} 页没有文字，只有图片，没有读取`,
        place: { page: number },
      });
    }
  }
}

async function titleOf(pdf: Pdf): Promise<string> {
  try {
    const { info } = await pdf.getMetadata();
    const title = 'Title' in info ? info.Title : '';
    return typeof title === 'string' ? title.slice(0, 1000) : '';
  } catch {
    return '';
  }
}
