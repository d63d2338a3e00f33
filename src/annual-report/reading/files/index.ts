import type { SheetFile } from '../../../core/spreadsheet/source.ts';
import type { ReportDocument } from '../document.ts';
import { addBlocks } from './blocks.ts';
import { readWord, titleOf } from './docx/index.ts';
import { Flow, type FlowLine } from './flow.ts';
import { PageReader, readPage } from './html/index.ts';
import { type FileKind, inOurWords, kindOf, refused } from './kind.ts';
import { Budget, type DocumentLimits, documentLimits, Full } from './limits.ts';
import { tidyLine } from './lines.ts';
import { readPdf } from './pdf/index.ts';
import { readLines } from './text.ts';
import { readBook } from './xlsx.ts';

/** On disk, or small and in memory; the name is only for messages. */
export type ReportFile = SheetFile;

/**
 * Text and tables of a published file in reading order, whatever its name says it is: plain text, a web page, a Word
 * document, a workbook, a PDF. Nothing in the file is run, fetched or computed. What goes beyond the limits is left
 * unread, and the document says so.
 * @throws UnreadableFile when the file as a whole cannot be taken, with what to do instead
 */
export async function openDocument(
  file: ReportFile,
  limits: Partial<DocumentLimits> = {},
): Promise<ReportDocument> {
  const budget = new Budget({ ...documentLimits, ...limits });
  const kind = await kindOf(file, budget.limits);
  const document: ReportDocument = {
    kind: kind.kind,
    encoding: 'encoding' in kind ? kind.encoding : null,
    title: '',
    blocks: [],
    unread: [],
  };
  try {
    await withinBudget(document, () => read(file, kind, budget, document));
  } catch (error) {
    throw 'container' in kind ? inOurWords(error) : error;
  } finally {
    if ('container' in kind) kind.container.close();
  }
  if (document.blocks.length === 0 && document.unread.length === 0) {
    throw refused('empty', '文件里没有任何文字。请检查是否选对了文件。');
  }
  return document;
}

async function read(
  file: SheetFile,
  kind: FileKind,
  budget: Budget,
  document: ReportDocument,
): Promise<void> {
  switch (kind.kind) {
    case 'text': {
      const lines: FlowLine[] = [];
      await withinBudget(document, () => readLines(file, kind.encoding, budget, lines));
      return addBlocks(document.blocks, lines, budget);
    }
    case 'html': {
      const flow = new Flow(budget);
      const page = new PageReader(flow);
      await withinBudget(document, () => readPage(file, kind.encoding, page, budget));
      document.title = page.title;
      addBlocks(document.blocks, flow.finish(), budget);
      return noteImages(document, page.images);
    }
    case 'docx': {
      const flow = new Flow(budget);
      let found = { images: 0, embedded: 0 };
      document.title = tidyLine(await titleOf(kind.container));
      await withinBudget(document, async () => {
        found = await readWord(kind.container, flow, budget);
      });
      addBlocks(document.blocks, flow.finish(), budget);
      if (found.embedded > 0) {
        const reason = `文件中嵌入了 ${found.embedded} 个其他程序的对象（如 Excel 工作表），其内容没有读取`;
        document.unread.push({ reason, place: null });
      }
      return noteImages(document, found.images);
    }
    case 'xlsx':
      document.title = tidyLine(await titleOf(kind.container));
      return readBook(kind.container, document, budget);
    case 'pdf':
      return readPdf(file, document, budget);
  }
}

/** Pictures beside tables are charts and emblems; without any table one may be the table. */
function noteImages(document: ReportDocument, images: number): void {
  if (images === 0 || document.blocks.some(({ kind }) => kind === 'table')) return;
  document.unread.push({
    reason: `文件中没有表格，但有 ${images} 张图片，图片里的文字没有读取`,
    place: null,
  });
}

/** What was read before a bound was reached is kept; the bound is told. */
async function withinBudget(document: ReportDocument, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Full)) throw error;
    document.unread.push({ reason: error.message, place: null });
  }
}
